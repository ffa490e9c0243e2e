package sqlitestore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
)

// indexRows prints every index row, with actors by key instead of by number, in order.
func indexRows(t *testing.T, s *Store) (all []string) {
	t.Helper()
	for _, table := range indexTables() {
		text := "SELECT * FROM " + table
		switch table {
		case "actor": // those nobody names any more stay until the rows are rebuilt, and are never found
			text = "SELECT key, wide FROM actor WHERE id IN (SELECT actor FROM part)"
		case "part", "actor_part":
			text = fmt.Sprintf("SELECT actor.key AS actorKey, %[1]s.* FROM %[1]s JOIN actor ON actor.id = %[1]s.actor", table)
		case "dyad": // which of two is a depends on their numbers
			text = `SELECT x.key AS x, y.key AS y, start, dyad.key, statement, traits, alignment, recordedFrom, recordedTo, count(*),
				min(CASE WHEN x.key < y.key THEN aFrom ELSE bFrom END), max(CASE WHEN x.key < y.key THEN aTo ELSE bTo END),
				min(CASE WHEN x.key < y.key THEN bFrom ELSE aFrom END), max(CASE WHEN x.key < y.key THEN bTo ELSE aTo END)
				FROM dyad JOIN actor x ON x.id = min(a, b) JOIN actor y ON y.id = max(a, b)
				GROUP BY min(x.key, y.key), max(x.key, y.key), start, dyad.key, statement, alignment`
		}
		rows, err := s.reads.db.Query(text)
		if err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values, to := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				to[i] = &values[i]
			}
			if err := rows.Scan(to...); err != nil {
				t.Fatal(err)
			}
			line := []string{table}
			pair := table == "dyad" && fmt.Sprint(values[0]) > fmt.Sprint(values[1])
			if pair {
				values[0], values[1] = values[1], values[0]
			}
			for i, c := range columns {
				if strings.HasSuffix(table, "part") && c == "actor" {
					continue
				}
				line = append(line, fmt.Sprint(values[i]))
			}
			all = append(all, strings.Join(line, "|"))
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(all)
	return all
}

// TestIndexRowsAreTheSameRebuilt: what loads, discards and erasures leave in the index tables, row by row, is what the
// statements say.
func TestIndexRowsAreTheSameRebuilt(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string][]Option{
		"with their statements": nil, "put off": {PutOff(0, 1000)}, "in small steps": {PutOff(0, 1)}, "put off from the second batch on": {PutOff(1, 2)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sameRebuilt(t, newStore(t, opts...))
		})
	}
}

func sameRebuilt(t *testing.T, s *Store) {
	ctx := context.Background()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	crowd := []graph.ActorKey{"iso3:JPN"}
	for i := range 30 {
		crowd = append(crowd, graph.ActorKey(fmt.Sprintf("x:%02d", i)))
	}
	check := func(when string) {
		t.Helper()
		before := indexRows(t, s)
		must(s.RebuildIndex(ctx, nil))
		if diff := cmp.Diff(indexRows(t, s), before); diff != "" {
			t.Fatalf("%s the index rows are not what the statements say (-rebuilt +before):\n%s", when, diff)
		}
	}
	write := func(lease graph.Lease, n int, close bool, all ...graph.Statement) {
		t.Helper()
		b := graph.Batch{Number: n, Add: all}
		for _, st := range all {
			if close {
				b.Close = append(b.Close, st.StatementID)
			}
		}
		must(s.Write(ctx, lease, b))
	}
	first := []graph.Statement{
		meeting(t, "a:1", "2020", "iso3:JPN", "iso3:KOR"), meeting(t, "a:2", "2020", crowd...), meeting(t, "a:3", "2019", "iso3:KOR", "iso3:JPN", "iso3:USA"),
		actor(t, "iso3:JPN", "Japan"), actor(t, "x:01", "Crowd"),
	}
	lease, err := s.Open(ctx, graph.LoadInfo{Source: "a"})
	must(err)
	write(lease, 0, false, first...)
	_, err = s.Commit(ctx, lease, graph.Counts{})
	must(err)
	check("after a load")
	lease, err = s.Open(ctx, graph.LoadInfo{Source: "a"})
	must(err)
	write(lease, 0, true, meeting(t, "a:2", "2021", "iso3:JPN", "iso3:KOR"), meeting(t, "a:1", "2021", crowd...), actor(t, "iso3:JPN", "Nippon"))
	write(lease, 1, false, meeting(t, "a:4", "2021", append(crowd, "y:01")...))
	must(s.Discard(ctx, lease, nil))
	check("after a discard")
	lease, err = s.Open(ctx, graph.LoadInfo{Source: "a"})
	must(err)
	write(lease, 0, true, meeting(t, "a:2", "2021", "iso3:JPN", "iso3:KOR"), meeting(t, "a:1", "2021", crowd...), actor(t, "iso3:JPN", "Nippon"))
	_, err = s.Commit(ctx, lease, graph.Counts{})
	must(err)
	check("after a load that supersedes")
	_, err = s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{first[0].StatementID, first[3].StatementID}, Reason: "a test"})
	must(err)
	check("after an erasure")
	for _, table := range append(indexTables(), "statement") {
		if table == "actor" {
			continue
		}
		column := map[string]string{"statement": "id"}[table]
		if column == "" {
			column = "statement"
		}
		var left int
		must(s.reads.db.QueryRow("SELECT count(*) FROM " + table + " WHERE " + column + " NOT IN (SELECT id FROM statement)").Scan(&left))
		if left != 0 {
			t.Errorf("%d rows of %s are of no statement", left, table)
		}
	}
}

func actor(t testing.TB, key graph.ActorKey, name string) graph.Statement {
	t.Helper()
	st, err := graph.NewStatement("a", "a", &graph.ActorFacts{
		Key: key, Kind: graph.KindState, Names: []graph.Name{{Text: name, Lang: "en"}}, Identifiers: []graph.Identifier{{Scheme: "cow", Value: "740"}},
		PartOf: []graph.PartOf{{Actor: "world"}},
	}, "")
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// TestErasedLeavesNoBytes: what was erased is not to be read in the file, nor in the write-ahead log beside it.
func TestErasedLeavesNoBytes(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := newStore(t)
	const secret = "Ziggurat Quixote"
	for i := range 50 {
		load(t, s, actor(t, graph.ActorKey(fmt.Sprintf("x:%02d", i)), "somebody"))
	}
	load(t, s, actor(t, "x:secret", secret))
	if !inFiles(t, s, secret) {
		t.Fatal("the name is not in the file before it is erased: the test looks in the wrong place")
	}
	_, err := s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{{Source: "a", Kind: graph.StatementActor, Key: "x:secret"}}, Reason: "a person asked"})
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{secret, "ziggurat", "quixote"} {
		if inFiles(t, s, word) {
			t.Errorf("%q can be read in the store's files after it was erased", word)
		}
	}
}

func inFiles(t *testing.T, s *Store, text string) bool {
	t.Helper()
	for _, name := range []string{s.path, s.path + "-wal"} {
		bytes, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		if strings.Contains(string(bytes), text) {
			return true
		}
	}
	return false
}
