package ingest_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

func erase(t *testing.T, store graph.Store, keys ...string) ingest.Erased {
	t.Helper()
	done, err := ingest.Erase(context.Background(), ingest.EraseOptions{Reader: store, Writer: store, Keys: keys, Reason: "a person asked"})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// concludedAnew checks that what the store holds is what the same files without the erased meetings make in an empty one.
func concludedAnew(t *testing.T, store graph.Store, v, j string) {
	t.Helper()
	fresh := open(t)
	loadOf(t, fresh, visits, folder("a", v))
	loadOf(t, fresh, journal, folder("a", j))
	check(t, "the digest", digest(t, store), digest(t, fresh))
	for what, again := range map[string]ingest.Report{"visits": loadOf(t, store, visits, folder("a", v)), "journal": loadOf(t, store, journal, folder("a", j))} {
		if again.Load != 0 || !again.Links.Nothing() {
			t.Errorf("after the erasure a load of the same %s still concludes something: %+v", what, again)
		}
	}
}

func TestAnErasureConcludesWhatFollows(t *testing.T) {
	t.Parallel()
	const (
		one = "v:1 2024-01-01 2024-01-01 SUMMIT iso3:JPN iso3:USA\n"
		two = "v:2 2024-01-02 2024-01-02 SUMMIT iso3:JPN iso3:USA\n"
		it  = "j:1 2024-01-01 2024-01-01 SUMMIT iso3:JPN iso3:USA\n"
		far = "j:2 2024-05-01 2024-05-01 SUMMIT iso3:JPN iso3:USA\n"
	)
	store := open(t)
	loadOf(t, store, visits, folder("a", one+two))
	loadOf(t, store, journal, folder("a", it+far))
	check(t, "which of two is not clear", listed(t, store, 2), "4: j:1 v:1 v:2 j:2")

	// A link becomes possible.
	done := erase(t, store, "v:2")
	check(t, "the links", done.Links, ingest.Counts{Added: 1})
	check(t, "only one is left", listed(t, store, 3), "2: j:1=v:1 j:2")
	check(t, "the state before, without it", listed(t, store, 2), "3: j:1 v:1 j:2")
	concludedAnew(t, store, one, it+far)

	// And impossible: its other account is erased.
	done = erase(t, store, "j:1")
	check(t, "the links then", done.Links, ingest.Counts{Retracted: 1})
	check(t, "none is left to be linked with", listed(t, store, 4), "2: v:1 j:2")
	concludedAnew(t, store, one, far)
}

// TestALinkOutlivesAnAccount: the link is erased, for it was with the account once, and concluded anew without it.
func TestALinkOutlivesAnAccount(t *testing.T) {
	t.Parallel()
	third := meets{"third", graph.SourceDataset}
	const day = " 2024-01-01 2024-01-01 SUMMIT iso3:JPN iso3:USA\n"
	store := open(t)
	loadOf(t, store, visits, folder("a", "v:1"+day))
	loadOf(t, store, journal, folder("a", "j:1"+day))
	loadOf(t, store, third, folder("a", "x:1"+day))
	check(t, "three", listed(t, store, 3), "1: j:1=v:1=x:1")
	done := erase(t, store, "x:1")
	check(t, "of three two are left", done.Links, ingest.Counts{Changed: 1})
	check(t, "two", listed(t, store, 4), "1: j:1=v:1")

	// Before it is erased, the account is no part of the link any more.
	again := open(t)
	loadOf(t, again, visits, folder("a", "v:1"+day))
	loadOf(t, again, journal, folder("a", "j:1"+day))
	loadOf(t, again, third, folder("a", "x:1"+day))
	loadOf(t, again, third, folder("a", ""))
	check(t, "retracted", listed(t, again, 4), "1: j:1=v:1")
	done = erase(t, again, "x:1")
	check(t, "the link stays as it is", done.Links, ingest.Counts{Unchanged: 1})
	check(t, "erased", listed(t, again, 5), "1: j:1=v:1")
}

func TestAnErasureBesideALoadIsRefused(t *testing.T) {
	t.Parallel()
	store := open(t)
	load(t, store, folder("a", "1 one\n2 two"))
	other := &meanwhile{Store: store, t: t}
	_, err := ingest.Erase(context.Background(), ingest.EraseOptions{Reader: store, Writer: other, Keys: []string{"acts:1"}, Reason: "a person asked"})
	if !errors.Is(err, graph.ErrConflict) || !strings.Contains(err.Error(), "load 2") {
		t.Errorf("a load was recorded while it was looked for what to erase: %v", err)
	}
	check(t, "what is held", holds(t, store), []string{"a 1 eins", "a 2 two"})
}

// meanwhile is a store in which another load is recorded before an erasure.
type meanwhile struct {
	graph.Store
	t *testing.T
}

func (m *meanwhile) Erase(ctx context.Context, order graph.EraseOrder) (graph.Load, error) {
	load(m.t, m.Store, folder("a", "1 eins\n2 two"))
	return m.Store.Erase(ctx, order)
}

// TestLinksAloneAreALoad: where the store was told an erasure without what follows, the next load concludes it, although
// its files say nothing new.
func TestLinksAloneAreALoad(t *testing.T) {
	t.Parallel()
	store := open(t)
	v := folder("a", "v:1 2024-01-01 2024-01-01 SUMMIT iso3:JPN iso3:USA\nv:2 2024-01-02 2024-01-02 SUMMIT iso3:JPN iso3:USA\n")
	loadOf(t, store, visits, v)
	loadOf(t, store, journal, folder("a", "j:1 2024-01-01 2024-01-01 SUMMIT iso3:JPN iso3:USA\n"))
	id := graph.StatementID{Source: "visits", Kind: graph.StatementEngagement, Key: "v:2"}
	if _, err := store.Erase(context.Background(), graph.EraseOrder{IDs: []graph.StatementID{id}, Reason: "a person asked"}); err != nil {
		t.Fatal(err)
	}
	report := loadOf(t, store, visits, v)
	if report.Load != 4 || !report.Counts.Nothing() || report.Links != (ingest.Counts{Added: 1}) {
		t.Errorf("%+v", report)
	}
	check(t, "linked", listed(t, store, 4), "1: j:1=v:1")
}
