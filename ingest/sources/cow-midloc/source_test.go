package cowmidloc_test

import (
	"testing"

	"github.com/entente-graph/entente/ingest/ingesttest"
	cowmidloc "github.com/entente-graph/entente/ingest/sources/cow-midloc"
)

func TestSource(t *testing.T) { ingesttest.Run(t, cowmidloc.Source{}) }
