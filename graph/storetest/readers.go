package storetest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// readers checks that no answer ever deviates while another writes.
func readers(t *testing.T, open func(t testing.TB) graph.Store) {
	for name, check := range map[string]func(*testing.T, graph.Store){
		"many slices are read side by side":                     sideBySide,
		"many ask while one loads":                              concurrent,
		"pages are walked through while loads become visible":   walked,
		"many ask while all is superseded and taken back":       whileDiscarded,
		"many ask while index rows are rebuilt":                 whileRebuilt,
		"many ask while a load goes from hand to hand":          whileTakenOver,
		"many ask at a load while what came after it is erased": whileErased,
	} {
		t.Run(name, func(t *testing.T) { check(t, open(t)) })
	}
}

// sideBySide reads the manifests of many slices step by step, all at once, and asks something else in between.
func sideBySide(t *testing.T, s graph.Store) {
	ctx := context.Background()
	const slices, each = 40, 3
	var all []graph.Statement
	for i := range slices {
		for j := range each {
			st := actorStatement(t, fmt.Sprintf("S%02d-%d", i, j), "")
			st.Slice = graph.SliceID(fmt.Sprint("slice ", i))
			all = append(all, st)
		}
	}
	loadAll(t, s, graph.Batch{Add: all})
	var nexts []func() (graph.ManifestEntry, error, bool)
	for i := range slices {
		next, stop := iter.Pull2(s.Manifest(ctx, graph.ManifestQuery{Load: 1, Slice: &graph.Slice{Source: "test", ID: graph.SliceID(fmt.Sprint("slice ", i))}}))
		defer stop()
		nexts = append(nexts, next)
	}
	for j := range each + 1 {
		for i, next := range nexts {
			e, err, more := next()
			must(t, err)
			if key := fmt.Sprintf("S%02d-%d", i, j); more != (j < each) || more && e.Key != key {
				t.Fatalf("entry %d of slice %d is %v (more: %t)", j, i, e, more)
			}
			wantActor(t, s, e.Key, more)
		}
	}
}

func wantActor(t *testing.T, s graph.Store, key string, there bool) {
	t.Helper()
	found, err := s.Statements(context.Background(), graph.StatementQuery{Load: 1, Kind: graph.StatementActor, Keys: []string{key}})
	must(t, err)
	if (len(found) == 1) != there {
		t.Errorf("the actors of key %q are %v", key, recorded(found))
	}
}

// A watch asks the same questions in a loop, many at once, until it is ended.
type watch struct {
	stop chan struct{}
	all  sync.WaitGroup
}

// watchLoad watches how a load answers: all questions at once, pages from first to last, counts and the digest.
func watchLoad(t *testing.T, s graph.Store, at graph.LoadNumber) (end func()) {
	t.Helper()
	whole := everything(t, s, at)
	paged, err := pages(context.Background(), s, at)
	must(t, err)
	w := &watch{stop: make(chan struct{})}
	for _, question := range []struct {
		ask  func(context.Context, graph.Reader) (string, error)
		want string
	}{
		{func(ctx context.Context, r graph.Reader) (string, error) { return ask(ctx, s, at) }, whole},
		{func(ctx context.Context, r graph.Reader) (string, error) { return ask(ctx, s, at) }, whole},
		{func(ctx context.Context, r graph.Reader) (string, error) { return pages(ctx, r, at) }, paged},
		{func(ctx context.Context, r graph.Reader) (string, error) { return ask(ctx, s, 0) }, everything(t, s, 0)},
	} {
		w.all.Go(func() {
			for {
				got, err := question.ask(context.Background(), s)
				if err != nil {
					t.Errorf("at load %d: %v", at, err)
					return
				}
				if got != question.want {
					t.Errorf("an answer at load %d deviates:\n%s\nit was:\n%s", at, got, question.want)
					return
				}
				select {
				case <-w.stop:
					return
				default:
				}
			}
		})
	}
	return func() {
		t.Helper()
		close(w.stop)
		w.all.Wait()
	}
}

// pages walks through everything that comes in pages, and counts.
func pages(ctx context.Context, r graph.Reader, at graph.LoadNumber) (string, error) {
	var got []string
	one, two := []graph.Constituent{{Actor: "AAA", Valid: graph.Always}}, []graph.Constituent{{Actor: "BBB", Valid: graph.Always}}
	for _, q := range []graph.EngagementQuery{{First: 150}, {A: one, First: 40}, {A: one, B: two, First: 7}} {
		q.Load, q.Count = at, true
		for {
			page, err := r.Engagements(ctx, q)
			if err != nil {
				return "", err
			}
			got = append(append(got, recorded(page.Items)...), fmt.Sprint("of ", *page.Total))
			if !page.More {
				break
			}
			if len(page.Position) == 0 {
				return "", errors.New("there is more after an empty page")
			}
			q.After = &page.Position[len(page.Position)-1]
		}
	}
	for q := (graph.ActorQuery{Load: at, First: 3}); ; {
		page, err := r.ActorKeys(ctx, q)
		if err != nil {
			return "", err
		}
		got = append(got, fmt.Sprint(page.Keys))
		if !page.More {
			break
		}
		q.After = &page.Position[len(page.Position)-1]
	}
	for e, err := range r.Manifest(ctx, graph.ManifestQuery{Load: at, Slice: &graph.Slice{Source: "test", ID: "test"}}) {
		if err != nil {
			return "", err
		}
		got = append(got, e.Key+" "+e.Hash.String())
	}
	return fmt.Sprint(got), nil
}

func whileDiscarded(t *testing.T, s graph.Store) {
	ctx := context.Background()
	lease, _ := superseding(t, s, size())
	defer watchLoad(t, s, 1)()
	var all []graph.Statement
	for i := range few(4, 8) {
		all = append(all, actorStatement(t, fmt.Sprintf("%c%[1]c%[1]c", 'A'+i), "otherwise"))
	}
	for range 2 {
		must(t, s.Discard(ctx, lease, nil))
		lease = openLoad(t, s)
		for i, st := range all {
			b := supersede([]graph.Statement{st, meetingStatement(t, fmt.Sprintf("m%04d", i), "1999", "AAA", "BBB"), meetingStatement(t, fmt.Sprintf("n%04d", i), "1999", "AAA", "BBB")})
			b.Number, b.Quarantine, b.Close = i, nil, b.Close[:2]
			must(t, s.Write(ctx, lease, b))
		}
	}
	must(t, s.Discard(ctx, lease, nil))
}

func whileRebuilt(t *testing.T, s graph.Store) {
	ctx := context.Background()
	lease, _ := superseding(t, s, size())
	_, err := s.Commit(ctx, lease, graph.Counts{})
	must(t, err)
	end1, end2 := watchLoad(t, s, 1), watchLoad(t, s, 2)
	defer end1()
	defer end2()
	for range 2 {
		told, of := 0, 0
		must(t, s.RebuildIndex(ctx, func(done, total int) {
			if done < told || total < done || of != 0 && total != of {
				t.Errorf("rebuilding is told as %d of %d after %d of %d", done, total, told, of)
			}
			told, of = done, total
		}))
		if told != of || of != 2*(8+size()) {
			t.Errorf("rebuilt are %d of %d statements", told, of)
		}
	}
}

func whileTakenOver(t *testing.T, s graph.Store) {
	ctx := context.Background()
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", ""), actorStatement(t, "BBB", ""), meetingStatement(t, "m", "2000", "AAA", "BBB")}})
	end := watchLoad(t, s, 1)
	lease := openLoad(t, s)
	var batches []graph.Batch
	for i := range few(7, 12) {
		b := graph.Batch{Number: i, Add: []graph.Statement{meetingStatement(t, fmt.Sprint("n", i), "1999", "AAA", "BBB"), actorStatement(t, fmt.Sprintf("B%02d", i), "")}}
		if i == 5 {
			b.Close = []graph.StatementID{meetingStatement(t, "m", "2000").StatementID}
		}
		batches = append(batches, b)
	}
	for i := range batches {
		for _, b := range batches[max(0, i-2) : i+1] {
			must(t, s.Write(ctx, lease, b))
		}
		taken, err := s.TakeOver(ctx, lease.Load, true)
		must(t, err)
		lease = taken
	}
	_, err := s.Commit(ctx, lease, graph.Counts{})
	must(t, err)
	end()
	page, err := s.Engagements(ctx, graph.EngagementQuery{Load: 2, Count: true})
	must(t, err)
	if *page.Total != len(batches) || len(page.Items) != len(batches) {
		t.Errorf("at load 2 there are %d engagements, of %d", *page.Total, len(batches))
	}
}

// whileErased: what is erased goes from every number, and nothing else does.
func whileErased(t *testing.T, s graph.Store) {
	ctx := context.Background()
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", ""), actorStatement(t, "BBB", ""), meetingStatement(t, "m", "2000", "AAA", "BBB")}})
	var later []graph.Statement
	for i := range 40 {
		later = append(later, actorStatement(t, fmt.Sprintf("L%02d", i), ""), meetingStatement(t, fmt.Sprintf("l%02d", i), "1999", "AAA", "BBB"))
	}
	loadAll(t, s, graph.Batch{Add: later})
	end := watchLoad(t, s, 1)
	defer end()
	for _, st := range later[:few(6, 12)] {
		_, err := s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{st.StatementID}, Reason: "a test"})
		must(t, err)
	}
}

// concurrent asks at the head while loads replace everything: each answer must be one load's, whole.
func concurrent(t *testing.T, s graph.Store) {
	ctx := context.Background()
	const actors, loads = 10, 8
	stop := make(chan struct{})
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				head, err := s.Head(ctx)
				if err != nil {
					t.Error(err)
					return
				}
				n := head.Load.Number
				found, err := s.Statements(ctx, graph.StatementQuery{Load: n, Kind: graph.StatementActor})
				if err != nil {
					t.Error(err)
					return
				}
				for _, f := range found {
					if f.Load != n {
						t.Errorf("at load %d there is a statement of load %d", n, f.Load)
					}
				}
				if n > 0 && len(found) != actors {
					t.Errorf("at load %d there are %d actors of %d", n, len(found), actors)
				}
			}
		})
	}
	for n := range loads {
		lease := openLoad(t, s)
		for half := range 2 {
			b := graph.Batch{Number: half}
			for i := half; i < actors; i += 2 {
				st := actorStatement(t, fmt.Sprintf("A%02d", i), fmt.Sprint(n))
				if b.Add = append(b.Add, st); n > 0 {
					b.Close = append(b.Close, st.StatementID)
				}
			}
			must(t, s.Write(ctx, lease, b))
		}
		_, err := s.Commit(ctx, lease, graph.Counts{})
		must(t, err)
	}
	close(stop)
	all.Wait()
}
