package ieadb

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strconv"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// The columns of the list of treaties that are read.
const (
	number    = "IEA# (click for add'l info)"
	inclusion = "Inclusion"
	year      = "Signature Year"
	signature = "Signature Date"
	force     = "Date IEA entered into force"
	title     = "Treaty Name"
	kind      = "Agreement Type (level 2)"
	lineage   = "Lineage"
	office    = "Secretariat"
)

// The two files, as published: another column is another version.
var (
	treaties = table.Part{
		Name: "the list of treaties",
		Format: table.Format{
			Layout: "IEADB's list of treaties",
			Columns: []string{
				number, inclusion, year, signature, force, title, "Treaty Text", "Members", kind, lineage, "Sequence in lineage", "Data",
				"Articles, etc.", office, "UNEP Info",
			},
		},
	}
	memberships = table.Part{
		Name: "the memberships",
		Format: table.Format{
			Layout: "IEADB's memberships",
			Columns: []string{
				"country", "mitch_id", "tsig", "inclusion", "treatyname", "tterm", "csig", "crat", "ceif3", "ceif4", "ceif5", "ceif6", "ceif7",
				"ceif8", "ceif9",
			},
		},
	}
)

// A thing is all rows of one treaty: one of the list, and those of its members.
type thing struct {
	number  string
	heads   []table.Row
	members []table.Row
}

// rows gives all rows of the thing, the list's first.
func (t *thing) rows() []table.Row { return slices.Concat(t.heads, t.members) }

// key is the treaty's key: the dataset's name and its own number; empty where that is none.
func (t *thing) key() graph.EngagementKey {
	if !isNumber(t.number) {
		return ""
	}
	return graph.EngagementKey(string(Key) + ":" + t.number)
}

func isNumber(text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && n > 0 && strconv.Itoa(n) == text
}

// Parts of a group begin with one of these: of which file a row is.
const (
	ofList    = 'l'
	ofMembers = 'm'
)

// things joins the two files by the number of the treaty, whatever order their rows have, and in flat memory. Rows that are
// broken, or without the number of a treaty, belong to nothing and come first.
func things(ctx context.Context, files fs.FS, have map[string]string) iter.Seq2[*thing, error] {
	return func(yield func(*thing, error) bool) {
		groups := ingest.NewGroups()
		defer groups.Close()
		for _, p := range []struct {
			table.Part
			column string
			mark   byte
		}{{treaties, number, ofList}, {memberships, "mitch_id", ofMembers}} {
			for row, err := range table.Read(ctx, files, have[p.Name], p.Format) {
				n := ""
				if err == nil {
					n = row.Get(p.column)
				}
				if err == nil && row.Bad() == nil && isNumber(n) {
					if err = groups.Add(n, append([]byte{p.mark}, row.Pack()...)); err == nil {
						continue
					}
				}
				if err != nil {
					yield(nil, err)
					return
				}
				t := &thing{number: n}
				t.add(p.mark, row)
				if !yield(t, nil) {
					return
				}
			}
		}
		for g, err := range groups.All(ctx) {
			if err != nil {
				yield(nil, err)
				return
			}
			t := &thing{number: g.Key}
			for _, part := range g.Parts {
				of := treaties
				if part[0] == ofMembers {
					of = memberships
				}
				t.add(part[0], table.Unpack(have[of.Name], of.Format, part[1:]))
			}
			if !yield(t, nil) {
				return
			}
		}
	}
}

func (t *thing) add(mark byte, row table.Row) {
	if mark == ofMembers {
		t.members = append(t.members, row)
		return
	}
	t.heads = append(t.heads, row)
}

// judge says what is wrong with the rows of a thing, and with how they stand to each other.
func (t *thing) judge() (bad []ingest.Mistake) {
	for _, row := range t.rows() {
		if m := row.Bad(); m != nil {
			bad = append(bad, *m)
		}
	}
	if len(bad) > 0 {
		return bad
	}
	switch {
	case !isNumber(t.number) && len(t.heads) > 0:
		bad = append(bad, t.heads[0].Mistake(number, "this is not the number of a treaty", "a whole number"))
	case !isNumber(t.number):
		bad = append(bad, t.members[0].Mistake("mitch_id", "this is not the number of a treaty", "a whole number"))
	case len(t.heads) == 0:
		bad = append(bad, t.members[0].Mistake("mitch_id", fmt.Sprintf("the list has no treaty of this number, which has %d members here", len(t.members)), "is a row missing, or the number wrong?"))
	case len(t.heads) > 1:
		for _, row := range t.heads[1:] {
			bad = append(bad, row.Mistake(number, fmt.Sprintf("the treaty has two rows: line %d has it already", t.heads[0].Line), "leave one of them out"))
		}
	}
	for i, row := range t.members {
		for _, other := range t.members[:i] {
			if other.Get("country") == row.Get("country") {
				bad = append(bad, row.Mistake("country", fmt.Sprintf("the treaty has this member twice: row %d has it already", other.Line), "leave one of them out"))
			}
		}
	}
	return bad
}
