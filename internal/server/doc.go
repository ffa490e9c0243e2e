// Package server is the program's HTTP side: it mounts the GraphQL handler and the playground, and answers the plain
// URLs beside them: tables of ties as CSV, JSON and BibTeX, health, readiness and metrics.
//
// It promises that no request waits or grows without bound (timeouts, header and body limits), that an unknown
// path, method or parameter is an error that names what there is, that nothing internal reaches a client (it goes to
// the log in full, with the id the client sees), and that what it began answering it finishes when it is told to end.
//
// It concludes nothing about the graph: it asks a graph.View, and lays out what that says (table.go). It does not
// know any store, and reads no configuration but its Config.
package server
