package cowdiplomaticexchange_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	cowdiplomaticexchange "github.com/entente-graph/entente/ingest/sources/cow-diplomatic-exchange"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/testneeds"
)

func load(t *testing.T, files fs.FS) (graph.Store, ingest.Report) {
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
	for _, step := range []struct {
		src   ingest.Source
		files fs.FS
	}{{states.Source{}, states.Source{}.Shipped()}, {cowdiplomaticexchange.New(states.Actors), files}} {
		report, err = ingest.Load(context.Background(), ingest.Options{Source: step.src, Files: step.files, Reader: store, Writer: store, Program: "test", Details: true})
		if err != nil {
			t.Fatal(err)
		}
	}
	return store, report
}

func view(t *testing.T, store graph.Store, asOf string) *graph.View {
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

// stands says how a mission stands in the days, which both are in, and at which levels.
func stands(t *testing.T, v *graph.View, sender, receiver, from, to string) string {
	t.Helper()
	key := graph.MissionKey{Sender: graph.ActorKey(sender), Receiver: graph.ActorKey(receiver)}
	found, err := v.Missions(context.Background(), []graph.MissionKey{key}, graph.MissionQuery{Days: graph.Inclusive(graph.MustDay(from), graph.MustDay(to))})
	if err != nil {
		t.Fatal(err)
	}
	m := found[key]
	said := string(m.Status)
	if m.Certain {
		said += " certainly"
	}
	return strings.TrimSpace(fmt.Sprint(said, " ", strings.Trim(fmt.Sprint(m.Levels), "[]")))
}

// TestBetweenWavesThereIsNoData: what was found in a year says something of that year and of no other.
func TestBetweenWavesThereIsNoData(t *testing.T) {
	t.Parallel()
	store, _ := load(t, os.DirFS("testdata/whole"))
	v := view(t, store, "")
	for _, c := range []struct{ sender, receiver, from, to, want string }{
		{"iso3:USA", "iso3:JPN", "1935-06-01", "1935-06-01", "OPEN MINISTER"},
		{"iso3:USA", "iso3:JPN", "1935-01-01", "1935-12-31", "OPEN certainly MINISTER"},
		{"iso3:JPN", "iso3:USA", "1935-06-01", "1935-06-01", "OPEN AMBASSADOR"}, // each direction has its own
		{"iso3:USA", "iso3:JPN", "1934-12-31", "1934-12-31", "NO_DATA"},
		{"iso3:USA", "iso3:JPN", "1936-01-01", "1954-12-31", "NO_DATA"},
		{"iso3:USA", "iso3:JPN", "1930-01-01", "1940-12-31", "OPEN certainly MINISTER"},
		{"iso3:USA", "iso3:JPN", "1960-06-01", "1960-06-01", "NO_DATA UNKNOWN"}, // DR 9, DE 0
		{"iso3:USA", "iso3:JPN", "1965-06-01", "1965-06-01", "NO_DATA UNKNOWN"}, // DR 0, DE 1
		{"iso3:USA", "iso3:JPN", "1970-06-01", "1970-06-01", "NONE NONE"},
		{"iso3:USA", "iso3:JPN", "1970-01-01", "1975-12-31", "NO_DATA NONE"}, // of the years between nobody knows
		{"iso3:USA", "iso3:SUN", "1990-06-01", "1990-06-01", "OPEN AMBASSADOR"},
		{"iso3:USA", "iso3:RUS", "1990-06-01", "1990-06-01", "NO_DATA"},
		{"iso3:USA", "iso3:RUS", "1995-06-01", "1995-06-01", "OPEN MINISTER"},
		{"iso3:USA", "iso3:DEU", "1960-06-01", "1960-06-01", "OPEN AMBASSADOR"}, // by two numbers
		{"iso3:USA", "iso3:DEU", "1990-06-01", "1990-06-01", "OPEN CHARGE"},
		{"iso3:CAN", "iso3:USA", "1914-06-01", "1914-06-01", "OPEN OTHER"}, // before the list has it
		{"iso3:USA", "iso3:KOR", "1965-06-01", "1965-06-01", "NO_DATA"},
	} {
		if got := stands(t, v, c.sender, c.receiver, c.from, c.to); got != c.want {
			t.Errorf("%s at %s, %s to %s: %s, want %s", c.sender, c.receiver, c.from, c.to, got, c.want)
		}
	}
}

// TestRealNumbers: of the real file, or a part of it, the graph answers what testdata/expected.py counts by another road.
func TestRealNumbers(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(testneeds.Data(t), "cow-diplomatic-exchange")
	python := testneeds.Program(t, "install Python 3: it computes from the raw file what is compared", "python3")
	out, err := exec.CommandContext(t.Context(), python, "testdata/expected.py", folder).Output()
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Records     map[string]int
		At          map[string]string
		Pairs, Rows int
	}
	if err := json.Unmarshal(out, &want); err != nil {
		t.Fatal(err)
	}
	store, report := load(t, os.DirFS(folder))
	for _, q := range report.Quarantined {
		t.Errorf("%s is in quarantine: %v", q.Of.Key, q.Mistakes)
	}
	got := map[string]int{}
	for e, err := range store.Manifest(t.Context(), graph.ManifestQuery{Load: report.Load}) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Kind != graph.StatementRepresentation {
			continue
		}
		rows, err := store.Statements(t.Context(), graph.StatementQuery{Load: report.Load, Kind: e.Kind, Keys: []string{e.Key}})
		if err != nil {
			t.Fatal(err)
		}
		r, err := graph.Decode[graph.Representation](rows[0].Statement)
		if err != nil {
			t.Fatal(err)
		}
		for _, record := range r.Records {
			got[record.Observed.String()+" "+string(record.Level)]++
		}
	}
	if d := cmp.Diff(want.Records, got); d != "" {
		t.Errorf("missions by year and level (-file +graph):\n%s", d)
	}
	if len(want.At) < 200 || want.Rows < 100 {
		t.Errorf("only %d levels of %d rows are compared", len(want.At), want.Rows)
	}
	for asked, level := range want.At {
		words := strings.Fields(asked)
		v := view(t, store, words[2]+"-01-01")
		keys, err := v.Resolve(context.Background(), "cow:"+words[0], "cow:"+words[1])
		if err != nil { // the dataset counts a state that the list does not have then
			v = view(t, store, "")
			if keys, err = v.Resolve(context.Background(), "cow:"+words[0], "cow:"+words[1]); err != nil {
				t.Fatal(err)
			}
		}
		status := map[string]string{"NONE": "NONE ", "UNKNOWN": "NO_DATA "}[level]
		if status == "" {
			status = "OPEN "
		}
		if got := stands(t, v, string(keys[0]), string(keys[1]), words[2]+"-07-01", words[2]+"-07-01"); got != status+level {
			t.Errorf("%s: %s, want %s", asked, got, status+level)
		}
	}
}
