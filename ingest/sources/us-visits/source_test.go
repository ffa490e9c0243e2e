package usvisits_test

import (
	"testing"

	"github.com/entente-graph/entente/ingest/ingesttest"
	"github.com/entente-graph/entente/ingest/sources/states"
	usvisits "github.com/entente-graph/entente/ingest/sources/us-visits"
)

func TestSource(t *testing.T) { ingesttest.Run(t, usvisits.New(states.Actors)) }
