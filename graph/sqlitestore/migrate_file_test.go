package sqlitestore

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
)

// TestFilesOfOlderPrograms: a file as an older program wrote it is brought up to date when it is opened, to be read or to
// be written. At every load its digest is what that program printed, and it answers as a store to which the same was told
// today.
func TestFilesOfOlderPrograms(t *testing.T) {
	t.Parallel()
	const (
		first  = "11b7ec04ddab046fccc31340e47c49138fd5813444e60c5928755cbdbf152cc4 13"
		second = "8d467c7ef087e6822281e12aea0d4d73413fc8735604553677a3046996ae28ee 12"
		third  = "d1b945faaa6e327e6724b26571723e5c9cc84977987ce8397e8b7601d78b1f01 14"
		fourth = "8993035799b1cf4a9b0ab447f443b717dd2aba751435f9dc374f499b4b48dd68 15"
	)
	for _, c := range []struct {
		schema  int
		digests []string // by load, from 1; the last is an erasure
		opts    []Option
		more    string // what the older program had that is no statement
	}{
		{1, []string{first, second}, nil, "[] [] load 1 0"},
		{1, []string{first, second}, []Option{ReadOnly()}, "[] [] load 1 0"},
		{2, []string{first, second, third, fourth, fourth}, nil, "[cow-mid:9902] [cow-mid:9903 in 5: a test] load 4 1"},
		{2, []string{first, second, third, fourth, fourth}, []Option{ReadOnly()}, "[cow-mid:9902] [cow-mid:9903 in 5: a test] load 4 1"},
	} {
		t.Run(fmt.Sprintf("schema %d, %d options", c.schema, len(c.opts)), func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			old, fresh := openDump(t, c.schema, c.opts...), newStore(t)
			tellAgain(t, old, fresh)
			if diff := cmp.Diff(plainShapes(t, fresh), plainShapes(t, old)); diff != "" {
				t.Errorf("the tables differ (-new +old):\n%s", diff)
			}
			head, err := old.Head(ctx)
			if err != nil || head.Load.Number != graph.LoadNumber(len(c.digests)) || head.StoreID == "" {
				t.Fatalf("the head is %+v (%v)", head, err)
			}
			for i, want := range c.digests {
				at := graph.LoadNumber(i + 1)
				d, n, err := graph.Digest(ctx, old, at)
				if got := fmt.Sprint(d, n); err != nil || got != want {
					t.Errorf("the digest at load %d is %s (%v); it was %s", at, got, err, want)
				}
				if diff := cmp.Diff(answersAt(t, fresh, at), answersAt(t, old, at)); diff != "" {
					t.Errorf("load %d answers otherwise than if it were told today (-new +old):\n%s", at, diff)
				}
			}
			if got := beside(t, old); got != c.more {
				t.Errorf("quarantine, erasures and amendments are %s, not %s", got, c.more)
			}
		})
	}
}

// plainShapes are the orders that made tables and indexes, without what SQLite does not look at: how they are broken into
// lines, and of the tables that got further columns in which order they stand, for none is written by position.
func plainShapes(t *testing.T, s *Store) map[string]string {
	t.Helper()
	out := shapes(t, s)
	delete(out, "batch")
	for name, text := range out {
		out[name] = strings.Join(strings.Fields(text), " ")
	}
	return out
}

// openDump makes a file from the SQL of an older program's, and opens it.
func openDump(t *testing.T, version int, opts ...Option) *Store {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", fmt.Sprintf("store-%d.sql", version)))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, order := range []string{"PRAGMA journal_mode = WAL", "BEGIN", string(text), "COMMIT"} {
		if _, err := db.Exec(order); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// tellAgain tells another store load by load what the first holds.
func tellAgain(t *testing.T, from, to *Store) {
	t.Helper()
	ctx := context.Background()
	batches := map[graph.LoadNumber]*graph.Batch{}
	head, err := from.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for n := range head.Load.Number {
		batches[n+1] = &graph.Batch{}
	}
	err = from.query(ctx, "SELECT source, slice, kind, key, hash, body, locator, recordedFrom, recordedTo FROM statement ORDER BY id", nil, func(r *sql.Rows) error {
		var st graph.Statement
		var hash []byte
		var begin, end graph.LoadNumber
		err := r.Scan(&st.Source, &st.Slice, &st.Kind, &st.Key, &hash, &st.Body, &st.Locator, &begin, &end)
		copy(st.Hash[:], hash)
		batches[begin].Add = append(batches[begin].Add, st)
		if end <= head.Load.Number {
			batches[end].Close = append(batches[end].Close, st.StatementID)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for n := range head.Load.Number {
		lease, err := to.Open(ctx, graph.LoadInfo{Source: "test"})
		if err == nil {
			err = to.Write(ctx, lease, *batches[n+1])
		}
		if err == nil {
			_, err = to.Commit(ctx, lease, graph.Counts{})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// answersAt asks by every path that has index rows.
func answersAt(t *testing.T, s *Store, at graph.LoadNumber) (all []string) {
	t.Helper()
	ctx := context.Background()
	put := func(what string, answer any, err error) {
		t.Helper()
		if err != nil {
			t.Errorf("%s at load %d: %v", what, at, err)
		}
		all = append(all, fmt.Sprintf("%s: %v", what, answer))
	}
	for _, kind := range graph.StatementKinds {
		found, err := s.Statements(ctx, graph.StatementQuery{Load: at, Kind: kind})
		put(string(kind), found, err)
	}
	arg, chl := []graph.Constituent{{Actor: "iso3:ARG", Valid: graph.Always}}, []graph.Constituent{{Actor: "iso3:CHL", Valid: graph.Always}}
	with := graph.Filter{{{Kind: graph.HasParts, Groups: [][]graph.Constituent{{{Actor: "org:holy-see", Valid: graph.Always}}}}}}
	for _, q := range []graph.EngagementQuery{{}, {A: arg}, {A: arg, B: chl}, {Topics: []graph.Topic{graph.TopicTerritory}}, {Where: with, Order: graph.Order{By: graph.ByEnd}}} {
		q.Load = at
		page, err := s.Engagements(ctx, q)
		put("engagements", page.Items, err)
		if len(page.Items) == 0 {
			t.Errorf("at load %d nothing is found by %+v", at, q)
		}
	}
	ties, err := s.TieRecords(ctx, graph.TieQuery{Load: at, Dyads: []graph.TieDyad{{Key: graph.DyadKey{A: "iso3:ARG", B: "iso3:CHL"}, A: arg, B: chl}}})
	put("tie records", ties, err)
	dyads, err := s.TieDyads(ctx, graph.TieDyadQuery{Load: at})
	put("dyads", dyads, err)
	actors, err := s.ActorKeys(ctx, graph.ActorQuery{Load: at})
	put("actors", actors, err)
	tenures, err := s.Tenures(ctx, graph.TenureQuery{Load: at, Of: []graph.Constituent{{Actor: "iso3:ARG", Valid: graph.Always}}})
	put("tenures", tenures, err)
	said, err := s.Assertions(ctx, graph.AssertionQuery{Load: at, About: []graph.EngagementKey{"beagle:nullity-1978"}})
	put("assertions", said, err)
	hits, err := s.Search(ctx, graph.SearchQuery{Load: at, Whole: "montevideo", Terms: graph.SearchTerms("montevideo")})
	put("hits", hits, err)
	if len(ties) == 0 || len(dyads.Dyads) == 0 || len(tenures.Items) == 0 || len(hits.Hits) == 0 {
		t.Errorf("at load %d there are %d tie records, %d dyads, %d tenures, %d hits", at, len(ties), len(dyads.Dyads), len(tenures.Items), len(hits.Hits))
	}
	return all
}

// beside prints what is in the quarantine of load 3, what was erased, and of the load before the last how many edits it has.
func beside(t *testing.T, s *Store) string {
	t.Helper()
	ctx := context.Background()
	loads, err := s.Loads(ctx, graph.LoadQuery{})
	if err != nil {
		t.Fatal(err)
	}
	held, gone := []string{}, []string{}
	if len(loads) > 2 {
		page, err := s.Quarantine(ctx, graph.QuarantineQuery{Load: 3})
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range page.Items {
			held = append(held, q.Of.Key)
		}
	}
	erased, err := s.Erasures(ctx, graph.ErasureQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range erased {
		gone = append(gone, fmt.Sprintf("%s in %d: %s", e.Key, e.Load, e.Reason))
	}
	return fmt.Sprint(held, " ", gone, " load ", loads[1].Number, " ", len(loads[1].Edits))
}
