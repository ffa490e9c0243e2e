package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// heldStatement is a statement that the store holds at some load, with the newest title it has, or at none but in a
// quarantine.
type heldStatement struct {
	id          graph.StatementID
	title       string
	first, last graph.LoadNumber // at which it is to be seen
	open        bool             // it still is
	quarantines []graph.LoadNumber
}

// stated tells whether it was ever understood.
func (h heldStatement) stated() bool { return h.first > 0 }

func (h heldStatement) span() string {
	switch {
	case !h.stated():
		return "none"
	case h.open:
		return fmt.Sprintf("since %d", h.first)
	case h.first == h.last:
		return fmt.Sprint(h.first)
	default:
		return fmt.Sprintf("%d to %d", h.first, h.last)
	}
}

// what says what it is; of what was never understood, that it is not.
func (h heldStatement) what() string {
	if h.stated() {
		return h.title
	}
	numbers := make([]string, len(h.quarantines))
	for i, n := range h.quarantines {
		numbers[i] = fmt.Sprint(n)
	}
	return "not understood; in quarantine of load " + strings.Join(numbers, ", ")
}

// everHeld finds the statements with the keys at any load, and in quarantines, by source, kind and key.
func everHeld(ctx context.Context, r graph.Reader, keys []string) ([]heldStatement, error) {
	l, err := readLineage(ctx, r)
	if err != nil {
		return nil, err
	}
	found := map[graph.StatementID]*heldStatement{}
	for i := len(l.loads) - 1; i >= 0; i-- {
		at := l.loads[i].Number
		for _, kind := range graph.StatementKinds {
			if kind == graph.StatementLink || kind == graph.StatementIdentity {
				continue // the program's own; they go with what they link
			}
			rows, err := r.Statements(ctx, graph.StatementQuery{Load: at, Kind: kind, Keys: keys})
			if err != nil {
				return nil, fmt.Errorf("what is to be erased: %w", err)
			}
			for _, row := range rows {
				h := found[row.StatementID]
				if h == nil {
					h = &heldStatement{id: row.StatementID, title: titleIn(row.Body), last: at, open: i == len(l.loads)-1}
					found[row.StatementID] = h
				}
				h.first = at
			}
		}
	}
	entries, err := ingest.InQuarantine(ctx, r, keys)
	if err != nil {
		return nil, fmt.Errorf("what is to be erased: %w", err)
	}
	for _, e := range entries {
		if found[e.Of] == nil {
			found[e.Of] = &heldStatement{id: e.Of}
		}
		if h := found[e.Of]; !slices.Contains(h.quarantines, e.Load) {
			h.quarantines = append(h.quarantines, e.Load)
		}
	}
	all := make([]heldStatement, 0, len(found))
	for _, h := range found {
		all = append(all, *h)
	}
	slices.SortFunc(all, func(a, b heldStatement) int { return a.id.Compare(b.id) })
	return all, nil
}

// titleIn gives a person's name for what a body is about, or nothing.
func titleIn(body []byte) string {
	var b struct {
		Title  string                  `json:"title"`
		Titles []struct{ Text string } `json:"titles"`
		Names  []struct{ Text string } `json:"names"`
		Office string                  `json:"office"`
		Text   string                  `json:"text"`
	}
	if json.Unmarshal(body, &b) != nil {
		return "" // a title is a help, never a reason to fail
	}
	switch {
	case len(b.Titles) > 0:
		return b.Titles[0].Text
	case len(b.Names) > 0:
		return b.Names[0].Text
	case b.Title != "":
		return b.Title
	case b.Office != "":
		return b.Office
	default:
		return b.Text
	}
}

// A mention is how many statements of one sort name a key.
type mention struct {
	Key   string `json:"key"`
	What  string `json:"what"`
	Count int    `json:"count"`
	more  string
}

func (m mention) text() string {
	return fmt.Sprintf("%s: %s%s", m.Key, counted(m.Count, strings.TrimSuffix(m.What, "s"), m.What), m.more)
}

// mentionsOf counts, at the head, the statements that name the keys and that are not theirs.
func mentionsOf(ctx context.Context, r graph.Reader, keys []string) (all []mention, err error) {
	v, err := graph.At(ctx, r, graph.SnapshotQuery{})
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		for _, ask := range []struct {
			what, more string
			count      func(context.Context, *graph.View, string) (int, error)
		}{
			{"engagements", " that it takes part in", engagementsOf},
			{"tenures", " that it holds or held", tenuresBy},
			{"offices", " of it that are held", tenuresAt},
			{"memberships", " that it has or had", membershipsBy},
			{"memberships", " in it", membershipsIn},
			{"representations", " of it or at it", representationsOf},
			{"components", " that are part of it", partsOf},
			{"assertions", " about it", assertionsAbout},
		} {
			n, err := ask.count(ctx, v, key)
			if err != nil {
				return nil, fmt.Errorf("what names %s: %w", key, err)
			}
			if n > 0 {
				all = append(all, mention{key, ask.what, n, ask.more})
			}
		}
	}
	return all, nil
}

func engagementsOf(ctx context.Context, v *graph.View, key string) (int, error) {
	page, err := v.Reader().Engagements(ctx, graph.EngagementQuery{
		Load: v.Load, A: []graph.Constituent{{Actor: graph.ActorKey(key), Valid: graph.Always, Involvement: graph.Direct}},
		Overlap: graph.OverlapAny, Certainty: graph.Possible, First: 1, Count: true,
	})
	if err != nil || page.Total == nil {
		return 0, err
	}
	return *page.Total, nil
}

func tenuresBy(ctx context.Context, v *graph.View, key string) (int, error) {
	return countTenures(ctx, v, graph.TenureQuery{Load: v.Load, Persons: []graph.ActorKey{graph.ActorKey(key)}, First: 500})
}

func tenuresAt(ctx context.Context, v *graph.View, key string) (int, error) {
	return countTenures(ctx, v, graph.TenureQuery{Load: v.Load, Of: []graph.Constituent{{Actor: graph.ActorKey(key), Valid: graph.Always}}, First: 500})
}

func countTenures(ctx context.Context, v *graph.View, q graph.TenureQuery) (n int, err error) {
	for {
		page, err := v.Reader().Tenures(ctx, q)
		if err != nil {
			return 0, err
		}
		if n += len(page.Items); !page.More || len(page.Items) == 0 {
			return n, nil
		}
		q.After = &page.Position[len(page.Position)-1]
	}
}

func membershipsBy(ctx context.Context, v *graph.View, key string) (int, error) {
	return countMemberships(ctx, v, graph.MembershipQuery{Members: []graph.ActorKey{graph.ActorKey(key)}})
}

func membershipsIn(ctx context.Context, v *graph.View, key string) (int, error) {
	return countMemberships(ctx, v, graph.MembershipQuery{Organizations: []graph.ActorKey{graph.ActorKey(key)}})
}

func countMemberships(ctx context.Context, v *graph.View, q graph.MembershipQuery) (int, error) {
	q.Load, q.First, q.Count = v.Load, 1, true
	page, err := v.Reader().Memberships(ctx, q)
	if err != nil || page.Total == nil {
		return 0, err
	}
	return *page.Total, nil
}

func representationsOf(ctx context.Context, v *graph.View, key string) (n int, err error) {
	one := []graph.ActorKey{graph.ActorKey(key)}
	for _, q := range []graph.RepresentationQuery{{Senders: one}, {Receivers: one}} {
		q.Load, q.First, q.Count = v.Load, 1, true
		page, err := v.Reader().Representations(ctx, q)
		if err != nil {
			return 0, err
		}
		if page.Total != nil {
			n += *page.Total
		}
	}
	return n, nil
}

func partsOf(ctx context.Context, v *graph.View, key string) (n int, err error) {
	edges, err := v.Reader().Components(ctx, graph.ComponentQuery{Load: v.Load, Of: []graph.ActorKey{graph.ActorKey(key)}})
	for _, e := range edges {
		if string(e.Whole) == key {
			n++
		}
	}
	return n, err
}

func assertionsAbout(ctx context.Context, v *graph.View, key string) (int, error) {
	found, err := v.Reader().Assertions(ctx, graph.AssertionQuery{Load: v.Load, About: []graph.EngagementKey{graph.EngagementKey(key)}})
	return len(found.Items), err
}
