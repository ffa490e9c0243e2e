// Package sources lists the sources that the program can ingest: a plain list, so that reading it tells all. Each is
// a folder here with a README; a test checks that none is missing. README.md has the rules they all follow.
package sources

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/archigos"
	"github.com/entente-graph/entente/ingest/sources/atop"
	cowdiplomaticexchange "github.com/entente-graph/entente/ingest/sources/cow-diplomatic-exchange"
	cowmid "github.com/entente-graph/entente/ingest/sources/cow-mid"
	cowmidloc "github.com/entente-graph/entente/ingest/sources/cow-midloc"
	cowstates "github.com/entente-graph/entente/ingest/sources/cow-states"
	cowterritorialchange "github.com/entente-graph/entente/ingest/sources/cow-territorial-change"
	cowwars "github.com/entente-graph/entente/ingest/sources/cow-wars"
	"github.com/entente-graph/entente/ingest/sources/desta"
	"github.com/entente-graph/entente/ingest/sources/dossier"
	"github.com/entente-graph/entente/ingest/sources/gdelt"
	gmlmid "github.com/entente-graph/entente/ingest/sources/gml-mid"
	"github.com/entente-graph/entente/ingest/sources/gptad"
	gwstates "github.com/entente-graph/entente/ingest/sources/gw-states"
	icowcolonial "github.com/entente-graph/entente/ingest/sources/icow-colonial"
	"github.com/entente-graph/entente/ingest/sources/ieadb"
	"github.com/entente-graph/entente/ingest/sources/states"
	usertable "github.com/entente-graph/entente/ingest/sources/table"
	"github.com/entente-graph/entente/ingest/sources/tfdd"
	usenvoys "github.com/entente-graph/entente/ingest/sources/us-envoys"
	usmissions "github.com/entente-graph/entente/ingest/sources/us-missions"
	ustravels "github.com/entente-graph/entente/ingest/sources/us-travels"
	usvisits "github.com/entente-graph/entente/ingest/sources/us-visits"
)

// All lists the sources, the registry first.
func All() []ingest.Source {
	return []ingest.Source{
		states.Source{},
		dossier.New(states.Actors, taken), // a dossier names states, and the registry says which there are
		cowdiplomaticexchange.New(states.Actors),
		cowmid.New(states.Actors),
		cowmidloc.Source{},
		gmlmid.New(states.Actors),
		cowwars.New(states.Actors),
		atop.New(states.Actors),
		archigos.New(states.Actors),
		cowstates.New(states.Actors),
		gwstates.New(states.Actors),
		icowcolonial.New(states.Actors),
		cowterritorialchange.New(states.Actors),
		desta.New(states.Actors),
		gptad.New(states.Actors),
		ieadb.New(states.Actors),
		tfdd.New(states.Actors),
		usvisits.New(states.Actors),
		ustravels.New(states.Actors),
		gdelt.New(states.Actors),
		usmissions.New(states.Actors),
		usenvoys.New(states.Actors),
		usertable.New(states.Actors, taken),
	}
}

// taken tells whether a name is one of a source, or one with which keys of something else begin.
func taken(key string) bool {
	names.Do(func() {
		for _, s := range All() {
			names.of = append(names.of, string(s.Info().Key))
		}
		names.of = append(names.of, "org", "person", "entente", string(cowwars.Dyadic))
	})
	return slices.Contains(names.of, key)
}

// names are those that are taken, found when they are first asked for.
var names struct {
	sync.Once
	of []string
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
