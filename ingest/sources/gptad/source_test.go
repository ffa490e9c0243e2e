package gptad_test

import (
	"testing"

	"github.com/entente-graph/entente/ingest/ingesttest"
	"github.com/entente-graph/entente/ingest/sources/gptad"
	"github.com/entente-graph/entente/ingest/sources/states"
)

// TestSource reads made-up agreements with every quirk of the file, everything that is put in quarantine, and every file
// that is refused; and each agreement alone, out of its own records.
func TestSource(t *testing.T) { ingesttest.Run(t, gptad.New(states.Actors)) }
