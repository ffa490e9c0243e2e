package difftest

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/testneeds"
)

// A wrong is a store that answers one question wrongly.
type wrong struct {
	graph.Reader
	name        string
	often       bool // it is looked for in the everyday loop too
	engagements func(*graph.EngagementPage)
	search      func(*graph.SearchPage)
	tenures     func(*graph.TenureQuery)
	assertions  func(graph.AssertionPage) (graph.AssertionPage, error)
	loads       func(*graph.LoadQuery)
	ties        func([]graph.TieRecord) []graph.TieRecord
	gatherings  func(*graph.GatheringPage)
}

func (w wrong) Gatherings(ctx context.Context, q graph.GatheringQuery) (graph.GatheringPage, error) {
	page, err := w.Reader.Gatherings(ctx, q)
	if w.gatherings != nil {
		w.gatherings(&page)
	}
	return page, err
}

func (w wrong) Engagements(ctx context.Context, q graph.EngagementQuery) (graph.EngagementPage, error) {
	page, err := w.Reader.Engagements(ctx, q)
	if w.engagements != nil {
		w.engagements(&page)
	}
	return page, err
}

func (w wrong) Search(ctx context.Context, q graph.SearchQuery) (graph.SearchPage, error) {
	page, err := w.Reader.Search(ctx, q)
	if w.search != nil {
		w.search(&page)
	}
	return page, err
}

func (w wrong) Tenures(ctx context.Context, q graph.TenureQuery) (graph.TenurePage, error) {
	if w.tenures != nil {
		w.tenures(&q)
	}
	return w.Reader.Tenures(ctx, q)
}

func (w wrong) Assertions(ctx context.Context, q graph.AssertionQuery) (graph.AssertionPage, error) {
	found, err := w.Reader.Assertions(ctx, q)
	if w.assertions != nil && err == nil {
		return w.assertions(found)
	}
	return found, err
}

func (w wrong) Loads(ctx context.Context, q graph.LoadQuery) ([]graph.Load, error) {
	if w.loads != nil {
		w.loads(&q)
	}
	return w.Reader.Loads(ctx, q)
}

func (w wrong) TieRecords(ctx context.Context, q graph.TieQuery) ([]graph.TieRecord, error) {
	found, err := w.Reader.TieRecords(ctx, q)
	if w.ties != nil {
		found = w.ties(found)
	}
	return found, err
}

// TestAWrongStoreIsFound: a store with a mistake of the kinds that stores make is told apart within some hundreds of
// documents, by a document that holds little but what the mistake needs.
func TestAWrongStoreIsFound(t *testing.T) {
	right := generated(t, openSQLite)
	s, err := contract()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []wrong{
		{name: "the last of a page is lost", often: true, engagements: func(p *graph.EngagementPage) {
			if n := len(p.Items); n > 2 {
				p.Items, p.Position = p.Items[:n-1], p.Position[:n-1]
			}
		}},
		{name: "two change places", often: true, engagements: func(p *graph.EngagementPage) {
			if len(p.Items) > 1 && p.Position[0] != p.Position[1] {
				p.Items[0], p.Items[1] = p.Items[1], p.Items[0]
				p.Position[0], p.Position[1] = p.Position[1], p.Position[0]
			}
		}},
		{name: "there is always more", engagements: func(p *graph.EngagementPage) { p.More = true }},
		{name: "counted by one too few", often: true, engagements: func(p *graph.EngagementPage) {
			if p.Total != nil && *p.Total > 0 {
				*p.Total--
			}
		}},
		{name: "the best hit comes last", search: func(p *graph.SearchPage) {
			if n := len(p.Hits); n > 1 {
				p.Hits = append(p.Hits[1:], p.Hits[0])
			}
		}},
		{name: "what was known is not looked at", often: true, loads: func(q *graph.LoadQuery) { q.KnownAt, q.Before = nil, 0 }},
		{name: "any office will do", tenures: func(q *graph.TenureQuery) { q.Offices = nil }},
		{name: "assertions are not there", assertions: func(graph.AssertionPage) (graph.AssertionPage, error) { return graph.AssertionPage{}, nil }},
		{name: "a question fails", assertions: func(p graph.AssertionPage) (graph.AssertionPage, error) { return p, errors.New("a disk is broken") }},
		{name: "who was there last is lost", often: true, gatherings: func(p *graph.GatheringPage) {
			p.Items = p.Items[:max(0, len(p.Items)-1)]
		}},
		{name: "a tie's newest record is lost", ties: func(r []graph.TieRecord) []graph.TieRecord {
			return r[:max(0, len(r)-1)]
		}},
	} {
		if !w.often && !testneeds.All() {
			continue
		}
		t.Run(w.name, func(t *testing.T) {
			w.Reader = right
			c := newComparison(t, newGenerator(s), Graph{"generated", right, w}, slog.New(slog.NewTextHandler(io.Discard, nil)))
			c.enough = 1
			found := c.differences(1_600)
			if len(found) == 0 {
				t.Fatal("nothing was found")
			}
			text, variables := found[0].doc.text()
			t.Logf("document %d: %s", found[0].number, found[0])
			if found[0].what != "the answers differ" {
				t.Errorf("found is %q", found[0].what)
			}
			if found[0].doc.size() > 7 || len(variables) > 0 || strings.Contains(text, "fragment") {
				t.Errorf("the smallest document is not small:\n%s", text)
			}
			if _, err := gqlparser.LoadQueryWithRules(s, text, rules.NewDefaultRules()); err != nil {
				t.Errorf("the smallest document is not valid: %v\n%s", err, text)
			}
		})
	}
}
