package ieadb_test

import (
	"testing"

	"github.com/entente-graph/entente/ingest/ingesttest"
	"github.com/entente-graph/entente/ingest/sources/ieadb"
	"github.com/entente-graph/entente/ingest/sources/states"
)

// TestSource reads made-up treaties with every quirk of the files, everything that is put in quarantine, and every file
// that is refused; and each treaty alone, out of its own records.
func TestSource(t *testing.T) { ingesttest.Run(t, ieadb.New(states.Actors)) }
