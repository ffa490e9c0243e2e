package ingest_test

import (
	"testing"

	"github.com/entente-graph/entente/ingest"
)

// A report tells by noun what it tells in all, and of each file that was read.
func TestALoadTellsByNoun(t *testing.T) {
	t.Parallel()
	store := open(t)
	first := load(t, store, folder("a", "version 1\n1 one\n2 two\n3 three\n4 four"))
	check(t, "the first load", first.Nouns, []ingest.NounCounts{{Noun: "acts", Added: 4}, {Noun: "sources", Added: 1}})
	second := load(t, store, folder("a", "version 1\n1 one\n2 zwei\n5 five\n? what"))
	check(t, "the second load", second.Nouns, []ingest.NounCounts{
		{Noun: "acts", Added: 1, Changed: 1, Retracted: 2, Unchanged: 1, Quarantined: 1}, {Noun: "sources", Unchanged: 1},
	})
	if first.Version != "1" || second.Version != "1" {
		t.Errorf("the versions are %q and %q", first.Version, second.Version)
	}
	if len(second.Read) != 1 || second.Read[0].Name != "a" || second.Read[0].Size != int64(len("version 1\n1 one\n2 zwei\n5 five\n? what")) {
		t.Errorf("what was read is %+v", second.Read)
	}
}
