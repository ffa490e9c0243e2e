package cowmid_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/testneeds"
)

// The columns of testdata/expected.csv.
const (
	colWhat = iota
	colOf
	colWith
	colFrom
	colTo
	colAlignment
	colCertainty
	colNumber
	colReason
)

const (
	howToGetPython = "install Python 3"
	dyadQuestion   = "disputes of a dyad"
)

func realFiles(t *testing.T) string { return filepath.Join(testneeds.Data(t), "cow-mid-5") }

// versions are the real files of each version, and what is expected of them.
var versions = map[string]struct {
	folder, expected string
	quarantined      int
}{
	"5.0": {"cow-mid-5", "testdata/expected.csv", 2},
	"4.3": {"cow-mid-4.3", "testdata/expected-4.3.csv", 18},
}

func expected(t *testing.T, file string) [][]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines[1:]
}

func byTheOtherRoad(t *testing.T, folder string, more ...string) []byte {
	t.Helper()
	python := testneeds.Program(t, howToGetPython, "python3")
	script := exec.CommandContext(t.Context(), python, append([]string{"testdata/expected.py", folder, filepath.Join("..", "states", "tables")}, more...)...)
	script.Stderr = os.Stderr
	out, err := script.Output()
	if err != nil {
		t.Fatalf("expected.py: %v", err)
	}
	return out
}

// The expected numbers are what expected.py computes from the files, without this program.
func TestExpectedNumbersAreThoseOfTheFiles(t *testing.T) {
	t.Parallel()
	for _, v := range versions {
		want, err := os.ReadFile(v.expected)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(byTheOtherRoad(t, filepath.Join(testneeds.Data(t), v.folder)))); diff != "" {
			t.Errorf("%s is not what expected.py computes (-file +script); if the script is right, write its output there:\n%s", v.expected, diff)
		}
	}
}

// The real files, loaded into a store, answer each expected question with the expected number.
func TestRealFilesGiveExpectedNumbers(t *testing.T) {
	t.Parallel()
	for name, v := range versions {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			giveExpected(t, os.DirFS(filepath.Join(testneeds.Data(t), v.folder)), v.expected)
		})
	}
}

func giveExpected(t *testing.T, files fs.FS, file string) {
	t.Helper()
	store := newStore(t)
	load(t, store, files)
	view, err := graph.At(t.Context(), store, graph.SnapshotQuery{})
	if err != nil {
		t.Fatal(err)
	}
	got := tally(t, view)
	for row := range rows(t, files) {
		if len(row.Mistakes) > 0 {
			kind, number := "dispute", strings.TrimPrefix(row.Statement.Key, "cow-mid:")
			if n, ok := strings.CutPrefix(number, "incident-"); ok {
				kind, number = "incident", n
			}
			got["quarantined "+kind+"|"+number] = 1
		}
	}
	asked := map[string]bool{}
	for _, e := range expected(t, file) {
		want, err := strconv.Atoi(e[colNumber])
		if err != nil {
			t.Fatal(err)
		}
		if e[colWhat] == dyadQuestion {
			if n := ofDyad(t, view, e); n != want {
				t.Errorf("%v: %d in the graph, %d in the files", e[:colNumber], n, want)
			}
			continue
		}
		key := e[colWhat] + "|" + e[colOf]
		asked[key] = true
		if got[key] != want {
			t.Errorf("%s %s: %d in the graph, %d in the files", e[colWhat], e[colOf], got[key], want)
		}
	}
	for key, n := range got {
		if known := slices.ContainsFunc(always, func(what string) bool { return strings.HasPrefix(key, what+"|") }); known && !asked[key] && n > 0 {
			t.Errorf("%s: %d in the graph, none in the files", key, n)
		}
	}
}

// One row more at the top of MIDB is one dispute changed, in the real files too; MIDA and MIDB alone retract nothing.
func TestRowInsertedInRealFilesChangesOneDispute(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	load(t, store, os.DirFS(realFiles(t)))
	changed := copyOf(t, realFiles(t))
	delete(changed, "MIDI 5.0.csv")
	delete(changed, "MIDIP 5.0.csv")
	insert(changed, "MIDB 5.0.csv", `2,"FRN",220,1,1,1903,24,1,1903,0,0,0,-9,0,0,0,1,0,5`)
	if r := load(t, store, changed); r.Counts.Changed != 1 || r.Counts.Added+r.Counts.Retracted > 0 {
		t.Errorf("one row more in MIDB gives %+v, and should change one dispute", r.Counts)
	}
}

// What the real files hold that is not understood reads the same alone.
func TestRealQuarantineReadsAlone(t *testing.T) {
	t.Parallel()
	for name, v := range versions {
		if n := readAlone(t, os.DirFS(filepath.Join(testneeds.Data(t), v.folder))); n != v.quarantined {
			t.Errorf("%s: %d things are in quarantine, and should be the %d that README.md explains", name, n, v.quarantined)
		}
	}
}

// Every dyad of the dataset, opposed and on the same side, in all years and in each decade: a long loop over some
// thousand questions.
func TestRealFilesGiveEveryDyad(t *testing.T) {
	if !testneeds.Long() {
		t.Skip("asks for every dyad: set ENTENTE_TEST_LONG=1")
	}
	t.Parallel()
	store := newStore(t)
	load(t, store, os.DirFS(realFiles(t)))
	view, err := graph.At(t.Context(), store, graph.SnapshotQuery{})
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(bytes.NewReader(byTheOtherRoad(t, realFiles(t), "--dyads"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) < 6000 {
		t.Fatalf("the script gives %d lines", len(lines))
	}
	for _, l := range lines {
		for i, alignment := range []graph.Alignment{graph.Opposed, graph.SameSide} {
			n := ofDyad(t, view, []string{dyadQuestion, l[0], l[1], l[2], l[3], string(alignment), "POSSIBLE"})
			if strconv.Itoa(n) != l[4+i] {
				t.Errorf("%s and %s from %s to %s, %s: %d in the graph, %s in the files", l[0], l[1], l[2], l[3], alignment, n, l[4+i])
			}
		}
	}
}

// ofDyad asks how many disputes a dyad had, as a line of expected.csv says.
func ofDyad(t *testing.T, view *graph.View, e []string) int {
	t.Helper()
	list, err := view.Engagements(t.Context(), graph.EngagementFilter{
		Of:        []graph.ActorKey{graph.ActorKey(e[colOf]), graph.ActorKey(e[colWith])},
		Kinds:     []graph.EngagementKind{graph.KindDispute},
		Alignment: graph.Alignment(e[colAlignment]),
		During: &graph.During{
			Interval:  graph.Inclusive(graph.MustDate(e[colFrom]).Earliest(), graph.MustDate(e[colTo]).Latest()),
			Certainty: graph.Certainty(e[colCertainty]),
		},
	}, graph.Page{First: 1, Count: true})
	if err != nil {
		t.Fatalf("%v: %v", e, err)
	}
	return *list.Total
}

// always are the questions of which expected.csv has every answer that is not 0.
var always = []string{
	"disputes with hostility", "disputes with outcome", "disputes with settlement", "disputes with deaths", "disputes begun in the decade",
	"disputes begun on a date that is a", "participations on side", "participations with hostility", "participations with deaths",
	"incidents begun in", "incidents of type", "parts in incidents", "parts in incidents with deaths", "quarantined dispute", "quarantined incident",
}

// The words of the codebook, written down a second time, as the codes of the files that expected.py counts.
var (
	outcomes    = []string{"", "Victory for side A", "Victory for side B", "Yield by side A", "Yield by side B", "Stalemate", "Compromise", "Released", "Unclear", "Joins ongoing war"}
	settlements = []string{"", "Negotiated", "Imposed", "None", "Unclear"}
)

func codeOf(words []string, word string) string {
	switch i := slices.Index(words, word); i {
	case -1:
		return "not in the codebook: " + word
	case 0:
		return "-9"
	default:
		return strconv.Itoa(i)
	}
}

// tally counts what the graph holds of the dataset, page by page, under the questions of expected.csv.
func tally(t *testing.T, view *graph.View) map[string]int {
	t.Helper()
	got := map[string]int{}
	f := graph.EngagementFilter{Kinds: []graph.EngagementKind{graph.KindDispute, graph.KindAct}}
	page := graph.Page{First: graph.MaxPage}
	for more := true; more; {
		list, err := view.Engagements(context.Background(), f, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list.Items {
			switch e := e.(type) {
			case *graph.Dispute:
				tallyDispute(got, e)
			case *graph.Act:
				tallyIncident(got, e)
			}
		}
		if more = list.More; more {
			page.After = &list.Position[len(list.Position)-1]
		}
	}
	return got
}

func tallyDispute(got map[string]int, d *graph.Dispute) {
	number := strings.TrimPrefix(string(d.Key), "cow-mid:")
	count := func(what, of string) { got[what+"|"+of]++ }
	when := func(what string, is bool) {
		if is {
			count(what, "all")
		}
	}
	count("disputes", "all")
	count("disputes begun in the decade", d.Period.Start.EDTF()[:3]+"0")
	count("disputes with hostility", strconv.Itoa(*d.Hostility))
	count("disputes with outcome", codeOf(outcomes, d.Outcome))
	count("disputes with settlement", codeOf(settlements, d.Settlement))
	count("disputes with deaths", span(d.Fatalities))
	count("disputes begun on a date that is a", map[graph.Precision]string{graph.PrecisionDay: "day", graph.PrecisionMonth: "month", graph.PrecisionYear: "year"}[d.Period.Start.Precision()])
	when("disputes that go on when the data ends", d.Period.Why == graph.Censored)
	when("disputes about territory", slices.Contains(d.Topics, graph.TopicTerritory))
	sides := map[graph.ActorKey]string{}
	for _, p := range d.Participations {
		count("participations", "all")
		count("participations on side", p.Side)
		count("participations with hostility", strconv.Itoa(*p.Hostility))
		count("participations with deaths", span(p.Fatalities))
		when("participations of an originator", *p.Originator)
		when("participations of a revisionist", *p.Revisionist)
		when("participations out of the list of states", strings.Contains(p.Note, "which the list of states gives to"))
		when("participations that go on when the data ends", p.Period.Why == graph.Censored)
		count("participations of", string(p.Actor))
		count("participations in", number)
		switch before := sides[p.Actor]; {
		case before == "":
			count("states in", number)
			sides[p.Actor] = p.Side
		case before != "both" && before != p.Side:
			count("states on both sides of", number)
			sides[p.Actor] = "both"
		}
	}
}

func tallyIncident(got map[string]int, a *graph.Act) {
	got["incidents|all"]++
	got["incidents begun in|"+a.Period.Start.EDTF()[:4]]++
	got["incidents of type|"+string(a.Type)]++
	for _, of := range a.PartOf {
		got["incidents of dispute|"+strings.TrimPrefix(string(of), "cow-mid:")]++
	}
	for _, p := range a.Participations {
		got["parts in incidents|"+string(p.Role)]++
		if strings.Contains(p.Note, "which the list of states gives to") {
			got["parts in incidents out of the list of states|all"]++
		}
		got["parts in incidents with deaths|"+span(p.Fatalities)]++
	}
}

func span(r *graph.Range) string {
	switch {
	case r == nil:
		return "unknown"
	case r.High == nil:
		return fmt.Sprintf("%d..", *r.Low)
	default:
		return fmt.Sprintf("%d..%d", *r.Low, *r.High)
	}
}
