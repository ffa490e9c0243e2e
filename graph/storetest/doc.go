// Package storetest is the law for stores: what every graph.Store must answer and obey.
//
// A store's own test is a few lines:
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, func(t testing.TB) graph.Store { … a store that is empty … })
//	}
//
// Run plays the files of testdata, in which statements, loads, questions and answers stand as text (README.md
// describes the lines), and compares every page of random graphs with a plain evaluation of the same question over all
// statements (naive.go); then both once more with all index rows rebuilt after every load. It checks the orders of a
// graph.Writer: nothing is visible before Commit and all after, a batch twice is a batch once, a discarded load leaves no
// trace; who lost a lease writes nothing, whatever it tries (lease.go); an order that is cancelled at any of its steps is
// done or is not (cancel.go); what was erased was never there (erase.go); and while all this goes on no answer
// deviates (readers.go).
//
// What a store's own test adds: that a lease runs out by the store's clock, and that Answers hold when the index rows are
// really gone before they are rebuilt (Rebuilt). Loads themselves are held to their promises by ingest/ingesttest.Lifecycle.
//
// It knows no store.
package storetest
