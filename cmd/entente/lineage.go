package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// lineage is the loads of a store, and which of them still count.
type lineage struct {
	loads  []graph.Load // oldest first
	undone map[graph.LoadNumber]graph.LoadNumber
}

func readLineage(ctx context.Context, r graph.Reader) (*lineage, error) {
	q := graph.LoadQuery{First: 500}
	var all []graph.Load
	for {
		page, err := r.Loads(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("the loads: %w", err)
		}
		all = append(all, page...)
		if len(page) < q.First {
			return newLineage(all), nil
		}
		q.Before = page[len(page)-1].Number
	}
}

// newLineage takes loads, newest first. What undid one of them is newer, so that the newest so many are enough.
func newLineage(newest []graph.Load) *lineage {
	l := &lineage{undone: map[graph.LoadNumber]graph.LoadNumber{}}
	for _, load := range newest {
		if load.Undoes > 0 && l.undone[load.Number] == 0 && l.undone[load.Undoes] == 0 {
			l.undone[load.Undoes] = load.Number
		}
	}
	l.loads = slices.Clone(newest)
	slices.Reverse(l.loads)
	return l
}

// undoneBy gives the load that undid n and was not undone in its turn; 0: n counts.
func (l *lineage) undoneBy(n graph.LoadNumber) graph.LoadNumber { return l.undone[n] }

// load finds a committed load.
func (l *lineage) load(n graph.LoadNumber) (graph.Load, bool) {
	i := slices.IndexFunc(l.loads, func(o graph.Load) bool { return o.Number == n })
	if i < 0 {
		return graph.Load{}, false
	}
	return l.loads[i], true
}

// inTheWay gives the loads later than n that count in one of its slices, oldest first.
func (l *lineage) inTheWay(n graph.LoadNumber) (later []graph.Load) {
	target, ok := l.load(n)
	if !ok {
		return nil
	}
	for _, o := range l.loads {
		shares := slices.ContainsFunc(o.Slices, func(s graph.Slice) bool { return slices.Contains(target.Slices, s) })
		if o.Number > n && shares && o.Undoes == 0 && l.undone[o.Number] == 0 {
			later = append(later, o)
		}
	}
	return later
}

// replacedBy gives the newest load that replaced all that n loaded: another one that counts, and is no amendment; 0: none.
func (l *lineage) replacedBy(n graph.LoadNumber) (by graph.LoadNumber) {
	target, _ := l.load(n)
	left := slices.Clone(target.Slices)
	for _, o := range l.inTheWay(n) {
		if o.Amends > 0 {
			continue
		}
		left = slices.DeleteFunc(left, func(s graph.Slice) bool { return slices.Contains(o.Slices, s) })
		by = o.Number
	}
	if len(left) > 0 {
		return 0
	}
	return by
}

// mendedBy gives the newest amendment of load n that counts and mends a record of an entry of its quarantine; 0: none.
func (l *lineage) mendedBy(n graph.LoadNumber, q graph.Quarantined) graph.LoadNumber {
	for _, o := range slices.Backward(l.loads) {
		if o.Amends != n || l.undone[o.Number] > 0 {
			continue
		}
		for _, e := range o.Edits {
			if slices.ContainsFunc(q.Records, func(r graph.Record) bool {
				return !r.Frame && r.File == e.File && e.From >= r.From && e.To <= r.To
			}) {
				return o.Number
			}
		}
	}
	return 0
}
