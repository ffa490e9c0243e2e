package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// walked checks that whoever walks through the pages of a list while loads become visible gets what the list had when the
// walk began: nothing twice, nothing missing, in every order, from either end, filtered or not. After each page a load moves
// and retracts what comes next and what was had, and adds more before and behind it.
func walked(t *testing.T, s graph.Store) {
	ctx := context.Background()
	const many = 24
	key := func(i int) string { return fmt.Sprintf("m:%02d", i) }
	at := func(i int) string { return fmt.Sprintf("2000-%02d-%02d", 1+i%12, 1+i%28) }
	var all []graph.Statement
	for i := range many {
		all = append(all, meetingStatement(t, key(i), at(i), "AAA", "BBB"))
	}
	head := loadAll(t, s, graph.Batch{Add: all}).Number
	one, two := []graph.Constituent{{Actor: "AAA", Valid: graph.Always}}, []graph.Constituent{{Actor: "BBB", Valid: graph.Always}}
	level := graph.Filter{{{Kind: graph.HasTags, Tags: []string{graph.Tag(graph.TagLevel, string(graph.LevelOfficials))}}}}
	var lists []graph.EngagementQuery
	for _, by := range []graph.OrderBy{graph.ByStart, graph.ByEnd, graph.ByTitle, graph.ByRecorded} {
		for _, descending := range []bool{false, true} {
			o := graph.Order{By: by, Descending: descending}
			lists = append(lists, graph.EngagementQuery{Order: o, A: one, First: 5}, graph.EngagementQuery{Order: o, A: one, B: two, Where: level, Last: 5})
		}
	}
	lists = append(lists, graph.EngagementQuery{Where: level, First: 5})
	for n, q := range lists {
		q.Load = head
		whole := q
		whole.First, whole.Last = 0, 0
		want, err := s.Engagements(ctx, whole)
		must(t, err)
		if len(want.Items) < many/2 {
			t.Fatalf("list %d has %d to walk through", n, len(want.Items))
		}
		var got []string
		for step := 0; ; step++ {
			page, err := s.Engagements(ctx, q)
			must(t, err)
			found := recorded(page.Items)
			if q.Last > 0 {
				got = append(found, got...)
			} else {
				got = append(got, found...)
			}
			if !page.More {
				break
			}
			if q.Last > 0 {
				q.Before = &page.Position[0]
			} else {
				q.After = &page.Position[len(page.Position)-1]
			}
			if n < 4 || n%4 == 0 && step == 0 { // loads cost more than pages
				head = shuffled(t, s, head, many, n*10+step)
			}
		}
		if w := recorded(want.Items); !slices.Equal(got, w) {
			t.Errorf("list %d, %+v:\n got %v\nwant %v", n, q.Order, got, w)
		}
	}
}

// shuffled loads another state of the meetings: some go, some come back, all others move and are called otherwise.
func shuffled(t *testing.T, s graph.Store, head graph.LoadNumber, many, turn int) graph.LoadNumber {
	t.Helper()
	open, err := s.Statements(context.Background(), graph.StatementQuery{Load: head, Kind: graph.StatementEngagement})
	must(t, err)
	var b graph.Batch
	for _, r := range open {
		b.Close = append(b.Close, r.StatementID)
	}
	for i := range many + 6 {
		if (i+turn)%5 > 0 {
			b.Add = append(b.Add, meetingStatement(t, fmt.Sprintf("m:%02d", i), fmt.Sprintf("2000-%02d-%02d", 1+(i*7+turn)%12, 1+(i*5+turn)%28), "AAA", "BBB"))
		}
	}
	return loadAll(t, s, b).Number
}
