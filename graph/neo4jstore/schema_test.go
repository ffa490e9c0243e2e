package neo4jstore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/neo4jtest"
)

// index is a label or a type, and a property of it.
type index struct{ of, property string }

// indexes lists what the database has, of constraints too.
func indexes(ctx context.Context, t testing.TB, s *Store) map[index]bool {
	t.Helper()
	all := map[index]bool{}
	for _, r := range send(ctx, t, s, "SHOW INDEXES YIELD labelsOrTypes, properties WHERE properties IS NOT NULL RETURN labelsOrTypes, properties") {
		labels, _ := r.Values[0].([]any)
		properties, _ := r.Values[1].([]any)
		for _, l := range labels {
			for _, p := range properties {
				all[index{str(l), str(p)}] = true
			}
		}
	}
	return all
}

var (
	setClause  = regexp.MustCompile(`(?s)\b(ON CREATE |ON MATCH )?SET\s+(.*?)(\n(MATCH|OPTIONAL|WITH|RETURN|CREATE|MERGE|DELETE|UNWIND|SET|CALL|FOREACH|\})|\)\n|\)$|$)`)
	assigned   = regexp.MustCompile(`\b(\w+)\.(\w+)\s*=[^~=]`)
	replaced   = regexp.MustCompile(`^\s*(\w+)\s*(\+?=)\s*(\S+)`)
	madeHere   = regexp.MustCompile(`CREATE\s+(?:\(\w*\)-\[(\w+)|\((\w+))`)
	labelOf    = regexp.MustCompile(`[(\[](\w+):([\w|]+)`)
	aboutOne   = regexp.MustCompile(`-\[:ABOUT\]->\((\w+)\)`)
	rowOfAny   = regexp.MustCompile(`\[r:([\w|]+)\]`)
	closedEnd  = regexp.MustCompile(`-\[\w+:CLOSED\]->\((\w+)\)`)
	startOfRow = regexp.MustCompile(`startNode\(r\) AS (\w+)`)
)

// changed lists what texts change of what was there before: labels or types with properties. It knows what a variable is by
// how the text found it, and fails where it cannot tell.
func changed(t *testing.T) map[index]string {
	t.Helper()
	all := map[index]string{}
	for name, text := range texts() {
		of := map[string][]string{}
		for _, m := range labelOf.FindAllStringSubmatch(text, -1) {
			of[m[1]] = append(of[m[1]], strings.Split(m[2], "|")...)
		}
		for _, m := range aboutOne.FindAllStringSubmatch(text, -1) {
			of[m[1]] = append(of[m[1]], "Actor", "Engagement")
		}
		for _, m := range closedEnd.FindAllStringSubmatch(text, -1) {
			of[m[1]] = append(of[m[1]], "Statement")
		}
		for _, m := range startOfRow.FindAllStringSubmatch(text, -1) {
			of[m[1]] = append(of[m[1]], "Actor", "Engagement", "Statement")
		}
		for _, m := range rowOfAny.FindAllStringSubmatch(text, -1) {
			of["r"] = append(of["r"], strings.Split(m[1], "|")...)
		}
		made := map[string]bool{}
		for _, m := range madeHere.FindAllStringSubmatch(text, -1) {
			made[m[1]+m[2]] = true
		}
		note := func(variable, property string) {
			switch {
			case made[variable]: // it is being made
			case of[variable] == nil:
				t.Errorf("%s: what is %s, of which %s is set?", name, variable, property)
			}
			for _, label := range of[variable] {
				if !made[variable] {
					all[index{label, property}] = name
				}
			}
		}
		for _, m := range setClause.FindAllStringSubmatch(text, -1) {
			if m[1] == "ON CREATE " {
				continue
			}
			for _, a := range assigned.FindAllStringSubmatch(m[2]+" ", -1) {
				note(a[1], a[2])
			}
			for part := range strings.SplitSeq(m[2], ",") {
				if whole := replaced.FindStringSubmatch(part); whole != nil && !made[whole[1]] {
					note(whole[1], whole[3])
				}
			}
		}
	}
	return all
}

// wholly lists where a text sets many properties at once, and which those are.
var wholly = map[index]struct {
	properties []string
	why        string
}{
	{"Load", "$counts"}: {sortedKeys(countProps(graph.Counts{})), "what a load counts when it is committed"},
	{"Erasure", "e"}:    {nil, "an erasure is made once"},
	{"Statement", "v.props"}: {nil, "an index that was right before is what the statement is made of, and stays so: only what is derived otherwise by a newer " +
		"program is another"},
}

// TestNoIndexChanges refuses an index on anything that changes after it was written: the database is read while it is
// written, and a question that goes through such an index would miss what moves.
func TestNoIndexChanges(t *testing.T) {
	ctx := context.Background()
	s, _ := theWorld().store(t)
	there := indexes(ctx, t, s)
	for _, want := range []index{{"Statement", "id"}, {"Statement", "name"}, {"PARTICIPATES_IN", "at"}, {"BETWEEN", "at"}, {"CLOSED", "at"}} {
		if !there[want] {
			t.Errorf("there is no index on %s of %s: are they listed?", want.property, want.of)
		}
	}
	changes := changed(t)
	for _, known := range []index{
		{"Statement", "recordedTo"},
		{"Statement", "current"},
		{"PARTICIPATES_IN", "recordedTo"},
		{"PARTICIPATES_IN", "current"},
		{"NAMED", "recordedTo"},
		{"BEARS_ON", "recordedTo"},
		{"Load", "expires"},
		{"Load", "state"},
		{"Load", "token"},
		{"Load", "promoted"},
		{"Head", "load"},
		{"Actor", "wide"},
		{"Engagement", "name"},
		{"Actor", "name"},
	} {
		if changes[known] == "" {
			t.Errorf("%s of %s changes, and is not found to", known.property, known.of)
		}
	}
	for change, w := range wholly {
		if changes[change] == "" {
			t.Errorf("nothing sets %s of %s (%s)", change.property, change.of, w.why)
		}
		delete(changes, change)
		for _, p := range w.properties {
			changes[index{change.of, p}] = "a text that sets many"
		}
	}
	for change, name := range changes {
		if there[change] {
			t.Errorf("%s sets %s of %s, on which there is an index", name, change.property, change.of)
		}
		if strings.ContainsAny(change.property, "$.") {
			t.Errorf("%s sets %s of %s: which properties are they?", name, change.property, change.of)
		}
	}
	for _, labels := range []map[graph.ActorKind]string{actorLabels} {
		for label := range maps.Values(labels) { // given to what is there
			for i := range there {
				if i.of == label {
					t.Errorf("there is an index on %s, a label that is given later", label)
				}
			}
		}
	}
	for label := range maps.Values(engagementLabels) {
		for i := range there {
			if i.of == label {
				t.Errorf("there is an index on %s, a label that is given later", label)
			}
		}
	}
}

// TestMigrations makes the store in a new database, opens it again, brings an older one up to date and refuses a newer one.
func TestMigrations(t *testing.T) {
	ctx := context.Background()
	server := neo4jtest.Second(t)
	if err := server.Clear(ctx); err != nil {
		t.Fatal(err)
	}
	all, err := migrations()
	if err != nil || len(all) == 0 {
		t.Fatalf("%d migrations (%v)", len(all), err)
	}
	for i, m := range all {
		if m.number != int64(i+1) || len(m.statements) == 0 && m.number > derived {
			t.Errorf("migration %d is %s, of %d statements", i+1, m.name, len(m.statements))
		}
	}
	reading := optionsOf(server)
	reading.ReadOnly = true
	if _, err := Open(ctx, reading); !errors.Is(err, graph.ErrNotFound) || !strings.Contains(err.Error(), "holds no store") {
		t.Errorf("a database without a store, opened for reading: %v", err)
	}
	if n := len(bare(ctx, t, server, "MATCH (n) RETURN n")) + len(bare(ctx, t, server, "SHOW CONSTRAINTS")); n > 0 {
		t.Errorf("opening for reading made %d nodes and constraints", n)
	}

	s := opening(ctx, t, optionsOf(server))
	id := storeID(ctx, t, s)
	first := indexes(ctx, t, s)
	records := send(ctx, t, s, "MATCH (m:Migration) RETURN m.number, m.name, m.made ORDER BY m.number")
	if len(records) != len(all) {
		t.Fatalf("%d migrations are recorded of %d", len(records), len(all))
	}
	for i, r := range records {
		if r.Values[0] != all[i].number || r.Values[1] != all[i].name || number(r.Values[2]) == 0 {
			t.Errorf("migration %d is recorded as %v", i+1, r.Values)
		}
	}

	for _, m := range all { // again, as two programs that start at once do
		if err := s.migrate(ctx, m); err != nil {
			t.Errorf("migration %s, again: %v", m.name, err)
		}
	}
	if got := send(ctx, t, s, "MATCH (m:Migration) RETURN m.number, m.name, m.made ORDER BY m.number"); len(got) != len(all) || !slices.Equal(got[0].Values, records[0].Values) {
		t.Errorf("made again, migrations are recorded as %v", got)
	}
	if got := storeID(ctx, t, s); got != id {
		t.Errorf("the store is %s, and was %s", got, id)
	}
	if got := indexes(ctx, t, s); !maps.Equal(got, first) {
		t.Errorf("indexes are %v, and were %v", got, first)
	}

	// Of an older program: the migration for which everything is derived, and those after it, are not made.
	st, err := graph.NewStatement("a", "a", &graph.Meeting{EngagementBase: graph.EngagementBase{
		Key: "a:1", Kind: graph.KindMeeting, Titles: []graph.Name{{Text: "Talks", Lang: "en"}}, Period: graph.On(graph.MustDate("2020")),
	}, Level: graph.LevelSummit}, "")
	if err != nil {
		t.Fatal(err)
	}
	lease, err := s.Open(ctx, graph.LoadInfo{Source: "a"})
	if err == nil {
		err = s.Write(ctx, lease, graph.Batch{Add: []graph.Statement{st}})
	}
	if err != nil {
		t.Fatal(err)
	}
	send(ctx, t, s, fmt.Sprintf("MATCH (m:Migration) WHERE m.number >= %d DELETE m", derived))
	send(ctx, t, s, "MATCH (s:Statement) REMOVE s.tags, s.titleKey, s.partRoles")
	if _, err := Open(ctx, reading); !errors.Is(err, graph.ErrUnavailable) || !strings.Contains(err.Error(), "open it once for writing") {
		t.Errorf("an older store, opened for reading: %v", err)
	}
	if _, err := Open(ctx, optionsOf(server)); !errors.Is(err, graph.ErrConflict) || !strings.Contains(err.Error(), "by the program that began it") {
		t.Errorf("an older store, in which a load is open: %v", err)
	}
	if _, err := s.Commit(ctx, lease, graph.Counts{Added: 1}); err != nil {
		t.Fatal(err)
	}
	older := opening(ctx, t, optionsOf(server))
	page, err := older.Engagements(ctx, graph.EngagementQuery{Load: lease.Load, Order: graph.Order{By: graph.ByTitle}, Where: graph.Filter{{{Kind: graph.HasTags, Tags: []string{"level:SUMMIT"}}}}})
	if err != nil || len(page.Items) != 1 || page.Position[0].Title != graph.TitleKey("talks") {
		t.Errorf("brought up to date, it answers %v at %v (%v)", page.Items, page.Position, err)
	}
	if got := indexes(ctx, t, older); !maps.Equal(got, first) {
		t.Errorf("brought up to date, indexes are %v, and were %v", got, first)
	}
	if got := storeID(ctx, t, older); got != id {
		t.Errorf("brought up to date, the store is %s, and was %s", got, id)
	}

	send(ctx, t, s, "CREATE (:Migration {number: 1000})")
	for _, o := range []Options{optionsOf(server), reading} {
		if _, err := Open(ctx, o); !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "migration 1000") || !strings.Contains(err.Error(), "newer program") {
			t.Errorf("a store of a newer program: %v", err)
		}
	}
	send(ctx, t, s, "MATCH (m:Migration {number: 1000}) DELETE m")
	if _, err := opening(ctx, t, reading).Head(ctx); err != nil {
		t.Errorf("a store that is up to date, opened for reading: %v", err)
	}
}

// opening opens a store that is closed when the test ends.
func opening(ctx context.Context, t testing.TB, o Options) *Store {
	t.Helper()
	s, err := Open(ctx, o)
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

func storeID(ctx context.Context, t testing.TB, s *Store) string {
	t.Helper()
	h, err := s.Head(ctx)
	if err != nil || h.StoreID == "" {
		t.Fatalf("the store has the id %q (%v)", h.StoreID, err)
	}
	return h.StoreID
}

// bare runs a text on a server without a store.
func bare(ctx context.Context, t testing.TB, server *neo4jtest.Server, text string) []*neo4j.Record {
	t.Helper()
	result, err := neo4j.ExecuteQuery(ctx, server.Driver(t), text, nil, neo4j.EagerResultTransformer)
	if err != nil {
		t.Fatal(err)
	}
	return result.Records
}
