package sqlitestore

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// TestPlans asks every kind of question, then has SQLite explain each text that was prepared: no question may
// walk a whole table, or sort what an index should give in order.
func TestPlans(t *testing.T) {
	ctx := context.Background()
	s := newStore(t)
	load(t, s, meeting(t, "a:1", "2020-01-01", "iso3:JPN", "iso3:KOR"))
	askEverything(t, s)
	for text := range s.reads.stmts {
		for _, step := range explain(ctx, t, s, text) {
			if bad := wrongStep(text, step); bad != "" {
				t.Errorf("%s: %q in the plan of\n%s", bad, step, text[max(0, len(text)-2000):])
			}
		}
	}
}

// small are the tables made of the question itself, which are walked by design.
var small = regexp.MustCompile(`^SCAN (j VIRTUAL TABLE|json_each VIRTUAL TABLE|a|above|b|h|k|o|t|f|pair|party|lead|holder|whose|about|author|preferred|d|whole|wideA|wideB|store|best|hit|ranked|found|person|more)\b|^SCAN (\(subquery-\d+\)|CONSTANT ROW|\d+ CONSTANT ROW)`)

func wrongStep(text, step string) string {
	switch {
	case strings.HasPrefix(step, "SCAN") && !small.MatchString(step):
		// Paths that go through everything in the order of an index, and stop at the page's end.
		for _, inOrder := range []string{"engagement_start", "tenure_start", "actor_account_key", "actor_account_name", "SCAN load", "statement_manifest"} {
			if strings.Contains(step, inOrder) {
				return ""
			}
		}
		return "it scans"
	case strings.Contains(step, "AUTOMATIC"):
		return "it builds an index of its own"
	case strings.Contains(step, "TEMP B-TREE") && strings.Contains(text, "FROM statement s INDEXED BY statement_recorded"),
		strings.Contains(step, "TEMP B-TREE") && strings.Contains(text, "statement_closed"):
		return "it sorts for every page"
	case strings.Contains(step, "TEMP B-TREE FOR GROUP BY") && strings.Contains(text, ":afterStart"):
		return "it sorts before it stops"
	}
	return ""
}

func explain(ctx context.Context, t *testing.T, s *Store, text string) (steps []string) {
	t.Helper()
	var args []any
	names := regexp.MustCompile(`:([a-zA-Z0-9]+)`).FindAllStringSubmatch(text, -1)
	var seen []string
	for _, n := range names {
		if !slices.Contains(seen, n[1]) {
			seen = append(seen, n[1])
			args = append(args, sql.Named(n[1], "[]"))
		}
	}
	for range strings.Count(text, "?") {
		args = append(args, 0)
	}
	rows, err := s.reads.db.QueryContext(ctx, "EXPLAIN QUERY PLAN "+text, args...)
	if err != nil {
		t.Fatalf("explain %s: %v", text, err)
	}
	defer func() {
		if err := rows.Close(); err != nil {
			t.Error(err)
		}
	}()
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return steps
}

// askEverything asks questions of every shape, so that every text is prepared.
func askEverything(t *testing.T, s *Store) {
	t.Helper()
	ctx := context.Background()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	}
	day := graph.MustDay("2020-01-01")
	span := &graph.Interval{From: day, To: day + 1}
	jpn := []graph.Constituent{{Actor: "iso3:JPN", Valid: graph.Always, Involvement: graph.Direct}}
	kor := []graph.Constituent{{Actor: "iso3:KOR", Valid: graph.Always, Involvement: graph.Direct}}
	with := graph.Filter{{{Kind: graph.HasParts, Groups: [][]graph.Constituent{jpn}}}}
	numbered := graph.Filter{{{Kind: graph.HasTags, Tags: []string{"identifier:numbers:1", "related:a:0"}}}}
	paths := []graph.EngagementQuery{
		{},
		{A: jpn},
		{A: jpn, B: kor},
		{Keys: []graph.EngagementKey{"a:1"}},
		{Keys: []graph.EngagementKey{"a:1"}, A: jpn, B: kor},
		{Keys: []graph.EngagementKey{"a:1"}, A: jpn},
		{Where: with},
		{Where: numbered},
		{Where: append(slices.Clip(numbered), with...), A: jpn, B: kor},
		{A: jpn, B: kor, Alignment: graph.Opposed},
		{A: jpn, B: kor, Alignment: graph.SameSide},
	}
	for _, q := range paths {
		q.Load, q.Count = 1, true
		q.Kinds, q.Levels, q.Topics = []graph.EngagementKind{graph.KindMeeting}, nil, []graph.Topic{graph.TopicDefense}
		q.BegunIn = span
		for _, how := range []graph.Overlap{"", graph.OverlapWithin, graph.OverlapCovers, graph.OverlapBegins, graph.OverlapEnds} {
			for _, sure := range []graph.Certainty{graph.Possible, graph.Certain} {
				q.During, q.Overlap, q.Certainty = span, how, sure
				_, err := s.Engagements(ctx, q)
				check(err)
			}
		}
		q.During, q.BegunIn, q.Last, q.Kinds, q.Topics = nil, nil, 3, nil, nil
		page, err := s.Engagements(ctx, q)
		check(err)
		if q.Alignment != graph.Opposed && (len(page.Items) != 1 || *page.Total != 1) {
			t.Errorf("%+v: %d items, total %d; there is one", q, len(page.Items), *page.Total)
		}
		q.Last, q.Levels = 0, []graph.MeetingLevel{graph.LevelSummit}
		_, err = s.Engagements(ctx, q)
		check(err)
	}
	_, err := s.Head(ctx)
	check(err)
	_, err = s.Loads(ctx, graph.LoadQuery{})
	check(err)
	for _, keys := range [][]string{nil, {"a:1"}} {
		_, err = s.Statements(ctx, graph.StatementQuery{Load: 1, Kind: graph.StatementEngagement, Keys: keys})
		check(err)
	}
	_, err = s.Statements(ctx, graph.StatementQuery{Load: 1, Kind: graph.StatementActor, Keys: []string{"a:1"}, Same: true})
	check(err)
	_, err = s.Holders(ctx, graph.HolderQuery{Load: 1, Codes: []graph.Code{{Value: "JPN"}, {Scheme: "cow", Value: "740"}}})
	check(err)
	_, err = s.Components(ctx, graph.ComponentQuery{Load: 1, Of: []graph.ActorKey{"iso3:JPN"}, Members: true, Joined: true})
	check(err)
	_, err = s.Components(ctx, graph.ComponentQuery{Load: 1, Of: []graph.ActorKey{"iso3:JPN"}, Wholes: true, Joined: true})
	check(err)
	for _, during := range []*graph.Interval{nil, span} {
		_, err = s.Gatherings(ctx, graph.GatheringQuery{Load: 1, Of: jpn, Kinds: []graph.EngagementKind{graph.KindMeeting}, Topics: graph.Topics[:1], During: during, MaxActors: 5, Last: 3})
		check(err)
	}
	_, err = s.Head(ctx)
	check(err)
	for _, by := range []graph.OrderBy{graph.ByKey, graph.ByName} {
		for _, where := range []graph.Filter{nil, {{{Kind: graph.HasTitle, Text: "a"}}}, {{{Kind: graph.HasKey, Keys: []graph.ActorKey{"iso3:JPN"}}}}} {
			at := &graph.Position{Title: "a", Key: "a"}
			q := graph.ActorQuery{Load: 1, Where: where, Order: graph.Order{By: by, Descending: true}, After: at, Last: 0, First: 3, Count: true}
			_, err = s.ActorKeys(ctx, q)
			check(err)
			q.Kinds, q.AsOf, q.Order.Descending, q.Before = []graph.ActorKind{graph.KindState}, &day, false, at
			_, err = s.ActorKeys(ctx, q)
			check(err)
		}
	}
	_, err = s.TieRecords(ctx, graph.TieQuery{Load: 1, Dyads: []graph.TieDyad{{A: jpn, B: kor}}})
	check(err)
	for _, of := range [][]graph.ActorKey{nil, {"iso3:JPN"}} {
		_, err = s.TieDyads(ctx, graph.TieDyadQuery{Load: 1, Of: of, First: 3})
		check(err)
	}
	for _, of := range [][]graph.Constituent{nil, jpn} {
		for _, persons := range [][]graph.ActorKey{nil, {"person:x"}} {
			q := graph.TenureQuery{Load: 1, Of: of, Persons: persons, Offices: []string{"x"}, During: span, Last: 3, Count: true}
			for _, how := range []graph.Overlap{"", graph.OverlapWithin, graph.OverlapCovers, graph.OverlapBegins, graph.OverlapEnds} {
				q.Overlap = how
				_, err = s.Tenures(ctx, q)
				check(err)
			}
		}
		for _, about := range [][]graph.EngagementKey{nil, {"a:1"}} {
			_, err = s.Assertions(ctx, graph.AssertionQuery{Load: 1, About: about, Authors: of, By: &day, First: 3, Count: true})
			check(err)
		}
	}
	_, err = s.Search(ctx, graph.SearchQuery{Load: 1, Whole: "a", Terms: graph.SearchTerms("a"), Kinds: []graph.SearchKind{graph.SearchActor}})
	check(err)
	for _, bodies := range []bool{false, true} {
		for _, err := range s.Changes(ctx, graph.ChangeQuery{Upto: 1, Bodies: bodies, First: 3, From: &graph.ChangePosition{Load: 1}}) {
			check(err)
		}
	}
	_, err = s.Versions(ctx, graph.VersionQuery{Load: 1, Key: "a:1", First: 3})
	check(err)
	for _, slice := range []*graph.Slice{nil, {Source: "a", ID: "a"}} {
		for _, err := range s.Manifest(ctx, graph.ManifestQuery{Load: 1, Slice: slice}) {
			check(err)
		}
	}
}

func newStore(t testing.TB, opts ...Option) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "entente.db"), append(opts, Create())...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// load records statements in a load of their own.
func load(t testing.TB, s *Store, statements ...graph.Statement) graph.Load {
	t.Helper()
	ctx := context.Background()
	lease, err := s.Open(ctx, graph.LoadInfo{Source: "a"})
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; len(statements) > 0; i++ {
		n := min(2000, len(statements))
		if err := s.Write(ctx, lease, graph.Batch{Number: i, Add: statements[:n]}); err != nil {
			t.Fatal(err)
		}
		statements = statements[n:]
	}
	l, err := s.Commit(ctx, lease, graph.Counts{Added: len(statements)})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func meeting(t testing.TB, key graph.EngagementKey, date string, actors ...graph.ActorKey) graph.Statement {
	t.Helper()
	m := &graph.Meeting{EngagementBase: graph.EngagementBase{
		Key: key, Kind: graph.KindMeeting, Titles: []graph.Name{{Text: fmt.Sprintf("Meeting %s", key), Lang: "en"}},
		Topics: []graph.Topic{graph.TopicDefense}, Period: graph.On(graph.MustDate(date)), Related: []graph.EngagementKey{"a:0"},
	}, Level: graph.LevelMinisterial}
	for _, a := range actors {
		m.Participations = append(m.Participations, graph.Participation{Actor: a, Role: graph.RoleParticipant})
	}
	st, err := graph.NewStatement("a", "a", m, "")
	if err != nil {
		t.Fatal(err)
	}
	return st
}
