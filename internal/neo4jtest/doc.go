// Package neo4jtest gives tests a real Neo4j server, Community 5.26.
//
//	func TestStore(t *testing.T) {
//		server := neo4jtest.Start(t)
//		if err := server.Clear(t.Context()); err != nil { … }
//		… server.URI, server.User, server.Password, or server.Driver(t)
//	}
//
// It finds one in this order: the server that ENTENTE_TEST_NEO4J_URI names (with ENTENTE_TEST_NEO4J_USER and
// ENTENTE_TEST_NEO4J_PASSWORD); Docker, where an engine answers; Java 17 or later, with the server's jars from Maven,
// which are fetched once into the user's cache. Without any the test skips and says how to get one, and fails under
// ENTENTE_TEST_ALL=1.
//
// Community serves one database, and tests clear it. So every test binary has a server of its own, started by the first
// test that asks (about six seconds, up to 1 GB of memory) and shared by all its tests; those that clear it must
// not run in parallel. The server ends with the binary, however that ends: a supervising shell holds the other end of
// a pipe, and kills the server and removes its folder when the pipe closes. A server named by
// ENTENTE_TEST_NEO4J_URI is shared between binaries instead, one at a time.
package neo4jtest
