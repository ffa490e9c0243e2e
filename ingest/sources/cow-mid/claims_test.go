package cowmid_test

import (
	"archive/zip"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// Silence is an answer only between members: Japan was none from August 1945 to April 1952, and an era counts whole.
func TestSilenceIsAnAnswerBetweenMembersOnly(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	load(t, store, copyOf(t, "testdata/whole"))
	for _, c := range []struct {
		a, b  string
		asOf  string
		topic graph.Topic
		want  graph.TieStatus
	}{
		{"iso3:JPN", "iso3:BRA", "1995-06-01", graph.TopicDefense, graph.None},
		{"iso3:JPN", "iso3:BRA", "2014-12-31", graph.TopicDefense, graph.None},
		{"iso3:JPN", "iso3:BRA", "2015-01-01", graph.TopicDefense, graph.NoData},   // the data ends
		{"iso3:JPN", "iso3:BRA", "1947-06-01", graph.TopicDefense, graph.NoData},   // Japan was no member
		{"iso3:JPN", "iso3:BRA", "1953-06-01", graph.TopicDefense, graph.NoData},   // and is claimed from the next era on
		{"iso3:JPN", "iso3:BRA", "1995-06-01", graph.TopicTerritory, graph.NoData}, // what disputes are about is selective
		{"iso3:JPN", "iso3:HKG", "1995-06-01", graph.TopicDefense, graph.NoData},   // never a member
		{"iso3:RUS", "iso3:BRA", "1996-06-01", graph.TopicDefense, graph.None},
		{"iso3:DEU", "iso3:BRA", "1991-06-01", graph.TopicDefense, graph.None},   // 260, then 255: one actor without a gap
		{"iso3:JPN", "iso3:KOR", "1996-01-02", graph.TopicDefense, graph.Active}, // the dispute of that day
	} {
		day := graph.MustDate(c.asOf).Earliest()
		view, err := graph.At(t.Context(), store, graph.SnapshotQuery{AsOf: &day})
		if err != nil {
			t.Fatal(err)
		}
		dyad := graph.NewDyadKey(graph.ActorKey(c.a), graph.ActorKey(c.b))
		ties, err := view.Ties(t.Context(), []graph.DyadKey{dyad}, graph.TieFilter{Topics: []graph.Topic{c.topic}, Nature: graph.Contention})
		if err != nil {
			t.Fatal(err)
		}
		if got := ties[dyad][0].Status; got != c.want {
			t.Errorf("contention of %s and %s on %s as of %s is %s, and should be %s", c.a, c.b, c.topic, c.asOf, got, c.want)
		}
	}
}

// A zip says what its files say unpacked.
func TestZipIsReadAsItsFiles(t *testing.T) {
	t.Parallel()
	files := copyOf(t, "testdata/whole")
	name := filepath.Join(t.TempDir(), "MID-5-Data.zip")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for base, file := range files {
		w, err := z.Create(base)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(file.Data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	zipped, err := ingest.OpenPaths(ingest.DefaultLimits, name)
	if err != nil {
		t.Fatal(err)
	}
	defer zipped.Close()
	if diff := cmp.Diff(bodies(t, files), bodies(t, zipped)); diff != "" {
		t.Errorf("zipped, the files say something else:\n%s", diff)
	}
}

// A state that the list of states did not count yet, or that did not exist yet, is in what the dataset says it was in: for
// the dyad and for itself, during those days and as of them.
func TestStatesOutOfTheListTakePart(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	load(t, store, copyOf(t, "testdata/whole"))
	for _, c := range []struct {
		of     []graph.ActorKey
		kind   graph.EngagementKind
		day    string
		silent string // a day before it
		want   graph.EngagementKey
	}{
		{[]graph.ActorKey{"iso3:KOR", "iso3:SUN"}, graph.KindDispute, "1948-04-05", "1948-04-02", "cow-mid:9008"},
		{[]graph.ActorKey{"iso3:BIH", "iso3:YUG"}, graph.KindAct, "1992-04-06", "1992-04-05", "cow-mid:incident-9005001"},
	} {
		day, before := graph.MustDay(c.day), graph.MustDay(c.silent)
		for _, asOf := range []*graph.Day{nil, &day} {
			view, err := graph.At(t.Context(), store, graph.SnapshotQuery{AsOf: asOf})
			if err != nil {
				t.Fatal(err)
			}
			for _, of := range [][]graph.ActorKey{c.of, c.of[:1]} {
				for _, during := range []graph.Day{day, before} {
					list, err := view.Engagements(t.Context(), graph.EngagementFilter{
						Of: of, Kinds: []graph.EngagementKind{c.kind},
						During: &graph.During{Interval: graph.Inclusive(during, during), Certainty: graph.Certain},
					}, graph.Page{First: 2})
					if err != nil {
						t.Fatal(err)
					}
					found := slices.ContainsFunc(list.Items, func(e graph.Engagement) bool { return e.Base().Key == c.want })
					if found != (during == day) || len(list.Items) > 1 {
						t.Errorf("%v during %s as of %v: %d engagements, %s among them: %t", of, during, asOf, len(list.Items), c.want, found)
					}
				}
			}
			key := graph.NewDyadKey(c.of[0], c.of[1])
			ties, err := view.Ties(t.Context(), []graph.DyadKey{key}, graph.TieFilter{Topics: []graph.Topic{graph.TopicDefense}, Nature: graph.Contention})
			if err != nil {
				t.Fatal(err)
			}
			if tie := ties[key][0]; c.kind == graph.KindDispute && (len(tie.Spells) != 1 || tie.Spells[0].StartedBy != c.want) {
				t.Errorf("contention of %v as of %v is %s, %+v", c.of, asOf, tie.Status, tie.Spells)
			}
		}
	}
}
