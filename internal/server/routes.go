package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/permanent"
)

// routes lists what is answered. Every path that is mounted is named where an unknown one is asked for.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	var places []string
	mount := func(pattern string, h http.Handler) {
		places = append(places, pattern)
		mux.Handle(pattern, s.routed(pattern, h))
	}
	packed := packing()
	if s.config.Playground != nil {
		mux.Handle("/{$}", s.routed("/", s.reading(http.RedirectHandler("/playground", http.StatusFound))))
		mount("/playground", s.bounded(s.config.Playground))
		mux.Handle("/playground/", s.routed("/playground", s.bounded(s.config.Playground)))
	}
	if s.config.GraphQL != nil {
		mount("/graphql", packed(s.config.GraphQL) /* holds its own limit of the body */)
	}
	if s.config.Schema != "" {
		mount("/v1/schema.graphql", packed(s.reading(schemaFile(s.config.Schema))))
	}
	for _, f := range tieFormats {
		mount("/v1/dyads/{a}/{b}/ties."+f.ending, packed(s.reading(s.ties(f))))
	}
	mount("/healthz", s.reading(http.HandlerFunc(healthy)))
	mount("/readyz", s.reading(http.HandlerFunc(s.ready)))
	mount("/metrics", s.reading(s.metrics.handler()))
	mux.Handle("/", s.routed("(none)", s.bounded(s.nothing(places))))
	return mux
}

// packing compresses answers for those who accept it. An answer's tag says which of the two forms it is; gzip is the one
// that every client reads which says so (on Node 20 some ask for zstd and cannot).
func packing() func(http.Handler) http.HandlerFunc {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.SuffixETag(permanent.PackedTag), gzhttp.EnableZstd(false))
	if err != nil {
		panic("server: " + err.Error()) // the options are constants
	}
	return wrap
}

// routed names the route for log and metrics, and sets the time in which it must be answered.
func (s *Server) routed(pattern string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		exchangeOf(r).route = pattern
		ctx, cancel := context.WithTimeout(r.Context(), s.config.Timeouts.Request)
		defer cancel()
		h.ServeHTTP(w, r.WithContext(ctx))
	})
}

// reading is for what can only be read: GET and HEAD.
func (s *Server) reading(h http.Handler) http.Handler {
	const allowed = "GET, HEAD, OPTIONS"
	return s.bounded(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodGet, http.MethodHead:
			h.ServeHTTP(w, r)
		case http.MethodOptions:
			w.Header().Set("Allow", allowed)
			w.WriteHeader(http.StatusNoContent)
		default:
			w.Header().Set("Allow", allowed)
			s.refuse(w, fault{
				Status: http.StatusMethodNotAllowed, Code: graph.CodeBadUserInput,
				Detail: fmt.Sprintf("%s answers GET and HEAD, not %s", shortened(r.URL.Path), shortened(r.Method)),
			})
		}
	}))
}

// bounded is for what takes no body: one is read to its end, if that is within the limit, and forgotten.
func (s *Server) bounded(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength != 0 {
			tooLarge := r.ContentLength > s.config.BodyLimit
			if !tooLarge {
				_, err := io.Copy(io.Discard, http.MaxBytesReader(w, r.Body, s.config.BodyLimit))
				var over *http.MaxBytesError
				tooLarge = errors.As(err, &over)
			}
			if tooLarge {
				w.Header().Set("Connection", "close")
				s.refuse(w, fault{
					Status: http.StatusRequestEntityTooLarge, Code: codeTooLarge,
					Detail: fmt.Sprintf("the body is larger than %d bytes, which is the limit; and nothing here reads one", s.config.BodyLimit),
				})
				return
			}
		}
		h.ServeHTTP(w, r)
	})
}

// nothing answers for paths that are not there, and says what is.
func (s *Server) nothing(places []string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, fault{
			Status: http.StatusNotFound, Code: codeNotFound,
			Detail:      fmt.Sprintf("there is nothing at %q; there are %s", shortened(r.URL.Path), strings.Join(places, ", ")),
			Suggestions: nearestPlaces(r.URL.Path, places),
		})
	})
}

// nearestPlaces gives the places that a mistyped path may have meant, with what the path has in their variable parts.
func nearestPlaces(path string, places []string) []string {
	if len(path) > maxEcho {
		return nil
	}
	given := strings.Split(path, "/")
	candidates := make([]string, 0, len(places))
	for _, place := range places {
		parts := strings.Split(place, "/")
		if len(parts) == len(given) {
			for i, part := range parts {
				if strings.HasPrefix(part, "{") {
					parts[i] = given[i]
				}
			}
		}
		candidates = append(candidates, strings.Join(parts, "/"))
	}
	near := graph.Nearest(path, candidates, 3)
	return slices.DeleteFunc(near, func(c string) bool { return strings.Contains(c, "{") })
}

// healthy says that the process answers.
func healthy(w http.ResponseWriter, _ *http.Request) {
	plain(w, http.StatusOK, "ok")
}

// readyPatience is how long readiness waits for the store.
const readyPatience = 2 * time.Second

// ready says whether questions can be answered now: whether the store can.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyPatience)
	defer cancel()
	head, err := s.config.Reader.Head(ctx)
	if err != nil {
		id := exchangeOf(r).id
		s.config.Logger.WarnContext(r.Context(), "not ready", "id", id, "error", err)
		plain(w, http.StatusServiceUnavailable, "the store cannot be asked now; the log has the reason under "+id)
		return
	}
	plain(w, http.StatusOK, fmt.Sprintf("ready, load %d", head.Load.Number))
}

func plain(w http.ResponseWriter, status int, line string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, line+"\n") // a client that has gone has nothing to be told
}
