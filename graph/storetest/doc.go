// Package storetest is the law for stores: what every graph.Store must answer and obey.
//
// A store's own test is a few lines:
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, func(t testing.TB) graph.Store { … a store that is empty … })
//	}
//
// Run does three things. It plays the files of testdata, in which statements, loads, questions and answers
// stand as text; README.md describes the lines. It checks the orders of a graph.Writer: nothing is visible before
// Commit and all after, a batch twice is a batch once, a discarded load leaves no trace. And it compares every page of
// random graphs with a plain evaluation of the same question over all statements (naive.go).
//
// It knows no store.
package storetest
