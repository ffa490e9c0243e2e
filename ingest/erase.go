package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// An EraseOptions says what to erase.
type EraseOptions struct {
	Reader  graph.Reader
	Writer  graph.Writer
	Keys    []string
	Reason  string
	Program string
}

// Erased is what an erasure did.
type Erased struct {
	Load  graph.Load
	IDs   []graph.StatementID // what had the keys, by key
	Links Counts              // how the links between accounts are concluded without it
}

// Erase removes everything with the keys from every number and every quarantine, with the links it is in, and concludes in
// the same load what follows: two accounts may be of one meeting now, as nothing else stands beside them any more.
func Erase(ctx context.Context, o EraseOptions) (Erased, error) {
	head, err := o.Reader.Head(ctx)
	if err != nil {
		return Erased{}, fmt.Errorf("the newest load of the store: %w", err)
	}
	own, links, err := erasable(ctx, o.Reader, o.Keys)
	if err != nil {
		return Erased{}, err
	}
	for _, k := range o.Keys {
		if !slices.ContainsFunc(own, func(id graph.StatementID) bool { return id.Key == k }) {
			return Erased{}, fmt.Errorf("nothing in the store has the key %q, at any load or in a quarantine: %w", k, graph.ErrNotFound)
		}
	}
	order := graph.EraseOrder{IDs: slices.Concat(own, links), Reason: o.Reason, Program: o.Program, Head: head.Load.Number}
	done := Erased{IDs: own}
	if done.Links, err = follow(ctx, o.Reader, &order); err != nil {
		return Erased{}, err
	}
	done.Load, err = o.Writer.Erase(ctx, order)
	return done, err
}

// follow concludes the links as they are once an order is carried out, and puts into it what it has to close and to add.
func follow(ctx context.Context, r graph.Reader, order *graph.EraseOrder) (_ Counts, err error) {
	counts := []graph.StatementKind{graph.StatementEngagement, graph.StatementActor, graph.StatementTenure, graph.StatementDecision}
	if !slices.ContainsFunc(order.IDs, func(id graph.StatementID) bool { return slices.Contains(counts, id.Kind) }) {
		return Counts{}, nil // nothing is concluded from the others
	}
	a := after{reader: r, at: order.Head, erased: map[graph.StatementID]bool{}}
	for _, id := range order.IDs {
		a.erased[id] = true
	}
	links, err := a.conclude(ctx)
	if err != nil {
		return Counts{}, err
	}
	defer func() { err = errors.Join(err, links.close()) }()
	for s, err := range links.all(ctx) {
		if err != nil {
			return Counts{}, err
		}
		gone := a.erased[s.ID] // all versions of it, be they the same as the one that is concluded now
		if !gone && (s.Action == Changed || s.Action == Retracted) {
			order.Close = append(order.Close, s.ID)
		}
		if s.Action == Added || s.Action == Changed || s.Action == Unchanged && gone {
			order.Add = append(order.Add, s.Statement)
		}
	}
	return links.counts, nil
}

// erasable finds all statements with the keys that the store holds at any number or in a quarantine, and the links they
// are in: a link whose account is gone says nothing true.
func erasable(ctx context.Context, r graph.Reader, keys []string) (own, links []graph.StatementID, err error) {
	h, err := readHistory(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	mine, theirs := map[graph.StatementID]bool{}, map[graph.StatementID]bool{}
	accounts := make([]graph.EngagementKey, len(keys))
	for i, k := range keys {
		accounts[i] = graph.EngagementKey(k)
	}
	for _, l := range h.loads {
		for _, kind := range graph.StatementKinds {
			if kind == graph.StatementLink || kind == graph.StatementIdentity {
				continue
			}
			found, err := r.Statements(ctx, graph.StatementQuery{Load: l.Number, Kind: kind, Keys: keys})
			if err != nil {
				return nil, nil, err
			}
			for _, f := range found {
				mine[f.StatementID] = true
			}
		}
		found, err := r.Links(ctx, graph.LinkQuery{Load: l.Number, Accounts: accounts})
		if err != nil {
			return nil, nil, err
		}
		for _, f := range found {
			theirs[f.StatementID] = true
		}
		if err := naming(ctx, r, l.Number, keys, theirs); err != nil {
			return nil, nil, err
		}
	}
	entries, err := InQuarantine(ctx, r, keys)
	for _, e := range entries {
		mine[e.Of] = true
	}
	compare := func(a, b graph.StatementID) int { return cmp.Or(cmp.Compare(a.Key, b.Key), a.Compare(b)) }
	return slices.SortedFunc(maps.Keys(mine), compare), slices.SortedFunc(maps.Keys(theirs), compare), err
}

// naming finds the identities and decisions at a load in which one of the keys stands.
func naming(ctx context.Context, r graph.Reader, at graph.LoadNumber, keys []string, found map[graph.StatementID]bool) error {
	persons := make([]graph.ActorKey, len(keys))
	for i, k := range keys {
		persons[i] = graph.ActorKey(k)
	}
	edges, err := r.Components(ctx, graph.ComponentQuery{Load: at, Of: persons, Wholes: true})
	if err != nil {
		return err
	}
	leads := []string{}
	for _, e := range edges {
		if e.Same {
			leads = append(leads, string(e.Whole))
		}
	}
	identities, err := r.Statements(ctx, graph.StatementQuery{Load: at, Kind: graph.StatementIdentity, Keys: leads})
	if err != nil {
		return err
	}
	for _, f := range identities {
		i, err := graph.Decode[graph.Identity](f.Statement)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(i.Persons, func(p graph.ActorKey) bool { return slices.Contains(persons, p) }) {
			found[f.StatementID] = true
		}
	}
	decisions, err := r.Statements(ctx, graph.StatementQuery{Load: at, Kind: graph.StatementDecision})
	if err != nil {
		return err
	}
	for _, f := range decisions {
		d, err := graph.Decode[graph.Decision](f.Statement)
		if err != nil {
			return err
		}
		if slices.Contains(keys, d.A) || slices.Contains(keys, d.B) {
			found[f.StatementID] = true
		}
	}
	return nil
}

// A QuarantineEntry is an entry of the quarantine of a load.
type QuarantineEntry struct {
	Load graph.LoadNumber
	graph.Quarantined
}

// InQuarantine finds the entries of all quarantines that would have been statements with one of the keys, by load.
func InQuarantine(ctx context.Context, r graph.Reader, keys []string) (found []QuarantineEntry, err error) {
	h, err := readHistory(ctx, r)
	if err != nil {
		return nil, err
	}
	for _, l := range h.loads {
		if l.Counts.Quarantined == 0 {
			continue
		}
		q := graph.QuarantineQuery{Load: l.Number, First: 500}
		for {
			page, err := r.Quarantine(ctx, q)
			if err != nil {
				return nil, fmt.Errorf("the quarantine of load %d: %w", l.Number, err)
			}
			for _, e := range page.Items {
				if e.Of.Key != "" && e.Of.Kind != "" && e.Of.Source != "" && slices.Contains(keys, e.Of.Key) {
					found = append(found, QuarantineEntry{l.Number, e})
				}
			}
			if !page.More || len(page.Items) == 0 {
				break
			}
			q.After = page.Items[len(page.Items)-1].N
		}
	}
	return found, nil
}
