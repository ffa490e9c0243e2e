package ingest_test

import (
	"testing"

	"github.com/entente-graph/entente/ingest/ingesttest"
)

// TestLifecycle holds loads, on the embedded store, to what they are promised on every store.
func TestLifecycle(t *testing.T) {
	t.Parallel()
	ingesttest.Lifecycle(t, open)
}
