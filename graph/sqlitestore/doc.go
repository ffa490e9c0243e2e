// Package sqlitestore keeps the graph in one SQLite file: the embedded store, and the default.
//
// It promises what graph.Reader and graph.Writer promise, held to it by graph/storetest: a load is visible whole
// after Commit or not at all, and every earlier load number answers as it did then. Another process may load while
// one serves; readers are never blocked. It needs no C compiler.
//
// It concludes nothing: what index rows a statement has is graph.Index's to say, and what follows from
// statements is graph's. README.md describes the tables for people with a SQL tool.
package sqlitestore
