package usenvoys

import (
	_ "embed" // the forenames
	"regexp"
	"strings"
	"sync"
)

// forenamesTXT has the forenames that ids and files certainly have as such: what follows the surname in an id of two words,
// and what the files of persons call so.
//
//go:embed forenames.txt
var forenamesTXT string

var forenames = sync.OnceValue(func() map[string]bool { return set(forenamesTXT) })

var (
	// binding are words with which surnames of several words begin: van-valkenburgh-robert-bruce.
	binding = set("van von vander ter ten den der de del della la le du des di da dos st saint san santa el al ben bin mac mc o d l")
	// suffixes stand behind the forenames.
	suffixes = map[string]string{"jr": "Jr.", "sr": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}
	// apart are digits that tell namesakes apart.
	apart = regexp.MustCompile(`[0-9]+$`)
)

func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(words) {
		all[w] = true
	}
	return all
}

// personName makes a name of an id, which has the surname, the forenames and a suffix: kennan-george-frost is "Kennan, George
// Frost". Where the surname ends is certain if one word follows, or an initial or a forename that is known as such, and the
// surname begins with no word that binds others. Else there is no comma: abercrombie-winstanley-gina-k.
func personName(id string) (name string, certain bool) {
	words := strings.Split(id, "-")
	suffix := ""
	if s := suffixes[words[len(words)-1]]; s != "" && len(words) > 2 {
		suffix, words = ", "+s, words[:len(words)-1]
	}
	words[len(words)-1] = apart.ReplaceAllString(words[len(words)-1], "")
	certain = len(words) > 1 && words[0] != "" && words[1] != "" && !binding[words[0]] && !binding[words[1]] &&
		(len(words) == 2 && suffix == "" || len(words[1]) == 1 || forenames()[words[1]])
	for i, w := range words {
		switch {
		case len(w) == 1 && i > 0:
			words[i] = strings.ToUpper(w) + "."
		case w != "":
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	if !certain {
		return strings.Join(words, " ") + suffix, false
	}
	return words[0] + ", " + strings.Join(words[1:], " ") + suffix, true
}
