// Package sources lists the sources that the program can ingest: a plain list, so that reading it tells all. Each is
// a folder here with a README; a test checks that none is missing. README.md has the rules they all follow.
package sources

import (
	"fmt"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/atop"
	cowdiplomaticexchange "github.com/entente-graph/entente/ingest/sources/cow-diplomatic-exchange"
	cowmid "github.com/entente-graph/entente/ingest/sources/cow-mid"
	"github.com/entente-graph/entente/ingest/sources/dossier"
	"github.com/entente-graph/entente/ingest/sources/states"
	usenvoys "github.com/entente-graph/entente/ingest/sources/us-envoys"
	usmissions "github.com/entente-graph/entente/ingest/sources/us-missions"
	ustravels "github.com/entente-graph/entente/ingest/sources/us-travels"
	usvisits "github.com/entente-graph/entente/ingest/sources/us-visits"
)

// All lists the sources, the registry first.
func All() []ingest.Source {
	return []ingest.Source{
		states.Source{},
		dossier.New(states.Actors), // a dossier names states, and the registry says which there are
		cowdiplomaticexchange.New(states.Actors),
		cowmid.New(states.Actors),
		atop.New(states.Actors),
		usvisits.New(states.Actors),
		ustravels.New(states.Actors),
		usmissions.New(states.Actors),
		usenvoys.New(states.Actors),
	}
}

// ByKey gives the source with a key: the word that is typed after "entente ingest".
func ByKey(key graph.SourceKey) (ingest.Source, error) {
	var known []string
	for _, s := range All() {
		if s.Info().Key == key {
			return s, nil
		}
		known = append(known, string(s.Info().Key))
	}
	return nil, fmt.Errorf("%q is not a source: there are %s: %w", key, strings.Join(known, ", "), graph.ErrNotFound)
}
