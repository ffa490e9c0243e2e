package graph_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// TestSearchHasSoManyTerms: as many as a long title has, and no more, for a store looks for each.
func TestSearchHasSoManyTerms(t *testing.T) {
	ask := func(n int) error {
		var words []string
		for i := range n {
			words = append(words, strings.Repeat("a", i+1))
		}
		return graph.SearchQuery{Terms: graph.SearchTerms(strings.Join(words, " ")), First: 1}.Check()
	}
	if err := ask(graph.MaxSearchTerms); err != nil {
		t.Error(err)
	}
	err := ask(graph.MaxSearchTerms + 1)
	if !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "65 words: at most 64") {
		t.Errorf("one more: %v", err)
	}
}
