package cowterritorialchange_test

import (
	"testing"

	"github.com/entente-graph/entente/ingest/ingesttest"
	cowterritorialchange "github.com/entente-graph/entente/ingest/sources/cow-territorial-change"
	"github.com/entente-graph/entente/ingest/sources/states"
)

// TestSource reads made-up rows with every quirk of the file, everything that is put in quarantine, and every file that is
// refused; and each row alone.
func TestSource(t *testing.T) { ingesttest.Run(t, cowterritorialchange.New(states.Actors)) }
