package wire

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"
)

// Slow is a bad network between a driver and a server.
type Slow struct {
	URI string // where a driver reaches the server through it: bolt://…

	t     testing.TB
	proxy *toxiproxy.Proxy
}

// ListenSlow stands before the server at a bolt:// or neo4j:// address until the test ends. At first it is a good network.
func ListenSlow(t testing.TB, uri string) *Slow {
	t.Helper()
	_, target, ok := strings.Cut(uri, "://")
	if !ok {
		t.Fatalf("%q is no address of a Neo4j server, like bolt://127.0.0.1:7687", uri)
	}
	zerolog.SetGlobalLevel(zerolog.Disabled) // some toxics write to standard error whatever their logger
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	proxy := toxiproxy.NewProxy(server, "neo4j", "127.0.0.1:0", target)
	if err := proxy.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(proxy.Stop)
	return &Slow{URI: "bolt://" + proxy.Listen, t: t, proxy: proxy}
}

// Latency delays what the server sends.
func (s *Slow) Latency(delay, jitter time.Duration) {
	s.toxic("latency", map[string]int64{"latency": delay.Milliseconds(), "jitter": jitter.Milliseconds()})
}

// Bandwidth limits how many KB a second the server sends.
func (s *Slow) Bandwidth(kb int64) { s.toxic("bandwidth", map[string]int64{"rate": kb}) }

// Silence keeps from the driver what the server sends, and the connection open: a network that is gone without a word.
func (s *Slow) Silence() { s.toxic("timeout", map[string]int64{"timeout": 0}) }

// Reset resets the connections some time after they were made.
func (s *Slow) Reset(after time.Duration) {
	s.toxic("reset_peer", map[string]int64{"timeout": after.Milliseconds()})
}

// Good makes it a good network again. Connections that were silent end.
func (s *Slow) Good() { s.proxy.Toxics.ResetToxics(s.t.Context()) }

func (s *Slow) toxic(kind string, attributes map[string]int64) {
	s.t.Helper()
	text, err := json.Marshal(map[string]any{"type": kind, "attributes": attributes})
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.proxy.Toxics.AddToxicJson(strings.NewReader(string(text))); err != nil {
		s.t.Fatalf("%s: %v", kind, err)
	}
}
