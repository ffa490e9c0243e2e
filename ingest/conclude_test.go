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

// meets is a source of meetings: a file is a slice, a line "key first last level state state…". Its source says that it speaks of
// meetings.
type meets struct {
	key  graph.SourceKey
	kind graph.SourceKind
}

func (m meets) Info() graph.Source {
	return graph.Source{
		Key: m.key, Kind: m.kind, Title: "Meetings",
		Coverage: []graph.Coverage{{Forms: []graph.EngagementKind{graph.KindMeeting}}},
	}
}

func (m meets) Slices(_ context.Context, files fs.FS) ([]graph.Slice, error) {
	names, err := fs.Glob(files, "*")
	var out []graph.Slice
	for _, n := range names {
		out = append(out, graph.Slice{Source: m.key, ID: graph.SliceID(n)})
	}
	return out, err
}

func (m meets) Rows(_ context.Context, files fs.FS, slice graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		info := m.Info()
		about := []any{&info}
		if slice.ID != "a" {
			about = nil
		}
		text, err := fs.ReadFile(files, string(slice.ID))
		if err != nil {
			yield(ingest.Row{}, err)
			return
		}
		for line := range strings.Lines(string(text)) {
			f := strings.Fields(line)
			meeting := &graph.Meeting{EngagementBase: graph.EngagementBase{
				Key: graph.EngagementKey(f[0]), Kind: graph.KindMeeting, Titles: []graph.Name{{Text: f[0], Lang: "en"}},
				Period: graph.Period{Start: graph.MustDate(f[1]), End: graph.MustDate(f[2])},
			}, Level: graph.MeetingLevel(f[3])}
			for _, s := range f[4:] {
				meeting.Participations = append(meeting.Participations, graph.Participation{Actor: graph.ActorKey(s), Role: graph.RoleParticipant})
			}
			about = append(about, meeting)
		}
		for _, v := range about {
			st, err := graph.NewStatement(m.key, slice.ID, v, "")
			if !yield(ingest.Row{Statement: st}, err) {
				return
			}
		}
	}
}

var (
	visits  = meets{"visits", graph.SourceDataset}
	journal = meets{"journal", graph.SourceDossier}
)

func loadOf(t *testing.T, store graph.Store, src ingest.Source, files fs.FS) ingest.Report {
	t.Helper()
	o := options(store, files)
	o.Source = src
	report, err := ingest.Load(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// listed gives the meetings of a list, and behind each the other accounts of it.
func listed(t *testing.T, store graph.Store, at graph.LoadNumber) string {
	t.Helper()
	ctx := context.Background()
	v, err := graph.At(ctx, store, graph.SnapshotQuery{Load: &at})
	if err != nil {
		t.Fatal(err)
	}
	list, err := v.Engagements(ctx, graph.EngagementFilter{}, graph.Page{First: 100, Count: true})
	if err != nil {
		t.Fatal(err)
	}
	var keys []graph.EngagementKey
	for _, e := range list.Items {
		keys = append(keys, e.Base().Key)
	}
	accounts, err := v.Accounts(ctx, keys)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, k := range keys {
		line := string(k)
		for _, a := range accounts[k] {
			line += "=" + string(a.Base().Key)
		}
		out = append(out, line)
	}
	return fmt.Sprintf("%d: %s", *list.Total, strings.Join(out, " "))
}

func TestAccountsOfOneMeetingAreListedOnce(t *testing.T) {
	t.Parallel()
	v := folder("a", "v:1 2023-08-17 2023-08-18 SUMMIT iso3:JPN iso3:USA\nv:2 2023-09-01 2023-09-01 SUMMIT iso3:JPN iso3:USA\n", "b", "v:3 2024-01-01 2024-01-01 SUMMIT iso3:JPN iso3:USA\n")
	j := folder("a", "j:1 2023-08-18 2023-08-18 SUMMIT iso3:USA iso3:JPN\nj:2 2024-01-01 2024-01-01 SUMMIT iso3:USA iso3:JPN\n")
	store, other := open(t), open(t)

	alone := loadOf(t, store, visits, v)
	check(t, "alone", listed(t, store, 1), "3: v:1 v:2 v:3")
	check(t, "links of one source", alone.Links, ingest.Counts{})
	second := loadOf(t, store, journal, j)
	both := "3: j:1=v:1 v:2 j:2=v:3"
	check(t, "both", listed(t, store, 2), both)
	check(t, "the state before", listed(t, store, 1), "3: v:1 v:2 v:3")
	check(t, "the links", second.Links, ingest.Counts{Added: 2})
	check(t, "what the load counts is what its files say", second.Counts, ingest.Counts{Added: 3})
	linked := digest(t, store)

	loadOf(t, other, journal, j)
	loadOf(t, other, visits, v)
	check(t, "loaded the other way round", digest(t, other), linked)

	// A meeting of the same states in the same days makes it unclear which is meant.
	third := loadOf(t, store, visits, folder("b", "v:3 2024-01-01 2024-01-01 SUMMIT iso3:JPN iso3:USA\nv:4 2024-01-02 2024-01-02 SUMMIT iso3:JPN iso3:USA\n"))
	check(t, "unclear", listed(t, store, 3), "5: j:1=v:1 v:2 j:2 v:3 v:4")
	check(t, "the links then", third.Links, ingest.Counts{Retracted: 1, Unchanged: 1})
	if _, err := undo(t, store, 3); err != nil {
		t.Fatal(err)
	}
	check(t, "undone", digest(t, store), linked)
	if _, err := undo(t, store, 2); err != nil {
		t.Fatal(err)
	}
	check(t, "both undone", listed(t, store, 5), "3: v:1 v:2 v:3")

	// The account that leads is erased: the other is listed, at every number.
	done, err := ingest.Erase(context.Background(), ingest.EraseOptions{Reader: other, Writer: other, Keys: []string{"j:1"}, Reason: "a test"})
	if err != nil || len(done.IDs) != 1 || done.Links != (ingest.Counts{Retracted: 1, Unchanged: 1}) {
		t.Fatalf("%+v, %v", done, err)
	}
	for at := graph.LoadNumber(2); at <= 3; at++ {
		check(t, "erased", listed(t, other, at), "3: v:1 v:2 j:2=v:3")
	}
}
