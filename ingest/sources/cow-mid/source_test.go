package cowmid_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/ingesttest"
	cowmid "github.com/entente-graph/entente/ingest/sources/cow-mid"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/testneeds"
)

// src is one source for all tests: it asks the registry once.
var src = cowmid.New(states.Actors)

// The cases know only the states that are in them, so that a golden file does not list the whole world as covered.
func TestSource(t *testing.T) {
	in := []graph.ActorKey{
		"iso3:USA", "iso3:GBR", "iso3:FRA", "iso3:POL", "iso3:DEU", "iso3:DDR", "iso3:ITA", "iso3:ROU", "iso3:SUN", "iso3:RUS", "iso3:SRB", "iso3:YUG",
		"iso3:BIH", "iso3:BGR", "iso3:TUR", "iso3:YEM", "iso3:NGA", "iso3:VNM", "iso3:CHN", "iso3:KOR", "iso3:JPN",
	}
	ingesttest.Run(t, cowmid.New(func() ([]graph.ActorFacts, error) {
		all, err := states.Actors()
		return slices.DeleteFunc(all, func(a graph.ActorFacts) bool { return !slices.Contains(in, a.Key) }), err
	}))
}

// The order of rows says nothing: files that are turned upside down say the same, but for the lines.
func TestOrderOfRowsDoesNotMatter(t *testing.T) {
	t.Parallel()
	files := copyOf(t, "testdata/whole")
	before := bodies(t, files)
	for name, f := range files {
		lines := strings.SplitAfter(string(f.Data), "\r\n")
		lines = lines[:len(lines)-1] // what stands behind the last line end: nothing
		slices.Reverse(lines[1:])
		files[name] = &fstest.MapFile{Data: []byte(strings.Join(lines, ""))}
	}
	if diff := cmp.Diff(before, bodies(t, files)); diff != "" {
		t.Errorf("the files say something else from the last row to the first:\n%s", diff)
	}
}

// One row more at the top of MIDB is one dispute changed, and nothing else: not the disputes below it, not the incidents.
func TestInsertedRowChangesOneDispute(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	files := copyOf(t, "testdata/whole")
	if r := load(t, store, files); r.Counts.Added != 8+6+1 {
		t.Fatalf("the first load adds %+v, and 8 disputes, 6 incidents and the source are there", r.Counts)
	}
	if r := load(t, store, files); !r.Counts.Nothing() {
		t.Errorf("loading twice makes a difference: %+v", r.Counts)
	}
	insert(files, "MIDB 5.0.csv", `9001,"FRN",220,1,1,1903,24,1,1903,0,0,0,-9,0,0,0,1,0,5`)
	want := ingest.Counts{Changed: 1, Unchanged: 14}
	if r := load(t, store, files); r.Counts != want {
		t.Errorf("one row more gives %+v, and should give %+v", r.Counts, want)
	}
}

// MIDA and MIDB alone are the slice of disputes: what was loaded of incidents stays.
func TestDisputesAloneLeaveIncidents(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	files := copyOf(t, "testdata/whole")
	load(t, store, files)
	delete(files, "MIDI 5.0.csv")
	delete(files, "MIDIP 5.0.csv")
	if r := load(t, store, files); !r.Counts.Nothing() {
		t.Errorf("disputes without incidents make a difference: %+v", r.Counts)
	}
}

// What is in quarantine can be read alone: its records behind their headers, on their own lines, give the same mistakes.
func TestQuarantinedThingsReadAlone(t *testing.T) {
	t.Parallel()
	if n := readAlone(t, copyOf(t, "testdata/quarantine")); n != 20 {
		t.Errorf("%d things are in quarantine, and should be 20", n)
	}
}

// A mended record, read alone with the other rows of its thing, is the dispute that it should have been.
func TestMendedRowReadsAlone(t *testing.T) {
	t.Parallel()
	files := copyOf(t, "testdata/quarantine")
	frames, err := src.Frames(t.Context(), files)
	if err != nil {
		t.Fatal(err)
	}
	for row := range rows(t, files) {
		if row.Statement.Key != "cow-mid:9101" {
			continue
		}
		alone := excerpt(t, files, frames, row.Records)
		alone["MIDA.csv"].Data = bytes.Replace(alone["MIDA.csv"].Data, []byte("9101,30,2,1902"), []byte("9101,28,2,1902"), 1)
		mended := bodies(t, alone)
		if len(mended) != 2 || !strings.Contains(mended["cow-mid:9101"], `"start":"1902-02-28"`) {
			t.Errorf("mended, the dispute is %q", mended["cow-mid:9101"])
		}
	}
}

// A thing is counted with all its rows, and no row is forgotten or counted twice.
func TestRecordsAreAllRows(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"testdata/whole", "testdata/quarantine"} {
		files := copyOf(t, folder)
		seen := map[string]int{}
		for row := range rows(t, files) {
			for _, r := range row.Records {
				seen[fmt.Sprintf("%s:%d", r.File, r.Line)]++
			}
		}
		for name, f := range files {
			lines := bytes.Count(f.Data, []byte("\n"))
			for line := 2; line <= lines; line++ {
				at := fmt.Sprintf("%s:%d", name, line)
				if seen[at] != 1 {
					t.Errorf("%s/%s is a record of %d things", folder, at, seen[at])
				}
				delete(seen, at)
			}
		}
		if len(seen) > 0 {
			t.Errorf("%s has records where no rows are: %v", folder, seen)
		}
	}
}

// readAlone reads each quarantined thing alone and gives how many there are.
func readAlone(t *testing.T, files fs.FS) (n int) {
	t.Helper()
	frames, err := src.Frames(t.Context(), files)
	if err != nil {
		t.Fatal(err)
	}
	for row := range rows(t, files) {
		if len(row.Mistakes) == 0 {
			continue
		}
		n++
		var again ingest.Mistakes
		for r := range rows(t, excerpt(t, files, frames, row.Records)) {
			again = append(again, r.Mistakes...)
			if len(r.Records) > 0 && r.Statement.StatementID != row.Statement.StatementID {
				t.Errorf("%q is %q when it is read alone", row.Statement.Key, r.Statement.Key)
			}
		}
		// In a file of its own a row begins at another byte; everything else is where it was.
		for _, ms := range []ingest.Mistakes{row.Mistakes, again} {
			for i := range ms {
				ms[i].Byte = 0
			}
		}
		if diff := cmp.Diff(row.Mistakes, again); diff != "" {
			t.Errorf("%q has other mistakes when it is read alone:\n%s", row.Statement.Key, diff)
		}
	}
	return n
}

// excerpt makes files of frames and records, with empty lines where other rows were.
func excerpt(t *testing.T, files fs.FS, frames, records []ingest.Record) fstest.MapFS {
	t.Helper()
	made := fstest.MapFS{}
	for _, frame := range frames {
		whole, err := fs.ReadFile(files, frame.File)
		if err != nil {
			t.Fatal(err)
		}
		text := append([]byte(nil), whole[frame.From:frame.To]...)
		for _, r := range records {
			if r.File != frame.File {
				continue
			}
			for line := 1 + bytes.Count(text, []byte("\n")); line < r.Line; line++ {
				text = append(text, '\n')
			}
			text = append(append(text, whole[r.From:r.To]...), '\n')
		}
		made[frame.File] = &fstest.MapFile{Data: text}
	}
	return made
}

// rows yields what the source says of all slices of the files.
func rows(t *testing.T, files fs.FS) func(func(ingest.Row) bool) {
	t.Helper()
	return func(yield func(ingest.Row) bool) {
		of, err := src.Slices(t.Context(), files)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range of {
			for row, err := range src.Rows(t.Context(), files, s) {
				if err != nil {
					t.Fatal(err)
				}
				if !yield(row) {
					return
				}
			}
		}
	}
}

func bodies(t *testing.T, files fs.FS) map[string]string {
	t.Helper()
	all := map[string]string{}
	for row := range rows(t, files) {
		all[row.Statement.Key] = string(row.Statement.Body)
	}
	return all
}

func copyOf(t *testing.T, folder string) fstest.MapFS {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = &fstest.MapFile{Data: text}
	}
	return files
}

// insert puts a row right below the header.
func insert(files fstest.MapFS, name, row string) {
	header, rest, _ := bytes.Cut(files[name].Data, []byte("\n"))
	files[name] = &fstest.MapFile{Data: slices.Concat(header, []byte("\n"+row+"\r\n"), rest)}
}

// newStore makes a store that holds the registry of states.
func newStore(t *testing.T) graph.Store {
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
	registry := states.Source{}
	if _, err := ingest.Load(context.Background(), ingest.Options{Source: registry, Files: registry.Shipped(), Reader: store, Writer: store}); err != nil {
		t.Fatal(err)
	}
	return store
}

func load(t *testing.T, store graph.Store, files fs.FS) ingest.Report {
	t.Helper()
	r, err := ingest.Load(t.Context(), ingest.Options{Source: src, Files: files, Reader: store, Writer: store})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// superseded is the dispute of 2005 between Japan and Korea, as 5.0 might have it: the version before called it 30501.
var superseded = fstest.MapFS{
	"MIDA 5.0.csv": {Data: []byte(header5("MIDA 5.0.csv") + "4468,8,3,2005,9,3,2005,5,3,0,0,2,2,7,3,0,1,1,0,5\r\n")},
	"MIDB 5.0.csv": {Data: []byte(header5("MIDB 5.0.csv") + "4468,\"JPN\",740,8,3,2005,9,3,2005,1,1,1,-9,0,0,7,3,1,5\r\n4468,\"ROK\",732,8,3,2005,9,3,2005,0,0,0,-9,0,0,0,1,1,5\r\n")},
}

func header5(name string) string {
	text, err := os.ReadFile(filepath.Join("testdata", "whole", name))
	if err != nil {
		panic(err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	return first + "\n"
}

// A newer version supersedes the older: what was renumbered is one dispute with one history, what the newer has not is
// retracted, and the older is refused over the newer unless it is asked for.
func TestNewerVersionSupersedesOlder(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	older := copyOf(t, "testdata/version-4.3")
	first := load(t, store, older)
	if first.Version != "4.3" || first.Counts.Added != 1+3+1 { // the source, disputes, an incident
		t.Fatalf("the older version is %q and adds %+v", first.Version, first.Counts)
	}
	delete(older, "MIDI 4.3.csv")
	delete(older, "MIDP 4.3.csv")
	second := load(t, store, superseded)
	if want := (ingest.Counts{Changed: 2, Retracted: 2}); second.Version != "5.0" || second.Counts != want {
		t.Errorf("version %q gives %+v, and should give %+v", second.Version, second.Counts, want)
	}
	view, err := graph.At(t.Context(), store, graph.SnapshotQuery{})
	if err != nil {
		t.Fatal(err)
	}
	steps, _, err := view.History(t.Context(), "cow-mid:4468", nil, 10, nil)
	if err != nil {
		t.Fatal(err)
	}
	var types []graph.ChangeType
	for _, s := range steps {
		types = append(types, s.Type())
	}
	if diff := cmp.Diff([]graph.ChangeType{graph.Added, graph.Superseded}, types); diff != "" {
		t.Errorf("the history of the dispute (-want +got):\n%s", diff)
	}
	e, err := view.Engagement(t.Context(), "cow-mid:4468")
	if err != nil {
		t.Fatal(err)
	}
	if want := []graph.Identifier{{Scheme: "cow-mid", Value: "4468"}, {Scheme: "cow-mid-4", Value: "30501"}}; !slices.Equal(want, e.Base().Identifiers) {
		t.Errorf("the dispute is called %v, and should be %v", e.Base().Identifiers, want)
	}
	_, err = ingest.Load(t.Context(), ingest.Options{Source: src, Files: older, Reader: store, Writer: store})
	if !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "version 4.3 of cow-mid is older than version 5.0") {
		t.Errorf("the older version over the newer: %v", err)
	}
	r, err := ingest.Load(t.Context(), ingest.Options{Source: src, Files: older, Reader: store, Writer: store, Older: true})
	if err != nil || r.Version != "4.3" || r.Counts.Changed != 2 || r.Counts.Added != 2 {
		t.Errorf("the older version, asked for: %q, %+v, %v", r.Version, r.Counts, err)
	}
}

// The table of decisions says of each number one thing.
func TestDecisionsAreSound(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("decisions.csv")
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != 263 {
		t.Errorf("there are %d decisions", len(lines)-1)
	}
	seen := map[string]bool{}
	for _, l := range lines[1:] {
		if _, err := graph.ParseDate(l[2]); err != nil || len(strings.Fields(l[3])) < 2 || len(l[0]) != 5 || len(l[1]) != 4 {
			t.Errorf("%v: no decision", l)
		}
		if seen[l[0]] || seen[l[1]] {
			t.Errorf("%v: a number has two decisions", l)
		}
		seen[l[0]], seen[l[1]] = true, true
	}
	data := testneeds.Data(t)
	python := testneeds.Program(t, howToGetPython, "python3")
	script := exec.CommandContext(t.Context(), python, "testdata/renumbered.py", filepath.Join(data, "cow-mid-4.3"), filepath.Join(data, "cow-mid-5"))
	got, err := script.Output()
	if err != nil {
		t.Fatalf("renumbered.py: %v", err)
	}
	if diff := cmp.Diff(string(text), string(got)); diff != "" {
		t.Errorf("decisions.csv is not what the two versions say (-table +script):\n%s", diff)
	}
}

// The real 4.3, and 5.0 over it: nothing is there twice, and every dispute of the older is one of the newer.
func TestRealVersionsFollowOneAnother(t *testing.T) {
	t.Parallel()
	data := testneeds.Data(t)
	store, alone := newStore(t), newStore(t)
	first := load(t, store, os.DirFS(filepath.Join(data, "cow-mid-4.3")))
	second := load(t, store, os.DirFS(filepath.Join(data, "cow-mid-5")))
	load(t, alone, os.DirFS(filepath.Join(data, "cow-mid-5")))
	if first.Version != "4.3" || second.Version != "5.0" {
		t.Errorf("versions %q and %q", first.Version, second.Version)
	}
	t.Logf("4.3 %+v, then 5.0 %+v", first.Counts, second.Counts)
	if n := first.Counts.Quarantined; n != 18 {
		t.Errorf("%d things of 4.3 are in quarantine", n)
	}
	if n := second.Counts.Retracted; n != 1 {
		t.Errorf("5.0 retracts %d statements, and should retract incident 4508002 alone", n)
	}
	var sums [2]graph.Hash
	for i, s := range []graph.Store{store, alone} {
		head, err := s.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if sums[i], _, err = graph.Digest(t.Context(), s, head.Load.Number); err != nil {
			t.Fatal(err)
		}
	}
	if sums[0] != sums[1] {
		t.Errorf("5.0 over 4.3 is another graph than 5.0 alone: %s, %s", sums[0], sums[1])
	}
}
