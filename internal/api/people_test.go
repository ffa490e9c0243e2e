package api

import "testing"

// TestPeoplePage asks the sample what docs/people.md asks, in order. The answers stand in testdata/people.golden.
func TestPeoplePage(t *testing.T) {
	t.Parallel()
	askPage(t, "people")
}
