package atop_test

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/atop"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/testneeds"
	"github.com/entente-graph/entente/internal/testrun"
)

// real is a store with the real files, and what is expected of it, made once for all tests; none of them is parallel.
var real struct {
	once     sync.Once
	dir      string
	store    graph.Store
	report   ingest.Report
	expected *expected
}

func TestMain(m *testing.M) {
	end := testrun.Hurry()
	code := m.Run()
	if real.store != nil {
		_ = real.store.Close()
		_ = os.RemoveAll(real.dir)
	}
	end()
	os.Exit(code)
}

func realFiles(t testing.TB) fs.FS { return os.DirFS(filepath.Join(testneeds.Data(t), "atop-4")) }

func realStore(t testing.TB) (graph.Store, ingest.Report) {
	t.Helper()
	files := realFiles(t)
	real.once.Do(func() {
		var err error
		if real.dir, err = os.MkdirTemp("", "atop"); err != nil {
			t.Fatal(err)
		}
		store := newStore(t, real.dir)
		real.report = load(t, store, atop.New(states.Actors), files)
		real.store = store
	})
	if real.store == nil {
		t.Fatal("the real files were not loaded: see the test before")
	}
	return real.store, real.report
}

// expected is what expected.py says of the raw files.
type expected struct {
	Alliances   int
	Rows        int
	Obligations []struct {
		By, Toward, Type, Day string
		Owed                  bool
	}
	Stays   map[string][][2]string
	InForce map[string][2]int // certainly, and possibly besides
	Dyads   map[string][][2]string
	Members map[string]int
	Varying int // rows of members that owe some what they do not owe others
	Open    int // alliances that go on when the data ends
}

func theExpected(t testing.TB) *expected {
	t.Helper()
	if real.expected != nil {
		return real.expected
	}
	python := testneeds.Program(t, "install Python 3: it computes from the raw files what is compared", "python3")
	out, err := exec.CommandContext(context.Background(), python, "expected.py", filepath.Join(testneeds.Data(t), "atop-4")).Output()
	if err != nil {
		t.Fatalf("expected.py: %v", err)
	}
	e := new(expected)
	if err := json.Unmarshal(out, e); err != nil {
		t.Fatal(err)
	}
	real.expected = e
	return e
}

// TestRealCounts holds that all of the real files is understood.
func TestRealCounts(t *testing.T) {
	_, report := realStore(t)
	want := ingest.Counts{
		Added: 746, // the source's own record, and 745 alliances
	}
	if diff := gocmp.Diff(want, report.Counts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, q := range report.Quarantined {
		t.Errorf("%s is in quarantine: %v", q.Of.Key, q.Mistakes)
	}
	e := theExpected(t)
	if e.Alliances != 745 || e.Rows != 2398 || e.Open != 334 || e.Varying != 53 {
		t.Errorf("the files have %d alliances, %d rows of members, %d alliances that go on, %d rows with obvary 1: these are not those of 4.01, which has 745, 2398, 334, 53", e.Alliances, e.Rows, e.Open, e.Varying)
	}
}

// TestRealObligations holds who owes whom what on a day, in both directions, against the raw files.
func TestRealObligations(t *testing.T) {
	store, _ := realStore(t)
	kinds := map[string]graph.ObligationType{
		"defense": graph.ObligationDefense, "offense": graph.ObligationOffense, "neutral": graph.ObligationNeutrality,
		"nonagg": graph.ObligationNonAggression, "consul": graph.ObligationConsultation,
	}
	for _, q := range theExpected(t).Obligations {
		v := view(t, store, q.Day)
		by, toward := number(t, v, q.By), number(t, v, q.Toward)
		owed := false
		for _, a := range agreements(t, v, by, toward) {
			owed = owed || owes(a, by, toward, kinds[q.Type], graph.MustDay(q.Day))
		}
		if owed != q.Owed {
			t.Errorf("%s (%s) owes %s (%s) %s on %s: %v, the files say %v", q.By, by, q.Toward, toward, q.Type, q.Day, owed, q.Owed)
		}
	}
}

// number resolves a COW number on the view's day, by the graph; one that is in no list on that day by its latest holder.
func number(t testing.TB, v *graph.View, n string) graph.ActorKey {
	t.Helper()
	if n == "815" { // in no list of COW: expected.py says who it is
		return "gw:815"
	}
	keys, err := v.Resolve(context.Background(), "cow:"+n)
	if err != nil {
		keys, err = view(t, real.store, "").Resolve(context.Background(), "cow:"+n)
	}
	if err != nil {
		t.Fatal(err)
	}
	return keys[0]
}

// agreements gives the alliances to which both are party at some time.
func agreements(t testing.TB, v *graph.View, a, b graph.ActorKey) []*graph.Agreement {
	t.Helper()
	var found []*graph.Agreement
	var page graph.Page
	for page.First = 100; ; {
		list, err := v.Engagements(context.Background(), graph.EngagementFilter{Of: []graph.ActorKey{a, b}, Kinds: []graph.EngagementKind{graph.KindAgreement}}, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list.Items {
			found = append(found, e.(*graph.Agreement))
		}
		if !list.More {
			return found
		}
		page.After = &list.Position[len(list.Position)-1]
	}
}

// owes tells whether an alliance says that one owes the other an obligation on a day on which both are party.
func owes(a *graph.Agreement, by, toward graph.ActorKey, kind graph.ObligationType, day graph.Day) bool {
	party := func(k graph.ActorKey) bool {
		return slices.ContainsFunc(a.Participations, func(p graph.Participation) bool {
			return p.Actor == k && p.Period.Holds(day, graph.Possible)
		})
	}
	return party(by) && party(toward) && slices.ContainsFunc(a.Obligations, func(o graph.Obligation) bool {
		return o.Type == kind && o.By == by && (o.Toward == "" || o.Toward == toward) && o.Period.Holds(day, graph.Possible)
	})
}

// every gives all alliances of the store.
func every(t testing.TB, v *graph.View) []*graph.Agreement {
	t.Helper()
	var found []*graph.Agreement
	var page graph.Page
	for page.First = 100; ; {
		list, err := v.Engagements(context.Background(), graph.EngagementFilter{Kinds: []graph.EngagementKind{graph.KindAgreement}}, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list.Items {
			found = append(found, e.(*graph.Agreement))
		}
		if !list.More {
			return found
		}
		page.After = &list.Position[len(list.Position)-1]
	}
}

// TestRealMembers holds when every member of every alliance came and went, by the stages with a party.
func TestRealMembers(t *testing.T) {
	store, _ := realStore(t)
	want := theExpected(t).Stays
	got := map[string][][2]string{}
	for _, a := range every(t, view(t, store, "")) {
		var stays [][2]string
		for _, p := range a.Participations {
			at := func(kind func(graph.StageKind) bool, d graph.Date) string {
				i := slices.IndexFunc(a.Stages, func(s graph.Stage) bool { return s.Party == p.Actor && kind(s.Stage) && s.Date == d })
				if i < 0 {
					return "no stage"
				}
				return a.Stages[i].Date.EDTF()
			}
			begins := func(k graph.StageKind) bool { return k == graph.StageInForce }
			ends := func(k graph.StageKind) bool { return k != graph.StageInForce }
			entry, exit := at(begins, p.Period.Start), ""
			if !p.Period.End.IsZero() {
				exit = at(ends, p.Period.End)
			}
			if entry == "no stage" { // it goes on for one whose number it has
				stays[slices.IndexFunc(stays, func(s [2]string) bool { return s[1] == "no stage" })][1] = exit
				continue
			}
			stays = append(stays, [2]string{entry, exit})
		}
		slices.SortFunc(stays, func(x, y [2]string) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) })
		got[strings.TrimPrefix(string(a.Key), "atop:")] = stays
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRealYears holds how many alliances are in force in the middle of each year from 1815 to 2016; of one that ended
// some day of that month nobody knows.
func TestRealYears(t *testing.T) {
	store, _ := realStore(t)
	want := theExpected(t).InForce
	if len(want) != 202 {
		t.Fatalf("%d years", len(want))
	}
	all := every(t, view(t, store, ""))
	for day, n := range want {
		var got [2]int
		v := view(t, store, day)
		for _, a := range all {
			in, err := v.InForce(context.Background(), a)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case in == nil:
				got[1]++
			case *in:
				got[0]++
			}
		}
		if got != n {
			t.Errorf("on %s alliances are in force, certainly and possibly besides: %v, the files have %v", day, got, n)
		}
	}
	v := view(t, store, "2017-01-01")
	for _, a := range all {
		if in, err := v.InForce(context.Background(), a); err != nil || in != nil {
			t.Fatalf("%s: after the data ends nobody knows: %v %v", a.Key, in, err)
		}
	}
}

// TestRealPartyCounts holds how many members some alliances have on some days.
func TestRealPartyCounts(t *testing.T) {
	store, _ := realStore(t)
	want := theExpected(t).Members
	got := map[string]int{}
	for asked := range want {
		n, day, _ := strings.Cut(asked, " ")
		e, err := view(t, store, "").Engagement(context.Background(), graph.EngagementKey("atop:"+n))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range e.Base().Participations {
			if p.Period.Holds(graph.MustDay(day), graph.Possible) {
				got[asked]++
			}
		}
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRealTies holds which pairs of states have an active tie in defence in the middle of a year: those between whom an
// obligation of defence or offence stands, and no others; so no pact of non-aggression ties, nor does the treaty of
// amity of 34 states (3755).
func TestRealTies(t *testing.T) {
	store, _ := realStore(t)
	for day, pairs := range theExpected(t).Dyads {
		v := view(t, store, day)
		want := map[string]bool{}
		for _, p := range pairs {
			a, b := number(t, v, p[0]), number(t, v, p[1])
			key := graph.NewDyadKey(a, b)
			want[fmt.Sprintf("%s %s", key.A, key.B)] = true
		}
		got := map[string]bool{}
		var after *graph.TiePosition
		for {
			ties, more, err := v.TieList(context.Background(), graph.TieListFilter{
				Topics: []graph.Topic{graph.TopicDefense}, Statuses: []graph.TieStatus{graph.Active},
			}, 100, after)
			if err != nil {
				t.Fatal(err)
			}
			for _, tie := range ties {
				got[fmt.Sprintf("%s %s", tie.Dyad.A, tie.Dyad.B)] = true
				after = &graph.TiePosition{Dyad: tie.Dyad, Topic: tie.Topic}
			}
			if !more {
				break
			}
		}
		if diff := gocmp.Diff(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got))); diff != "" {
			t.Errorf("on %s (-want +got):\n%s", day, diff)
		}
	}
}
