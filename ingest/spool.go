package ingest

import (
	"iter"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// A spool takes the statements of a load in any order and gives them back in the order of a manifest, as often as
// asked. It is the seam for loads larger than memory: another spool may keep sorted runs in files.
type spool interface {
	add(s graph.Statement) error
	// sorted gives the statements in the order of StatementID.Compare, and those of one id in the order they came.
	sorted() iter.Seq2[graph.Statement, error]
	close() error
}

// memorySpool keeps everything in memory.
type memorySpool struct {
	statements []graph.Statement
	isSorted   bool
}

func newSpool() spool { return &memorySpool{} }

func (m *memorySpool) add(s graph.Statement) error {
	m.statements = append(m.statements, s)
	m.isSorted = false
	return nil
}

func (m *memorySpool) sorted() iter.Seq2[graph.Statement, error] {
	if !m.isSorted {
		slices.SortStableFunc(m.statements, func(a, b graph.Statement) int { return a.Compare(b.StatementID) })
		m.isSorted = true
	}
	return func(yield func(graph.Statement, error) bool) {
		for _, s := range m.statements {
			if !yield(s, nil) {
				return
			}
		}
	}
}

func (m *memorySpool) close() error {
	m.statements = nil
	return nil
}
