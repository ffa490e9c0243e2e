package server

import (
	"net/http"
	"slices"
)

// Headers that pages of other origins may send and read. ETag and Link let a notebook in the browser name the state
// that its answer stands in.
const (
	corsMethods = "GET, HEAD, POST, OPTIONS"
	corsAllowed = "Accept, Content-Type, If-None-Match, X-Request-Id, Apollo-Require-Preflight, GraphQL-Require-Preflight"
	corsExposed = "ETag, Link, Content-Disposition, X-Request-Id, Retry-After, Entente-Asked"
	corsMaxAge  = "600"
)

// sharing lets web pages of the configured origins read answers, and answers the questions that browsers ask
// before (CORS). Without origins it does nothing, and browsers keep answers from pages of other origins.
func (s *Server) sharing(next http.Handler) http.Handler {
	origins := s.config.CORSOrigins
	if len(origins) == 0 {
		return next
	}
	all := slices.Contains(origins, "*")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		origin := r.Header.Get("Origin")
		if !all {
			h.Add("Vary", "Origin")
		}
		allowed := all || slices.Contains(origins, origin)
		if origin != "" && allowed {
			if all {
				origin = "*"
			}
			h.Set("Access-Control-Allow-Origin", origin)
			h.Set("Access-Control-Expose-Headers", corsExposed)
		}
		if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" && origin != "" {
			h.Add("Vary", "Access-Control-Request-Method, Access-Control-Request-Headers")
			if allowed {
				h.Set("Access-Control-Allow-Methods", corsMethods)
				h.Set("Access-Control-Allow-Headers", corsAllowed)
				h.Set("Access-Control-Max-Age", corsMaxAge)
			}
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}
