package example

import (
	"testing"

	"github.com/entente-graph/entente/ingest/ingesttest"
)

func TestSource(t *testing.T) { ingesttest.Run(t, New()) }
