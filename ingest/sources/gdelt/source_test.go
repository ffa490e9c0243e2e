package gdelt

import (
	"testing"

	"github.com/entente-graph/entente/ingest/ingesttest"
	"github.com/entente-graph/entente/ingest/sources/states"
)

func TestSource(t *testing.T) { ingesttest.Run(t, New(states.Actors)) }
