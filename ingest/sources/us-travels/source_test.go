package ustravels_test

import (
	"testing"

	"github.com/entente-graph/entente/ingest/ingesttest"
	"github.com/entente-graph/entente/ingest/sources/states"
	ustravels "github.com/entente-graph/entente/ingest/sources/us-travels"
)

func TestSource(t *testing.T) { ingesttest.Run(t, ustravels.New(states.Actors)) }
