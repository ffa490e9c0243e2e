package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// conflicts asks in what three sources contradict each other, whole and in pages, at two loads. Two of them have every
// meeting of AAA and BBB from 2000 to 2009; the third selects.
func conflicts(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	var all []graph.Statement
	state := func(source graph.SourceKey, v any) {
		st, err := graph.NewStatement(source, "all", v, "")
		must(t, err)
		all = append(all, st)
	}
	for _, source := range []graph.SourceKey{"one", "two", "three"} {
		c := graph.Coverage{
			Forms: []graph.EngagementKind{graph.KindMeeting}, Actors: []graph.ActorKey{"iso3:AAA", "iso3:BBB"},
			From: graph.MustDate("2000"), To: graph.MustDate("2009"), Complete: source != "three",
		}
		state(source, &graph.Source{Key: source, Kind: graph.SourceDataset, Title: string(source), Version: "1", Coverage: []graph.Coverage{c}})
	}
	meeting := func(source graph.SourceKey, key, on, place string) {
		m := &graph.Meeting{EngagementBase: graph.EngagementBase{
			Key: graph.EngagementKey(key), Kind: graph.KindMeeting, Titles: []graph.Name{{Text: key, Lang: "en"}}, Period: graph.On(graph.MustDate(on)), Place: place,
		}, Level: graph.LevelSummit}
		for _, a := range []graph.ActorKey{"iso3:AAA", "iso3:BBB"} {
			m.Participations = append(m.Participations, graph.Participation{Actor: a, Role: graph.RoleParticipant})
		}
		state(source, m)
	}
	meeting("one", "one:a", "2001-05-01", "Seoul") // two has it three days later, elsewhere, and a link says so
	meeting("two", "two:a", "2001-05-04", "Tokyo")
	state(graph.OwnSource, &graph.Link{Key: "one:a", Accounts: []graph.EngagementKey{"one:a", "two:a"}, Lead: "one:a", Rule: graph.LinkMeetings})
	meeting("one", "one:b", "2003-01-01", "Seoul")  // two has it not
	meeting("two", "two:c", "2005-01-01", "")       // one has it not
	meeting("one", "one:d", "2007-01-01", "")       // two has one some days later, which may be this one
	meeting("two", "two:d", "2007-01-08", "")       // … and the other way round
	meeting("one", "one:e", "2012-01-01", "")       // outside of what both cover
	meeting("three", "three:f", "2004-06-01", "")   // the others have it not
	meeting("one", "shared:g", "2008-01-01", "Rom") // one key, two sources
	meeting("two", "shared:g", "2008-01-02", "Rom")
	for source, code := range map[graph.SourceKey]string{"one": "7", "two": "8", "three": "7"} {
		state(source, &graph.ActorFacts{Key: "iso3:AAA", Kind: graph.KindState, Identifiers: []graph.Identifier{{Scheme: "cow", Value: code}}})
	}
	state("one", &graph.ActorFacts{Key: "iso3:BBB", Kind: graph.KindState, Names: []graph.Name{{Text: "B", Lang: "en"}}})
	loadAll(t, s, graph.Batch{Add: all})
	want := []string{
		"DIFFERENT_VALUE iso3:AAA identifiers[cow]: one 7, two 8",
		"DIFFERENT_VALUE iso3:AAA identifiers[cow]: three 7, two 8",
		"CONTRADICTING_DATE one:a period.start: one 2001-05-01, two 2001-05-04",
		"CONTRADICTING_DATE one:a period.end: one 2001-05-01, two 2001-05-04",
		"DIFFERENT_VALUE one:a place: one Seoul, two Tokyo",
		"MISSING_IN_ONE one:b : one 2003-01-01, two ",
		"MISSING_IN_ONE two:c : one , two 2005-01-01",
		"CONTRADICTING_DATE shared:g period.start: one 2008-01-01, two 2008-01-02",
		"CONTRADICTING_DATE shared:g period.end: one 2008-01-01, two 2008-01-02",
	}
	asked := func(at graph.State, want []string, types []graph.ConflictType, about ...string) {
		t.Helper()
		for _, size := range []int{1, 2, 100} {
			if got := conflictsIn(t, s, at, types, size, about...); !slices.Equal(got, want) {
				t.Errorf("about %v, at %+v, in pages of %d:\n%s\nnot\n%s", about, at, size, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
	}
	at := graph.State{Load: 1}
	asked(at, want, nil, "iso3:AAA", "iso3:BBB")
	asked(at, want, nil, "iso3:AAA")
	asked(at, want[2:], nil, "iso3:BBB")
	asked(at, want[2:5], nil, "one:a")
	asked(at, want[7:], nil, "shared:g")
	asked(at, want[5:6], nil, "one:b")
	asked(at, nil, nil, "three:f")
	asked(at, want[5:7], []graph.ConflictType{graph.MissingInOne}, "iso3:AAA", "iso3:BBB")
	day := graph.MustDay("2004-01-01")
	asked(graph.State{Load: 1, AsOf: &day}, want[:6], nil, "iso3:AAA", "iso3:BBB")
	// What two says of BBB's meetings is retracted: at the load before it still contradicts.
	loadAll(t, s, graph.Batch{Close: []graph.StatementID{
		{Source: "two", Kind: graph.StatementEngagement, Key: "two:a"}, {Source: graph.OwnSource, Kind: graph.StatementLink, Key: "one:a"},
	}})
	asked(at, want, nil, "iso3:AAA", "iso3:BBB")
	asked(graph.State{Load: 2}, []string{"MISSING_IN_ONE one:a : one 2001-05-01, two "}, nil, "one:a")
	for _, wrong := range [][]string{{}, {"iso3:AAA", "iso3:BBB", "iso3:AAA"}, {"nobody:x"}, {"iso3:AAA", "one:a"}} {
		v, err := graph.In(context.Background(), s, at)
		must(t, err)
		if _, err = v.Conflicts(context.Background(), wrong, nil, 10, nil); err == nil {
			t.Errorf("conflicts about %v are given", wrong)
		}
	}
}

func conflictsIn(t *testing.T, s graph.Store, at graph.State, types []graph.ConflictType, size int, about ...string) (out []string) {
	t.Helper()
	v, err := graph.In(context.Background(), s, at)
	must(t, err)
	for page, after := (&graph.ConflictPage{More: true}), (*graph.ConflictPlace)(nil); page.More; after = &page.Upto {
		page, err = v.Conflicts(context.Background(), about, types, size, after)
		must(t, err)
		if len(page.Items) > size || page.More && len(page.Items) == 0 {
			t.Fatalf("a page of %d has %d conflicts (more: %t)", size, len(page.Items), page.More)
		}
		for _, c := range page.Items {
			text := fmt.Sprintf("%s %s%s %s:", c.Type, c.Engagement, c.Actor, c.Field)
			for n, value := range c.Values {
				text += fmt.Sprintf("%s %s %s", []string{"", ","}[n], value.Source, value.Value)
				if len(value.Citations) == 0 {
					t.Errorf("%s: %s cites nothing", text, value.Source)
				}
			}
			out = append(out, text)
		}
	}
	return out
}
