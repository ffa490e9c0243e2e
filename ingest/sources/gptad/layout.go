package gptad

import (
	"context"
	"io/fs"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// list is the one file that is read, as published: another column is another version.
var list = table.Part{
	Name: "the list of agreements",
	Format: table.Format{
		Layout:  "GPTAD's list of agreements",
		Columns: []string{name, "Membership", "Type", signature, entry, "WTO.notified", status, "Annexes.Available"},
	},
}

const (
	name      = "Common.Name"
	signature = "Date.of.Signature"
	entry     = "Date.of.Entry.into.Force"
	status    = "In.force.status"
)

// A thing is all rows of one agreement: those of one name and one date of signature.
type thing struct {
	key  string
	rows []table.Row
}

// gather puts the rows of each agreement together. The file has 0.06 MB.
func gather(ctx context.Context, files fs.FS, file string) (all []*thing, err error) {
	byKey := map[string]*thing{}
	for row, err := range table.Read(ctx, files, file, list.Format) {
		if err != nil {
			return nil, err
		}
		key := keyOf(row)
		t := byKey[key]
		if t == nil || key == "" || row.Bad() != nil {
			t = &thing{key: key}
			all = append(all, t)
			if row.Bad() == nil {
				byKey[key] = t
			}
		}
		t.rows = append(t.rows, row)
	}
	return all, nil
}

// keyOf is an agreement's key: the dataset's name, the agreement's own, and the day on which it was signed, where that is
// known: there are two of ASEAN and Korea, and no number. It is empty for a row without a name.
func keyOf(row table.Row) string {
	own := slug(row.Get(name))
	if own == "" {
		return ""
	}
	c := cells{row: row}
	if signed := c.date(signature); !signed.IsZero() {
		own += "-" + signed.EDTF()
	}
	return string(Key) + ":" + own
}

// slug makes a name part of a key: small letters without marks, digits, and hyphens for all else.
func slug(text string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(norm.NFD.String(text)) {
		switch {
		case unicode.Is(unicode.Mn, c), c == '\'', c == '’':
		case c < unicode.MaxASCII && (unicode.IsLetter(c) || unicode.IsDigit(c)):
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}

// cells reads the cells of one row and gathers what is wrong with them.
type cells struct {
	row table.Row
	bad []ingest.Mistake
}

func (c *cells) mistake(field, rule, suggestion string) {
	c.bad = append(c.bad, c.row.Mistake(field, rule, suggestion))
}

var dateForm = regexp.MustCompile(`^(\d\d)/(\d\d)/(\d{4})$`)

// date reads a date as the file writes it, the month first; the zero date where it says that there is none, in small or
// capital letters.
func (c *cells) date(field string) graph.Date {
	text := c.row.Get(field)
	if strings.EqualFold(text, "n/a") {
		return graph.Date{}
	}
	m := dateForm.FindStringSubmatch(text)
	if m == nil {
		c.mistake(field, "this is not a date", "MM/DD/YYYY, or n/a where it is not known")
		return graph.Date{}
	}
	date, err := graph.ParseDate(m[3] + "-" + m[1] + "-" + m[2])
	switch {
	case err != nil:
		c.mistake(field, "there is no such day: the month stands first", "MM/DD/YYYY")
	case date.Earliest().Time().Year() < firstYear || date.Earliest().Time().Year() > lastYear:
		c.mistake(field, "the year is not one of the database, which has agreements from 1957 on", "is there a slip in it?")
	default:
		return date
	}
	return graph.Date{}
}

// text gives a cell without the line ends that the file has in letters (\r\n), and without blanks around it.
func (c *cells) text(field string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ReplaceAll(c.row.Get(field), `\r`, " "), `\n`, " ")), " ")
}

// code reads one of a few words, or nothing.
func (c *cells) code(field string, words ...string) string {
	text := c.text(field)
	for _, w := range append(words, "") {
		if text == w {
			return text
		}
	}
	c.mistake(field, "this word is not one of the database", "one of: "+strings.Join(words, ", ")+", or nothing")
	return ""
}
