package neo4jstore

import (
	"context"
	"errors"
	"iter"

	"github.com/entente-graph/entente/graph"
)

// Changes streams what loads did.
func (s *Store) Changes(ctx context.Context, q graph.ChangeQuery) iter.Seq2[graph.Change, error] {
	return func(yield func(graph.Change, error) bool) {
		err := q.Check()
		if err == nil {
			err = s.known(ctx, q.Upto)
		}
		for n := q.After + 1; err == nil && n <= q.Upto; n++ { // numbers that were burned have nothing
			err = s.changes(ctx, n, q.Upto, yield)
		}
		if err == nil || errors.Is(err, errStopped) {
			return
		}
		failed(ctx, &err, "what the loads after %d did, up to %d", q.After, q.Upto)
		yield(graph.Change{}, err)
	}
}

// changes merges what a load added with what it closed.
func (s *Store) changes(ctx context.Context, load, head graph.LoadNumber, yield func(graph.Change, error) bool) error {
	added := changePages{s: s, name: "changes_added", load: load, head: head}
	closed := changePages{s: s, name: "changes_closed", load: load, head: head}
	for {
		a, err := added.peek(ctx)
		if err != nil {
			return err
		}
		c, err := closed.peek(ctx)
		if err != nil {
			return err
		}
		var next graph.Change
		switch {
		case a == nil && c == nil:
			return nil
		case c == nil || a != nil && a.Compare(c.StatementID) < 0:
			next = added.take()
		case a == nil || c.Compare(a.StatementID) < 0:
			next = closed.take()
		default:
			next = added.take()
			next.Closed = closed.take().Closed
		}
		if !yield(next, nil) {
			return errStopped
		}
	}
}

// changePages reads one half of what a load did, a page at a time.
type changePages struct {
	s          *Store
	name       string
	load, head graph.LoadNumber
	page       []graph.Change
	next       int
	after      string
	ended      bool
}

// changesPage is how many changes are read at once: with their bodies, some megabytes.
const changesPage = 1000

// peek gives the next change without taking it; nil at the end.
func (p *changePages) peek(ctx context.Context) (*graph.Change, error) {
	if p.next == len(p.page) && !p.ended {
		if err := p.read(ctx); err != nil {
			return nil, err
		}
	}
	if p.next == len(p.page) {
		return nil, nil //nolint:nilnil // the end
	}
	return &p.page[p.next], nil
}

func (p *changePages) take() graph.Change {
	c := p.page[p.next]
	p.page[p.next] = graph.Change{} // what it points to is the caller's alone
	p.next++
	return c
}

func (p *changePages) read(ctx context.Context) error {
	p.page, p.next = p.page[:0], 0
	prefix := ofLoad(p.load)
	if p.after == "" {
		p.after = prefix
	}
	params := map[string]any{"load": int64(p.head), "of": int64(p.load), "after": p.after, "before": past(prefix), "limit": changesPage}
	err := p.s.ask(ctx, p.name, params, func(v map[string]any) error {
		if none(v) {
			return nil
		}
		change := graph.Change{StatementID: idOf(v), Load: p.load}
		if p.name == "changes_added" {
			r, err := recordedOf(v)
			if err != nil {
				return err
			}
			change.Added = &r
		} else {
			hash, err := hashOf(v)
			if err != nil {
				return err
			}
			change.Closed = &graph.Version{Slice: graph.SliceID(str(v["slice"])), Hash: hash, Load: graph.LoadNumber(number(v["recordedFrom"]))}
		}
		p.page = append(p.page, change)
		return nil
	})
	if p.ended = len(p.page) < changesPage; len(p.page) > 0 {
		p.after = prefix + nameOf(p.page[len(p.page)-1].StatementID)
	}
	return err
}
