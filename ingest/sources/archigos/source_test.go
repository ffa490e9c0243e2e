package archigos_test

import (
	"testing"

	"github.com/entente-graph/entente/ingest/ingesttest"
	"github.com/entente-graph/entente/ingest/sources/archigos"
	"github.com/entente-graph/entente/ingest/sources/states"
)

// TestSource reads made-up leaders with every quirk of the file, everything that is put in quarantine, and every file that
// is refused; and each leader alone, out of the leader's own records.
func TestSource(t *testing.T) { ingesttest.Run(t, archigos.New(states.Actors)) }
