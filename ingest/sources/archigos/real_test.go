package archigos_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/archigos"
	cowmid "github.com/entente-graph/entente/ingest/sources/cow-mid"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/sourcetest"
	"github.com/entente-graph/entente/internal/testneeds"
)

// The words of the file, written down a second time.
var (
	entries = map[graph.TenureEntry]string{
		graph.EntryRegular: "Regular", graph.EntryIrregular: "Irregular", graph.EntryImposed: "Foreign Imposition", "": "Unknown",
	}
	exits = map[graph.TenureExit]string{
		graph.ExitRegular: "Regular", graph.ExitIrregular: "Irregular", graph.ExitDeath: "Natural Death", graph.ExitHealth: "Retired Due to Ill Health",
		graph.ExitSuicide: "Suicide", graph.ExitForeign: "Foreign", "": "Unknown",
	}
)

// TestRealFilesGiveExpectedNumbers holds the graph to what the Stata file of the same data says, which the source does not read.
func TestRealFilesGiveExpectedNumbers(t *testing.T) {
	t.Parallel()
	mid := filepath.Join(testneeds.Data(t), "cow-mid-5")
	files, expected := sourcetest.Expected(t, "archigos", filepath.Join("..", "states", "tables"), mid)
	text := sourcetest.Only(t, files, "arch_annual.txt")
	store := sourcetest.Store(t)
	report := sourcetest.Load(t, store, archigos.New(states.Actors), text)
	if diff := cmp.Diff(ingest.Counts{Added: 1 + 2805 + 3412}, report.Counts); diff != "" {
		t.Errorf("the source, the persons and the tenures (-want +got):\n%s", diff)
	}
	if again := sourcetest.Load(t, store, archigos.New(states.Actors), text); !again.Counts.Nothing() {
		t.Errorf("loaded twice: %+v", again.Counts)
	}
	sourcetest.Load(t, store, cowmid.New(states.Actors), os.DirFS(mid))

	view := sourcetest.View(t, store, "")
	tenures := every(t, view)
	got := tally(tenures)
	for _, e := range expected {
		key := [2]string{e.What, e.Of}
		switch e.What {
		case "persons":
			got[key] = actors(t, view, func(*graph.Actor) bool { return true })
		case "women":
			got[key] = actors(t, view, func(a *graph.Actor) bool { return strings.Contains(a.Note, "Female.") })
		case "leaders in office on":
			n := 0
			for _, tn := range tenures {
				if tn.Holds(graph.MustDay(e.Of)) == graph.Certain {
					n++
				}
			}
			got[key] = strconv.Itoa(n)
		case "leader of":
			of, day, _ := strings.Cut(e.Of, " on ")
			got[key] = leadersOn(t, store, of, day)
		case "leaders of the parties of dispute":
			got[key] = leadersInDispute(t, store, e.Of)
		}
	}
	got.Compare(t, expected)
}

// every gives all tenures of the graph, page by page.
func every(t *testing.T, view *graph.View) (all []*graph.Tenure) {
	t.Helper()
	page := graph.Page{First: graph.MaxPage}
	for {
		list, err := view.Tenures(context.Background(), graph.TenureFilter{}, page)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, list.Items...)
		if !list.More {
			return all
		}
		page.After = &list.Position[len(list.Position)-1]
	}
}

func tally(tenures []*graph.Tenure) sourcetest.Counts {
	n := map[[2]string]int{}
	rows := map[string]bool{}
	for _, t := range tenures {
		n[[2]string{"tenures", "all"}]++
		n[[2]string{"tenures of", string(t.Of)}]++
		row, _, goesOn := strings.Cut(string(t.Key), "/") // of a row that became several, the first
		rows[row] = true
		if !goesOn {
			n[[2]string{"tenures by entry", entries[t.Entry]}]++
			n[[2]string{"tenures begun in the decade", t.Period.Start.EDTF()[:3] + "0"}]++
		}
		if strings.Contains(t.Note, "Goes on in ") {
			continue
		}
		exit, how := exits[t.Exit], t.ExitHow
		if t.Period.Why == graph.Censored {
			exit, how = "Still in Office", "Still in Office"
			n[[2]string{"tenures that go on when the data ends", "all"}]++
		}
		switch {
		case how != "":
		case t.Exit == graph.ExitIrregular, t.Exit == graph.ExitForeign, t.Exit == "":
			how = "Unknown"
		default:
			how = "Regular"
		}
		n[[2]string{"tenures by exit", exit}]++
		n[[2]string{"tenures by exit in words", how}]++
	}
	n[[2]string{"tenures in the file", "all"}] = len(rows)
	got := sourcetest.Counts{}
	for key, count := range n {
		got[key] = strconv.Itoa(count)
	}
	return got
}

// actors counts the persons of the graph.
func actors(t *testing.T, view *graph.View, want func(*graph.Actor) bool) string {
	t.Helper()
	n := 0
	keys := map[graph.ActorKey]bool{}
	for _, tn := range every(t, view) {
		keys[tn.Person] = true
	}
	for key := range keys {
		a, err := view.Actor(context.Background(), string(key))
		if err != nil {
			t.Fatal(err)
		}
		if want(a) {
			n++
		}
	}
	return strconv.Itoa(n)
}

// leadersOn asks the API who was the effective leader of a state on a day.
func leadersOn(t *testing.T, store graph.Store, of, day string) string {
	t.Helper()
	type person struct{ Person struct{ Name string } }
	answer := sourcetest.Ask[struct{ Office struct{ Holder []person } }](t, store,
		`query($of: String!, $on: Day!) { office(of: $of, title: ["Effective Leader"]) { holder(on: $on) { person { name } } } }`, map[string]any{"of": of, "on": day})
	var names []string
	for _, h := range answer.Office.Holder {
		names = append(names, h.Person.Name)
	}
	slices.Sort(names)
	return strings.Join(names, "; ")
}

// leadersInDispute asks the API, in one question, who governed the parties of a dispute while they were in it.
func leadersInDispute(t *testing.T, store graph.Store, number string) string {
	t.Helper()
	type participation struct {
		Actor         struct{ Key string }
		OfficeHolders []struct{ Person struct{ Name string } }
	}
	answer := sourcetest.Ask[struct {
		Engagement struct {
			Participations struct{ Nodes []participation }
		}
	}](t, store, `query($key: String!) { engagement(key: $key) { participations(first: 100) { nodes {
		actor { key } officeHolders(office: ["effective leader"]) { person { name } } } } } }`, map[string]any{"key": "cow-mid:" + number})
	var found []string
	for _, p := range answer.Engagement.Participations.Nodes {
		for _, h := range p.OfficeHolders {
			if line := fmt.Sprintf("%s %s", p.Actor.Key, h.Person.Name); !slices.Contains(found, line) {
				found = append(found, line)
			}
		}
	}
	slices.SortFunc(found, func(a, b string) int {
		ka, na, _ := strings.Cut(a, " ")
		kb, nb, _ := strings.Cut(b, " ")
		if ka != kb {
			return strings.Compare(ka, kb)
		}
		return strings.Compare(na, nb)
	})
	return strings.Join(found, "; ")
}
