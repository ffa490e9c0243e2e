package neo4jstore

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/entente-graph/entente/graph"
)

// TestAServerThatIsBehindIsNotHeard sets the head back, as a follower has it that has not caught up: what was answered once is
// then refused after some tries, not answered wrongly and not waited for without end, and is answered as soon as the
// server has caught up.
func TestAServerThatIsBehindIsNotHeard(t *testing.T) {
	w, ctx := theWorld(), context.Background()
	s, sent := w.store(t)
	defer send(ctx, t, s, "MATCH (h:Head) SET h.load = 2")
	send(ctx, t, s, "MATCH (h:Head) SET h.load = 1")
	for _, q := range w.questions() {
		if q.name == "engagements of the hub at the load before" || q.name == "quarantine" {
			if found, err := q.ask(ctx, s); err != nil || found == 0 {
				t.Errorf("%s, which the server has: found %d (%v)", q.name, found, err)
			}
		}
	}
	for _, q := range w.someQuestions() {
		sent.taken()
		begun := time.Now()
		found, err := q.ask(ctx, s)
		if !errors.Is(err, graph.ErrUnavailable) || found > 0 {
			t.Errorf("%s: found %d (%v), not that the store is unavailable", q.name, found, err)
		}
		want := 2 * tries * max(q.trips, 1) // the question, and where the server is
		if n, took := len(sent.taken()), time.Since(begun); n != want || took > 10*time.Second {
			t.Errorf("%s: %d texts were sent in %s, not %d", q.name, n, took, want)
		}
	}

	t.Run("until it has caught up", func(t *testing.T) {
		go func() {
			time.Sleep(60 * time.Millisecond) // within the tries
			session := s.driver.NewSession(ctx, sessionOf(s))
			defer func() { _ = session.Close(ctx) }()
			if result, err := session.Run(ctx, "MATCH (h:Head) SET h.load = 2", nil); err == nil {
				_, _ = result.Consume(ctx)
			}
		}()
		q := w.someQuestions()[0]
		if found, err := q.ask(ctx, s); err != nil || found == 0 {
			t.Errorf("%s: found %d (%v)", q.name, found, err)
		}
	})
	t.Run("and whoever gives up is told so", func(t *testing.T) {
		send(ctx, t, s, "MATCH (h:Head) SET h.load = 1")
		short, cancel := context.WithTimeout(ctx, 30*time.Millisecond)
		defer cancel()
		if _, err := w.someQuestions()[0].ask(short, s); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v, not that the deadline has passed", err)
		}
	})
}

// someQuestions are of the newest load, or of what is newest; one for each way to ask.
func (w *world) someQuestions() (some []question) {
	for _, q := range w.questions() {
		switch q.name {
		case "engagements of the hub", "head", "loads", "unfinished", "erasures", "manifest, a page", "search two words", "tenures", "changes, a page":
			some = append(some, q)
		}
	}
	return some
}

// TestALoadAboveTheHead is wrong input, at once: no server will ever have it that has not got it now.
func TestALoadAboveTheHead(t *testing.T) {
	w, ctx := theWorld(), context.Background()
	s, sent := w.store(t)
	sent.taken()
	_, err := s.Engagements(ctx, graph.EngagementQuery{Load: 3, A: always(hub), First: 1, Alignment: graph.AnyAlignment})
	if !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("%v, not that there is no load 3", err)
	}
	if n := len(sent.taken()); n != 2 {
		t.Errorf("%d texts were sent, not the question and where the head is", n)
	}
	if _, err := s.Statements(ctx, graph.StatementQuery{Load: -1, Kind: graph.StatementSource}); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("%v, not that there is no load -1", err)
	}
}
