package atop_test

import (
	"testing"

	"github.com/entente-graph/entente/ingest/ingesttest"
	"github.com/entente-graph/entente/ingest/sources/atop"
	"github.com/entente-graph/entente/ingest/sources/states"
)

// TestSource reads made-up alliances with every quirk of the files, everything that is put in quarantine, and every file
// that is refused; and each alliance alone, out of its own records.
func TestSource(t *testing.T) { ingesttest.Run(t, atop.New(states.Actors)) }
