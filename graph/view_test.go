package graph_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
)

// viewOf loads statements about sources that overlap into a store and opens a view of it.
func viewOf(t testing.TB, asOf string, bodies map[graph.SourceKey][]any) *graph.View {
	t.Helper()
	ctx := context.Background()
	store, err := sqlitestore.Open(filepath.Join(t.TempDir(), "view.db"), sqlitestore.Create())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	lease, err := store.Open(ctx, graph.LoadInfo{Source: "test"})
	if err != nil {
		t.Fatal(err)
	}
	var b graph.Batch
	for source, all := range bodies {
		for _, body := range all {
			s, err := graph.NewStatement(source, graph.SliceID(source), body, "")
			if err != nil {
				t.Fatal(err)
			}
			b.Add = append(b.Add, s)
		}
	}
	if err := store.Write(ctx, lease, b); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Commit(ctx, lease, graph.Counts{Added: len(b.Add)}); err != nil {
		t.Fatal(err)
	}
	q := graph.SnapshotQuery{}
	if asOf != "" {
		day := graph.MustDay(asOf)
		q.AsOf = &day
	}
	v, err := graph.At(ctx, store, q)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func source(key graph.SourceKey, kind graph.SourceKind, from, to string, complete bool) *graph.Source {
	return &graph.Source{
		Key: key, Kind: kind, Title: string(key), Version: "1",
		Coverage: []graph.Coverage{{From: graph.MustDate(from), To: graph.MustDate(to), Complete: complete}},
	}
}

func act(key, date string, typ graph.EffectType, between ...graph.ActorKey) *graph.Act {
	a := &graph.Act{Type: "STATEMENT"}
	a.Key, a.Kind, a.Period = graph.EngagementKey(key), graph.KindAct, graph.On(graph.MustDate(date))
	for _, k := range between {
		a.Participations = append(a.Participations, graph.Participation{Actor: k, Role: graph.RoleBy})
	}
	a.Effects = []graph.Effect{{Type: typ, Topic: graph.TopicDefense, Between: between, Date: graph.MustDate(date)}}
	return a
}

func pact(key, inForce string, parties ...graph.ActorKey) *graph.Agreement {
	a := &graph.Agreement{Form: graph.FormTreaty, PartiesComplete: true, Stages: []graph.Stage{{Stage: graph.StageInForce, Date: graph.MustDate(inForce)}}}
	a.Key, a.Kind, a.Topics = graph.EngagementKey(key), graph.KindAgreement, []graph.Topic{graph.TopicDefense}
	a.Period = graph.Period{Start: graph.MustDate(inForce), Why: graph.Ongoing}
	for _, k := range parties {
		a.Participations = append(a.Participations, graph.Participation{Actor: k, Role: graph.RoleParty})
	}
	return a
}

func state(key graph.ActorKey, from string) *graph.ActorFacts {
	return &graph.ActorFacts{Key: key, Kind: graph.KindState, Existence: []graph.Period{{Start: graph.MustDate(from), Why: graph.Ongoing}}}
}

func defence(t *testing.T, v *graph.View, a, b graph.ActorKey) *graph.Tie {
	t.Helper()
	key := graph.NewDyadKey(a, b)
	ties, err := v.Ties(context.Background(), []graph.DyadKey{key}, graph.TieFilter{Topics: []graph.Topic{graph.TopicDefense}})
	if err != nil {
		t.Fatal(err)
	}
	return ties[key][0]
}

// Where sources disagree, a day belongs to the most preferred one that covers it; what others say of it is contested, what they
// say of other days counts.
func TestSourcesThatDisagree(t *testing.T) {
	bodies := map[graph.SourceKey][]any{
		"dossier": {
			source("dossier", graph.SourceDossier, "2000", "2010", false),
			act("dossier:begin", "2001-01-01", graph.Establishes, "iso3:PER", "iso3:CHL"),
			act("dossier:stop", "2005-01-01", graph.Suspends, "iso3:PER", "iso3:CHL"),
		},
		"dataset": {
			source("dataset", graph.SourceDataset, "1990", "2020", false),
			act("dataset:begin", "1995-01-01", graph.Establishes, "iso3:PER", "iso3:CHL"),
			act("dataset:again", "2008-01-01", graph.Resumes, "iso3:PER", "iso3:CHL"),
			act("dataset:stop", "2005-01-01", graph.Suspends, "iso3:PER", "iso3:CHL"),
		},
	}
	tie := defence(t, viewOf(t, "", bodies), "iso3:PER", "iso3:CHL")
	if tie.Status != graph.Suspended || tie.StatusOn != graph.MustDay("2020-12-31") || len(tie.Spells) != 2 || tie.Spells[0].StartedBy != "dataset:begin" {
		t.Errorf("%s on %s in %d spells", tie.Status, tie.StatusOn, len(tie.Spells))
	}
	if len(tie.Contested) != 1 || tie.Contested[0].Carrier != "dataset:again" {
		t.Errorf("contested: %v", tie.Contested)
	}
	if early := defence(t, viewOf(t, "2006-01-01", bodies), "iso3:PER", "iso3:CHL"); len(early.Contested) != 0 || early.Status != graph.Suspended {
		t.Errorf("as of 2006 %s, contested: %v", early.Status, early.Contested)
	}
}

// A source that covers a later time completely and says nothing of the tie does not make it go on; where nobody
// says anything, its silence is NONE.
func TestAnotherSourcesSilence(t *testing.T) {
	bodies := map[graph.SourceKey][]any{
		"short": {source("short", graph.SourceDossier, "2000", "2014", false), pact("short:pact", "2005-01-01", "iso3:KEN", "iso3:UGA")},
		"long":  {source("long", graph.SourceDataset, "2000", "2024", true)},
	}
	for _, c := range []struct {
		asOf, a, b string
		want       graph.TieStatus
	}{
		{"2010-01-01", "iso3:KEN", "iso3:UGA", graph.Active},
		{"2020-01-01", "iso3:KEN", "iso3:UGA", graph.NoData},
		{"2020-01-01", "iso3:KEN", "iso3:TZA", graph.None},
		{"2025-01-01", "iso3:KEN", "iso3:TZA", graph.NoData},
		{"1999-12-31", "iso3:KEN", "iso3:TZA", graph.NoData},
	} {
		tie := defence(t, viewOf(t, c.asOf, bodies), graph.ActorKey(c.a), graph.ActorKey(c.b))
		if tie.Status != c.want {
			t.Errorf("%s and %s as of %s: %s, want %s", c.a, c.b, c.asOf, tie.Status, c.want)
		}
	}
	if tie := defence(t, viewOf(t, "", bodies), "iso3:KEN", "iso3:UGA"); tie.StatusOn != graph.MustDay("2014-12-31") || tie.Spells[0].Period.Why != graph.Censored {
		t.Errorf("on %s, %s", tie.StatusOn, tie.Spells[0].Period.Why)
	}
}

// A tie through a ministry is one of the state's, also where nobody names the state; a spell that is only presupposed does not
// reach back before both existed.
func TestTiesThroughComponents(t *testing.T) {
	bodies := map[graph.SourceKey][]any{"dossier": {
		source("dossier", graph.SourceDossier, "1990", "2010", false),
		state("iso3:ETH", "1900-01-01"), state("iso3:ERI", "1993-05-24"),
		&graph.ActorFacts{Key: "org:ministry", Kind: graph.KindOrganization, PartOf: []graph.PartOf{{Actor: "iso3:ETH"}}},
		act("dossier:stop", "1998-05-06", graph.Suspends, "org:ministry", "iso3:ERI"),
	}}
	v := viewOf(t, "", bodies)
	ties, more, err := v.TieList(context.Background(), graph.TieListFilter{Topics: []graph.Topic{graph.TopicDefense}, Of: []graph.ActorKey{"iso3:ETH"}}, 10, nil)
	if err != nil || more || len(ties) != 1 || ties[0].Dyad != graph.NewDyadKey("iso3:ERI", "iso3:ETH") || ties[0].Status != graph.Suspended {
		t.Errorf("%v (more: %v, %v)", ties, more, err)
	}
	for asOf, want := range map[string]graph.TieStatus{"1992-01-01": graph.NoData, "1995-01-01": graph.Active, "1999-01-01": graph.Suspended} {
		if tie := defence(t, viewOf(t, asOf, bodies), "iso3:ETH", "iso3:ERI"); tie.Status != want {
			t.Errorf("as of %s: %s, want %s", asOf, tie.Status, want)
		}
	}
}

// TestPartiesOfADay holds that as of a day an actor's engagements are those in which it took part by then, and its agreements
// those to which it was party on it: not what it had left, nor what it joined later.
func TestPartiesOfADay(t *testing.T) {
	part := func(key graph.ActorKey, from, to string) graph.Participation {
		p := graph.Participation{Actor: key, Role: graph.RoleParty, Period: graph.Period{Start: graph.MustDate(from), Why: graph.Ongoing}}
		if to != "" {
			p.Period.End, p.Period.Why = graph.MustDate(to), ""
		}
		return p
	}
	union := &graph.Agreement{
		EngagementBase: graph.EngagementBase{
			Key: "test:union", Kind: graph.KindAgreement, Titles: []graph.Name{{Text: "A union"}}, Topics: []graph.Topic{graph.TopicDefense},
			Period:         graph.Period{Start: graph.MustDate("1948-03-17"), Why: graph.Ongoing},
			Participations: []graph.Participation{part("t:FRA", "1948-03-17", ""), part("t:GBR", "1948-03-17", "1970-05-01"), part("t:PRT", "1990-03-27", "")},
		},
	}
	all := map[graph.SourceKey][]any{"test": {
		state("t:FRA", "1815"), state("t:GBR", "1815"), state("t:PRT", "1815"), union,
	}}
	agreements := []graph.EngagementKind{graph.KindAgreement}
	for _, c := range []struct {
		asOf  string
		of    []graph.ActorKey
		kinds []graph.EngagementKind
		want  int
	}{
		{"1953-02-12", []graph.ActorKey{"t:FRA", "t:GBR"}, agreements, 1},
		{"1953-02-12", []graph.ActorKey{"t:FRA", "t:PRT"}, agreements, 0}, // joins later
		{"1953-02-12", []graph.ActorKey{"t:PRT"}, agreements, 0},
		{"1953-02-12", []graph.ActorKey{"t:PRT"}, nil, 0},
		{"1970-05-01", []graph.ActorKey{"t:GBR"}, agreements, 1}, // the last day
		{"1970-05-02", []graph.ActorKey{"t:GBR"}, agreements, 0},
		{"1970-05-02", []graph.ActorKey{"t:FRA", "t:GBR"}, agreements, 0},
		{"1970-05-02", []graph.ActorKey{"t:FRA", "t:GBR"}, nil, 1}, // what had begun between them
		{"1990-03-27", []graph.ActorKey{"t:FRA", "t:PRT"}, agreements, 1},
		{"", []graph.ActorKey{"t:FRA", "t:PRT"}, agreements, 1},
		{"", []graph.ActorKey{"t:GBR", "t:PRT"}, agreements, 0}, // never together
	} {
		v := viewOf(t, c.asOf, all)
		list, err := v.Engagements(t.Context(), graph.EngagementFilter{Of: c.of, Kinds: c.kinds}, graph.Page{First: 10, Count: true})
		if err != nil {
			t.Fatal(err)
		}
		if len(list.Items) != c.want || *list.Total != c.want {
			t.Errorf("as of %q %v have %d engagements of kinds %v, counted %d, and should have %d", c.asOf, c.of, len(list.Items), c.kinds, *list.Total, c.want)
		}
	}
}
