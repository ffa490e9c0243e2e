package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// coveredSeries asks for series of a dyad of which one source has everything for some years, and another a selection, until
// they end; as of a day, and at the load before.
func coveredSeries(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	var all []graph.Statement
	state := func(source graph.SourceKey, v any) {
		st, err := graph.NewStatement(source, "all", v, "")
		must(t, err)
		all = append(all, st)
	}
	window := func(from, to string, complete bool, topics ...graph.Topic) graph.Coverage {
		return graph.Coverage{
			Kinds: []graph.StatementKind{graph.StatementEngagement}, Topics: topics,
			From: graph.MustDate(from), To: graph.MustDate(to), Complete: complete,
		}
	}
	state("whole", &graph.Source{Key: "whole", Kind: graph.SourceDataset, Title: "whole", Version: "1", Coverage: []graph.Coverage{window("2000", "2004", true)}})
	state("some", &graph.Source{Key: "some", Kind: graph.SourceDossier, Title: "some", Version: "1", Coverage: []graph.Coverage{window("2004-07", "2006-06", false)}})
	for key, from := range map[string]string{"iso3:AAA": "1990", "iso3:BBB": "1999-06-01"} {
		state("whole", &graph.ActorFacts{Key: graph.ActorKey(key), Kind: graph.KindState, Existence: []graph.Period{{Start: graph.MustDate(from), Why: graph.Ongoing}}})
	}
	base := func(kind graph.EngagementKind, key string, period graph.Period, roles ...graph.Role) graph.EngagementBase {
		b := graph.EngagementBase{Key: graph.EngagementKey(key), Kind: kind, Titles: []graph.Name{{Text: key, Lang: "en"}}, Period: period, Topics: []graph.Topic{graph.TopicDefense}}
		for i, a := range []graph.ActorKey{"iso3:AAA", "iso3:BBB"} {
			b.Participations = append(b.Participations, graph.Participation{Actor: a, Role: roles[i], Side: []string{"a", "b"}[i]})
		}
		return b
	}
	act := func(key, on string, quad int, goldstein ...int) {
		a := &graph.Act{EngagementBase: base(graph.KindAct, key, graph.On(graph.MustDate(on)), graph.RoleBy, graph.RoleToward), Type: "STATEMENT", QuadClass: quad}
		if len(goldstein) > 0 {
			a.Goldstein = &goldstein[0]
		}
		state("whole", a)
	}
	act("a:1", "2001-03-01", 1, 10) // the mean of 1.0, -0.5 and 0.5 is a third
	act("a:2", "2001-04-01", 3, -5)
	act("a:3", "2001-05", 1, 5)
	act("a:4", "2002-01-01", 0)        // nothing is coded of it
	act("a:5", "2003-12-31~", 4, -100) // it may have been in 2004
	three, four := 3, 4
	dispute := base(graph.KindDispute, "d:1", graph.Period{Start: graph.MustDate("2001-06-01"), End: graph.MustDate("2002-06-01")}, graph.RoleParty, graph.RoleParty)
	dispute.Participations[0].Hostility, dispute.Participations[1].Hostility = &three, &four
	state("whole", &graph.Dispute{EngagementBase: dispute, Form: graph.DisputeMilitarized})
	state("some", &graph.Meeting{EngagementBase: base(graph.KindMeeting, "m:1", graph.On(graph.MustDate("2005-05-05")), graph.RoleHost, graph.RoleParticipant), Level: graph.LevelSummit})
	pact := &graph.Agreement{EngagementBase: base(graph.KindAgreement, "p:1", graph.Period{Start: graph.MustDate("2000-02-01"), End: graph.MustDate("2001-12-31")}, graph.RoleParty, graph.RoleParty), Form: graph.FormAlliance, PartiesComplete: true}
	pact.Stages = []graph.Stage{{Stage: graph.StageInForce, Date: graph.MustDate("2000-02-01")}}
	pact.Obligations = []graph.Obligation{{Type: graph.ObligationDefense, By: "iso3:AAA"}, {Type: graph.ObligationNeutrality, By: "iso3:BBB", Toward: "iso3:AAA"}}
	state("whole", pact)
	loadAll(t, s, graph.Batch{Add: all})

	asked := func(at graph.State, q graph.SeriesQuery, want ...string) {
		t.Helper()
		v, err := graph.In(context.Background(), s, at)
		must(t, err)
		q.From, q.To, q.Unit = graph.MustDay("1998-01-01"), graph.MustDay("2007-12-31"), graph.UnitYear
		found, err := v.Series(context.Background(), graph.DyadKey{A: "iso3:AAA", B: "iso3:BBB"}, q)
		must(t, err)
		for i, one := range found {
			if got := pointsOf(one); got != want[i] {
				t.Errorf("%s %s (%s) at %+v:\n %s\nnot\n %s", one.Measure, one.Topic, one.Certainty, at, got, want[i])
			}
		}
	}
	asked(graph.State{Load: 1}, graph.SeriesQuery{Measures: graph.Measures[:14]},
		// 1998          1999        2000 2001 2002 2003 2004 2005          2006       2007
		"NOT_EXISTING NOT_COVERED 1 5 2 1~ 1~ 1! INCOMPLETE CENSORED",               // engagements
		"NOT_EXISTING NOT_COVERED 1 1 0 0 0 INCOMPLETE INCOMPLETE CENSORED",         // agreements
		"NOT_EXISTING NOT_COVERED 0 1 1 0 0 INCOMPLETE INCOMPLETE CENSORED",         // disputes
		"NOT_EXISTING NOT_COVERED 0 0 0 0 0 1! INCOMPLETE CENSORED",                 // meetings
		"NOT_EXISTING NOT_COVERED 0 0 0 0 0 1! INCOMPLETE CENSORED",                 // summits
		"NOT_EXISTING NOT_COVERED 0 3 1 1~ 1~ INCOMPLETE INCOMPLETE CENSORED",       // acts
		"NOT_EXISTING NOT_COVERED 0 0 0 0 0 1! INCOMPLETE CENSORED",                 // contacts
		"NOT_EXISTING NOT_COVERED 2 2 0 0 0 INCOMPLETE INCOMPLETE CENSORED",         // obligations
		"NOT_EXISTING NOT_COVERED 0 2 NOT_CODED 0 0 INCOMPLETE INCOMPLETE CENSORED", // verbal cooperation
		"NOT_EXISTING NOT_COVERED 0 0 NOT_CODED 0 0 INCOMPLETE INCOMPLETE CENSORED", // material cooperation
		"NOT_EXISTING NOT_COVERED 0 1 NOT_CODED 0 0 INCOMPLETE INCOMPLETE CENSORED", // verbal conflict
		"NOT_EXISTING NOT_COVERED 0 0 NOT_CODED 1~ 1~ INCOMPLETE INCOMPLETE CENSORED",
		"NOT_EXISTING NOT_COVERED NO_ACTS 0.333 NOT_CODED -10~ -10~ INCOMPLETE INCOMPLETE CENSORED",
		"NOT_EXISTING NOT_COVERED 0 4 4 0 0 INCOMPLETE INCOMPLETE CENSORED", // hostility
	)
	asked(graph.State{Load: 1}, graph.SeriesQuery{Measures: []graph.Measure{graph.CountActs, graph.CountObligations, graph.StatusOfTie, graph.DaysSuspended}, Topics: []graph.Topic{graph.TopicDefense}, Certainty: graph.Certain},
		"NOT_EXISTING NOT_COVERED 0 3 1 0 0 INCOMPLETE INCOMPLETE CENSORED",
		"NOT_EXISTING NOT_COVERED 1 1 0 0 0 INCOMPLETE INCOMPLETE CENSORED",
		"NOT_EXISTING NOT_COVERED ACTIVE ACTIVE ENDED ENDED ENDED CENSORED CENSORED CENSORED",
		"NOT_EXISTING NOT_COVERED 0 0 0 0 0 CENSORED CENSORED CENSORED",
	)
	day := graph.MustDay("2001-04-30")
	asked(graph.State{Load: 1, AsOf: &day}, graph.SeriesQuery{Measures: []graph.Measure{graph.CountActs, graph.CountDisputes, graph.MeanGoldstein}},
		"NOT_EXISTING NOT_COVERED 0 2 AFTER_AS_OF AFTER_AS_OF AFTER_AS_OF AFTER_AS_OF AFTER_AS_OF AFTER_AS_OF",
		"NOT_EXISTING NOT_COVERED 0 0 AFTER_AS_OF AFTER_AS_OF AFTER_AS_OF AFTER_AS_OF AFTER_AS_OF AFTER_AS_OF",
		"NOT_EXISTING NOT_COVERED NO_ACTS 0.25 AFTER_AS_OF AFTER_AS_OF AFTER_AS_OF AFTER_AS_OF AFTER_AS_OF AFTER_AS_OF",
	)
	asked(graph.State{}, graph.SeriesQuery{Measures: []graph.Measure{graph.CountActs}}, strings.TrimSpace(strings.Repeat("NOT_COVERED ", 10)))
	loadAll(t, s, graph.Batch{Close: []graph.StatementID{{Source: "whole", Kind: graph.StatementEngagement, Key: "a:1"}}})
	asked(graph.State{Load: 2}, graph.SeriesQuery{Measures: []graph.Measure{graph.MeanGoldstein}},
		"NOT_EXISTING NOT_COVERED NO_ACTS 0 NOT_CODED -10~ -10~ INCOMPLETE INCOMPLETE CENSORED")
	asked(graph.State{Load: 1}, graph.SeriesQuery{Measures: []graph.Measure{graph.MeanGoldstein}},
		"NOT_EXISTING NOT_COVERED NO_ACTS 0.333 NOT_CODED -10~ -10~ INCOMPLETE INCOMPLETE CENSORED")
	v, err := graph.In(context.Background(), s, graph.State{Load: 1})
	must(t, err)
	for _, wrong := range []graph.SeriesQuery{
		{From: 0, To: 1, Unit: graph.UnitDay},
		{Measures: []graph.Measure{graph.CountActs}, From: 1, To: 0, Unit: graph.UnitDay},
		{Measures: []graph.Measure{graph.CountActs}, To: graph.MaxPoints, Unit: graph.UnitDay},
		{Measures: []graph.Measure{graph.StatusOfTie}, Unit: graph.UnitDay},
		{Measures: []graph.Measure{"PEACE"}, Unit: graph.UnitDay},
		{Measures: []graph.Measure{graph.CountActs}, Unit: "WEEK"},
	} {
		_, err := v.Series(context.Background(), graph.DyadKey{A: "iso3:AAA", B: "iso3:BBB"}, wrong)
		want(t, err, graph.ErrInvalid)
	}
}

// pointsOf prints the points of a series: ~ behind what is not certain, ! behind what may be too small.
func pointsOf(s *graph.Series) string {
	var words []string
	for i := range s.Points {
		p := &s.Points[i]
		text := string(p.Reason)
		if v := p.Value(); v != nil {
			text = fmt.Sprint(*v)
		}
		if p.Status != "" {
			text = string(p.Status)
		}
		if p.Reason == "" && !p.Certain {
			text += "~"
		}
		if p.Reason == "" && !p.Complete {
			text += "!"
		}
		words = append(words, text)
	}
	return strings.Join(words, " ")
}
