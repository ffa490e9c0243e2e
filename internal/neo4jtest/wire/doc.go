// Package wire stands between a driver and a Neo4j server, for tests.
//
// A Proxy understands Bolt. It counts messages and round trips, and cuts a connection at an exact message:
//
//	proxy := wire.Listen(t, server.URI)
//	commit := proxy.Cut(wire.Commit, 1, wire.Answered) // the server commits, the driver never hears of it
//	… with proxy.URI …
//	if !commit.Happened() { t.Error("the connection was not cut") }
//
// At does anything else at such a moment: kills the server, reads through another connection. Down and Up take the
// server away and bring it back.
//
// Slow stands in the same place and knows bytes alone: latency, bandwidth, silence, resets, by toxiproxy.
package wire
