package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/entente-graph/entente/graph"
)

// makeHistory fills a store with what happens to one over the years: loads, supersessions and retractions, loads that
// were discarded, quarantines, undos and amendments, erasures, and things told again after them.
func makeHistory(t testing.TB, s graph.Store, seed uint64) {
	t.Helper()
	ctx := context.Background()
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 2)), t: t} //nolint:gosec // a test wants the same history again, not secrets
	for i := range 5 {
		g.actors = append(g.actors, graph.ActorKey(fmt.Sprintf("actor:%c", 'a'+i)))
	}
	open := map[graph.StatementID]graph.Recorded{}
	for step := range 24 {
		head, err := s.Head(ctx)
		must(t, err)
		last := head.Load.Number
		if step%7 == 6 {
			eraseSome(t, g, s, open)
			continue
		}
		discard := g.IntN(4) == 0
		was := open
		if discard {
			open = map[graph.StatementID]graph.Recorded{}
			for id, r := range was {
				open[id] = r
			}
		}
		lease, err := s.Open(ctx, historyInfo(g, last, step))
		must(t, err)
		b := g.historyBatch(open, lease.Load)
		must(t, s.Write(ctx, lease, b))
		must(t, s.Write(ctx, lease, graph.Batch{Number: 1, Quarantine: entries(1, g.IntN(5))}))
		if discard {
			must(t, s.Discard(ctx, lease, nil))
			open = was
			continue
		}
		_, err = s.Commit(ctx, lease, graph.Counts{Added: len(b.Add), Changed: len(b.Close), Unchanged: step, Quarantined: 1, Retracted: 2})
		must(t, err)
		if step%3 == 0 {
			time.Sleep(2 * time.Millisecond)
		}
	}
}

func historyInfo(g *generator, last graph.LoadNumber, step int) graph.LoadInfo {
	info := graph.LoadInfo{
		Source: pick(g, []graph.SourceKey{"one", "two"}), Importer: pick(g, []string{"", "dossier"}), Program: "entente 1.2.3", Note: pick(g, []string{"", "why", "日本 \x01"}),
		Slices: []graph.Slice{{Source: "one", ID: "one-0"}, {Source: "two", ID: "two-1"}}[:g.IntN(3)],
		Files:  []graph.File{{Name: "a.csv", SHA256: "00ff", Size: int64(step)}, {Name: "b", SHA256: "11", Size: 1 << 40}}[:g.IntN(3)],
	}
	if last > 0 && g.IntN(3) == 0 {
		info.Undoes = last
	}
	if last > 0 && g.IntN(3) == 0 {
		info.Amends = 1
		info.Edits = []graph.Edit{{File: "f.csv", SHA256: "00ff", Line: 2, From: 10, To: 20, Text: "mended"}, {File: "g", SHA256: "11", Text: "not \xff UTF-8"}}
	}
	return info
}

func (g *generator) historyBatch(open map[graph.StatementID]graph.Recorded, n graph.LoadNumber) (b graph.Batch) {
	var each []graph.Batch
	for _, source := range []graph.SourceKey{"one", "two"} {
		for _, key := range []string{"e:%03d", "t:%02d", "l:%02d"} {
			for i := range 5 {
				each = g.change(each, open, source, fmt.Sprintf(key, i), n)
			}
		}
		for _, a := range g.actors {
			each = g.change(each, open, source, string(a), n)
		}
	}
	g.Shuffle(len(each), func(i, j int) { each[i], each[j] = each[j], each[i] })
	for _, c := range each {
		b.Close, b.Add = append(b.Close, c.Close...), append(b.Add, c.Add...)
	}
	return b
}

// eraseSome erases a statement or two, and sees that they may be told again.
func eraseSome(t testing.TB, g *generator, s graph.Store, open map[graph.StatementID]graph.Recorded) {
	t.Helper()
	var ids []graph.StatementID
	for id := range open {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, graph.StatementID.Compare)
	g.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	ids = ids[:min(len(ids), 1+g.IntN(2))]
	_, err := s.Erase(context.Background(), graph.EraseOrder{IDs: ids, Reason: fmt.Sprint("erased ", len(ids)), Program: "entente 1.2.3"})
	must(t, err)
	for _, id := range ids {
		delete(open, id)
	}
}
