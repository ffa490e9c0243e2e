package storetest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// inForce asks which agreements are in force on a day, of everybody, of one and of two, for certain and possibly. What entered into
// force and has no known end may be in force and may not; what is negotiated or signed alone is not known to be either; and who took
// part at a time that nobody knows is party on no day for certain.
func inForce(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	var all []graph.Statement
	state := func(v any) {
		st, err := graph.NewStatement("one", "all", v, "")
		must(t, err)
		all = append(all, st)
	}
	state(&graph.Source{Key: "one", Kind: graph.SourceDataset, Title: "one", Version: "1", Coverage: []graph.Coverage{{
		Kinds: []graph.StatementKind{graph.StatementEngagement}, From: graph.MustDate("1945"), To: graph.MustDate("2020"),
	}}})
	for _, key := range []graph.ActorKey{"iso3:AAA", "iso3:BBB", "iso3:CCC"} {
		state(&graph.ActorFacts{Key: key, Kind: graph.KindState, Existence: []graph.Period{{Start: graph.MustDate("1900"), Why: graph.Ongoing}}})
	}
	sometime := graph.Period{Start: graph.OneOf(graph.MustDay("1985-01-01"), graph.MustDay("2020-12-31")), Why: graph.Unknown}
	agreement := func(key, period string, why graph.OpenEnd, third graph.Period, stages ...string) {
		a := &graph.Agreement{EngagementBase: graph.EngagementBase{
			Key: graph.EngagementKey(key), Kind: graph.KindAgreement, Titles: []graph.Name{{Text: key, Lang: "en"}},
			Period: graph.Period{Start: graph.MustDate(period), Why: why}, Topics: []graph.Topic{graph.TopicTrade},
			Participations: []graph.Participation{
				{Actor: "iso3:AAA", Role: graph.RoleParty},
				{Actor: "iso3:BBB", Role: graph.RoleParty},
				{Actor: "iso3:CCC", Role: graph.RoleParty, Period: third},
			},
		}, Form: graph.FormAgreement}
		for _, stage := range stages {
			kind, date, _ := strings.Cut(stage, " ")
			one := graph.Stage{Stage: graph.StageKind(kind)}
			if date != "" {
				one.Date = graph.MustDate(date)
			}
			a.Stages = append(a.Stages, one)
		}
		state(a)
	}
	agreement("a:ended", "1985-01-01", graph.Ongoing, sometime, "IN_FORCE 1985-02-01", "TERMINATED 1999-01-01")
	agreement("a:goes-on", "1985-01-01", graph.Censored, sometime, "SIGNED 1985-01-01", "IN_FORCE 1985-02-01")
	agreement("a:in-a-year", "1985-01-01", graph.Ongoing, graph.Period{}, "IN_FORCE 2000")
	agreement("a:signed", "1985-01-01", graph.Unknown, graph.Period{}, "SIGNED 1985-01-01")
	agreement("a:talks", "[1945-01-01..2020-12-31]", graph.Unknown, graph.Period{}, "NEGOTIATION")
	agreement("a:unsaid-end", "1985", graph.Unknown, graph.Period{Why: graph.Unknown}, "SIGNED 1985", "IN_FORCE 1986")
	loadAll(t, s, graph.Batch{Add: all})

	for _, c := range []struct {
		of     string // AAA, BBB or CCC; or nobody in particular
		on     string
		lapsed bool
		sure   graph.Certainty
		want   string
	}{
		{"", "1990-01-01", false, "", "ended goes-on"},
		{"", "1990-01-01", false, graph.Certain, "ended goes-on"},
		{"", "1990-01-01", false, graph.Possible, "ended goes-on unsaid-end"},
		{"", "1990-01-01", true, graph.Certain, "in-a-year"},
		{"", "1990-01-01", true, graph.Possible, "in-a-year unsaid-end"},
		{"", "1986-06-01", false, graph.Possible, "ended goes-on unsaid-end"},
		{"", "1985-06-01", false, graph.Possible, "ended goes-on"},
		{"", "1985-06-01", true, graph.Possible, "in-a-year unsaid-end"},
		{"", "2000-06-01", false, graph.Certain, "goes-on"},
		{"", "2000-06-01", false, graph.Possible, "goes-on in-a-year unsaid-end"},
		{"", "2000-06-01", true, graph.Possible, "ended in-a-year unsaid-end"},
		{"", "2010-01-01", false, graph.Certain, "goes-on in-a-year"},
		{"", "2021-01-01", false, graph.Possible, ""}, // past what the source covers
		{"AAA", "1990-01-01", false, graph.Certain, "ended goes-on"},
		{"AAA BBB", "1990-01-01", false, graph.Certain, "ended goes-on"},
		{"AAA BBB", "1990-01-01", false, graph.Possible, "ended goes-on unsaid-end"},
		{"CCC", "1990-01-01", false, graph.Certain, ""},
		{"CCC", "1990-01-01", false, graph.Possible, "ended goes-on unsaid-end"},
		{"AAA CCC", "1990-01-01", false, graph.Certain, ""},
		{"AAA CCC", "2010-01-01", false, graph.Certain, "in-a-year"},
		{"AAA CCC", "2010-01-01", false, graph.Possible, "goes-on in-a-year unsaid-end"},
	} {
		v, err := graph.In(context.Background(), s, graph.State{Load: 1})
		must(t, err)
		on := graph.MustDay(c.on)
		f := graph.EngagementFilter{
			Kinds: []graph.EngagementKind{graph.KindAgreement},
			Where: graph.So(graph.Condition{Kind: graph.IsInForce, Lapsed: c.lapsed, Certainty: c.sure, On: &on}),
		}
		for _, actor := range strings.Fields(c.of) {
			f.Of = append(f.Of, graph.ActorKey("iso3:"+actor))
		}
		list, err := v.Engagements(context.Background(), f, graph.Page{First: 20, Count: true})
		must(t, err)
		var got []string
		for _, e := range list.Items {
			got = append(got, strings.TrimPrefix(string(e.Base().Key), "a:"))
		}
		if sorted(got) != c.want || *list.Total != len(got) {
			t.Errorf("in force of %q on %s (lapsed %t, %s): %q (%d), want %q", c.of, c.on, c.lapsed, c.sure, sorted(got), *list.Total, c.want)
		}
	}
	// What began on a day that nobody knows is before the first of these days not even possibly, and stands in lists by the first.
	for on, want := range map[string]string{"1944-12-31": "", "1945-01-01": "talks", "1986-12-31": "ended goes-on in-a-year signed talks unsaid-end"} {
		day := graph.MustDay(on)
		v, err := graph.In(context.Background(), s, graph.State{Load: 1, AsOf: &day})
		must(t, err)
		list, err := v.Engagements(context.Background(), graph.EngagementFilter{Kinds: []graph.EngagementKind{graph.KindAgreement}, Of: []graph.ActorKey{"iso3:AAA", "iso3:BBB"}}, graph.Page{First: 20})
		must(t, err)
		var got []string
		for _, e := range list.Items {
			got = append(got, strings.TrimPrefix(string(e.Base().Key), "a:"))
		}
		if len(got) > 0 && got[0] != "talks" {
			t.Errorf("as of %s the first is %s", on, got[0])
		}
		if sorted(got) != want {
			t.Errorf("as of %s there are %q, want %q", on, sorted(got), want)
		}
	}
}

func sorted(words []string) string {
	slices.Sort(words)
	return strings.Join(words, " ")
}
