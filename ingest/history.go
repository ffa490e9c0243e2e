package ingest

import (
	"context"
	"fmt"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// history is what the loads of a store did to its slices, and which of them still count: a load that was undone does
// not, until its undoing is undone.
type history struct {
	loads []graph.Load // oldest first
	// after holds for each load and each of its slices the loads that counted after it, oldest first.
	after map[graph.LoadNumber]map[graph.Slice][]graph.LoadNumber
	now   map[graph.Slice][]graph.LoadNumber
}

func readHistory(ctx context.Context, r graph.Reader) (*history, error) {
	h := &history{after: map[graph.LoadNumber]map[graph.Slice][]graph.LoadNumber{}, now: map[graph.Slice][]graph.LoadNumber{}}
	q := graph.LoadQuery{First: 500}
	for {
		page, err := r.Loads(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("the loads of the store: %w", err)
		}
		h.loads = append(h.loads, page...)
		if len(page) < q.First {
			break
		}
		q.Before = page[len(page)-1].Number
	}
	slices.Reverse(h.loads)
	before := map[graph.LoadNumber]map[graph.Slice][]graph.LoadNumber{}
	for _, l := range h.loads {
		before[l.Number], h.after[l.Number] = map[graph.Slice][]graph.LoadNumber{}, map[graph.Slice][]graph.LoadNumber{}
		for _, s := range l.Slices {
			counting := h.now[s]
			before[l.Number][s] = counting
			if l.Undoes > 0 {
				counting = before[l.Undoes][s]
			} else {
				counting = append(slices.Clone(counting), l.Number)
			}
			h.now[s], h.after[l.Number][s] = counting, counting
		}
	}
	return h, nil
}

// load finds a committed load.
func (h *history) load(n graph.LoadNumber) (graph.Load, bool) {
	i := slices.IndexFunc(h.loads, func(l graph.Load) bool { return l.Number == n })
	if i < 0 {
		return graph.Load{}, false
	}
	return h.loads[i], true
}

// counts tells whether a load counts in all its slices.
func (h *history) counts(n graph.LoadNumber) bool {
	for s := range h.after[n] {
		if !slices.Contains(h.now[s], n) {
			return false
		}
	}
	return true
}

// inTheWay gives the loads that must be undone before n can be: those that count in one of its slices and are
// later. undoneBy is the load that undid n, where one did and it was not undone in its turn.
func (h *history) inTheWay(n graph.LoadNumber) (later []graph.LoadNumber, undone bool) {
	for s, then := range h.after[n] {
		if slices.Equal(h.now[s], then) {
			continue
		}
		extra := false
		for _, m := range h.now[s] {
			if m > n {
				extra = true
				if !slices.Contains(later, m) {
					later = append(later, m)
				}
			}
		}
		undone = undone || !extra
	}
	slices.Sort(later)
	return later, undone
}

// undoneBy gives the newest load that undid n.
func (h *history) undoneBy(n graph.LoadNumber) graph.LoadNumber {
	for _, l := range slices.Backward(h.loads) {
		if l.Undoes == n {
			return l.Number
		}
	}
	return 0
}

// quarantines gives the loads whose quarantine is that of the slices now: of each slice the newest that counts and
// is no amendment, for that has none of its own.
func (h *history) quarantines(of []graph.Slice) (found []graph.LoadNumber) {
	for _, s := range of {
		for _, n := range slices.Backward(h.now[s]) {
			if l, ok := h.load(n); ok && l.Amends > 0 {
				continue
			}
			if !slices.Contains(found, n) {
				found = append(found, n)
			}
			break
		}
	}
	return found
}

// edits gives the mended records that count, of the files one importer reads.
func (h *history) edits(importer string) (found []graph.Edit) {
	for _, l := range h.loads {
		if l.Importer == importer && len(l.Edits) > 0 && h.counts(l.Number) {
			found = append(found, l.Edits...)
		}
	}
	return found
}
