package difftest

import (
	"context"
	"fmt"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// generatedLoads is how many loads the generated graph is made of.
const generatedLoads = 4

// LoadGenerated loads the generated graph into a store that is empty: each load adds, changes, retracts and leaves some of everything, the
// first everything.
func LoadGenerated(ctx context.Context, s graph.Store) error {
	w := newWorld(1)
	open := map[graph.StatementID]graph.Hash{}
	for n := range generatedLoads {
		if err := w.load(ctx, s, n, open); err != nil {
			return fmt.Errorf("load %d of the generated graph: %w", n+1, err)
		}
	}
	return nil
}

func (w *world) load(ctx context.Context, s graph.Store, n int, open map[graph.StatementID]graph.Hash) error {
	l := &making{world: w, first: n == 0, open: open}
	l.everything()
	if l.err != nil {
		return l.err
	}
	for i := range n % 3 {
		l.counts.Quarantined++
		l.batch.Quarantine = append(l.batch.Quarantine, graph.Quarantined{
			N: i + 1, Mistakes: []graph.Mistake{{File: "world.csv", Line: 7 + i, Field: "styear", Value: "194", Rule: "it is not a year"}},
		})
	}
	lease, err := s.Open(ctx, graph.LoadInfo{
		Source: []graph.SourceKey{registry, dossier, dataset}[n%3], Importer: "world", Program: "test", Note: fmt.Sprint("load ", n),
		Slices: []graph.Slice{{Source: dossier, ID: "d"}, {Source: dataset, ID: "d"}},
		Files:  []graph.File{{Name: "world.csv", SHA256: fmt.Sprintf("%064x", n), Size: int64(1000 * n)}},
	})
	if err != nil {
		return err
	}
	if err := s.Write(ctx, lease, l.batch); err != nil {
		return err
	}
	_, err = s.Commit(ctx, lease, l.counts)
	return err
}

// A making is one load on its way.
type making struct {
	*world
	first  bool
	open   map[graph.StatementID]graph.Hash
	batch  graph.Batch
	counts graph.Counts
	err    error
}

func (l *making) everything() {
	w := l.world
	for _, key := range []graph.SourceKey{registry, dossier, dataset} {
		l.put(key, w.source(key), false)
	}
	for _, key := range works {
		l.put(dossier, w.work(key), false)
	}
	for _, key := range slices.Concat(w.states, w.parts, w.orgs, w.persons) {
		l.put(registry, w.actor(key), false)
		if w.sometimes(2) {
			a := w.actor(key)
			a.Identifiers, a.PartOf, a.Existence = nil, nil, nil // another source adds names, and contradicts nothing
			l.put(dossier, a, true)
		}
	}
	for i := range 24 {
		l.put(dossier, w.tenure(i), true)
	}
	for i := range 10 {
		l.put(dataset, w.membership(i), true)
	}
	for i := range 16 {
		l.put([]graph.SourceKey{dossier, dataset}[i%2], w.representation(i), true)
	}
	for i := range engagementsMade {
		source := []graph.SourceKey{dossier, dataset}[i/4%2]
		l.put(source, w.engagement(i), i%7 == 6) // what nothing names by a field that must be there may go
	}
	for i := range 50 {
		l.put(dossier, w.assertion(i), true)
	}
	for i := range 10 {
		l.put(graph.OwnSource, w.link(i), true)
	}
	for i := range 2 {
		l.put(graph.OwnSource, w.identity(i), true)
	}
	l.put(graph.OwnSource, graph.NewDecision(graph.VerdictDifferent, string(w.persons[0]), string(w.persons[2]), w.words()), true)
}

// put adds a thing, or changes it, retracts it if it may go, or leaves it.
func (l *making) put(source graph.SourceKey, thing any, mayGo bool) {
	s, err := graph.NewStatement(source, "d", thing, "world.csv:1")
	if err != nil {
		l.err = err
		return
	}
	held, was := l.open[s.StatementID]
	switch {
	case !l.first && !l.sometimes(3), was && held == s.Hash:
		l.counts.Unchanged++
		return
	case was && mayGo && l.sometimes(2):
		l.counts.Retracted++
		l.batch.Close = append(l.batch.Close, s.StatementID)
		delete(l.open, s.StatementID)
		return
	case was:
		l.counts.Changed++
		l.batch.Close = append(l.batch.Close, s.StatementID)
	default:
		l.counts.Added++
	}
	l.batch.Add = append(l.batch.Add, s)
	l.open[s.StatementID] = s.Hash
}
