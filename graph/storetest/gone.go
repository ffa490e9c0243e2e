package storetest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// toldGone asks for what was erased, at every load: the view says that it was, when and why, and says of what never was
// that it is not found.
func toldGone(t *testing.T, open func(t testing.TB) graph.Store) {
	ctx := context.Background()
	s := open(t)
	loadAll(t, s, graph.Batch{Add: []graph.Statement{
		actorStatement(t, "iso3:AAA", ""), actorStatement(t, "iso3:BBB", ""),
		meetingStatement(t, "gone", "2000", "iso3:AAA", "iso3:BBB"), meetingStatement(t, "stays", "2001", "iso3:AAA", "iso3:BBB"),
	}})
	erase := func(reason string, ids ...graph.StatementID) graph.Load {
		l, err := s.Erase(ctx, graph.EraseOrder{IDs: ids, Reason: reason})
		must(t, err)
		return l
	}
	erase("a person asked", actorStatement(t, "iso3:AAA", "").StatementID)
	last := erase("a court said so", meetingStatement(t, "gone", "2000").StatementID)
	for at := graph.LoadNumber(0); at <= last.Number; at++ {
		v, err := graph.At(ctx, s, graph.SnapshotQuery{Load: &at})
		must(t, err)
		told := func(what string, err error, says string) {
			t.Helper()
			var p *graph.Problem
			if !errors.Is(err, graph.ErrGone) || !errors.As(err, &p) || p.Code != graph.CodeGone || !strings.Contains(p.Message, says) {
				t.Errorf("%s at load %d: %v; it should be gone: %s", what, at, err, says)
			}
		}
		_, err = v.Actor(ctx, "iso3:AAA")
		told("an erased actor", err, `"iso3:AAA" was erased in load 2: a person asked`)
		_, err = v.Resolve(ctx, "AAA")
		told("its bare code", err, "erased in load 2")
		_, err = v.Dyad(ctx, "iso3:AAA", "iso3:BBB")
		told("a dyad with it", err, "erased in load 2")
		_, err = v.Engagement(ctx, "gone")
		told("an erased meeting", err, `"gone" was erased in load 3: a court said so`)
		told("asked for by kind", v.Gone(ctx, graph.StatementEngagement, "gone"), "load 3")
		must(t, v.Gone(ctx, graph.StatementActor, "gone")) // a statement of another kind with the key was never there
		_, err = v.Actor(ctx, "iso3:CCC")
		want(t, err, graph.ErrNotFound)
		_, err = v.Engagement(ctx, "never")
		want(t, err, graph.ErrNotFound)
		if at > 0 {
			_, err = v.Engagement(ctx, "stays")
			must(t, err)
			_, err = v.Actor(ctx, "iso3:BBB")
			must(t, err)
		}
	}
	// Said again, by whoever decides so against a store without a loader's care, it is there.
	loadAll(t, s, graph.Batch{Add: []graph.Statement{meetingStatement(t, "gone", "2000", "iso3:BBB", "iso3:CCC")}})
	v, err := graph.At(ctx, s, graph.SnapshotQuery{})
	must(t, err)
	_, err = v.Engagement(ctx, "gone")
	must(t, err)
}

// mendedTextErased erases what an amendment mended: the text that a person wrote goes with it, the edit stays, and those
// of other things keep theirs.
func mendedTextErased(t *testing.T, open func(t testing.TB) graph.Store) {
	ctx := context.Background()
	s := open(t)
	loadAll(t, s, graph.Batch{Quarantine: []graph.Quarantined{
		{N: 1, Of: meetingStatement(t, "gone", "2000").StatementID, Mistakes: []graph.Mistake{{File: "f", Rule: "wrong"}}, Records: []graph.Record{
			{File: "f", Line: 1, To: 9, Text: "the head\n", Frame: true}, {File: "f", Line: 2, From: 9, To: 19, Text: "her secret"},
		}},
		{N: 2, Of: meetingStatement(t, "stays", "2000").StatementID, Mistakes: []graph.Mistake{{File: "f", Rule: "wrong"}}, Records: []graph.Record{
			{File: "f", Line: 3, From: 20, To: 25, Text: "wrong"}, {File: "g", Line: 2, From: 9, To: 19, Text: "wrong, too"},
		}},
	}})
	edits := []graph.Edit{
		{File: "f", SHA256: "f", Line: 2, From: 9, To: 19, Text: "her secret, mended"},
		{File: "f", SHA256: "f", Line: 3, From: 20, To: 25, Text: "right"},
		{File: "g", SHA256: "g", Line: 2, From: 9, To: 19, Text: "right, too"},
		{File: "f", SHA256: "f", Line: 1, From: 0, To: 8, Text: "the HEAD"}, // of a frame, which is no thing's own
	}
	lease, err := s.Open(ctx, graph.LoadInfo{Source: "test", Amends: 1, Edits: edits})
	must(t, err)
	must(t, s.Write(ctx, lease, graph.Batch{Add: []graph.Statement{meetingStatement(t, "gone", "2000"), meetingStatement(t, "stays", "2000")}}))
	_, err = s.Commit(ctx, lease, graph.Counts{Added: 2})
	must(t, err)
	_, err = s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{meetingStatement(t, "gone", "2000").StatementID}, Reason: "she asked"})
	must(t, err)
	edits[0].Text = ""
	found, err := s.Loads(ctx, graph.LoadQuery{Number: 2, First: 1})
	must(t, err)
	if len(found) != 1 || len(found[0].Edits) != len(edits) {
		t.Fatalf("the amendment is %+v", found)
	}
	for i, e := range found[0].Edits {
		if e != edits[i] {
			t.Errorf("edit %d is %+v, not %+v", i, e, edits[i])
		}
	}
}
