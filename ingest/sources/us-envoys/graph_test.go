package usenvoys_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/states"
	usenvoys "github.com/entente-graph/entente/ingest/sources/us-envoys"
	"github.com/entente-graph/entente/internal/testneeds"
)

const usa graph.ActorKey = "iso3:USA"

// shipped loads the registry and what ships.
func shipped(t *testing.T) (*graph.View, ingest.Report) {
	t.Helper()
	store, err := sqlitestore.Open(filepath.Join(t.TempDir(), "store.db"), sqlitestore.Create())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	var report ingest.Report
	for _, src := range []ingest.Shipper{states.Source{}, usenvoys.New(states.Actors)} {
		report, err = ingest.Load(context.Background(), ingest.Options{Source: src, Files: src.Shipped(), Reader: store, Writer: store, Program: "test", Details: true})
		if err != nil {
			t.Fatal(err)
		}
	}
	v, err := graph.At(context.Background(), store, graph.SnapshotQuery{})
	if err != nil {
		t.Fatal(err)
	}
	return v, report
}

// tenures gives all of the United States, each with the file it was read from.
func tenures(t *testing.T, v *graph.View) (all []*graph.Tenure, files map[graph.TenureKey]string) {
	t.Helper()
	files = map[graph.TenureKey]string{}
	page := graph.Page{First: graph.MaxPage}
	for {
		list, err := v.Tenures(context.Background(), graph.TenureFilter{Of: []graph.ActorKey{usa}}, page)
		if err != nil {
			t.Fatal(err)
		}
		var keys []string
		for _, tenure := range list.Items {
			keys = append(keys, string(tenure.Key))
		}
		rows, err := v.Reader().Statements(context.Background(), graph.StatementQuery{Load: v.Load, Kind: graph.StatementTenure, Keys: keys})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			file, _, _ := strings.Cut(r.Locator, ":")
			files[graph.TenureKey(r.Key)] = strings.TrimSuffix(path.Base(file), ".xml")
		}
		all = append(all, list.Items...)
		if !list.More {
			return all, files
		}
		page.After = &list.Position[len(list.Position)-1]
	}
}

// TestTheNumbersOfTheScript: of the files that ship all is understood, and the graph answers what testdata/expected.py counts in them by
// another road.
func TestTheNumbersOfTheScript(t *testing.T) {
	t.Parallel()
	v, report := shipped(t)
	for _, q := range report.Quarantined {
		t.Errorf("%s is in quarantine: %v", q.Of.Key, q.Mistakes)
	}
	all, files := tenures(t, v)
	page, err := v.Reader().ActorKeys(t.Context(), graph.ActorQuery{Load: v.Load, Kinds: []graph.ActorKind{graph.KindPerson}, First: 1, Count: true})
	if err != nil {
		t.Fatal(err)
	}
	got := map[[2]string]int{{"tenures", ""}: len(all), {"persons", ""}: *page.Total}
	for _, tenure := range all {
		got[[2]string{"mission", files[tenure.Key]}]++
		if !tenure.Period.Start.IsZero() {
			got[[2]string{"began", tenure.Period.Start.String()[:4]}]++
		}
	}
	titles, err := os.ReadFile("roles.csv")
	if err != nil {
		t.Fatal(err)
	}
	roles, err := csv.NewReader(bytes.NewReader(titles)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, tenure := range all {
		title, _, country := strings.Cut(tenure.Office, ", ")
		i := slices.IndexFunc(roles, func(r []string) bool { return r[1] == title })
		if i >= 0 && country && !strings.HasPrefix(files[tenure.Key], "representative") {
			got[[2]string{"role", roles[i][0]}]++
		}
	}
	text, err := os.ReadFile("testdata/expected.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if row[0] == "holder" {
			day := graph.MustDay(row[2])
			var held []string
			for _, tenure := range all {
				if files[tenure.Key] == row[1] && tenure.Period.Why == "" && tenure.Holds(day) == graph.Certain {
					held = append(held, strings.TrimPrefix(string(tenure.Person), "us-envoys:"))
				}
			}
			slices.Sort(held)
			if now := strings.Join(slices.Compact(held), " "); now != row[3] {
				t.Errorf("at the mission in %s on %s were %q, the files say %q", row[1], row[2], now, row[3])
			}
			continue
		}
		if n := got[[2]string{row[0], row[1]}]; strconv.Itoa(n) != row[3] {
			t.Errorf("%s %s: %d, the files have %s", row[0], row[1], n, row[3])
		}
	}
	if len(rows) < 500 {
		t.Errorf("only %d numbers were compared", len(rows))
	}
}

// TestTheScript counts again, where the files and Python are at hand.
func TestTheScript(t *testing.T) {
	t.Parallel()
	python := testneeds.Program(t, "install Python 3: it counts again what expected.csv holds", "python3")
	got, err := exec.CommandContext(t.Context(), python, "testdata/expected.py", filepath.Join(testneeds.Data(t), "us-state-pocom")).Output()
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/expected.csv")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("expected.csv is not what the script counts (-file +script):\n%s", d)
	}
}

// TestWhereAnEnvoyWas: by territory and day, and by the appointment where the territory does not tell.
func TestWhereAnEnvoyWas(t *testing.T) {
	t.Parallel()
	v, _ := shipped(t)
	for key, want := range map[graph.TenureKey]string{
		"us-envoys:xb-1883-foot-01": "cow:730",  // Joseon
		"us-envoys:cn-1953-rank-01": "iso3:TWN", // commissioned to China, resident at Taipei
		"us-envoys:cn-1973-bruc-01": "iso3:CHN",
		"us-envoys:cn-1946-stua-01": "iso3:CHN",
		"us-envoys:xc-1837-la-01":   "", // Texas
	} {
		found, err := v.TenuresByKey(t.Context(), []graph.TenureKey{key})
		if err != nil {
			t.Fatal(err)
		}
		if found[key] == nil || string(found[key].At) != want {
			t.Errorf("%s was at %+v, want %q", key, found[key], want)
		}
	}
	if _, err := v.OfficesOf(t.Context(), []graph.ActorKey{usa}); err != nil {
		t.Errorf("the offices of the United States: %v", err)
	}
	o, err := v.Office(t.Context(), usa, []string{"Ambassador Extraordinary and Plenipotentiary, Japan"})
	if err != nil {
		t.Fatal(err)
	}
	held, err := v.Holdings(t.Context(), []graph.OfficeKey{o.Key})
	if err != nil {
		t.Fatal(err)
	}
	on := graph.MustDay("1941-12-07")
	who := graph.Tenures(held[o.Key], func(h graph.Holding) bool { return h.Holds(on) == graph.Certain })
	if len(who) != 1 || who[0].Person != "us-envoys:grew-joseph-clark" {
		t.Errorf("ambassador to Japan on %s: %+v", on, who)
	}
}

// Who is named by an id, surname first, is found by the name both ways.
func TestNamesOfIDsAreFound(t *testing.T) {
	t.Parallel()
	v, _ := shipped(t)
	for _, text := range []string{"George Frost Kennan", "Kennan, George", "george kennan", "Kennan George Frost"} {
		page, err := v.Found(t.Context(), text, []graph.SearchKind{graph.SearchActor}, 5, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(page.Hits, func(h graph.Hit) bool { return h.Key == "us-envoys:kennan-george-frost" }) {
			t.Errorf("%q finds %v", text, page.Hits)
		}
	}
	actors, err := v.Actors(t.Context(), []graph.ActorKey{"us-envoys:kennan-george-frost"})
	if err != nil {
		t.Fatal(err)
	}
	if name := graph.NameIn(actors["us-envoys:kennan-george-frost"].Names, "en", ""); name != "Kennan, George Frost" {
		t.Errorf("the name is %q", name)
	}
}
