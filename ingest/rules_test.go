package ingest_test

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// quarrels is a source of disputes: a file is a slice, a line "key number first last a b", the states of either side;
// the last day is .. where it goes on.
type quarrels struct{ key graph.SourceKey }

func (q quarrels) Info() graph.Source {
	return graph.Source{
		Key: q.key, Kind: graph.SourceDataset, Title: "Disputes",
		Coverage: []graph.Coverage{{Forms: []graph.EngagementKind{graph.KindDispute}}},
	}
}

func (q quarrels) Slices(context.Context, fs.FS) ([]graph.Slice, error) {
	return []graph.Slice{{Source: q.key, ID: "a"}}, nil
}

func (q quarrels) Rows(_ context.Context, files fs.FS, slice graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		info := q.Info()
		about := []any{&info}
		text, err := fs.ReadFile(files, "a")
		if err != nil {
			yield(ingest.Row{}, err)
			return
		}
		for line := range strings.Lines(string(text)) {
			f := strings.Fields(line)
			period := graph.Period{Start: graph.MustDate(f[2]), Why: graph.Censored}
			if f[3] != ".." {
				period = graph.Period{Start: graph.MustDate(f[2]), End: graph.MustDate(f[3])}
			}
			about = append(about, &graph.Dispute{EngagementBase: graph.EngagementBase{
				Key: graph.EngagementKey(f[0]), Kind: graph.KindDispute, Titles: []graph.Name{{Text: f[0], Lang: "en"}},
				Identifiers: []graph.Identifier{{Scheme: "mid", Value: f[1]}},
				Period:      period,
				Participations: []graph.Participation{
					{Actor: graph.ActorKey(f[4]), Role: graph.RoleParty, Side: graph.SideA},
					{Actor: graph.ActorKey(f[5]), Role: graph.RoleParty, Side: graph.SideB},
				},
			}, Form: graph.DisputeMilitarized})
		}
		for _, v := range about {
			st, err := graph.NewStatement(q.key, slice.ID, v, "")
			if !yield(ingest.Row{Statement: st}, err) {
				return
			}
		}
	}
}

// Two accounts of one dispute are counted once, whatever was loaded first; the other stands by the lead, and what they
// differ in is told.
func TestAccountsOfOneDisputeAreListedOnce(t *testing.T) {
	t.Parallel()
	first, second := quarrels{"cow"}, quarrels{"gml"}
	a := folder("a", "cow:1 1 1950 1954-07-30 iso3:JPN iso3:KOR\ncow:2 2 1960 1961 iso3:JPN iso3:KOR\ncow:3 3 1970 .. iso3:JPN iso3:KOR\n")
	b := folder("a", "gml:1 1 1950-02 1955 iso3:KOR iso3:JPN\ngml:2 2 1964 1965 iso3:JPN iso3:KOR\ngml:3 3 1971 .. iso3:JPN iso3:KOR\ngml:4 4 1970 1971 iso3:JPN iso3:KOR\n")
	store, other := open(t), open(t)
	loadOf(t, store, first, a)
	report := loadOf(t, store, second, b)
	check(t, "the links", report.Links, ingest.Counts{Added: 2})
	check(t, "both", listed(t, store, 2), "5: cow:1=gml:1 cow:2 gml:2 cow:3=gml:3 gml:4")
	check(t, "the state before", listed(t, store, 1), "3: cow:1 cow:2 cow:3")
	loadOf(t, other, second, b)
	loadOf(t, other, first, a)
	check(t, "loaded the other way round", digest(t, other), digest(t, store))

	v, err := graph.At(t.Context(), store, graph.SnapshotQuery{})
	if err != nil {
		t.Fatal(err)
	}
	found, err := v.Conflicts(t.Context(), []string{"cow:1"}, nil, 10, nil)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, c := range found.Items {
		told = append(told, fmt.Sprintf("%s %s: %s (%s), %s (%s)", c.Type, c.Field, c.Values[0].Value, c.Values[0].Source, c.Values[1].Value, c.Values[1].Source))
	}
	check(t, "conflicts", strings.Join(told, "; "), "CONTRADICTING_DATE period.end: 1954-07-30 (cow), 1955 (gml)")

	if _, err := undo(t, store, 2); err != nil {
		t.Fatal(err)
	}
	check(t, "undone", listed(t, store, 3), "3: cow:1 cow:2 cow:3")
}
