package ingest

import (
	"context"
	"iter"

	"github.com/entente-graph/entente/graph"
)

// Groups put together what belongs together, wherever in the files it stands, in flat memory: up to a budget it is
// kept, beyond it sorted on disk. Close it after use.
type Groups struct{ spool *spool }

// A Group is all parts that were added with one key, in the order in which they were.
type Group struct {
	Key   string
	Parts [][]byte
}

// NewGroups begins without any.
func NewGroups() *Groups { return &Groups{newSpool("", spoolBudget)} }

// Add keeps a part, which must not be changed afterwards.
func (g *Groups) Add(key string, part []byte) error {
	return g.spool.add(entry{Statement: graph.Statement{StatementID: graph.StatementID{Key: key}, Body: part}})
}

// All gives the groups by key. Nothing may be added any more.
func (g *Groups) All(ctx context.Context) iter.Seq2[Group, error] {
	return func(yield func(Group, error) bool) {
		var of Group
		for e, err := range g.spool.sorted(ctx) {
			if err != nil {
				yield(Group{}, err)
				return
			}
			if len(of.Parts) > 0 && e.Key != of.Key {
				if !yield(of, nil) {
					return
				}
				of = Group{}
			}
			of.Key, of.Parts = e.Key, append(of.Parts, e.Body)
		}
		if len(of.Parts) > 0 {
			yield(of, nil)
		}
	}
}

// Close gives back what it took on disk.
func (g *Groups) Close() { _ = g.spool.close() } // nothing of it is needed any more
