package form

import (
	"fmt"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// Misc makes the BibTeX entry under which a source without one of its own is cited; what says what it is: Dossier.
func Misc(s *graph.Source, what string) string {
	brace := strings.NewReplacer("{", "(", "}", ")", "\\", "/")
	var b strings.Builder
	fmt.Fprintf(&b, "@misc{%s,\n  title = {{%s}},\n", s.Key, brace.Replace(s.Title))
	if s.Publisher != "" {
		fmt.Fprintf(&b, "  publisher = {{%s}},\n", brace.Replace(s.Publisher))
	}
	if s.URL != "" {
		fmt.Fprintf(&b, "  url = {%s},\n", s.URL)
	}
	if d, err := graph.ParseDate(s.Version); err == nil {
		fmt.Fprintf(&b, "  year = {%d},\n", d.Earliest().Time().Year())
	}
	fmt.Fprintf(&b, "  note = {%s %s, version %s, %s}\n}\n", what, s.Key, brace.Replace(s.Version), brace.Replace(s.License))
	return b.String()
}
