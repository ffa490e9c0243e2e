package ingest_test

import (
	"context"
	"io/fs"
	"iter"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// births is a source of acts: a line "key type state date topic".
type births struct{ key graph.SourceKey }

func (b births) Info() graph.Source {
	return graph.Source{
		Key: b.key, Kind: graph.SourceDataset, Title: "Independences",
		Coverage: []graph.Coverage{{Forms: []graph.EngagementKind{graph.KindAct}}},
	}
}

func (b births) Slices(context.Context, fs.FS) ([]graph.Slice, error) {
	return []graph.Slice{{Source: b.key, ID: graph.SliceID(b.key)}}, nil
}

func (b births) Rows(_ context.Context, files fs.FS, slice graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		info := b.Info()
		about := []any{&info}
		text, err := fs.ReadFile(files, "a")
		if err != nil {
			yield(ingest.Row{}, err)
			return
		}
		for line := range strings.Lines(string(text)) {
			f := strings.Fields(line)
			about = append(about, &graph.Act{Type: graph.ActType(f[1]), EngagementBase: graph.EngagementBase{
				Key: graph.EngagementKey(f[0]), Kind: graph.KindAct, Titles: []graph.Name{{Text: f[0], Lang: "en"}},
				Period: graph.On(graph.MustDate(f[3])), Topics: []graph.Topic{graph.Topic(f[4])},
				Participations: []graph.Participation{{Actor: graph.ActorKey(f[2]), Role: graph.RoleBy}},
			}})
		}
		for _, v := range about {
			st, err := graph.NewStatement(b.key, slice.ID, v, "")
			if !yield(ingest.Row{Statement: st}, err) {
				return
			}
		}
	}
}

// Two accounts of one independence are counted once, whatever was loaded first; other acts, and those on another topic, are not
// looked at, whether they come with the load or stand in the store.
func TestAccountsOfOneIndependenceAreListedOnce(t *testing.T) {
	t.Parallel()
	first, second := births{"one"}, births{"two"}
	a := folder("a", "one:1 INDEPENDENCE iso3:JAM 1962-08 TERRITORY\none:2 TRANSFER iso3:JAM 1962-08 TERRITORY\none:3 INDEPENDENCE iso3:NOR 1905-06 DIPLOMACY\n")
	b := folder("a", "two:1 INDEPENDENCE iso3:JAM 1962-09 TERRITORY\ntwo:2 TRANSFER iso3:JAM 1962-08 TERRITORY\ntwo:3 INDEPENDENCE iso3:NOR 1905-06 TERRITORY\n")
	store, other := open(t), open(t)
	loadOf(t, store, first, a)
	report := loadOf(t, store, second, b)
	check(t, "the links", report.Links, ingest.Counts{Added: 1})
	check(t, "both", listed(t, store, 2), "5: one:3 two:3 one:1=two:1 one:2 two:2")
	loadOf(t, other, second, b)
	loadOf(t, other, first, a)
	check(t, "loaded the other way round", digest(t, other), digest(t, store))
	if _, err := undo(t, store, 2); err != nil {
		t.Fatal(err)
	}
	check(t, "undone", listed(t, store, 3), "3: one:3 one:1 one:2")
}
