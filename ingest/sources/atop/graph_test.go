package atop_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/atop"
	"github.com/entente-graph/entente/ingest/sources/states"
)

// newStore makes a store that holds the registry of states.
func newStore(t testing.TB, dir string) graph.Store {
	t.Helper()
	store, err := sqlitestore.Open(filepath.Join(dir, "atop.db"), sqlitestore.Create())
	if err != nil {
		t.Fatal(err)
	}
	load(t, store, states.Source{}, states.Source{}.Shipped())
	return store
}

func load(t testing.TB, store graph.Store, src ingest.Source, files fs.FS) ingest.Report {
	t.Helper()
	report, err := ingest.Load(context.Background(), ingest.Options{Source: src, Files: files, Reader: store, Writer: store, Program: "test", Details: true})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func view(t testing.TB, store graph.Store, asOf string) *graph.View {
	t.Helper()
	var q graph.SnapshotQuery
	if asOf != "" {
		day := graph.MustDay(asOf)
		q.AsOf = &day
	}
	v, err := graph.At(context.Background(), store, q)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func madeUp(t testing.TB) graph.Store {
	t.Helper()
	store := newStore(t, t.TempDir())
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	load(t, store, atop.New(states.Actors), os.DirFS("testdata/whole"))
	return store
}

// defence prints the spells of the tie of two actors in defence, and how it stands.
func defence(t testing.TB, v *graph.View, a, b graph.ActorKey) string {
	t.Helper()
	key := graph.NewDyadKey(a, b)
	ties, err := v.Ties(context.Background(), []graph.DyadKey{key}, graph.TieFilter{Topics: []graph.Topic{graph.TopicDefense}})
	if err != nil {
		t.Fatal(err)
	}
	tie := ties[key][0]
	said := []string{string(tie.Status)}
	for _, s := range tie.Spells {
		said = append(said, s.Period.EDTF()+" "+string(s.StartedBy))
	}
	return strings.Join(said, "; ")
}

// TestTies holds what the alliances tie, as they are in the store: obligations of defence and offence, in one direction
// or both, among those who are members together, and nothing else.
func TestTies(t *testing.T) {
	store := madeUp(t)
	for _, c := range []struct{ a, b, asOf, want string }{
		{"iso3:JPN", "iso3:USA", "", "ACTIVE; 1960-01-19/.. atop:9001"}, // owed in one direction only
		{"iso3:JPN", "iso3:USA", "1959-12-31", "NONE"},
		{"iso3:JPN", "iso3:USA", "2016-12-31", "ACTIVE; 1960-01-19/.. atop:9001"},
		{"iso3:JPN", "iso3:USA", "2017-01-01", "NO_DATA; 1960-01-19/.. atop:9001"},
		{"iso3:JPN", "iso3:USA", "1814-12-31", "NO_DATA"},
		{"iso3:FRA", "iso3:USA", "", "ACTIVE; 1949-04-04/.. atop:9002"},                                  // over two phases
		{"iso3:FRA", "iso3:GRC", "", "ACTIVE; 1951-10-22/1974-08-13 atop:9002; 1980-10-20/.. atop:9002"}, // left and came back
		{"iso3:DEU", "iso3:USA", "", "ACTIVE; 1954-10-23/.. atop:9002"},                                  // by two numbers
		{"iso3:DDR", "iso3:DEU", "", "ENDED; 1955-05-14/1990-10-02 atop:9002"},                           // lost independence
		{"iso3:CSK", "iso3:SUN", "", "ENDED; 1970-05-06/1991-12-25 atop:9003"},                           // 365 is the Soviet Union
		{"iso3:CSK", "iso3:RUS", "", "ENDED; 1991-12-26/1992-12-30 atop:9003"},                           // and then Russia; an end is the first day without the tie
		{"iso3:CZE", "iso3:RUS", "", "ENDED; 1993-01-01/1993-08-25 atop:9003"},                           //
		{"iso3:CZE", "iso3:SVK", "", "NONE"},                                                             // two phases at once
		{"cow:300", "iso3:GBR", "", "ENDED; 1815-11-20/1822-12 atop:9004"},                               // offence, and a month's precision
		{"iso3:SAU", "iso3:YEM", "", "NONE"},                                                             // neutrality and consultation
		{"iso3:MYS", "iso3:THA", "", "NONE"},                                                             // non-aggression of three
		{"iso3:DEU", "iso3:SUN", "", "NONE"},                                                             // and of two
		{"iso3:ECU", "iso3:PER", "", "ENDED; 1833/1846 atop:9007"},
		{"gw:815", "iso3:PER", "", "ENDED; 1840-07-12/1846 atop:9007"}, // owed toward one who owes nothing
		{"iso3:CYP", "iso3:TUR", "", "ENDED; 1960-08-16/1964-04-03 atop:9008"},
		{"iso3:GBR", "iso3:NLD", "", "ENDED; 1815-01-31/1815-02-07 atop:9010"}, // before the Netherlands, as the registry has them, existed
		{"iso3:GBR", "iso3:NLD", "1815-02-01", "ACTIVE; 1815-01-31/1815-02-07 atop:9010"},
	} {
		if got := defence(t, view(t, store, c.asOf), graph.ActorKey(c.a), graph.ActorKey(c.b)); got != c.want {
			t.Errorf("%s and %s as of %q: %s, want %s", c.a, c.b, c.asOf, got, c.want)
		}
	}
}

// TestInForce holds when an alliance is in force: also after an interruption, and not known after the data ends.
func TestInForce(t *testing.T) {
	store := madeUp(t)
	for _, c := range []struct{ key, asOf, want string }{
		{"atop:9001", "1960-01-18", "no"},
		{"atop:9001", "1960-01-19", "yes"},
		{"atop:9001", "2016-12-31", "yes"},
		{"atop:9001", "2017-01-01", "unknown"},
		{"atop:9001", "", "yes"},
		{"atop:9003", "1992-12-31", "yes"},
		{"atop:9003", "1993-08-25", "yes"},
		{"atop:9003", "1993-08-26", "no"},
		{"atop:9003", "2020-01-01", "unknown"},
		{"atop:9004", "1822-11-30", "yes"},
		{"atop:9004", "1822-12-15", "unknown"},
		{"atop:9004", "1823-01-01", "no"},
		{"atop:9005", "1962-11-05", "yes"},
		{"atop:9005", "1980-01-01", "no"},
		{"atop:9005", "1995-02-26", "yes"},
	} {
		v := view(t, store, c.asOf)
		e, err := v.Engagement(context.Background(), graph.EngagementKey(c.key))
		if err != nil {
			t.Fatal(err)
		}
		in, err := v.InForce(context.Background(), e.(*graph.Agreement))
		if err != nil {
			t.Fatal(err)
		}
		got := "unknown"
		if in != nil {
			got = map[bool]string{true: "yes", false: "no"}[*in]
		}
		if got != c.want {
			t.Errorf("%s as of %q in force: %s, want %s", c.key, c.asOf, got, c.want)
		}
	}
}

// edited gives the files of testdata/whole with a file changed.
func edited(t testing.TB, name string, edit func(lines []string) []string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	for _, n := range []string{"atop4_01a.csv", "atop4_01m.csv"} {
		text, err := os.ReadFile(filepath.Join("testdata/whole", n))
		if err != nil {
			t.Fatal(err)
		}
		if n == name {
			text = []byte(strings.Join(edit(strings.SplitAfter(string(text), "\n")), ""))
		}
		files[n] = &fstest.MapFile{Data: text}
	}
	return files
}

// TestReload holds that an inserted line changes the one alliance that it speaks of, that the order of lines says nothing,
// and that twice is once.
func TestReload(t *testing.T) {
	store, src := madeUp(t), atop.New(states.Actors)
	const members = "atop4_01m.csv"
	if r := load(t, store, src, os.DirFS("testdata/whole")); !r.Counts.Nothing() {
		t.Errorf("loaded twice: %+v", r.Counts)
	}
	turned := edited(t, members, func(lines []string) []string {
		slices.Reverse(lines[1 : len(lines)-1])
		return lines
	})
	if r := load(t, store, src, turned); !r.Counts.Nothing() {
		t.Errorf("with its lines turned around: %+v", r.Counts)
	}
	inserted := edited(t, members, func(lines []string) []string {
		joins := strings.Replace(lines[1], "9001,,,2,1,1960,1,19,", "9001,,,20,1,1970,5,6,", 1)
		if joins == lines[1] {
			t.Fatalf("the first line is not the one this test copies: %s", lines[1])
		}
		return slices.Insert(lines, 1, joins)
	})
	r := load(t, store, src, inserted)
	if diff := cmp.Diff(ingest.Counts{Changed: 1, Unchanged: 10}, r.Counts); diff != "" {
		t.Errorf("with a line inserted at the top (-want +got):\n%s", diff)
	}
	if len(r.Changes) != 1 || r.Changes[0].Key != "atop:9001" {
		t.Errorf("with a line inserted at the top these change: %+v", r.Changes)
	}
}
