//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/entente-graph/entente/internal/neo4jtest"
)

// ways are the ways in which each question is asked, in order.
var everyWay = []string{"loop", "store", "decoded", "question", "request"}

// few measures graphs of a thousand participations hardly at all.
func few(t *testing.T) options {
	t.Helper()
	return options{rounds: 1, batch: time.Millisecond, patience: time.Second, dir: t.TempDir()}
}

// checkResult makes sure that everything was measured; that all ways fetch the same the program itself makes sure.
func checkResult(t *testing.T, r *result) {
	t.Helper()
	const asked = 1000
	if r.Participations < asked || r.Engagements*2 > r.Participations || r.HubShare < 0.1 || r.Loading <= 0 {
		t.Errorf("%s: the graph is %+v", r.Store, r)
	}
	var names []string
	for _, q := range r.Questions {
		names = append(names, q.Name)
		var ways []string
		for _, w := range q.Ways {
			ways = append(ways, w.Way)
			if w.Micros <= 0 || w.Low > w.Micros || w.High < w.Micros || w.Allocs <= 0 || w.Alloced <= 0 || w.Asked == 0 || w.Rows+w.Bytes == 0 {
				t.Errorf("%s, %s, %s: the figures are %+v", r.Store, q.Name, w.Way, w)
			}
			if (w.To == "") != (w.Times == 0) {
				t.Errorf("%s, %s, %s is compared with %q, and is %v times as long", r.Store, q.Name, w.Way, w.To, w.Times)
			}
		}
		if !slices.Equal(ways, everyWay) {
			t.Errorf("%s, %s is asked in the ways %v", r.Store, q.Name, ways)
		}
	}
	for _, word := range []string{"one engagement", "dyad", "page 1 ", "two hops", "search"} {
		if !slices.ContainsFunc(names, func(n string) bool { return strings.Contains(n, word) }) {
			t.Errorf("%s: no question is called %q: %q", r.Store, word, names)
		}
	}
}

// printed measures a graph, and prints it as a table and as JSON.
func printed(t *testing.T, o options) (results []*result) {
	t.Helper()
	var object, table bytes.Buffer
	if err := graphOf(t.Context(), o, 1000, &printer{to: &object, how: "json", before: map[string]*result{}}, io.Discard); err != nil {
		t.Fatal(err)
	}
	for d := json.NewDecoder(&object); d.More(); {
		r := new(result)
		if err := d.Decode(r); err != nil {
			t.Fatal(err)
		}
		checkResult(t, r)
		if err := errors.Join(r.table(&table, r), r.markdown(&table, r)); err != nil {
			t.Fatal(err)
		}
		results = append(results, r)
	}
	if text := table.String(); !strings.Contains(text, "×1 participations") || !strings.Contains(text, "page 1 of the biggest") || !strings.Contains(text, "| page 1 of the biggest (25) |") {
		t.Errorf("the table is\n%s", text)
	}
	return results
}

func TestFile(t *testing.T) {
	t.Parallel()
	if results := printed(t, few(t)); len(results) != 1 || results[0].FileBytes == 0 {
		t.Errorf("%d stores were measured: %+v", len(results), results)
	}
}

func TestServer(t *testing.T) {
	o := few(t)
	server := neo4jtest.Start(t)
	t.Setenv("ENTENTE_NEO4J_USER", server.User)
	t.Setenv("ENTENTE_NEO4J_PASSWORD", server.Password)
	o.neo4j, o.neo4jMost = server.URI, 1000
	if results := printed(t, o); len(results) != 2 || results[1].Store != "Neo4j" {
		t.Errorf("%d stores were measured: %+v", len(results), results)
	}
}

// What a hand does not fetch as the store does is an error, not a figure.
func TestDifference(t *testing.T) {
	t.Parallel()
	w, err := look(1000)
	if err != nil {
		t.Fatal(err)
	}
	s, err := inFile(t.Context(), w, t.TempDir()+"/entente.db")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.close(); err != nil {
			t.Error(err)
		}
	}()
	all, err := questions(t.Context(), w, s)
	if err != nil {
		t.Fatal(err)
	}
	q := all[0]
	q.at.stored.hand = clumsy{s.hand}
	if _, err := waysOf(t.Context(), q); err == nil || !strings.Contains(err.Error(), "by hand 2 rows are fetched, and of the store 1") {
		t.Errorf("what is fetched twice by hand is measured: %v", err)
	}
	q.at.stored.hand = s.hand.(clumsy).hand
	q.want++
	if _, err := waysOf(t.Context(), q); err == nil || !strings.Contains(err.Error(), "the question finds 2") {
		t.Errorf("an answer that has less is measured: %v", err)
	}
}

// clumsy fetches everything twice.
type clumsy struct{ hand }

func (c clumsy) fetch(ctx context.Context, q any, into *fetched) error {
	return errors.Join(c.hand.fetch(ctx, q, into), c.hand.fetch(ctx, q, into))
}

// A call that would measure nothing says so.
func TestNothingToMeasure(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ args, want string }{
		{"-max 1000", "there is no graph of 0 to 1000 participations"},
		{"-rounds 0", "measure at least once"},
		{"-size 10", "too few for all questions"},
	} {
		if err := run(t.Context(), strings.Fields(c.args), io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("askbench %s: %v", c.args, err)
		}
	}
}
