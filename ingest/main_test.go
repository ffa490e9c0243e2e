package ingest

import (
	"os"
	"testing"

	"github.com/entente-graph/entente/internal/testrun"
)

// spoolChild is set to a number in a process whose memory is measured.
const spoolChild = "ENTENTE_TEST_SPOOL"

// TestMain hurries, but not in a process whose memory is measured.
func TestMain(m *testing.M) {
	if os.Getenv(spoolChild) != "" {
		os.Exit(m.Run())
	}
	testrun.Main(m)
}
