package desta

import (
	"context"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// An entry is what the file calls what a row is: entry_type.
type entry string

const (
	baseTreaty   entry = "base_treaty"
	negotiation  entry = "negotiation"
	protocol     entry = "protocol or amendment"
	consolidated entry = "consolidated" // a text with its amendments worked in, which is no agreement of its own
	accession    entry = "accession"
	withdrawal   entry = "withdrawal"
)

// A treaty is all rows of one agreement: the one that says what it is, and those of accessions to it, withdrawals from
// it, and its consolidated text.
type treaty struct {
	number string
	heads  []table.Row // one, if all is well
	events []table.Row
	texts  []table.Row
	others []table.Row // broken, or of no known kind
}

// rows gives all rows of the treaty, the one that says what it is first.
func (t *treaty) rows() []table.Row { return slices.Concat(t.heads, t.events, t.texts, t.others) }

var (
	numberForm = regexp.MustCompile(`^[0-9]+([+_][0-9]+)?$`)
	eventForm  = regexp.MustCompile(`^([0-9]+)[+_][0-9]+$`)
	textForm   = regexp.MustCompile(`^([0-9]+)[a-z]$`)
)

// gather puts the rows of each treaty together, wherever they stand. They are kept in memory: the file has 0.8 MB.
func gather(ctx context.Context, files fs.FS, name string) ([]*treaty, error) {
	byNumber := map[string]*treaty{}
	var all []*treaty
	for row, err := range table.Read(ctx, files, name, list.Format) {
		if err != nil {
			return nil, err
		}
		number, kind := row.Get("number"), entry(row.Get("entry_type"))
		of := number
		form := formOf(kind)
		if m := form.FindStringSubmatch(number); len(m) > 1 && form != numberForm {
			of = m[1] // the number of what it belongs to stands in its own
		}
		t := byNumber[of]
		if t == nil || row.Bad() != nil || !form.MatchString(number) { // belongs to nothing
			t = &treaty{number: of}
			if row.Bad() == nil && form.MatchString(number) {
				byNumber[of] = t
			}
			all = append(all, t)
		}
		switch {
		case row.Bad() != nil:
			t.others = append(t.others, row)
		case kind == baseTreaty || kind == negotiation || kind == protocol:
			t.heads = append(t.heads, row)
		case kind == accession || kind == withdrawal:
			t.events = append(t.events, row)
		case kind == consolidated:
			t.texts = append(t.texts, row)
		default:
			t.others = append(t.others, row)
		}
	}
	return all, nil
}

// formOf gives the form of the numbers of a kind of entry.
func formOf(kind entry) *regexp.Regexp {
	if form, ok := map[entry]*regexp.Regexp{accession: eventForm, withdrawal: eventForm, consolidated: textForm}[kind]; ok {
		return form
	}
	return numberForm
}

// judge says what is wrong with the rows of a treaty, and with how they stand to each other.
func (t *treaty) judge() (bad []ingest.Mistake) {
	for _, row := range t.rows() {
		if m := row.Bad(); m != nil {
			bad = append(bad, *m)
		}
	}
	if len(bad) > 0 {
		return bad
	}
	first := t.rows()[0]
	for _, row := range t.others {
		bad = append(bad, row.Mistake("entry_type", "this kind of entry is not known", "base_treaty, negotiation, protocol or amendment, consolidated, accession or withdrawal"))
	}
	for _, row := range t.events {
		if m := eventForm.FindStringSubmatch(row.Get("number")); m == nil {
			bad = append(bad, row.Mistake("number", "this is not the number of an accession or withdrawal", "the number of the treaty with + (accession) or _ (withdrawal) and a number behind it"))
		}
	}
	for _, row := range t.texts {
		if !textForm.MatchString(row.Get("number")) {
			bad = append(bad, row.Mistake("number", "this is not the number of a consolidated text", "the number of the treaty with a letter behind it"))
		}
	}
	for i, row := range t.heads {
		switch {
		case !numberForm.MatchString(row.Get("number")):
			bad = append(bad, row.Mistake("number", "this is not the number of a treaty", "a whole number"))
		case i > 0:
			bad = append(bad, row.Mistake("number", fmt.Sprintf("the treaty has two rows: line %d has it already", t.heads[0].Line), "leave one of them out"))
		}
	}
	if len(bad) == 0 && len(t.heads) == 0 {
		bad = append(bad, first.Mistake("number", fmt.Sprintf("the file has no row of treaty %s, to which this %s belongs", t.number, strings.TrimSpace(first.Get("entry_type"))), "is a row missing, or the number wrong?"))
	}
	return bad
}
