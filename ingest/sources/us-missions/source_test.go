package usmissions_test

import (
	"testing"

	"github.com/entente-graph/entente/ingest/ingesttest"
	"github.com/entente-graph/entente/ingest/sources/states"
	usmissions "github.com/entente-graph/entente/ingest/sources/us-missions"
)

// TestSource reads rows of the file with its quirks, everything that is put in quarantine, and every file that is refused; and
// each state alone, out of its own records.
func TestSource(t *testing.T) { ingesttest.Run(t, usmissions.New(states.Actors)) }
