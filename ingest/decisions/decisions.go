// Package decisions reads and writes what people decided about keys as a table that can be kept under version control: which
// two are one, which two are not, and why.
//
// It promises that what it writes it reads again, in the same order byte for byte, and that a table with a mistake is not
// read at all: every mistake is told with its place.
package decisions

import (
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// Columns are those of the table.
var Columns = []string{"verdict", "a", "b", "because"}

// verdicts are the words for them.
var verdicts = map[string]graph.Verdict{"same": graph.VerdictSame, "different": graph.VerdictDifferent}

// Read gives the decisions of a file; all mistakes come as one ingest.Mistakes.
func Read(ctx context.Context, files fs.FS, name string) ([]graph.Decision, error) {
	var all []graph.Decision
	var wrong ingest.Mistakes
	lines := map[string]int{}
	for row, err := range table.Read(ctx, files, name, table.Format{Columns: Columns, Layout: "a table of decisions"}) {
		if err != nil {
			return nil, err
		}
		if m := row.Bad(); m != nil {
			wrong = append(wrong, *m)
			continue
		}
		get := func(column string) string { return strings.TrimSpace(row.Get(column)) }
		before := len(wrong)
		verdict, ok := verdicts[strings.ToLower(get("verdict"))]
		if !ok {
			wrong = append(wrong, row.Mistake("verdict", "this is no verdict", "same or different"))
		}
		for _, column := range []string{"a", "b"} {
			if scheme, own, ok := strings.Cut(get(column), ":"); !ok || scheme == "" || own == "" || strings.ContainsAny(scheme+own, " \t") {
				wrong = append(wrong, row.Mistake(column, "this is no key", "a key as the graph has it: person:minoru-kihara"))
			}
		}
		if len(wrong) > before {
			continue
		}
		d := *graph.NewDecision(verdict, get("a"), get("b"), get("because"))
		if d.A == d.B {
			wrong = append(wrong, row.Mistake("b", "both keys are the same", "the other key"))
			continue
		}
		if first := lines[d.Key]; first > 0 {
			wrong = append(wrong, row.Mistake("a", fmt.Sprintf("line %d decides of these two already", first), "one of the two lines"))
			continue
		}
		lines[d.Key] = row.Line
		all = append(all, d)
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	return all, nil
}

// Write writes the table of decisions, by their keys.
func Write(w io.Writer, all []graph.Decision) error {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b graph.Decision) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	out := csv.NewWriter(w)
	rows := [][]string{Columns}
	for _, d := range all {
		rows = append(rows, []string{strings.ToLower(string(d.Verdict)), d.A, d.B, d.Because})
	}
	return out.WriteAll(rows)
}
