package ingest

import (
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// The table of decisions that comes with the program is in order, each pair once, and says why.
func TestShippedDecisionsAreInOrder(t *testing.T) {
	all := ShippedDecisions()
	if len(all) == 0 {
		t.Fatal("there are none")
	}
	for i, d := range all {
		if d.A == d.B || d.Because == "" || d.Verdict != graph.VerdictSame {
			t.Errorf("%+v", d)
		}
		if i > 0 && strings.Compare(all[i-1].Key, d.Key) >= 0 {
			t.Errorf("%s stands behind %s", d.Key, all[i-1].Key)
		}
	}
}

// A decision that comes with the program makes two keys one person; one that people made in the store outranks it.
func TestShippedDecisionsHoldUntilPeopleDecide(t *testing.T) {
	d := ShippedDecisions()[0]
	var persons []graph.PersonTrait
	for _, key := range []string{d.A, d.B} {
		source, name, _ := strings.Cut(key, ":")
		persons = append(persons, graph.PersonTrait{Key: graph.ActorKey(key), Source: graph.SourceKey(source), Names: []string{"Somebody Called " + name}})
	}
	identities := func(decided ...graph.Decision) (found []string) {
		all, _ := graph.ConcludeIdentities(persons, withShipped(decided), func(graph.SourceKey) int { return 0 })
		for _, i := range all {
			found = append(found, i.Because[0].Rule+": "+i.Because[0].Because)
		}
		return found
	}
	if got, want := identities(), []string{"decision: " + d.Because}; !slices.Equal(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
	if got := identities(*graph.NewDecision(graph.VerdictDifferent, d.A, d.B, "they are not")); len(got) > 0 {
		t.Errorf("%v although people decided otherwise", got)
	}
	if got, want := identities(*graph.NewDecision(graph.VerdictSame, d.A, d.B, "we looked")), []string{"decision: we looked"}; !slices.Equal(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
}
