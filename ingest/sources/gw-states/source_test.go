package gwstates_test

import (
	"slices"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/ingesttest"
	gwstates "github.com/entente-graph/entente/ingest/sources/gw-states"
	"github.com/entente-graph/entente/ingest/sources/states"
)

// TestSource reads made-up rows with every quirk of the file, everything that is put in quarantine, and every file that is
// refused; and each row alone. It knows only some states, so that a golden file does not list the whole world as covered.
func TestSource(t *testing.T) {
	in := []graph.ActorKey{"iso3:USA", "iso3:DEU", "iso3:RUS", "iso3:SUN", "cow:271", "cow:678", "iso3:YEM", "iso3:CIV", "iso3:JPN", "gw:711", "iso3:VNM", "gw:815", "cow:817"}
	ingesttest.Run(t, gwstates.New(func() ([]graph.ActorFacts, error) {
		all, err := states.Actors()
		return slices.DeleteFunc(all, func(a graph.ActorFacts) bool { return !slices.Contains(in, a.Key) }), err
	}))
}
