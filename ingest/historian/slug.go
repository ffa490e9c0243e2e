package historian

import (
	"strings"
	"unicode"

	"github.com/entente-graph/entente/graph"
)

// Slug makes a key's part of a name: folded, so that marks and case do not matter, with a hyphen for all that is
// neither letter nor digit.
func Slug(name string) string {
	// An apostrophe is part of a word.
	name = strings.NewReplacer("’", "", "'", "", "‘", "").Replace(name)
	return strings.Join(strings.FieldsFunc(graph.Fold(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), "-")
}
