package storetest

import (
	"context"
	"fmt"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// player loads the statements of a file: what stands between two questions, or up to the next "load", is one load.
type player struct {
	store  graph.Store
	source graph.SourceKey // whose the next statements are
	head   graph.LoadNumber
	burned graph.LoadNumber
	open   map[graph.StatementID]graph.Statement

	add     []graph.Statement
	retract []graph.StatementID
	twice   bool // write each batch twice
	discard bool // do not commit
}

// batchSize is small, so that a load has several batches.
const batchSize = 3

func (p *player) step(ctx context.Context, st step) error {
	if st.statement != nil {
		s, err := graph.NewStatement(p.source, graph.SliceID(p.source), st.statement.noun, fmt.Sprintf("line %d", st.line))
		if err != nil {
			return err
		}
		p.add = append(p.add, s)
		return nil
	}
	args := st.order[1:]
	switch order := st.order[0]; {
	case order == "load" && len(args) == 0:
		return p.commit(ctx)
	case order == "by" && len(args) == 1:
		p.source = graph.SourceKey(args[0])
	case order == "twice" && len(args) == 0:
		p.twice = true
	case order == "discard" && len(args) == 0:
		p.discard = true
	case order == "retract" && len(args) == 2:
		p.retract = append(p.retract, graph.StatementID{Source: p.source, Kind: graph.StatementKind(args[0]), Key: args[1]})
	default:
		return fmt.Errorf("orders are load, by SOURCE, twice, discard and retract KIND KEY, not %q", st.order)
	}
	return nil
}

// batches makes the load's difference: what is said again with another body supersedes what is open.
func (p *player) batches() []graph.Batch {
	var items []graph.Batch // one change each
	for _, id := range p.retract {
		items = append(items, graph.Batch{Close: []graph.StatementID{id}})
	}
	for _, s := range p.add {
		item := graph.Batch{Add: []graph.Statement{s}}
		if _, ok := p.open[s.StatementID]; ok {
			item.Close = []graph.StatementID{s.StatementID}
		}
		items = append(items, item)
	}
	var out []graph.Batch
	for chunk := range slices.Chunk(items, batchSize) {
		b := graph.Batch{Number: len(out)}
		for _, item := range chunk {
			b.Close, b.Add = append(b.Close, item.Close...), append(b.Add, item.Add...)
		}
		out = append(out, b)
	}
	return out
}

func (p *player) commit(ctx context.Context) error {
	if len(p.add)+len(p.retract) == 0 {
		return nil
	}
	lease, err := p.store.Open(ctx, graph.LoadInfo{
		Source: p.source, Slices: []graph.Slice{{Source: p.source, ID: graph.SliceID(p.source)}}, Program: "storetest",
	})
	if err != nil {
		return err
	}
	if p.burned++; lease.Load != p.burned {
		return fmt.Errorf("the load opened has number %d; the next is %d", lease.Load, p.burned)
	}
	for _, b := range p.batches() {
		for range map[bool]int{false: 1, true: 2}[p.twice] {
			if err := p.store.Write(ctx, lease, b); err != nil {
				return err
			}
		}
	}
	if p.discard {
		err = p.store.Discard(ctx, lease, nil)
	} else {
		_, err = p.store.Commit(ctx, lease, graph.Counts{Added: len(p.add), Retracted: len(p.retract)})
		p.head = lease.Load
		for _, id := range p.retract {
			delete(p.open, id)
		}
		for _, s := range p.add {
			p.open[s.StatementID] = s
		}
	}
	p.add, p.retract, p.twice, p.discard = nil, nil, false, false
	if err != nil {
		return err
	}
	return sameManifest(ctx, p.store, p.head, p.open)
}

// sameManifest compares what the store says it holds with what it was told.
func sameManifest(ctx context.Context, r graph.Reader, at graph.LoadNumber, open map[graph.StatementID]graph.Statement) error {
	n := 0
	var last graph.StatementID
	for e, err := range r.Manifest(ctx, graph.ManifestQuery{Load: at}) {
		switch {
		case err != nil:
			return err
		case open[e.StatementID].Hash != e.Hash:
			return fmt.Errorf("manifest of load %d: %v has hash %s, not %s", at, e.StatementID, e.Hash, open[e.StatementID].Hash)
		case open[e.StatementID].Slice != e.Slice:
			return fmt.Errorf("manifest of load %d: %v is in slice %s, not %s", at, e.StatementID, e.Slice, open[e.StatementID].Slice)
		case n > 0 && last.Compare(e.StatementID) >= 0:
			return fmt.Errorf("manifest of load %d: %v comes after %v", at, e.StatementID, last)
		}
		n, last = n+1, e.StatementID
	}
	if n != len(open) {
		return fmt.Errorf("manifest of load %d: %d statements, of %d", at, n, len(open))
	}
	return nil
}
