package ingest

import (
	"fmt"
	"sync"

	"github.com/entente-graph/entente/graph"
)

// A Registry gives what the registry of states says of every state.
type Registry func() ([]graph.ActorFacts, error)

// Once gives a function that makes the roster when it is first asked for, and the same one from then on.
func (g Registry) Once() func() (*Roster, error) { return Once(g, NewRoster) }

// Once gives a function that makes something of the registry when it is first asked for, and the same from then on.
func Once[T any](g Registry, of func([]graph.ActorFacts) (T, error)) func() (T, error) {
	return sync.OnceValues(func() (made T, err error) {
		all, err := g()
		if err != nil {
			return made, fmt.Errorf("asking the registry of states: %w", err)
		}
		return of(all)
	})
}

// NameOn gives what an actor was called in English on a day: the Ottoman Empire in 1853.
func (r *Roster) NameOn(key graph.ActorKey, day graph.Day) string {
	for _, n := range r.english[key] {
		if n.Period.IsZero() || n.Period.Holds(day, graph.Possible) {
			return n.Text
		}
	}
	return r.Name(key)
}
