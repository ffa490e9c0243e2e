package usvisits

import (
	_ "embed" // the spellings
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// lookups are the titles of visitors and whether they are those of heads of state or government, and the visitors
// whose text cannot be taken apart by them.
//
//go:embed lookups.csv
var lookupsCSV string

// occasionsCSV are the descriptions that name an occasion in another way than the rule in occasions.go expects.
//
//go:embed occasions.csv
var occasionsCSV string

// tables are the lookups as read.
type tables struct {
	titles    []string             // the longest first
	head      map[string]bool      // by title
	visitors  map[string][2]string // title and name, by the whole text
	occasions map[string]string    // by the description, folded
}

var lookups = sync.OnceValues(func() (*tables, error) {
	t := &tables{head: map[string]bool{}, visitors: map[string][2]string{}, occasions: map[string]string{}}
	rows, err := csv.NewReader(strings.NewReader(lookupsCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("lookups.csv: %w", err)
	}
	for _, r := range rows[1:] {
		switch r[0] {
		case "title":
			t.titles = append(t.titles, r[1])
			t.head[r[1]] = r[2] == "head"
		case "visitor":
			title, name, _ := strings.Cut(r[2], "|")
			t.visitors[r[1]] = [2]string{title, name}
		default:
			return nil, fmt.Errorf("lookups.csv: %q is not what a row can be about", r[0])
		}
	}
	slices.SortStableFunc(t.titles, func(a, b string) int { return len(b) - len(a) })
	rows, err = csv.NewReader(strings.NewReader(occasionsCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("occasions.csv: %w", err)
	}
	for _, r := range rows[1:] {
		t.occasions[same(r[0])] = r[1]
	}
	return t, nil
})

// A visitor is a person as the text of a visit gives them.
type visitor struct {
	text  string // title and name as printed
	title string // empty where the text begins with no known title: then nothing is guessed
	name  string
}

// visitorsOf takes the text of a visitor apart: a title from the list, then the name. Where a second known title
// follows "and" or a comma, it is of a second person.
func (t *tables) visitorsOf(text string) []visitor {
	if v, ok := t.visitors[text]; ok {
		return []visitor{{text, v[0], v[1]}}
	}
	title := t.titleOf(text)
	if title == "" {
		return []visitor{{text, "", text}}
	}
	rest := strings.TrimSpace(text[len(title):])
	for _, sep := range []string{" and ", ", "} {
		for at := 0; ; {
			i := strings.Index(rest[at:], sep)
			if i < 0 {
				break
			}
			at += i
			if second := rest[at+len(sep):]; t.titleOf(second) != "" {
				first := visitor{title + " " + rest[:at], title, rest[:at]}
				return append([]visitor{first}, t.visitorsOf(second)...)
			}
			at += len(sep)
		}
	}
	return []visitor{{text, title, rest}}
}

// titleOf gives the longest known title that the text begins with and a name follows, or "".
func (t *tables) titleOf(text string) string {
	for _, title := range t.titles {
		if strings.HasPrefix(text, title+" ") {
			return title
		}
	}
	return ""
}
