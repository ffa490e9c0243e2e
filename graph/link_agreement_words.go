package graph

import (
	"slices"
	"strings"
	"unicode"
)

// titleWordsOf gives the words of a title by which agreements are compared, sorted, each once: without case and marks, articles, and what
// stands in the name of every state; and the beginnings of those among the first that say that it comes after another agreement.
func titleWordsOf(title string) (words, later []string) {
	folded := strings.NewReplacer("'", "", "’", "", "‘", "").Replace(Fold(title))
	all := strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, w := range all {
		if i < firstWords {
			for _, b := range laterBegins {
				if strings.HasPrefix(w, b) {
					later = append(later, b)
				}
			}
		}
		if len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
			w = strings.TrimSuffix(w, "s")
		}
		if !emptyWords[w] {
			words = append(words, w)
		}
	}
	for _, list := range []*[]string{&words, &later} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return words, later
}

// abbreviated gives a title without the name that an abbreviation in brackets follows: CARICOM Cuba of Caribbean Community (CARICOM)
// Cuba.
func abbreviated(title string) (short string, ok bool) {
	_, after, ok := strings.Cut(title, "(")
	letters, rest, closed := strings.Cut(after, ")")
	letters = strings.TrimSpace(letters)
	capitals := !strings.ContainsFunc(letters, func(r rune) bool { return !unicode.IsUpper(r) && r != '-' && r != '/' })
	return letters + " " + rest, ok && closed && len(letters) > 2 && capitals
}

// firstWords are how many words of a title say what it is: behind them stands what it is about, or what is annexed.
const firstWords = 8

// laterBegins are beginnings of words that say of an agreement that it comes after another: a protocol to it, an accession, an amendment.
var laterBegins = []string{
	"accession", "addition", "amend", "annex", "complement", "enlargement", "extend", "extension", "implement", "interim", "modif", "prolong",
	"protocol", "renew", "revis", "service", "supplement", "termina", "update", "withdrawal",
}

// emptyWords say nothing of which agreement it is.
var emptyWords = wordSet("a an and at by de del des du et for from in la le of on the to with its their between among amongst " +
	"government gov republic people kingdom concerning regarding relating relative respecting constituting signed " +
	"english french spanish version anglaise francaise")
