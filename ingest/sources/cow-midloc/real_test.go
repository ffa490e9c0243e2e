package cowmidloc_test

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	cowmid "github.com/entente-graph/entente/ingest/sources/cow-mid"
	cowmidloc "github.com/entente-graph/entente/ingest/sources/cow-midloc"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/testneeds"
)

func byTheOtherRoad(t *testing.T, more ...string) []byte {
	t.Helper()
	data := testneeds.Data(t)
	python := testneeds.Program(t, "install Python 3", "python3")
	script := exec.CommandContext(t.Context(), python, append([]string{"testdata/expected.py", filepath.Join(data, "cow-midloc-2.0"), filepath.Join(data, "cow-mid-5")}, more...)...)
	script.Stderr = os.Stderr
	out, err := script.Output()
	if err != nil {
		t.Fatalf("expected.py: %v", err)
	}
	return out
}

func parsed(t *testing.T, text []byte) [][]string {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

var (
	precision = regexp.MustCompile(`\(precision (\d)\)$`)
	inYear    = regexp.MustCompile(` in (\d{3})\d here: `)
)

// The real files say as many places as expected.py counts, by precision and decade, and nothing of them is in quarantine.
func TestRealFilesGiveExpectedNumbers(t *testing.T) {
	t.Parallel()
	files := os.DirFS(filepath.Join(testneeds.Data(t), "cow-midloc-2.0"))
	want, err := os.ReadFile("testdata/expected.csv")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(byTheOtherRoad(t))); diff != "" {
		t.Errorf("expected.csv is not what expected.py computes (-file +script); if the script is right, write its output there:\n%s", diff)
	}
	got := map[string]int{}
	for _, kind := range []string{"disputes", "incidents"} {
		for row, err := range (cowmidloc.Source{}).Rows(t.Context(), files, graph.Slice{Source: cowmidloc.Key, ID: graph.SliceID("cow-midloc/" + kind)}) {
			if err != nil {
				t.Fatal(err)
			}
			if len(row.Mistakes) > 0 {
				t.Errorf("in quarantine: %v", row.Mistakes)
				continue
			}
			if row.LeftOut {
				got["rows without a place|"+kind+"|"]++
				continue
			}
			a, err := graph.Decode[graph.Assertion](row.Statement)
			if err != nil {
				t.Fatal(err)
			}
			got["places|"+kind+"|"]++
			got["places with precision|"+kind+"|"+precision.FindStringSubmatch(a.Location.Precision)[1]]++
			got["places in the decade|"+kind+"|"+inYear.FindStringSubmatch(a.Text)[1]+"0"]++
		}
	}
	for _, l := range parsed(t, want)[1:] {
		key := strings.Join(l[:3], "|")
		if !strings.HasSuffix(l[0], "MID 5.0") && strconv.Itoa(got[key]) != l[3] {
			t.Errorf("%s: %d in the graph, %s in the files", key, got[key], l[3])
		}
		delete(got, key)
	}
	if len(got) > 0 {
		t.Errorf("not in the files: %v", got)
	}
}

// Every dispute and incident of MID 5.0 is where MIDLOC says, to the digit; and lists have no more of them than before.
func TestRealPlacesAreOfTheirDisputes(t *testing.T) {
	t.Parallel()
	data := testneeds.Data(t)
	store, err := sqlitestore.Open(filepath.Join(t.TempDir(), "store.db"), sqlitestore.Create())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	registry := states.Source{}
	load := func(src ingest.Source, files fs.FS) ingest.Report {
		r, err := ingest.Load(t.Context(), ingest.Options{Source: src, Files: files, Reader: store, Writer: store})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	load(registry, registry.Shipped())
	load(cowmid.New(states.Actors), os.DirFS(filepath.Join(data, "cow-mid-5")))
	load(cowmidloc.Source{}, os.DirFS(filepath.Join(data, "cow-midloc-2.0")))
	if again := load(cowmidloc.Source{}, os.DirFS(filepath.Join(data, "cow-midloc-2.0"))); !again.Counts.Nothing() {
		t.Errorf("loading twice makes a difference: %+v", again.Counts)
	}
	view, err := graph.At(t.Context(), store, graph.SnapshotQuery{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := view.Engagements(t.Context(), graph.EngagementFilter{Kinds: []graph.EngagementKind{graph.KindDispute}}, graph.Page{First: 1, Count: true})
	if err != nil || *list.Total != 2436 {
		t.Errorf("there are %d disputes in lists, %v", *list.Total, err)
	}
	want := parsed(t, byTheOtherRoad(t, "--places"))
	if len(want) < 5000 {
		t.Fatalf("the script gives %d places", len(want))
	}
	for some := range slices.Chunk(want, 200) {
		keys := make([]graph.EngagementKey, len(some))
		for i, l := range some {
			keys[i] = graph.EngagementKey(l[0])
		}
		said, err := view.Assertions(t.Context(), keys)
		if err != nil {
			t.Fatal(err)
		}
		for i, l := range some {
			at := graph.LocationsOf(said[keys[i]])
			lat, errLat := strconv.ParseFloat(l[1], 64)
			long, errLong := strconv.ParseFloat(l[2], 64)
			if errLat != nil || errLong != nil || len(at) != 1 || at[0].Latitude != lat || at[0].Longitude != long || at[0].Place != l[3] || at[0].Source != cowmidloc.Key {
				t.Errorf("%v: %+v", l, at)
			}
		}
	}
}
