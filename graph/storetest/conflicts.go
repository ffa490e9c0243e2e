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
	dispute := func(source graph.SourceKey, key, from, to, by string, partOf ...graph.EngagementKey) {
		d := &graph.Dispute{EngagementBase: graph.EngagementBase{
			Key: graph.EngagementKey(key), Kind: graph.KindDispute, Period: graph.Period{Start: graph.MustDate(from), End: graph.MustDate(to)}, PartOf: partOf,
		}}
		for i, a := range by {
			d.Participations = append(d.Participations, graph.Participation{Actor: graph.ActorKey("iso3:" + strings.Repeat(string(a), 3)), Role: graph.RoleParty, Side: "ab"[min(i, 1) : min(i, 1)+1]})
		}
		state(source, d)
	}
	for _, key := range []graph.ActorKey{"iso3:CCC", "iso3:DDD", "iso3:EEE"} {
		state("one", &graph.ActorFacts{Key: key, Kind: graph.KindState})
	}
	dispute("one", "one:war", "1939-09-01", "1945-08-14", "CDE") // two tells it in parts, one of which is not in it; three tells it whole
	dispute("two", "two:war-1", "1941-12-08", "1945-08-14", "CD", "one:war")
	dispute("two", "two:war-2", "1939-08-31", "1945-08", "CE", "one:war")
	dispute("two", "two:war-3", "1939-09-04", "1945-08", "CDE", "one:war") // what two says of all of it
	dispute("three", "three:war", "1939-09-03", "1945-08-14", "CDE")
	state(graph.OwnSource, &graph.Link{
		Key: "one:war", Accounts: []graph.EngagementKey{"one:war", "three:war", "two:war-1", "two:war-2", "two:war-3"}, Lead: "one:war", Rule: graph.LinkDisputes,
	})
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
	for _, about := range []string{"one:war", "iso3:CCC"} {
		asked(at, []string{
			"CONTRADICTING_DATE one:war period.start: one 1939-09-01, three 1939-09-03",
			"CONTRADICTING_DATE one:war period.start: one 1939-09-01, two 1939-08-31",
			"CONTRADICTING_DATE one:war period.start: one 1939-09-01, two 1939-09-04",
			"CONTRADICTING_DATE one:war period.start: three 1939-09-03, two 1939-08-31",
			"CONTRADICTING_DATE one:war period.start: three 1939-09-03, two 1939-09-04",
		}, nil, about)
	}
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

// missingDisputes asks which disputes one of two sources lacks, both of which have every dispute on defence of AAA, BBB and CCC from 1900 to
// 1999, and a third says nothing of the kind.
func missingDisputes(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	var all []graph.Statement
	state := func(source graph.SourceKey, v any) {
		st, err := graph.NewStatement(source, "all", v, "")
		must(t, err)
		all = append(all, st)
	}
	for _, source := range []graph.SourceKey{"one", "two", "three"} {
		c := graph.Coverage{
			Forms: []graph.EngagementKind{graph.KindDispute}, Topics: []graph.Topic{graph.TopicDefense}, Actors: []graph.ActorKey{"iso3:AAA", "iso3:BBB", "iso3:CCC"},
			From: graph.MustDate("1900"), To: graph.MustDate("1999"), Complete: source != "three",
		}
		state(source, &graph.Source{Key: source, Kind: graph.SourceDataset, Title: string(source), Version: "1", Coverage: []graph.Coverage{c}})
	}
	for _, actor := range []graph.ActorKey{"iso3:AAA", "iso3:BBB", "iso3:CCC", "iso3:DDD"} {
		state("one", &graph.ActorFacts{Key: actor, Kind: graph.KindState, Names: []graph.Name{{Text: string(actor), Lang: "en"}}})
	}
	dispute := func(source graph.SourceKey, key, from, to, number string, against graph.ActorKey, topics ...graph.Topic) {
		d := &graph.Dispute{EngagementBase: graph.EngagementBase{
			Key: graph.EngagementKey(key), Kind: graph.KindDispute, Titles: []graph.Name{{Text: key, Lang: "en"}}, Topics: topics,
			Period: graph.Period{Start: graph.MustDate(from), End: graph.MustDate(to)},
			Participations: []graph.Participation{
				{Actor: "iso3:AAA", Role: graph.RoleParty, Side: graph.SideA}, {Actor: against, Role: graph.RoleParty, Side: graph.SideB},
			},
		}, Form: graph.DisputeMilitarized}
		if number != "" {
			d.Identifiers = []graph.Identifier{{Scheme: "numbers", Value: number}}
		}
		state(source, d)
	}
	link := func(accounts ...graph.EngagementKey) {
		state(graph.OwnSource, &graph.Link{Key: string(accounts[0]), Accounts: accounts, Lead: accounts[0], Rule: graph.LinkDisputes})
	}
	dispute("one", "one:alone", "1910-05-01", "1910-06-01", "1", "iso3:BBB", graph.TopicDefense)          // two has it not
	dispute("one", "one:land", "1915", "1915", "2", "iso3:BBB", graph.TopicDefense, graph.TopicTerritory) // … nor this, which is on something else too
	dispute("one", "one:two", "1920-05-01", "1920-06-01", "3", "iso3:BBB", graph.TopicDefense)            // two has one of the year, which may be this one
	dispute("two", "two:two", "1921-05-01", "1921-05-03", "", "iso3:BBB", graph.TopicDefense)             // … and the other way round
	dispute("one", "one:number", "1930", "1930", "4", "iso3:BBB", graph.TopicDefense)                     // two has one of that number, years later
	dispute("two", "two:number", "1935", "1935", "4", "iso3:CCC", graph.TopicDefense)                     // … and the other way round
	dispute("one", "one:linked", "1940-01", "1940-03", "5", "iso3:BBB", graph.TopicDefense)               // a link says that two has it
	dispute("two", "two:linked", "1940-02", "1940-03", "5", "iso3:BBB", graph.TopicDefense)               //
	dispute("one", "one:beside", "1940-10", "1940-11", "6", "iso3:BBB", graph.TopicDefense)               // … which is therefore not this one
	dispute("two", "two:alone", "1950", "1950", "7", "iso3:CCC", graph.TopicDefense)                      // one has it not
	dispute("one", "one:other", "1950", "1950", "8", "iso3:BBB", graph.TopicDefense)                      // with another, as two has it not
	dispute("one", "one:outside", "1960", "1960", "9", "iso3:DDD", graph.TopicDefense)                    // who is not covered
	dispute("one", "one:late", "1999-12-01", "2000-01-05", "10", "iso3:BBB", graph.TopicDefense)          // not wholly in what both cover
	dispute("one", "one:trade", "1970", "1970", "11", "iso3:BBB", graph.TopicTrade)                       // not what they cover
	dispute("three", "three:alone", "1980", "1980", "12", "iso3:BBB", graph.TopicDefense)                 // of which the others have not all
	dispute("two", "two:corrected", "1985", "1985", "13", "iso3:CCC", graph.TopicDefense)                 // one has one of that number, of AAA's with another
	dispute("one", "one:corrected", "1985", "1985", "13", "iso3:BBB", graph.TopicDefense)
	link("one:linked", "two:linked")
	loadAll(t, s, graph.Batch{Add: all})
	want := []string{
		"MISSING_IN_ONE one:alone : one 1910-05-01/1910-06-01, two ",
		"MISSING_IN_ONE one:land : one 1915, two ",
		"MISSING_IN_ONE one:beside : one 1940-10/1940-11, two ",
		"MISSING_IN_ONE one:other : one 1950, two ",
		"MISSING_IN_ONE two:alone : one , two 1950",
	}
	missing := []graph.ConflictType{graph.MissingInOne}
	asked := func(load graph.LoadNumber, want []string, about ...string) {
		t.Helper()
		for _, size := range []int{1, 100} {
			if got := conflictsIn(t, s, graph.State{Load: load}, missing, size, about...); !slices.Equal(got, want) {
				t.Errorf("at load %d, about %v, in pages of %d:\n%s\nnot\n%s", load, about, size, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
	}
	asked(1, want, "iso3:AAA")
	asked(1, want[:4], "iso3:AAA", "iso3:BBB")
	asked(1, want[2:3], "one:beside")
	asked(1, nil, "one:number")
	asked(1, nil, "iso3:BBB", "iso3:DDD")
	asked(1, want[4:], "iso3:CCC") // of one's disputes with BBB, two has what has their number
	// Without the link, two's dispute of that year may be either.
	loadAll(t, s, graph.Batch{Close: []graph.StatementID{{Source: graph.OwnSource, Kind: graph.StatementLink, Key: "one:linked"}}})
	asked(2, slices.Delete(slices.Clone(want), 2, 3), "iso3:AAA")
	asked(1, want, "iso3:AAA")
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
