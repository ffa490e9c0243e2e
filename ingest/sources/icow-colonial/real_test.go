package icowcolonial_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	icowcolonial "github.com/entente-graph/entente/ingest/sources/icow-colonial"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/sourcetest"
)

// The codes of the file, written down a second time.
var kinds = map[string]string{"formation": "1", "decolonization": "2", "secession": "3", "partition": "4"}

// TestRealFilesGiveExpectedNumbers holds the graph to what is counted straight from the file.
func TestRealFilesGiveExpectedNumbers(t *testing.T) {
	t.Parallel()
	files, expected := sourcetest.Expected(t, "icow", filepath.Join("..", "states", "tables"))
	store := sourcetest.Store(t)
	report := sourcetest.Load(t, store, icowcolonial.New(states.Actors), files)
	if n := len(report.Quarantined); n > 0 {
		t.Errorf("%d rows are in quarantine: %v", n, report.Quarantined)
	}
	if again := sourcetest.Load(t, store, icowcolonial.New(states.Actors), files); !again.Counts.Nothing() {
		t.Errorf("loaded twice: %+v", again.Counts)
	}
	n := map[[2]string]int{}
	said := map[[2]string][]string{}
	for _, e := range sourcetest.Engagements(t, sourcetest.View(t, store, ""), graph.EngagementFilter{}) {
		a, ok := e.(*graph.Act)
		if !ok {
			t.Fatalf("%s is no act", e.Base().Key)
		}
		by, toward := string(a.By()[0]), "nobody"
		if to := a.Toward(); len(to) > 0 {
			toward = string(to[0])
		}
		start := a.Period.Start.EDTF()
		switch {
		case strings.HasSuffix(string(a.Key), "-merger"):
			n[[2]string{"mergers", "all"}]++
			said[[2]string{"merger of", toward}] = []string{start + " into " + by}
		case strings.HasSuffix(string(a.Key), "-secession"):
			n[[2]string{"secessions that are another event", "all"}]++
			said[[2]string{"secession of", by}] = []string{start[:4] + " from " + toward}
		default:
			how, _, _ := strings.Cut(strings.TrimPrefix(a.Summary, "Independence by "), ",")
			violent := "1"
			if strings.Contains(a.Summary, ", not violent.") {
				violent = "0"
			}
			n[[2]string{"independences", "all"}]++
			n[[2]string{"independences by kind", kinds[how]}]++
			n[[2]string{"independences, violent or not", violent}]++
			n[[2]string{"independences begun in", start[:2] + "00"}]++
			n[[2]string{"independences in the year", start[:4]}]++
			n[[2]string{"independences of", toward}]++
			text := start[:4]
			if toward != "nobody" {
				text += " from " + toward
			}
			key := [2]string{"independence of", by}
			said[key] = append(said[key], text)
		}
	}
	n[[2]string{"successions", "all"}] = successions(t, store)
	got := sourcetest.Count(n)
	for key, texts := range said {
		slices.Sort(texts)
		got[key] = strings.Join(texts, "; ")
	}
	for key := range got { // those of which not all are expected
		early := key[0] == "independences in the year" && key[1] < "1940"
		if early || key[0] == "independence of" && !slices.ContainsFunc(expected, func(e sourcetest.Expectation) bool { return e.Of == key[1] && e.What == key[0] }) {
			delete(got, key)
		}
	}
	got.Compare(t, expected)

	// What the API says of whom the Republic of Korea succeeded, and since when.
	type succession struct {
		Actor struct{ Key string }
		Date  *struct{ Edtf string }
	}
	korea := sourcetest.Ask[struct {
		Actor struct{ Succeeds []succession }
	}](t, store, `{ actor(key: "KOR") { succeeds { actor { key } date { edtf } } } }`, nil)
	var who []string
	for _, s := range korea.Actor.Succeeds {
		when := ""
		if s.Date != nil {
			when = s.Date.Edtf
		}
		who = append(who, fmt.Sprintf("%s %s", s.Actor.Key, when))
	}
	if !slices.ContainsFunc(who, func(s string) bool { return strings.HasPrefix(s, "cow:730 ") }) {
		t.Errorf("the Republic of Korea succeeded %v, and not cow:730", who)
	}
}

// successions counts what the source itself says of successions.
func successions(t *testing.T, store graph.Store) (n int) {
	t.Helper()
	all, err := states.Actors()
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, a := range all {
		keys = append(keys, string(a.Key))
	}
	head, err := store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	rows, err := store.Statements(t.Context(), graph.StatementQuery{Load: head.Load.Number, Kind: graph.StatementActor, Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Source != icowcolonial.Key {
			continue
		}
		facts, err := graph.Decode[graph.ActorFacts](r.Statement)
		if err != nil {
			t.Fatal(err)
		}
		n += len(facts.Succeeds)
	}
	return n
}

// TestReload holds that an inserted line changes nothing else.
func TestReload(t *testing.T) {
	t.Parallel()
	store, src := sourcetest.Store(t), icowcolonial.New(states.Actors)
	before := sourcetest.Load(t, store, src, sourcetest.Edited(t, "testdata/whole", "coldata110.csv", nil))
	inserted := sourcetest.Edited(t, "testdata/whole", "coldata110.csv", func(lines []string) []string {
		return slices.Insert(lines, 1, "58,Antigua,200,200,198111,0,2,-9,-9,-9,-9,-9,198111,-9,-9\n")
	})
	if diff := cmp.Diff(ingest.Counts{Added: 2, Unchanged: before.Counts.Added}, sourcetest.Load(t, store, src, inserted).Counts); diff != "" {
		t.Errorf("with a line inserted at the top (-want +got):\n%s", diff)
	}
}
