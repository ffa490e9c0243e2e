package server

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"github.com/entente-graph/entente/graph"
)

// Codes beside those of graph's problems; the GraphQL API has the same.
const (
	codeNotFound    = "NOT_FOUND"
	codeTooLarge    = "REQUEST_TOO_LARGE"
	codeTimeout     = "QUERY_TIMEOUT"
	codeUnavailable = "UNAVAILABLE"
	codeInternal    = "INTERNAL_SERVER_ERROR"
)

// maxEcho bounds how much of what a client sent is said back to it or logged, in bytes.
const maxEcho = 200

// A fault is an error as clients see it: a problem of RFC 9457, whose type is left out (about:blank), with the code
// that GraphQL has for it, what may have been meant, and the id under which the log has an internal error.
type fault struct {
	Title       string   `json:"title"`
	Status      int      `json:"status"`
	Detail      string   `json:"detail"`
	Code        string   `json:"code"`
	Suggestions []string `json:"suggestions,omitempty"`
	ID          string   `json:"id,omitempty"`
}

// statuses is the table from graph's kinds of error to statuses.
var statuses = []struct {
	kind   error
	status int
}{
	{graph.ErrNotFound, http.StatusNotFound},
	{graph.ErrInvalid, http.StatusBadRequest},
	{graph.ErrAmbiguous, http.StatusBadRequest},
	{graph.ErrConflict, http.StatusConflict},
	{graph.ErrGone, http.StatusGone},
	{graph.ErrUnavailable, http.StatusServiceUnavailable},
}

// statusBrokenOff is what the log has for a request that its client left. Nobody reads it but the log.
const statusBrokenOff = 499

// outward turns an error into what a client sees of it. Only a graph.Problem is shown in its own words; internal
// tells whether the log must have the rest.
func outward(err error) (f fault, internal bool) {
	var p *graph.Problem
	switch {
	case errors.As(err, &p):
		f = fault{Status: http.StatusInternalServerError, Detail: p.Error(), Code: p.Code, Suggestions: p.Suggestions}
		for _, s := range statuses {
			if errors.Is(p.Kind, s.kind) {
				f.Status = s.status
			}
		}
		return f, false
	case errors.Is(err, context.DeadlineExceeded):
		return fault{Status: http.StatusServiceUnavailable, Detail: "the answer took too long: ask for less at once, or later", Code: codeTimeout}, true
	case errors.Is(err, context.Canceled):
		return fault{Status: statusBrokenOff, Detail: "the request was broken off", Code: codeUnavailable}, false
	case errors.Is(err, graph.ErrUnavailable):
		return fault{Status: http.StatusServiceUnavailable, Detail: "the store cannot be asked now: try again later", Code: codeUnavailable}, true
	case errors.Is(err, graph.ErrGone):
		return fault{Status: http.StatusGone, Detail: "this answer is no longer held", Code: graph.CodeGone}, false
	default:
		return fault{Status: http.StatusInternalServerError, Detail: "internal error", Code: codeInternal}, true
	}
}

// fail answers with an error. What is internal goes to the log in full, under the id that the client gets.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	f, internal := outward(err)
	if internal {
		f.ID = exchangeOf(r).id
		f.Detail += "; the server's log has it under " + f.ID
		s.config.Logger.ErrorContext(r.Context(), "request failed", slog.String("id", f.ID), slog.Any("error", err))
	}
	s.refuse(w, f)
}

// refuse answers with a fault, and takes back what was said of an answer.
func (s *Server) refuse(w http.ResponseWriter, f fault) {
	f.Title = http.StatusText(f.Status)
	h := w.Header()
	for _, name := range []string{"ETag", "Link", "Content-Disposition"} {
		h.Del(name)
	}
	h.Set("Content-Type", "application/problem+json")
	h.Set("Cache-Control", "no-store")
	if f.Status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "5")
	}
	w.WriteHeader(f.Status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(f) // a client that has gone has nothing to be told
}

// shortened cuts what a client sent to what may be said back.
func shortened(text string) string {
	if len(text) <= maxEcho {
		return text
	}
	return text[:maxEcho] + "…"
}
