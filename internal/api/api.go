// Package api answers GraphQL questions about a graph: the schema of /schema over a graph.Reader.
//
// A resolver turns arguments into a question, asks a graph.View once and returns what the domain concluded. Views
// and loaders live for one request (request.go), so that sources are read once, lists under lists are asked
// together, and two snapshots in one document never mix. Errors leave through one table (errors.go); limits
// hold before anything is executed (limits.go, measure.go, cost.go).
//
// It promises never to write, to mask what is internal, and to work with the zero configuration. It does not know any
// store, nor who mounts its handler.
package api

import (
	"log/slog"
	"net/http"

	"github.com/entente-graph/entente/graph"
)

// Config is what the API needs. Only Reader must be set.
type Config struct {
	Reader  graph.Reader
	Logger  *slog.Logger // internal errors with their ids; nil: slog.Default()
	Limits  Limits       // zero values are defaults
	Version string       // of the program, shown in extensions.entente
	// HideSchema refuses introspection, which is otherwise always answered.
	HideSchema bool
	// NoGet refuses questions by GET, and with them addresses that are to last; POST is always answered.
	NoGet bool
}

// New makes the handler of /graphql: POST and GET, application/graphql-response+json and application/json, as
// GraphQL over HTTP has it. It panics without a Reader.
func New(c Config) http.Handler {
	return newService(c)
}
