package server

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"time"
)

// An exchange is what log and metrics know of one request; the route is filled in when it is found.
type exchange struct{ id, route string }

type exchangeKey struct{}

func exchangeOf(r *http.Request) *exchange {
	if x, ok := r.Context().Value(exchangeKey{}).(*exchange); ok {
		return x
	}
	return &exchange{}
}

// requestID is the header by which a proxy names a request; the answer has it, too.
const requestID = "X-Request-Id"

var goodID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// observe gives each request an id, counts it, and logs it when it is answered: the route, not who asked. Of what
// was asked it logs no more than maxEcho bytes of path and parameters, and nothing of bodies.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		x := &exchange{id: r.Header.Get(requestID), route: "(none)"}
		if !goodID.MatchString(x.id) {
			x.id = rand.Text()[:16]
		}
		w.Header().Set(requestID, x.id)
		rec := &recorder{ResponseWriter: w}
		s.metrics.open.Inc()
		defer func() {
			took := time.Since(began)
			s.metrics.open.Dec()
			s.metrics.count(x.route, r.Method, rec.code(), took)
			level := slog.LevelInfo
			switch {
			case rec.code() >= 500:
				level = slog.LevelError
			case x.route == "/healthz" || x.route == "/readyz" || x.route == "/metrics":
				level = slog.LevelDebug // asked every few seconds by machines
			}
			s.config.Logger.LogAttrs(r.Context(), level, "request",
				slog.String("id", x.id), slog.String("method", shortened(r.Method)), slog.String("route", x.route),
				slog.String("path", shortened(r.URL.Path)), slog.String("query", shortened(r.URL.RawQuery)),
				slog.Int("status", rec.code()), slog.Duration("took", took), slog.Int64("bytes", rec.bytes))
		}()
		next.ServeHTTP(rec, r.WithContext(context.WithValue(r.Context(), exchangeKey{}, x)))
	})
}

// recovering turns a panic into an internal error, or where the answer has begun, breaks it off so that the client
// does not take it for whole.
func (s *Server) recovering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if p == http.ErrAbortHandler { //nolint:errorlint // the value itself, as net/http has it
				panic(p)
			}
			err := fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			if rec, ok := w.(*recorder); ok && rec.status != 0 {
				s.config.Logger.ErrorContext(r.Context(), "request failed after its answer began",
					slog.String("id", exchangeOf(r).id), slog.Any("error", err))
				panic(http.ErrAbortHandler)
			}
			s.fail(w, r, err)
		}()
		next.ServeHTTP(w, r)
	})
}

// securing sets what every answer says to browsers; the playground sets its own policy.
func (s *Server) securing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		next.ServeHTTP(w, r)
	})
}

// A recorder notes what an answer was.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader notes the first status that is not informational.
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(p)
	w.bytes += int64(n)
	return n, err
}

// Flush sends what is written so far.
func (w *recorder) Flush() {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	_ = http.NewResponseController(w.ResponseWriter).Flush() // a writer that cannot flush sends at the end
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *recorder) code() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}
