package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/entente-graph/entente/graph"
)

// writer checks the orders.
func writer(t *testing.T, open func(t testing.TB) graph.Store) {
	for name, check := range map[string]func(*testing.T, graph.Store){
		"an empty store answers":                     emptyStore,
		"nothing is visible before commit":           invisible,
		"discard leaves no trace and burns a number": discarded,
		"a lease that is given back writes nothing":  givenBack,
		"one open load at a time":                    oneAtATime,
		"a load remembers what it was":               remembered,
		"wrong orders change nothing":                wrongOrders,
		"questions above the head are wrong":         aboveHead,
		"what is returned is the caller's":           unshared,
		"cancelled questions end":                    cancelled,
	} {
		t.Run(name, func(t *testing.T) { check(t, open(t)) })
	}
}

// actorStatement makes a statement about an actor; note makes bodies differ.
func actorStatement(t testing.TB, key, note string) graph.Statement {
	t.Helper()
	s, err := graph.NewStatement("test", "test", &graph.ActorFacts{
		Key: graph.ActorKey(key), Kind: graph.KindState, Names: []graph.Name{{Text: "The " + key, Lang: "en"}}, Note: note,
		Identifiers: []graph.Identifier{{Scheme: "iso3", Value: key}},
		PartOf:      []graph.PartOf{{Actor: "WORLD"}},
	}, "test:1")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func meetingStatement(t testing.TB, key, date string, actors ...graph.ActorKey) graph.Statement {
	t.Helper()
	m := &graph.Meeting{EngagementBase: graph.EngagementBase{
		Key: graph.EngagementKey(key), Kind: graph.KindMeeting, Titles: []graph.Name{{Text: "Meeting " + key, Lang: "en"}},
		Topics: []graph.Topic{graph.TopicDefense}, Period: graph.On(graph.MustDate(date)),
	}, Level: graph.LevelOfficials}
	for _, a := range actors {
		m.Participations = append(m.Participations, graph.Participation{Actor: a, Role: graph.RoleParticipant})
	}
	m.Effects = []graph.Effect{{Type: graph.Establishes, Topic: graph.TopicDefense, Between: actors, Date: graph.MustDate(date)}}
	s, err := graph.NewStatement("test", "test", m, "")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func openLoad(t testing.TB, s graph.Store) graph.Lease {
	t.Helper()
	lease, err := s.Open(context.Background(), graph.LoadInfo{Source: "test"})
	must(t, err)
	return lease
}

// failer is what a check needs of a test or of a property.
type failer interface {
	Helper()
	Fatal(args ...any)
}

func must(t failer, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// want checks the kind of an error.
func want(t testing.TB, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("the error is %v; it should be: %v", err, kind)
	}
}

// loadAll records statements in one load.
func loadAll(t testing.TB, s graph.Store, b graph.Batch) graph.Load {
	t.Helper()
	ctx := context.Background()
	lease := openLoad(t, s)
	must(t, s.Write(ctx, lease, b))
	l, err := s.Commit(ctx, lease, graph.Counts{Added: len(b.Add)})
	must(t, err)
	return l
}

// everything asks for all there is at a load, by every path, and prints it.
func everything(t testing.TB, s graph.Store, at graph.LoadNumber) string {
	t.Helper()
	text, err := ask(context.Background(), s, at)
	must(t, err)
	return text
}

func ask(ctx context.Context, s graph.Reader, at graph.LoadNumber) (string, error) {
	var text strings.Builder
	var wrong []error
	put := func(what string, values any, err error) {
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", what, err))
		}
		fmt.Fprintf(&text, "%s: %v\n", what, values)
	}
	for _, kind := range graph.StatementKinds {
		found, err := s.Statements(ctx, graph.StatementQuery{Load: at, Kind: kind})
		put(string(kind), recorded(found), err)
	}
	one := []graph.Constituent{{Actor: "AAA", Valid: graph.Always}}
	two := []graph.Constituent{{Actor: "BBB", Valid: graph.Always}}
	with := graph.Filter{{{Kind: graph.HasParts, Groups: [][]graph.Constituent{two}}}}
	for _, q := range []graph.EngagementQuery{{}, {A: one}, {A: one, B: two}, {Where: with, Order: graph.Order{By: graph.ByTitle}}} {
		q.Load, q.Count = at, true
		page, err := s.Engagements(ctx, q)
		put("engagements", recorded(page.Items), err)
		if page.Total != nil {
			put("total", *page.Total, nil)
		}
	}
	met, err := s.Gatherings(ctx, graph.GatheringQuery{Load: at, Of: append(one, two...), MaxActors: graph.MaxDyadActors, Last: 10_000})
	put("gatherings", gathered(met.Items), err)
	ties, err := s.TieRecords(ctx, graph.TieQuery{Load: at, Dyads: []graph.TieDyad{{Key: graph.DyadKey{A: "AAA", B: "BBB"}, A: one, B: two}}})
	put("tie records", len(ties), err)
	dyads, err := s.TieDyads(ctx, graph.TieDyadQuery{Load: at})
	put("tie dyads", dyads, err)
	actors, err := s.ActorKeys(ctx, graph.ActorQuery{Load: at})
	put("actors", actors, err)
	holders, err := s.Holders(ctx, graph.HolderQuery{Load: at, Codes: []graph.Code{{Value: "AAA"}, {Value: "BBB"}, {Value: "CCC"}}})
	put("holders", holders, err)
	parts, err := s.Components(ctx, graph.ComponentQuery{Load: at, Of: []graph.ActorKey{"WORLD"}})
	put("components", parts, err)
	tenures, err := s.Tenures(ctx, graph.TenureQuery{Load: at})
	put("tenures", tenures.Position, err)
	members, err := s.Memberships(ctx, graph.MembershipQuery{Load: at, Members: []graph.ActorKey{"AAA", "BBB"}})
	put("memberships", members.Position, err)
	sent, err := s.Representations(ctx, graph.RepresentationQuery{Load: at, Senders: []graph.ActorKey{"AAA", "BBB"}})
	put("representations", sent.Position, err)
	hits, err := s.Search(ctx, graph.SearchQuery{Load: at, Whole: "the", Terms: graph.SearchTerms("the")})
	put("hits", hits, err)
	var did []string
	for c, wrong := range s.Changes(ctx, graph.ChangeQuery{Upto: at}) {
		did, err = append(did, changed(c)), wrong
	}
	put("changes", did, err)
	versions, err := s.Versions(ctx, graph.VersionQuery{Load: at, Key: "AAA"})
	put("versions", stood(versions.Items), err)
	digest, n, err := graph.Digest(ctx, s, at)
	put("digest", fmt.Sprint(digest, n), err)
	return text.String(), errors.Join(wrong...)
}

func emptyStore(t *testing.T, s graph.Store) {
	head, err := s.Head(context.Background())
	must(t, err)
	if head.StoreID == "" || head.Load.Number != 0 || !head.Load.Recorded.IsZero() {
		t.Errorf("the head of an empty store is %+v", head)
	}
	loads, err := s.Loads(context.Background(), graph.LoadQuery{})
	must(t, err)
	if len(loads) != 0 {
		t.Errorf("an empty store has loads: %v", loads)
	}
	if first, again := everything(t, s, 0), everything(t, s, 0); first != again {
		t.Error("an empty store does not answer the same twice")
	}
}

func invisible(t *testing.T, s graph.Store) {
	ctx := context.Background()
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", ""), actorStatement(t, "BBB", ""), meetingStatement(t, "m", "2000", "AAA", "BBB")}})
	before := everything(t, s, 1)
	lease := openLoad(t, s)
	changed := []graph.Statement{actorStatement(t, "AAA", "changed"), meetingStatement(t, "m", "2001", "AAA", "BBB"), meetingStatement(t, "n", "1999", "AAA", "BBB")}
	for i, st := range changed {
		b := graph.Batch{Number: i, Add: []graph.Statement{st}}
		if i < 2 {
			b.Close = []graph.StatementID{st.StatementID}
		}
		must(t, s.Write(ctx, lease, b))
		must(t, s.Write(ctx, lease, b)) // a batch twice is a batch once
		if head, err := s.Head(ctx); err != nil || head.Load.Number != 1 {
			t.Errorf("after batch %d the head is %d (%v), before any commit", i, head.Load.Number, err)
		}
		if now := everything(t, s, 1); now != before {
			t.Errorf("after batch %d an answer has changed:\n%s\nit was:\n%s", i, now, before)
		}
	}
	_, err := s.Commit(ctx, lease, graph.Counts{})
	must(t, err)
	if now := everything(t, s, 1); now != before {
		t.Errorf("after the commit load 1 answers otherwise:\n%s\nit was:\n%s", now, before)
	}
	found, err := s.Statements(ctx, graph.StatementQuery{Load: 2, Kind: graph.StatementEngagement})
	must(t, err)
	if len(found) != 2 || found[0].Load != 2 || found[1].Load != 2 {
		t.Errorf("after the commit the engagements are %v", recorded(found))
	}
}

func discarded(t *testing.T, s graph.Store) {
	ctx := context.Background()
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", ""), actorStatement(t, "BBB", ""), meetingStatement(t, "m", "2000", "AAA", "BBB")}})
	before := everything(t, s, 1)
	lease := openLoad(t, s)
	many := []graph.ActorKey{"AAA"}
	for i := range 30 {
		many = append(many, graph.ActorKey(fmt.Sprintf("X%02d", i)))
	}
	must(t, s.Write(ctx, lease, graph.Batch{
		Close: []graph.StatementID{actorStatement(t, "AAA", "").StatementID, meetingStatement(t, "m", "2000").StatementID},
		Add:   []graph.Statement{actorStatement(t, "AAA", "changed"), actorStatement(t, "CCC", ""), meetingStatement(t, "many", "2002", many...)},
	}))
	must(t, s.Discard(ctx, lease, nil))
	if now := everything(t, s, 1); now != before {
		t.Errorf("after the discard load 1 answers otherwise:\n%s\nit was:\n%s", now, before)
	}
	l := loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "DDD", "")}})
	if l.Number != 3 {
		t.Errorf("the load after a discarded load 2 has number %d", l.Number)
	}
	found, err := s.Statements(ctx, graph.StatementQuery{Load: 3, Kind: graph.StatementActor})
	must(t, err)
	if len(found) != 3 {
		t.Errorf("at load 3 there are the actors %v", recorded(found))
	}
	if now := everything(t, s, 2); now != before {
		t.Errorf("the burned number 2 answers otherwise than 1:\n%s", now)
	}
	loads, err := s.Loads(ctx, graph.LoadQuery{})
	must(t, err)
	if len(loads) != 2 || loads[0].Number != 3 || loads[1].Number != 1 {
		t.Errorf("committed loads, newest first, are 3 and 1, not %v", loads)
	}
}

func givenBack(t *testing.T, s graph.Store) {
	ctx := context.Background()
	batch := graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", "")}}
	committed := openLoad(t, s)
	_, err := s.Commit(ctx, committed, graph.Counts{})
	must(t, err)
	gone := openLoad(t, s)
	must(t, s.Discard(ctx, gone, nil))
	held := openLoad(t, s)
	for what, lease := range map[string]graph.Lease{
		"committed": committed, "discarded": gone, "another token": {Load: held.Load, Token: "guessed"}, "no token": {Load: held.Load}, "never opened": {Load: 99, Token: held.Token},
	} {
		t.Run(what, func(t *testing.T) {
			want(t, s.Write(ctx, lease, batch), graph.ErrConflict)
			_, err := s.Commit(ctx, lease, graph.Counts{})
			want(t, err, graph.ErrConflict)
			want(t, s.Discard(ctx, lease, nil), graph.ErrConflict)
		})
	}
	must(t, s.Write(ctx, held, batch))
	l, err := s.Commit(ctx, held, graph.Counts{})
	must(t, err)
	found, err := s.Statements(ctx, graph.StatementQuery{Load: l.Number, Kind: graph.StatementActor})
	must(t, err)
	if len(found) != 1 {
		t.Errorf("the actors are %v; one was written", recorded(found))
	}
}

func oneAtATime(t *testing.T, s graph.Store) {
	lease := openLoad(t, s)
	_, err := s.Open(context.Background(), graph.LoadInfo{Source: "other"})
	want(t, err, graph.ErrConflict)
	must(t, s.Discard(context.Background(), lease, nil))
	if next := openLoad(t, s); next.Load != lease.Load+1 {
		t.Errorf("the load after %d is %d; the one refused takes no number", lease.Load, next.Load)
	}
}

func remembered(t *testing.T, s graph.Store) {
	ctx := context.Background()
	info := graph.LoadInfo{
		Source: "test", Slices: []graph.Slice{{Source: "test", ID: "a"}, {Source: "test", ID: "b"}},
		Files:   []graph.File{{Name: "a.yaml", SHA256: "00ff", Size: 12}},
		Program: "entente 1.2.3", Note: "why",
	}
	lease, err := s.Open(ctx, info)
	must(t, err)
	counts := graph.Counts{Added: 1, Changed: 2, Retracted: 3, Unchanged: 4, Quarantined: 5}
	first, err := s.Commit(ctx, lease, counts)
	must(t, err)
	if age := time.Since(first.Recorded); age < -time.Minute || age > time.Minute || first.Recorded.Location() != time.UTC {
		t.Errorf("the load was recorded at %s", first.Recorded)
	}
	expected := graph.Load{
		Number: 1, Source: info.Source, Slices: info.Slices, Files: info.Files, Recorded: first.Recorded,
		Program: info.Program, Note: info.Note, Counts: counts,
	}
	time.Sleep(5 * time.Millisecond) // so that the two are recorded at different times
	second := loadAll(t, s, graph.Batch{})
	head, err := s.Head(ctx)
	must(t, err)
	for what, got := range map[string]graph.Load{"commit": first, "head": head.Load} {
		exp := expected
		if what == "head" {
			exp = second
		}
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", exp) {
			t.Errorf("%s gives\n%+v, not\n%+v", what, got, exp)
		}
	}
	before := first.Recorded.Add(-time.Millisecond)
	for _, c := range []struct {
		q    graph.LoadQuery
		want []graph.LoadNumber
	}{
		{graph.LoadQuery{}, []graph.LoadNumber{2, 1}},
		{graph.LoadQuery{First: 1}, []graph.LoadNumber{2}},
		{graph.LoadQuery{Before: 2}, []graph.LoadNumber{1}},
		{graph.LoadQuery{Number: 1}, []graph.LoadNumber{1}},
		{graph.LoadQuery{Number: 7}, nil},
		{graph.LoadQuery{KnownAt: &first.Recorded}, []graph.LoadNumber{1}},
		{graph.LoadQuery{KnownAt: &second.Recorded, First: 1}, []graph.LoadNumber{2}},
		{graph.LoadQuery{KnownAt: &before}, nil},
	} {
		loads, err := s.Loads(ctx, c.q)
		must(t, err)
		var got []graph.LoadNumber
		for _, l := range loads {
			got = append(got, l.Number)
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("loads %+v: %v, not %v", c.q, got, c.want)
		}
	}
}

func wrongOrders(t *testing.T, s graph.Store) {
	ctx := context.Background()
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", "")}})
	before := everything(t, s, 1)
	lease := openLoad(t, s)
	bad := actorStatement(t, "BBB", "")
	bad.Body = []byte("{")
	for what, b := range map[string]graph.Batch{
		"close what is not open": {Number: 1, Close: []graph.StatementID{{Source: "test", Kind: graph.StatementActor, Key: "ZZZ"}}},
		"add what is open":       {Number: 2, Add: []graph.Statement{actorStatement(t, "CCC", ""), actorStatement(t, "AAA", "again")}},
		"add a thing twice":      {Number: 3, Add: []graph.Statement{actorStatement(t, "DDD", ""), actorStatement(t, "DDD", "again")}},
	} {
		t.Run(what, func(t *testing.T) { want(t, s.Write(ctx, lease, b), graph.ErrConflict) })
	}
	if err := s.Write(ctx, lease, graph.Batch{Number: 4, Add: []graph.Statement{bad}}); err == nil {
		t.Error("a body that is no JSON was written")
	}
	_, err := s.Commit(ctx, lease, graph.Counts{})
	must(t, err)
	if now := everything(t, s, 2); now != before {
		t.Errorf("batches that failed left something:\n%s\nit was:\n%s", now, before)
	}
}

func aboveHead(t *testing.T, s graph.Store) {
	ctx := context.Background()
	loadAll(t, s, graph.Batch{})
	for _, at := range []graph.LoadNumber{2, 99, -1} {
		_, err := s.Statements(ctx, graph.StatementQuery{Load: at, Kind: graph.StatementActor})
		want(t, err, graph.ErrInvalid)
		_, err = s.Engagements(ctx, graph.EngagementQuery{Load: at})
		want(t, err, graph.ErrInvalid)
		_, _, err = graph.Digest(ctx, s, at)
		want(t, err, graph.ErrInvalid)
	}
	for _, q := range []graph.EngagementQuery{
		{First: -1},
		{First: 1, Last: 1},
		{B: []graph.Constituent{{Actor: "A", Valid: graph.Always}}},
		{Topics: []graph.Topic{"CHEESE"}},
		{Kinds: []graph.EngagementKind{"PARTY"}},
		{Levels: []graph.MeetingLevel{"HIGH"}},
		{Alignment: graph.Opposed},
		{Overlap: "SOME"},
		{Certainty: "MAYBE"},
	} {
		_, err := s.Engagements(ctx, q)
		want(t, err, graph.ErrInvalid)
	}
}

func unshared(t *testing.T, s graph.Store) {
	ctx := context.Background()
	st := actorStatement(t, "AAA", "mine")
	loadAll(t, s, graph.Batch{Add: []graph.Statement{st}})
	q := graph.StatementQuery{Load: 1, Kind: graph.StatementActor, Keys: []string{"AAA"}}
	for range 2 {
		found, err := s.Statements(ctx, q)
		must(t, err)
		if len(found) != 1 || string(found[0].Body) != string(st.Body) || found[0].Hash != st.Hash || found[0].Locator != st.Locator || found[0].Slice != st.Slice {
			t.Fatalf("what was recorded comes back as %+v", found)
		}
		for i := range found[0].Body {
			found[0].Body[i] = 'x'
		}
	}
	if found, err := s.Statements(ctx, graph.StatementQuery{Load: 1, Kind: graph.StatementActor, Keys: []string{}}); err != nil || len(found) != 0 {
		t.Errorf("an empty list of keys finds %v (%v)", recorded(found), err)
	}
}

func cancelled(t *testing.T, s graph.Store) {
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", "")}})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := s.Statements(ctx, graph.StatementQuery{Load: 1, Kind: graph.StatementActor})
	want(t, err, context.Canceled)
	_, err = s.Engagements(ctx, graph.EngagementQuery{Load: 1})
	want(t, err, context.Canceled)
	_, err = s.Open(ctx, graph.LoadInfo{Source: "test"})
	want(t, err, context.Canceled)
	for range s.Manifest(context.Background(), graph.ManifestQuery{Load: 1}) {
		break // breaking off is allowed
	}
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "BBB", "")}})
}
