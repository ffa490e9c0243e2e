package server

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/sample/sampletest"
)

func TestMain(m *testing.M) { sampletest.Main(m) }

// sampleStore opens the first three loads of the sample, for one test.
func sampleStore(t testing.TB) graph.Store {
	t.Helper()
	return sampletest.Dossier(t)
}

// quiet is a logger for tests that expect no warning: one fails the test.
func quiet(t testing.TB) *slog.Logger {
	return slog.New(slog.NewTextHandler(failing{t}, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

type failing struct{ t testing.TB }

func (w failing) Write(p []byte) (int, error) {
	w.t.Errorf("logged: %s", p)
	return len(p), nil
}

// A logbook keeps what is logged, as lines of JSON.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func (l *logbook) logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// lines gives the logged lines with a message.
func (l *logbook) lines(t testing.TB, message string) []map[string]any {
	t.Helper()
	var found []map[string]any
	for _, line := range bytes.Split([]byte(l.String()), []byte("\n")) {
		if len(line) == 0 {
			continue
		}
		var m map[string]any
		if err := json.Unmarshal(line, &m); err != nil {
			t.Fatalf("a line of the log is no JSON: %v\n%s", err, line)
		}
		if m["msg"] == message {
			found = append(found, m)
		}
	}
	return found
}

// sampleServer serves the sample; what it logs as a warning fails the test.
func sampleServer(t testing.TB) http.Handler {
	t.Helper()
	return New(Config{Reader: sampleStore(t), Logger: quiet(t), Version: "test"}).Handler()
}

// get asks for a path, with headers given as name and value in turn.
func get(t testing.TB, h http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	return ask(t, h, httptest.NewRequest(http.MethodGet, path, nil), headers...)
}

func ask(t testing.TB, h http.Handler, r *http.Request, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}
