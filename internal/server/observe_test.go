package server

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph/sqlitestore"
)

func TestWhatIsLogged(t *testing.T) {
	var log logbook
	h := New(Config{Reader: sampleStore(t), Logger: log.logger(), GraphQL: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "four")
	})}).Handler()
	long := strings.Repeat("x", 5000)
	w := get(t, h, "/graphql?query="+long, "X-Request-Id", "from-the-proxy.1")
	if got := w.Header().Get("X-Request-Id"); got != "from-the-proxy.1" {
		t.Errorf("the id is %q", got)
	}
	lines := log.lines(t, "request")
	if len(lines) != 1 {
		t.Fatalf("%d lines: %s", len(lines), log.String())
	}
	line := lines[0]
	for name, want := range map[string]any{
		"id": "from-the-proxy.1", "method": "GET", "route": "/graphql", "path": "/graphql", "status": 200.0, "bytes": 4.0, "level": "INFO",
	} {
		if line[name] != want {
			t.Errorf("%s is %v, not %v", name, line[name], want)
		}
	}
	if strings.Contains(log.String(), long[:maxEcho+1]) || line["took"] == nil {
		t.Errorf("the log has the whole query, or no duration: %v", line)
	}
	for _, bad := range []string{"", "two words", strings.Repeat("a", 65), "a\tb"} {
		w := get(t, h, "/graphql", "X-Request-Id", bad)
		if got := w.Header().Get("X-Request-Id"); got == bad || len(got) < 16 {
			t.Errorf("the id %q was answered with %q", bad, got)
		}
	}
	before := len(log.lines(t, "request"))
	get(t, h, "/healthz")
	if l := log.lines(t, "request")[before]; l["level"] != "DEBUG" {
		t.Errorf("health is logged as %v", l["level"])
	}
}

func TestAPanicAfterTheAnswerBeganBreaksItOff(t *testing.T) {
	var log logbook
	base, _ := running(t, Config{Reader: sampleStore(t), Logger: log.logger(), GraphQL: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("half ", 1000))
		_ = http.NewResponseController(w).Flush()
		panic("a fault")
	})})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/graphql", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client(t).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err == nil {
		t.Error("half an answer passes for a whole one")
	}
	if lines := log.lines(t, "request failed after its answer began"); len(lines) != 1 || !strings.Contains(lines[0]["error"].(string), "a fault") {
		t.Errorf("the log has %v", lines)
	}
}

func TestHealthAndReadiness(t *testing.T) {
	store, err := sqlitestore.Open(filepath.Join(t.TempDir(), "empty.db"), sqlitestore.Create())
	if err != nil {
		t.Fatal(err)
	}
	var log logbook
	h := New(Config{Reader: store, Logger: log.logger()}).Handler()
	if w := get(t, h, "/readyz"); w.Code != 200 || w.Body.String() != "ready, load 0\n" {
		t.Errorf("an empty store: %d %s", w.Code, w.Body)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	w := get(t, h, "/readyz")
	body := w.Body.String()
	if w.Code != 503 || strings.Count(body, "\n") != 1 || !strings.Contains(body, w.Header().Get("X-Request-Id")) || strings.Contains(body, "sql") {
		t.Errorf("a store that is away: %d %q", w.Code, body)
	}
	if lines := log.lines(t, "not ready"); len(lines) != 1 || lines[0]["error"] == nil {
		t.Errorf("the log has %v", lines)
	}
	if w := get(t, h, "/healthz"); w.Code != 200 || w.Body.String() != "ok\n" {
		t.Errorf("the process is healthy without its store: %d %s", w.Code, w.Body)
	}
	if w := get(t, h, "/v1/dyads/JPN/KOR/ties.csv"); w.Code != 503 || problemOf(t, w).Code != "UNAVAILABLE" || w.Header().Get("Retry-After") == "" {
		t.Errorf("a table without a store: %d %s", w.Code, w.Body)
	}
}

func TestMetrics(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t), Version: "v1.2.3"}).Handler()
	get(t, h, "/v1/dyads/JPN/KOR/ties.csv")
	get(t, h, "/v1/dyads/JPN/PRK/ties.csv")
	get(t, h, "/v1/dyads/JPN/XQX/ties.csv")
	get(t, h, "/nowhere/1")
	get(t, h, "/nowhere/2")
	ask(t, h, httptest.NewRequest("BREW", "/healthz", nil))
	text := get(t, h, "/metrics").Body.String()
	for _, want := range []string{
		`entente_http_requests_total{code="200",method="GET",route="/v1/dyads/{a}/{b}/ties.csv"} 2`,
		`entente_http_requests_total{code="404",method="GET",route="/v1/dyads/{a}/{b}/ties.csv"} 1`,
		`entente_http_requests_total{code="404",method="GET",route="(none)"} 2`,
		`entente_http_requests_total{code="405",method="other",route="/healthz"} 1`,
		`entente_http_request_duration_seconds_count{route="/v1/dyads/{a}/{b}/ties.csv"} 3`,
		`entente_http_requests_open 1`,
		`entente_build_info{version="v1.2.3"} 1`,
		`go_goroutines`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("/metrics has no %s", want)
		}
	}
}

func TestTheWayToThePlayground(t *testing.T) {
	asked := ""
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t), Playground: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.Path
		w.Header().Set("Content-Security-Policy", "its own")
	})}).Handler()
	if w := get(t, h, "/"); w.Code != http.StatusFound || w.Header().Get("Location") != "/playground" {
		t.Errorf("/ gives %d to %q", w.Code, w.Header().Get("Location"))
	}
	for _, path := range []string{"/playground", "/playground/", "/playground/assets/a.js"} {
		w := get(t, h, path)
		if asked != path || w.Header().Get("Content-Security-Policy") != "its own" {
			t.Errorf("%s: the playground was asked for %q, policy %q", path, asked, w.Header().Get("Content-Security-Policy"))
		}
	}
}

func TestWhatBrowsersAreTold(t *testing.T) {
	h := sampleServer(t)
	for _, path := range []string{"/healthz", "/v1/dyads/JPN/KOR/ties.json", "/nowhere"} {
		head := get(t, h, path).Header()
		if head.Get("X-Content-Type-Options") != "nosniff" || head.Get("Referrer-Policy") == "" || !strings.Contains(head.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: %v", path, head)
		}
		if head.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s is shared with all, unasked", path)
		}
	}
}

func TestCORS(t *testing.T) {
	const path = "/v1/dyads/JPN/KOR/ties.json"
	serving := func(origins ...string) http.Handler {
		return New(Config{Reader: sampleStore(t), Logger: slog.New(slog.DiscardHandler), CORSOrigins: origins}).Handler()
	}
	for _, c := range []struct {
		name    string
		h       http.Handler
		origin  string
		allowed string
	}{
		{"none are configured", serving(), "https://notebook.example", ""},
		{"the configured one", serving("https://a.example", "https://notebook.example"), "https://notebook.example", "https://notebook.example"},
		{"another", serving("https://notebook.example"), "https://evil.example", ""},
		{"one that begins like it", serving("https://notebook.example"), "https://notebook.example.evil.example", ""},
		{"another port", serving("http://localhost:5173"), "http://localhost:8888", ""},
		{"all", serving("*"), "https://any.example", "*"},
		{"no page at all", serving("https://notebook.example"), "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			headers := []string{}
			if c.origin != "" {
				headers = []string{"Origin", c.origin}
			}
			w := get(t, c.h, path, headers...)
			if got := w.Header().Get("Access-Control-Allow-Origin"); w.Code != 200 || got != c.allowed {
				t.Errorf("%d, allowed is %q, not %q", w.Code, got, c.allowed)
			}
			if w.Header().Get("Access-Control-Allow-Credentials") != "" {
				t.Error("cookies are allowed")
			}
			if c.allowed != "" && !strings.Contains(w.Header().Get("Access-Control-Expose-Headers"), "ETag") {
				t.Error("the page cannot read the tag")
			}
			before := ask(t, c.h, httptest.NewRequest(http.MethodOptions, "/graphql", nil), append(headers,
				"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type")...)
			allows := strings.Contains(before.Header().Get("Access-Control-Allow-Headers"), "Content-Type") &&
				strings.Contains(before.Header().Get("Access-Control-Allow-Methods"), "POST")
			if allows != (c.allowed != "") {
				t.Errorf("the question before it: %d %v", before.Code, before.Header())
			}
		})
	}
	one := serving("https://notebook.example")
	if vary := get(t, one, path).Header().Values("Vary"); !strings.Contains(strings.Join(vary, ","), "Origin") {
		t.Errorf("caches are not told that answers differ by origin: %q", vary)
	}
}
