package cowdiplomaticexchange_test

import (
	"testing"

	"github.com/entente-graph/entente/ingest/ingesttest"
	cowdiplomaticexchange "github.com/entente-graph/entente/ingest/sources/cow-diplomatic-exchange"
	"github.com/entente-graph/entente/ingest/sources/states"
)

// TestSource reads made-up rows with every quirk of the file, everything that is put in quarantine, and every file that is refused;
// and each two states alone, out of their own records.
func TestSource(t *testing.T) { ingesttest.Run(t, cowdiplomaticexchange.New(states.Actors)) }
