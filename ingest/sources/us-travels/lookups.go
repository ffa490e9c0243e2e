package ustravels

import (
	_ "embed" // the words
	"encoding/csv"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/entente-graph/entente/ingest/historian"
)

// lookupsCSV has the offices of travellers, the titles of heads of state or government as remarks write them, other
// phrases that say that such met, and the words for offices, peoples and countries by which remarks name who was met.
//
//go:embed lookups.csv
var lookupsCSV string

// tables are the lookups as read.
type tables struct {
	offices map[string]string // by role
	head    *regexp.Regexp    // a head of state or government, or a phrase that says so
	words   words
}

var lookups = sync.OnceValues(func() (*tables, error) {
	rows, err := csv.NewReader(strings.NewReader(lookupsCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("lookups.csv: %w", err)
	}
	t := &tables{offices: map[string]string{}}
	var titles, phrases, offices []string
	peoples, names, not := map[string]string{}, map[string]string{}, map[string]bool{}
	for _, r := range rows[1:] {
		switch r[0] {
		case "role":
			t.offices[r[1]] = r[2]
		case "head":
			titles = append(titles, regexp.QuoteMeta(r[1]))
		case "phrase":
			phrases = append(phrases, regexp.QuoteMeta(r[1]))
		case "office":
			offices = append(offices, regexp.QuoteMeta(r[1]))
		case "people":
			peoples[r[1]] = r[2]
		case "country":
			names[historian.Slug(r[1])] = r[2]
		case "not":
			not[r[1]] = true
		default:
			return nil, fmt.Errorf("lookups.csv: %q is not what a row can be about", r[0])
		}
	}
	// A title counts before a name or "of"; one with a plural of it is followed by anything.
	t.head, err = regexp.Compile(`\b(?:` + strings.Join(titles, "|") + `)(?:s\b| \p{Lu}| of | de | al-)|(?i:` + strings.Join(phrases, "|") + `)`)
	if err != nil {
		return nil, fmt.Errorf("lookups.csv: %w", err)
	}
	t.words, err = newWords(offices, peoples, names, not)
	return t, err
})

var (
	// notHead is taken out before titles are looked for: who no longer, not yet, or never held them, and the dead.
	notHead = regexp.MustCompile(`(?i)\b(?:former|late|vice|deputy|lieutenant|ex-?)[ -](?:president|prime minister|premier|chancellor|king|queen|emperor|chairman)s?\b|` +
		`\b(?:president|prime minister|chancellor)[- ](?:elect|designate)\b|\b(?:funeral|memorial service|burial)\b[^.;]*|\bchairman of the joint chiefs\b`)
	// elect marks a trip before the traveller took office.
	elect = regexp.MustCompile(`\[Visit made as (President-elect)\.\]`)
	// attended begins a sentence on what was attended, which ends where a full stop or semicolon follows a word, not an
	// initial or an abbreviation in capitals.
	attended = regexp.MustCompile(`(?:^|[.;] +)(?:Attended|Participated in) (?:the |an? )?`)
	ends     = regexp.MustCompile(`[\p{Ll}0-9)”"][.;](?: |$)`)
)

// names tells whether the remarks say that a head of state or government was met.
func (t *tables) names(remarks string) bool {
	remarks = strings.ReplaceAll(remarks, "’", "'")
	return t.head.MatchString(notHead.ReplaceAllString(remarks, ""))
}

// occasionOf gives what the remarks say was attended, in their words, or "".
func occasionOf(remarks string) string {
	at := attended.FindStringIndex(remarks)
	if at == nil {
		return ""
	}
	what := remarks[at[1]:]
	if end := ends.FindStringIndex(what); end != nil {
		what = what[:end[1]]
	}
	what = strings.TrimRight(what, ".; ")
	first, size := utf8.DecodeRuneInString(what)
	return string(unicode.ToUpper(first)) + what[size:]
}
