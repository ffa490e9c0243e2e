package api

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/sample/sampletest"
)

func TestMain(m *testing.M) { sampletest.Main(m) }

// sampleStore opens the sample for one test.
func sampleStore(t testing.TB) graph.Store {
	t.Helper()
	return sampletest.Store(t)
}

// quiet is a logger for tests that expect no line; what it is told fails the test.
func quiet(t testing.TB) *slog.Logger {
	return slog.New(slog.NewTextHandler(testWriter{t}, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

type testWriter struct{ t testing.TB }

func (w testWriter) Write(p []byte) (int, error) {
	w.t.Errorf("logged: %s", p)
	return len(p), nil
}

// reply is an answer as a client gets it.
type reply struct {
	Status     int             `json:"-"`
	Media      string          `json:"-"`
	Raw        []byte          `json:"-"`
	Data       json.RawMessage `json:"data,omitempty"`
	Errors     []replyError    `json:"errors,omitempty"`
	Extensions struct {
		Entente struct {
			Load *int    `json:"load"`
			AsOf *string `json:"asOf"`
			Cost struct {
				Requested int `json:"requested"`
				Limit     int `json:"limit"`
			} `json:"cost"`
			Notes []string `json:"notes"`
		} `json:"entente"`
	} `json:"extensions"`
}

type replyError struct {
	Message    string `json:"message"`
	Path       []any  `json:"path"`
	Extensions struct {
		Code        string   `json:"code"`
		ID          string   `json:"id"`
		Suggestions []string `json:"suggestions"`
	} `json:"extensions"`
}

// codes gives the codes of an answer's errors.
func (r *reply) codes() []string {
	codes := []string{}
	for _, e := range r.Errors {
		codes = append(codes, e.Extensions.Code)
	}
	return codes
}

// field gives what stands in the data under a path of names and indices.
func (r *reply) field(t testing.TB, path ...any) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(r.Data, &v); err != nil {
		t.Fatalf("data: %v in %s", err, r.Raw)
	}
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, ok := v.(map[string]any)
			if !ok {
				t.Fatalf("%v: no object before %q in %s", path, step, r.Raw)
			}
			v = m[step]
		case int:
			l, ok := v.([]any)
			if !ok || step >= len(l) {
				t.Fatalf("%v: no item %d in %s", path, step, r.Raw)
			}
			v = l[step]
		}
	}
	return v
}

// post asks a question as a program does.
func post(t testing.TB, h http.Handler, query string, variables map[string]any) *reply {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", mediaGraphQL)
	return send(t, h, r)
}

func send(t testing.TB, h http.Handler, r *http.Request) *reply {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	out := &reply{Status: w.Code, Media: w.Header().Get("Content-Type"), Raw: w.Body.Bytes()}
	if err := json.Unmarshal(out.Raw, out); err != nil {
		t.Fatalf("an answer that is no JSON: %v\n%s", err, out.Raw)
	}
	return out
}
