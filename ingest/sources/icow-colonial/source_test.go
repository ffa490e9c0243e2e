package icowcolonial_test

import (
	"testing"

	"github.com/entente-graph/entente/ingest/ingesttest"
	icowcolonial "github.com/entente-graph/entente/ingest/sources/icow-colonial"
	"github.com/entente-graph/entente/ingest/sources/states"
)

// TestSource reads made-up rows with every quirk of the file, everything that is put in quarantine, and every file that is
// refused; and each row alone.
func TestSource(t *testing.T) { ingesttest.Run(t, icowcolonial.New(states.Actors)) }
