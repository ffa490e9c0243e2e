// Package synthetic makes statements of an invented world, as many as asked, for benchmarks and for tests that need more
// data than a repository should hold. It is an ingest.Source like any other: a file of numbers goes in, a row for each
// comes out, so that what is measured is the whole way from a file to the store.
//
// It promises that a number always makes the same statement, whatever the size of the file and wherever it stands
// in it, and that statements are of the sizes and in the proportions that published datasets have: few actors take
// part in much, most meetings are of two and some of fifty, one title has the words of the next.
//
// The world is not ours. Nothing of it belongs in a store that people ask.
package synthetic
