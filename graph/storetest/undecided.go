package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// undecided asks of which agreements nobody knows whether they are in force: one source codes ends until 2000, another never. Of two
// actors, those count in which both may be party on the day.
func undecided(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	var all []graph.Statement
	state := func(source graph.SourceKey, v any) {
		st, err := graph.NewStatement(source, "all", v, "")
		must(t, err)
		all = append(all, st)
	}
	for source, last := range map[graph.SourceKey]string{"ends": "2000", "starts": "2020"} {
		state(source, &graph.Source{Key: source, Kind: graph.SourceDataset, Title: string(source), Version: "1", Coverage: []graph.Coverage{{
			Forms: []graph.EngagementKind{graph.KindAgreement}, From: graph.MustDate("1900"), To: graph.MustDate(last),
		}}})
	}
	agreement := func(source graph.SourceKey, key, from string, end graph.Period, topic graph.Topic, since string) {
		a := &graph.Agreement{EngagementBase: graph.EngagementBase{
			Key: graph.EngagementKey(key), Kind: graph.KindAgreement, Titles: []graph.Name{{Text: key, Lang: "en"}}, Topics: []graph.Topic{topic},
			Period: graph.Period{Start: graph.MustDate(from), End: end.End, Why: end.Why},
			Participations: []graph.Participation{
				{Actor: "iso3:AAA", Role: graph.RoleParty},
				{Actor: "iso3:BBB", Role: graph.RoleParty, Period: graph.Period{Start: graph.MustDate(since), Why: graph.Unknown}},
			},
		}, Form: graph.FormTreaty, Stages: []graph.Stage{{Stage: graph.StageInForce, Date: graph.MustDate(from)}}}
		state(source, a)
	}
	unknown := graph.Period{Why: graph.Unknown}
	agreement("ends", "e:1", "1950-01-01", graph.Period{Why: graph.Ongoing}, graph.TopicTrade, "1950-01-01")
	agreement("ends", "e:2", "1950-01-01", graph.Period{End: graph.MustDate("1960-12-31")}, graph.TopicDefense, "1950-01-01")
	agreement("starts", "s:1", "1970-01-01", unknown, graph.TopicTrade, "1970-01-01")
	agreement("starts", "s:2", "1980", unknown, graph.TopicDefense, "1995-01-01")
	loadAll(t, s, graph.Batch{Add: all})
	loadAll(t, s, graph.Batch{Close: []graph.StatementID{{Source: "starts", Kind: graph.StatementEngagement, Key: "s:1"}}})
	both := []graph.ActorKey{"iso3:AAA", "iso3:BBB"}
	asked := func(load graph.LoadNumber, on string, want string, of []graph.ActorKey, beside ...graph.Where) {
		t.Helper()
		v, err := graph.In(context.Background(), s, graph.State{Load: load})
		must(t, err)
		day := graph.MustDay(on)
		for _, lapsed := range []bool{false, true} {
			where := graph.AllOf(append(beside, graph.So(graph.Condition{Kind: graph.IsInForce, On: &day, Lapsed: lapsed}))...)
			found, err := v.Undecided(context.Background(), graph.EngagementFilter{Of: of, Through: graph.DefaultInvolvements, Where: where})
			must(t, err)
			var texts []string
			for _, source := range found.Sources() {
				texts = append(texts, fmt.Sprintf("%s %d", source, found.Of[source]))
			}
			if got := strings.Join(texts, ", "); got != want || found.More {
				t.Errorf("at load %d, on %s, of %v: nobody knows of %s, not of %q", load, on, of, got, want)
			}
		}
	}
	asked(1, "1955-01-01", "", nil)
	asked(1, "1975-01-01", "starts 1", nil)
	asked(1, "1980-06-01", "starts 2", nil) // it may have entered into force
	asked(1, "1990-01-01", "starts 2", nil)
	asked(1, "1990-01-01", "starts 1", both) // of the other, one was no party yet
	asked(1, "1996-01-01", "starts 2", both)
	asked(1, "2010-01-01", "starts 2, ends 1", both) // past what one covers
	asked(1, "1990-01-01", "starts 1", nil, graph.Tagged(graph.TagTopic, graph.TopicTrade))
	asked(2, "1990-01-01", "starts 1", nil)
	asked(2, "1990-01-01", "", nil, graph.Tagged(graph.TagTopic, graph.TopicTrade))
	v, err := graph.In(context.Background(), s, graph.State{Load: 1})
	must(t, err)
	for _, where := range []graph.Where{{}, graph.Tagged(graph.TagTopic, graph.TopicTrade), graph.NotSo(graph.So(graph.Condition{Kind: graph.IsInForce}))} {
		found, err := v.Undecided(context.Background(), graph.EngagementFilter{Where: where})
		must(t, err)
		if len(found.Of) > 0 {
			t.Errorf("nobody asks for what is in force, and nobody knows of %v", found.Of)
		}
	}
}
