package usenvoys_test

import (
	"testing"

	"github.com/entente-graph/entente/ingest/ingesttest"
	"github.com/entente-graph/entente/ingest/sources/states"
	usenvoys "github.com/entente-graph/entente/ingest/sources/us-envoys"
)

// TestSource reads missions and persons with the quirks of the files, everything that is put in quarantine, and every file that is
// refused; and each appointment alone, out of its own record.
func TestSource(t *testing.T) { ingesttest.Run(t, usenvoys.New(states.Actors)) }
