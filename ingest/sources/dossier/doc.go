// Package dossier reads dossiers: hand-written YAML files on the relations of a few actors,
// every entry with its citations. docs/dossier.md describes the format for the people who write them.
//
// A dossier is loaded whole or not at all. Whatever is wrong in it is reported together, each mistake with
// file, line, column, the value as it stands there and the nearest valid one; nothing is guessed and nothing
// is read more precisely than it is written (every scalar is text: version 1.10 is not 1.1).
//
// The format stands once, as a table (format.go). Reader, JSON Schema and the completeness tests follow it.
//
// The package ships one dossier, northeast-asia, and can make earlier editions of it (Edition), so that the
// program has an earlier state of knowledge to show. It does not know the registry of states; whoever makes
// the source hands in what the registry says of them.
package dossier
