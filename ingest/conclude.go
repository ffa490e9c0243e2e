package ingest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// linksSlice is where links stand. It is nobody's file: every load concludes it anew.
var linksSlice = graph.Slice{Source: graph.OwnSource, ID: "links"}

// concluded is what a load concludes from all that is open after it: links between accounts. They are a pure function
// of the open statements, so the order of loading cannot matter.
type concluded struct {
	spool  *spool // the links, as statements
	reader graph.Reader
	at     graph.LoadNumber
	counts Counts
}

// after is the state of the graph after a load: what the store holds at a number outside of some slices, and what these
// slices will hold.
type after struct {
	reader   graph.Reader
	at       graph.LoadNumber
	replaced []graph.Slice
	fresh    iter.Seq2[graph.Statement, error] // what the replaced slices will hold; of an amendment, what it adds; nil: nothing
	erased   map[graph.StatementID]bool        // what will be held at no number
}

// conclude is the last step of reading a load.
func (l *loading) conclude(ctx context.Context) (err error) {
	a := after{reader: l.Reader, at: l.head, replaced: l.slices, fresh: statementsOf(l.spool.sorted(ctx))}
	if l.Amend != nil { // it replaces nothing: what it says and what stands already are one
		a.replaced, a.fresh = nil, addedBy(l.difference(ctx))
	}
	l.links, err = a.conclude(ctx)
	l.report.Links = l.links.counted()
	return err
}

// addedBy gives the statements that a difference adds.
func addedBy(steps iter.Seq2[step, error]) iter.Seq2[graph.Statement, error] {
	return func(yield func(graph.Statement, error) bool) {
		for s, err := range steps {
			if err == nil && s.Action != Added {
				continue
			}
			if !yield(s.Statement, err) || err != nil {
				return
			}
		}
	}
}

func statementsOf(entries iter.Seq2[entry, error]) iter.Seq2[graph.Statement, error] {
	return func(yield func(graph.Statement, error) bool) {
		for e, err := range entries {
			if !yield(e.Statement, err) {
				return
			}
		}
	}
}

// concludeUndo concludes what holds once some slices are again what they were at another load.
func concludeUndo(ctx context.Context, r graph.Reader, to, from graph.LoadNumber, of []graph.Slice) (*concluded, error) {
	was := func(yield func(graph.Statement, error) bool) {
		for _, kind := range []graph.StatementKind{
			graph.StatementSource, graph.StatementActor, graph.StatementTenure, graph.StatementDecision, graph.StatementEngagement,
		} {
			for s, err := range held(ctx, r, to, kind, linkedKinds()) {
				if err == nil && !slices.Contains(of, graph.Slice{Source: s.Source, ID: s.Slice}) {
					continue
				}
				if !yield(s, err) || err != nil {
					return
				}
			}
		}
	}
	a := after{reader: r, at: from, replaced: of, fresh: was}
	return a.conclude(ctx)
}

// heldPage is how many engagements are read from the store at once.
const heldPage = 1000

// held gives the statements of a kind, of engagements those of the kinds that rules link, that the store holds at a load.
func held(ctx context.Context, r graph.Reader, at graph.LoadNumber, kind graph.StatementKind, of []graph.EngagementKind) iter.Seq2[graph.Statement, error] {
	return func(yield func(graph.Statement, error) bool) {
		if kind != graph.StatementEngagement {
			heldKind(ctx, r, at, kind, yield)
			return
		}
		q := graph.EngagementQuery{Load: at, Kinds: of, AllAccounts: true, First: heldPage}
		for {
			page, err := r.Engagements(ctx, q)
			if err != nil {
				yield(graph.Statement{}, fmt.Errorf("the engagements that may be linked: %w", err))
				return
			}
			for _, f := range page.Items {
				if !yield(f.Statement, nil) {
					return
				}
			}
			if !page.More {
				return
			}
			q.After = &page.Position[len(page.Position)-1]
		}
	}
}

// statements gives those of a kind that are open after the load, of engagements those of some kinds.
func (a after) statements(ctx context.Context, kind graph.StatementKind, of []graph.EngagementKind) iter.Seq2[graph.Statement, error] {
	return func(yield func(graph.Statement, error) bool) {
		for s, err := range held(ctx, a.reader, a.at, kind, of) {
			if err == nil && (a.erased[s.StatementID] || slices.Contains(a.replaced, graph.Slice{Source: s.Source, ID: s.Slice})) {
				continue
			}
			if !yield(s, err) || err != nil {
				return
			}
		}
		if a.fresh == nil {
			return
		}
		for s, err := range a.fresh {
			if err == nil && s.Kind != kind {
				continue
			}
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}

// conclude makes the links, and compares them with those that stand.
func (a after) conclude(ctx context.Context) (c *concluded, err error) {
	c = &concluded{reader: a.reader, at: a.at, spool: newSpool("", spoolBudget)}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.close())
		}
	}()
	sources, err := a.sources(ctx)
	if err != nil {
		return c, err
	}
	people, err := a.persons(ctx, sources)
	if err != nil {
		return c, err
	}
	links, err := a.links(ctx, sources)
	if err != nil {
		return c, err
	}
	if links, err = a.decideLinks(ctx, links, people); err != nil {
		return c, err
	}
	for _, l := range links {
		st, err := graph.NewStatement(linksSlice.Source, linksSlice.ID, &l, "")
		if err != nil {
			return c, err
		}
		if err := c.spool.add(entry{Statement: st}); err != nil {
			return c, err
		}
	}
	identities, _ := people.conclude()
	for i := range identities {
		st, err := graph.NewStatement(linksSlice.Source, linksSlice.ID, &identities[i], "")
		if err != nil {
			return c, err
		}
		if err := c.spool.add(entry{Statement: st}); err != nil {
			return c, err
		}
	}
	for s, err := range c.all(ctx) {
		if err != nil {
			return c, err
		}
		c.counts.count(s.Action)
	}
	return c, nil
}

// sources gives the sources in the order of preference.
func (a after) sources(ctx context.Context) ([]*graph.Source, error) {
	var all []*graph.Source
	for s, err := range a.statements(ctx, graph.StatementSource, nil) {
		if err != nil {
			return nil, err
		}
		src, err := graph.Decode[graph.Source](s)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(all, func(o *graph.Source) bool { return o.Key == src.Key }) {
			all = append(all, src)
		}
	}
	graph.SortSources(all)
	return all, nil
}

// all compares the links with those that stand.
func (c *concluded) all(ctx context.Context) iter.Seq2[step, error] {
	return difference(ctx, c.reader, c.at, []graph.Slice{linksSlice}, c.spool)
}

// steps are what the load writes of them.
func (c *concluded) steps(ctx context.Context) iter.Seq2[step, error] {
	return func(yield func(step, error) bool) {
		if c == nil {
			return
		}
		for s, err := range c.all(ctx) {
			if err == nil && s.Action == Unchanged {
				continue
			}
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}

func (c *concluded) nothing() bool { return c == nil || c.counts.Nothing() }

func (c *concluded) counted() Counts {
	if c == nil {
		return Counts{}
	}
	return c.counts
}

func (c *concluded) close() error {
	if c == nil || c.spool == nil {
		return nil
	}
	return c.spool.close()
}

// both gives the steps of one sequence and then those of the other.
func both(seqs ...iter.Seq2[step, error]) iter.Seq2[step, error] {
	return func(yield func(step, error) bool) {
		for _, seq := range seqs {
			for s, err := range seq {
				if !yield(s, err) || err != nil {
					return
				}
			}
		}
	}
}
