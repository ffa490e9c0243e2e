package neo4jstore

import (
	"context"
	"strings"
	"testing"

	"github.com/entente-graph/entente/internal/neo4jtest/wire"
)

// TestOneRoundTrip counts how often each question waits for the server, on a connection that is there: once. A question
// that streams waits once for each page.
func TestOneRoundTrip(t *testing.T) {
	w, ctx := theWorld(), context.Background()
	s, _ := w.store(t)
	for _, scheme := range []string{"bolt", "neo4j"} {
		t.Run(scheme, func(t *testing.T) {
			proxy := wire.Listen(t, s.o.URI)
			o := s.o
			o.URI = scheme + strings.TrimPrefix(proxy.URI, "bolt")
			through, err := Open(ctx, o)
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := through.Close(); err != nil {
					t.Error(err)
				}
			}()
			if _, err := through.Head(ctx); err != nil {
				t.Fatal(err)
			}
			for _, q := range w.questions() {
				proxy.Forget()
				found, err := q.ask(ctx, through)
				if err != nil || (found == 0) != q.none {
					t.Errorf("%s: found %d (%v)", q.name, found, err)
				}
				if trips := proxy.RoundTrips(); trips != max(q.trips, 1) {
					t.Errorf("%s: %d round trips, not %d", q.name, trips, max(q.trips, 1))
				}
			}
		})
	}
}
