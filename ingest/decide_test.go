package ingest_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// who is a source of persons, a line each: KEY STATE FROM TO OFFICE NAME…, where words of the office are joined by a hyphen; "held"
// before the office makes it a tenure, else the person took part in a meeting. A file is a slice.
type who struct {
	key  graph.SourceKey
	kind graph.SourceKind
}

func (w who) Info() graph.Source {
	return graph.Source{
		Key: w.key, Kind: w.kind, Title: "who is " + string(w.key), Version: "1",
		Coverage: []graph.Coverage{{From: graph.MustDate("1900"), To: graph.MustDate("2030")}},
	}
}

func (w who) Slices(_ context.Context, files fs.FS) ([]graph.Slice, error) {
	names, err := fs.Glob(files, "*")
	all := []graph.Slice{{Source: w.key, ID: "self"}}
	for _, name := range names {
		all = append(all, graph.Slice{Source: w.key, ID: graph.SliceID(name)})
	}
	return all, err
}

func (w who) Rows(_ context.Context, files fs.FS, slice graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		say := func(v any) bool {
			st, err := graph.NewStatement(w.key, slice.ID, v, "")
			return yield(ingest.Row{Statement: st}, err) && err == nil
		}
		if slice.ID == "self" {
			info := w.Info()
			say(&info)
			return
		}
		f, err := files.Open(string(slice.ID))
		if err != nil {
			yield(ingest.Row{}, err)
			return
		}
		defer f.Close()
		for s := bufio.NewScanner(f); s.Scan(); {
			words := strings.Fields(s.Text())
			key, state := graph.ActorKey(words[0]), graph.ActorKey(words[1])
			period := graph.Period{Start: graph.MustDate(words[2]), End: graph.MustDate(words[3])}
			held := words[4] == "held"
			if held {
				words = words[1:]
			}
			office, name := strings.ReplaceAll(words[4], "-", " "), strings.Join(words[5:], " ")
			if !say(&graph.ActorFacts{Key: key, Kind: graph.KindPerson, Names: []graph.Name{{Text: name, Lang: "en"}}}) {
				return
			}
			var act any = &graph.Tenure{Key: graph.TenureKey(key) + "-t", Person: key, Office: office, Of: state, Period: period}
			if !held {
				act = &graph.Meeting{EngagementBase: graph.EngagementBase{
					Key: graph.EngagementKey(key) + "-m", Kind: graph.KindMeeting, Period: period,
					Participations: []graph.Participation{{Actor: key, Role: graph.RoleRepresentative, OnBehalfOf: state, Capacity: office}},
				}, Level: graph.LevelSummit}
			}
			if !say(act) {
				return
			}
		}
	}
}

var (
	dossierOf = who{"dossier", graph.SourceDossier}
	guests    = who{"guests", graph.SourceDataset}
	leaders   = who{"leaders", graph.SourceDataset}
)

const (
	dossierText = "person:abe iso3:JPN 2012-12-26 2020-09-16 held Prime-Minister Shinzo Abe\n"
	guestsText  = "guests:abe-2010s iso3:JPN 2013-02-22 2013-02-22 Prime-Minister Abe Shinzō\n" +
		"guests:aso-2000s iso3:JPN 2009-02-24 2009-02-24 Prime-Minister Taro Aso\n" +
		"guests:kishi-1950s iso3:JPN 1957-06-19 1957-06-22 Prime-Minister Kishi\n"
	guestsOld   = "guests:abe-2000s iso3:JPN 2007-04-26 2007-04-27 Prime-Minister Shinzo Abe\n"
	leadersText = "leaders:abe iso3:JPN 2006-09-26 2007-09-26 held Leader Abe\n" +
		"leaders:kishi iso3:JPN 1957-02-25 1960-07-18 held Leader Kishi Nobusuke\n" +
		"leaders:other-kishi iso3:CHL 1957-02-25 1960-07-18 held Leader Kishi Nobusuke\n"
)

// ones gives the identities at a load: lead=other=other.
func ones(t *testing.T, store graph.Store, at graph.LoadNumber) string {
	t.Helper()
	rows, err := store.Statements(context.Background(), graph.StatementQuery{Load: at, Kind: graph.StatementIdentity})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, r := range rows {
		i, err := graph.Decode[graph.Identity](r.Statement)
		if err != nil {
			t.Fatal(err)
		}
		one := string(i.Lead)
		for _, p := range i.Persons {
			if p != i.Lead {
				one += "=" + string(p)
			}
		}
		all = append(all, one)
	}
	return strings.Join(all, " ")
}

func decide(t *testing.T, store graph.Store, change func([]graph.Decision) ([]graph.Decision, error)) ingest.Report {
	t.Helper()
	r, err := ingest.Decide(context.Background(), ingest.DecideOptions{Reader: store, Writer: store, Decide: change})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func adding(v graph.Verdict, a, b string) func([]graph.Decision) ([]graph.Decision, error) {
	return func(held []graph.Decision) ([]graph.Decision, error) {
		return append(held, *graph.NewDecision(v, a, b, "a test")), nil
	}
}

const allOnes = "guests:kishi-1950s=leaders:kishi person:abe=guests:abe-2000s=guests:abe-2010s=leaders:abe"

// Whatever is loaded first, the same keys are one in the end, and a second time nothing is written.
func TestPersonsInAnyOrder(t *testing.T) {
	t.Parallel()
	var digests []string
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 3, 0, 2}} {
		store := open(t)
		loads := []func() ingest.Report{
			func() ingest.Report { return loadOf(t, store, dossierOf, folder("d", dossierText)) },
			func() ingest.Report { return loadOf(t, store, guests, folder("2010s", guestsText)) },
			func() ingest.Report { return loadOf(t, store, guests, folder("2000s", guestsOld)) },
			func() ingest.Report { return loadOf(t, store, leaders, folder("all", leadersText)) },
		}
		for _, i := range order {
			loads[i]()
		}
		check(t, fmt.Sprint("the identities in the order ", order), ones(t, store, 4), allOnes)
		digests = append(digests, fmt.Sprint(digest(t, store)))
		for i, again := range loads {
			if r := again(); r.Load != 0 || !r.Links.Nothing() {
				t.Errorf("loaded again, %d writes %+v", i, r)
			}
		}
	}
	if digests[0] != digests[1] || digests[0] != digests[2] {
		t.Errorf("three orders give three graphs: %v", digests)
	}
}

// An identity goes with what it rests on, and earlier loads answer as they did.
func TestAnIdentityGoesWithItsEvidence(t *testing.T) {
	t.Parallel()
	store := open(t)
	loadOf(t, store, dossierOf, folder("d", dossierText))
	r := loadOf(t, store, guests, folder("2010s", guestsText))
	check(t, "what is linked", r.Links, ingest.Counts{Added: 1})
	check(t, "before", ones(t, store, 1), "")
	check(t, "after", ones(t, store, 2), "person:abe=guests:abe-2010s")
	r = loadOf(t, store, guests, folder("2010s", strings.ReplaceAll(guestsText, "Abe Shinzō", "Abe Kan")))
	check(t, "another name", r.Links, ingest.Counts{Retracted: 1})
	check(t, "then", ones(t, store, 3), "")
	check(t, "still", ones(t, store, 2), "person:abe=guests:abe-2010s")
	if _, err := ingest.Undo(context.Background(), ingest.UndoOptions{Reader: store, Writer: store, Load: 3}); err != nil {
		t.Fatal(err)
	}
	check(t, "undone", ones(t, store, 4), "person:abe=guests:abe-2010s")
}

// A decision is a load of its own: it outranks the rules both ways, outlives loads, and can be taken back or undone.
func TestDecisions(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	store := open(t)
	loadOf(t, store, dossierOf, folder("d", dossierText))
	loadOf(t, store, guests, folder("2010s", guestsText))
	before := digest(t, store)

	r := decide(t, store, adding(graph.VerdictDifferent, "guests:abe-2010s", "person:abe"))
	check(t, "the load", r.Load, graph.LoadNumber(3))
	check(t, "what is linked no more", r.Links, ingest.Counts{Retracted: 1})
	check(t, "refused", ones(t, store, 3), "")
	r = decide(t, store, func(held []graph.Decision) ([]graph.Decision, error) { return held, nil })
	check(t, "decided again nothing is written", r.Load, graph.LoadNumber(0))

	r = decide(t, store, adding(graph.VerdictSame, "guests:aso-2000s", "guests:kishi-1950s"))
	check(t, "the second", r.Load, graph.LoadNumber(4))
	check(t, "accepted", ones(t, store, 4), "guests:aso-2000s=guests:kishi-1950s")

	// A rule may not join what was refused by a way around.
	loadOf(t, store, leaders, folder("all", leadersText))
	loadOf(t, store, guests, folder("2000s", guestsOld))
	for one := range strings.FieldsSeq(ones(t, store, 6)) {
		if strings.Contains(one, "person:abe") && strings.Contains(one, "guests:abe-2010s") {
			t.Errorf("what was refused is one: %s", one)
		}
	}
	if _, err := ingest.Undo(ctx, ingest.UndoOptions{Reader: store, Writer: store, Load: 4}); err != nil {
		t.Fatal(err)
	}
	held, err := ingest.Decisions(ctx, store, 7)
	if err != nil || len(held) != 1 || held[0].Verdict != graph.VerdictDifferent || held[0].A != "guests:abe-2010s" || held[0].Because != "a test" {
		t.Errorf("after the undoing the decisions are %v (%v)", held, err)
	}
	decide(t, store, func([]graph.Decision) ([]graph.Decision, error) { return nil, nil })
	check(t, "with none left the rules alone count", ones(t, store, 8), allOnes)
	for _, f := range []func(){
		func() { loadOf(t, store, leaders, folder("all", "")) }, func() { loadOf(t, store, guests, folder("2000s", "")) },
	} {
		f()
	}
	check(t, "and without the later files", ones(t, store, 10), "person:abe=guests:abe-2010s")
	if digest(t, store) == before {
		t.Error("the sources that were loaded since are not there")
	}

	bad := errors.New("no")
	if _, err := ingest.Decide(ctx, ingest.DecideOptions{Reader: store, Writer: store, Decide: func([]graph.Decision) ([]graph.Decision, error) { return nil, bad }}); !errors.Is(err, bad) {
		t.Errorf("an error of the decision is %v", err)
	}
}

// Accounts of meetings too: what people decide of them stands against the rule.
func TestDecisionsOfAccounts(t *testing.T) {
	t.Parallel()
	store := open(t)
	const day = " 2024-01-01 2024-01-01 SUMMIT iso3:JPN iso3:USA\n"
	loadOf(t, store, visits, folder("a", "v:1"+day+"v:2 2024-05-01 2024-05-01 SUMMIT iso3:JPN iso3:USA\n"))
	loadOf(t, store, journal, folder("a", "j:1"+day+"j:2 2024-05-06 2024-05-06 SUMMIT iso3:JPN iso3:USA\n"))
	check(t, "by the rule", listed(t, store, 2), "3: j:1=v:1 v:2 j:2")
	near, err := ingest.Proposals(context.Background(), store)
	if err != nil || len(near) != 1 || near[0].A != "j:2" || near[0].B != "v:2" {
		t.Fatalf("proposed is %v (%v)", near, err)
	}
	decide(t, store, adding(graph.VerdictSame, "v:2", "j:2"))
	check(t, "accepted", listed(t, store, 3), "2: j:1=v:1 j:2=v:2")
	decide(t, store, adding(graph.VerdictDifferent, "v:1", "j:1"))
	check(t, "refused", listed(t, store, 4), "3: j:1 v:1 j:2=v:2")
	if near, err = ingest.Proposals(context.Background(), store); err != nil || len(near) > 0 {
		t.Errorf("proposed though it was decided: %v (%v)", near, err)
	}
	loadOf(t, store, visits, folder("a", "v:1"+day))
	check(t, "an account goes", listed(t, store, 5), "3: j:1 v:1 j:2")
}

// An erased person is in no identity and no decision of any load any more, and the others are concluded anew.
func TestAnErasedPersonIsNowhere(t *testing.T) {
	t.Parallel()
	store := open(t)
	loadOf(t, store, dossierOf, folder("d", dossierText))
	loadOf(t, store, guests, folder("2010s", guestsText))
	loadOf(t, store, guests, folder("2000s", guestsOld))
	decide(t, store, adding(graph.VerdictDifferent, "guests:abe-2010s", "guests:kishi-1950s"))
	check(t, "before", ones(t, store, 4), "person:abe=guests:abe-2000s=guests:abe-2010s")
	done := erase(t, store, "guests:abe-2010s")
	check(t, "after", ones(t, store, 5), "person:abe=guests:abe-2000s")
	if done.Links.Nothing() {
		t.Error("nothing is said of what was concluded anew")
	}
	for at := graph.LoadNumber(1); at <= 5; at++ {
		if all := ones(t, store, at); strings.Contains(all, "guests:abe-2010s") {
			t.Errorf("at load %d it is still in %s", at, all)
		}
		held, err := ingest.Decisions(context.Background(), store, at)
		if err != nil || slices.ContainsFunc(held, func(d graph.Decision) bool { return d.A == "guests:abe-2010s" }) {
			t.Errorf("at load %d it is still decided about: %v (%v)", at, held, err)
		}
	}
	if r := loadOf(t, store, guests, folder("2010s", guestsText)); r.Load != 0 && !r.Links.Nothing() {
		t.Errorf("the same files conclude something: %+v", r.Links)
	}
}
