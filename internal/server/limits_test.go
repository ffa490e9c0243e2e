package server

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/entente-graph/entente/internal/api"
)

// running serves a configuration on a free port until the test ends, or stop is called, which gives what Run returned.
func running(t *testing.T, c Config) (base string, stop func() error) {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- New(c).Run(ctx, l) }()
	stopped := false
	stop = func() error {
		stopped = true
		cancel()
		return <-ended
	}
	t.Cleanup(func() {
		if !stopped {
			if err := stop(); err != nil {
				t.Error(err)
			}
		}
	})
	return "http://" + l.Addr().String(), stop
}

// client is one whose connections end with the test.
func client(t *testing.T) *http.Client {
	t.Helper()
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: 10 * time.Second}
}

// do asks, and gives the answer's status and text.
func do(t *testing.T, method, url string, body io.Reader) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	resp, err := client(t).Do(r)
	if err != nil {
		t.Fatalf("%s %s: %v", method, url, err)
	}
	text, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		t.Fatalf("%s %s: %v", method, url, err)
	}
	return resp.StatusCode, string(text)
}

// unsized hides a reader's length, so that the body comes in chunks.
type unsized struct{ io.Reader }

func TestTenMegabytesAreTooMuchEverywhere(t *testing.T) {
	var log logbook
	store := sampleStore(t)
	base, _ := running(t, Config{
		Reader: store, GraphQL: api.New(api.Config{Reader: store, Logger: log.logger()}), Logger: log.logger(),
		Playground: http.NotFoundHandler(),
	})
	body := bytes.Repeat([]byte(`{"query": "`), 10<<20/11)
	for _, path := range []string{"/graphql", "/v1/dyads/JPN/KOR/ties.csv", "/healthz", "/readyz", "/metrics", "/playground", "/", "/nowhere"} {
		for name, reader := range map[string]io.Reader{"sized": bytes.NewReader(body), "in chunks": unsized{bytes.NewReader(body)}} {
			status, text := do(t, http.MethodPost, base+path, reader)
			if status != http.StatusRequestEntityTooLarge || !strings.Contains(text, "REQUEST_TOO_LARGE") {
				t.Errorf("%s, %s: %d\n%s", path, name, status, text)
			}
			if len(text) > 1000 {
				t.Errorf("%s says %d bytes", path, len(text))
			}
		}
	}
	if lines := log.lines(t, "request failed"); len(lines) > 0 {
		t.Errorf("the log takes it for a fault: %v", lines)
	}
	if status, text := do(t, http.MethodGet, base+"/healthz", strings.NewReader("small")); status != 200 || text != "ok\n" {
		t.Errorf("a small body, which nobody reads: %d %s", status, text)
	}
}

func TestGraphQLIsAnsweredAndPacked(t *testing.T) {
	store := sampleStore(t)
	base, _ := running(t, Config{Reader: store, GraphQL: api.New(api.Config{Reader: store, Logger: quiet(t)}), Logger: quiet(t)})
	const question = `{"query": "{ dyad(a: \"JPN\", b: \"KOR\") { ties(topics: [DEFENSE]) { spells { status } } } }"}`
	// Go's client asks for gzip, and unpacks it.
	status, text := do(t, http.MethodPost, base+"/graphql", strings.NewReader(question))
	if status != 200 || !strings.Contains(text, `"spells":[{"status":"ACTIVE"},{"status":"SUSPENDED"},{"status":"ACTIVE"}]`) {
		t.Errorf("%d %s", status, text)
	}
	if status, text := do(t, http.MethodDelete, base+"/graphql", nil); status != http.StatusMethodNotAllowed || !strings.Contains(text, `"errors"`) {
		t.Errorf("GraphQL's errors are not in its own form: %d %s", status, text)
	}
}

func TestALongHeaderIsRefused(t *testing.T) {
	base, _ := running(t, Config{Reader: sampleStore(t), Logger: quiet(t)})
	status, _ := do(t, http.MethodGet, base+"/v1/dyads/JPN/KOR/ties.csv?topic="+strings.Repeat("a", 200<<10), nil)
	if status != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("a URL of 200 kB: %d", status)
	}
}

// TestSlowClientsAreCutOff: who sends a header or a body byte by byte, or does not take its answer, holds no connection.
func TestSlowClientsAreCutOff(t *testing.T) {
	const short = 150 * time.Millisecond
	endless := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			w.WriteHeader(http.StatusRequestTimeout)
			return
		}
		for {
			if _, err := w.Write(make([]byte, 64<<10)); err != nil {
				return
			}
		}
	})
	base, _ := running(t, Config{
		Reader: sampleStore(t), Logger: (&logbook{}).logger(), GraphQL: endless,
		Timeouts: Timeouts{Read: short, Request: short, Write: short, Idle: short},
	})
	for name, begin := range map[string]string{
		"a header":        "GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ",
		"a body":          "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n",
		"a body to a GET": "GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n",
		"nothing":         "",
		"after an answer": "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			conn := dial(t, base)
			if _, err := io.WriteString(conn, begin); err != nil {
				t.Fatal(err)
			}
			drip := strings.HasSuffix(name, "body") || name == "a header" || name == "a body to a GET"
			go func() {
				for drip {
					if _, err := io.WriteString(conn, "a"); err != nil {
						return
					}
					time.Sleep(20 * time.Millisecond)
				}
			}()
			if _, err := io.Copy(io.Discard, conn); isTimeout(err) {
				t.Errorf("the connection is still open after %s", patience)
			}
		})
	}
	t.Run("an answer not taken", func(t *testing.T) {
		conn := dial(t, base)
		if _, err := io.WriteString(conn, "GET /graphql HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(4 * short)
		if _, err := io.Copy(io.Discard, conn); isTimeout(err) {
			t.Errorf("the answer still goes on after %s", patience)
		}
	})
}

// TestAKeptConnectionIsNotKeptForLong: idleness has a limit of its own, here far below that of reading.
func TestAKeptConnectionIsNotKeptForLong(t *testing.T) {
	base, _ := running(t, Config{Reader: sampleStore(t), Logger: quiet(t), Timeouts: Timeouts{Idle: 50 * time.Millisecond}})
	conn := dial(t, base)
	if _, err := io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, conn); isTimeout(err) {
		t.Errorf("the connection is still open after %s", patience)
	}
}

// patience is for how long a test waits for what must happen at once.
const patience = 5 * time.Second

func dial(t *testing.T, base string) net.Conn {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = conn.Close() // most are closed by the server
	})
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return conn
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}

func TestARequestHasADeadline(t *testing.T) {
	left := make(chan time.Duration, 1)
	h := New(Config{
		Reader: sampleStore(t), Logger: quiet(t), Timeouts: Timeouts{Request: 3 * time.Second},
		GraphQL: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			deadline, _ := r.Context().Deadline()
			left <- time.Until(deadline)
		}),
	}).Handler()
	get(t, h, "/graphql")
	if d := <-left; d <= 0 || d > 3*time.Second {
		t.Errorf("it ends in %s", d)
	}
	var log logbook
	slow := New(Config{Reader: sampleStore(t), Logger: log.logger(), Timeouts: Timeouts{Request: time.Nanosecond}}).Handler()
	w := get(t, slow, "/v1/dyads/JPN/KOR/ties.csv")
	if f := problemOf(t, w); w.Code != http.StatusServiceUnavailable || f.Code != "QUERY_TIMEOUT" {
		t.Errorf("%d %+v", w.Code, f)
	}
}

func TestOpenRequestsEndCleanly(t *testing.T) {
	begun, goOn := make(chan struct{}), make(chan struct{})
	base, stop := running(t, Config{
		Reader: sampleStore(t), Logger: quiet(t),
		GraphQL: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, "the beginning, ")
			close(begun)
			<-goOn
			if r.Context().Err() != nil {
				t.Error("the request was broken off")
			}
			_, _ = io.WriteString(w, "and the end")
		}),
	})
	answers := make(chan string, 1)
	go func() {
		_, text := do(t, http.MethodGet, base+"/graphql", nil)
		answers <- text
	}()
	<-begun
	ended := make(chan error, 1)
	go func() { ended <- stop() }()
	for closed := false; !closed; time.Sleep(5 * time.Millisecond) {
		conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(t.Context(), "tcp", strings.TrimPrefix(base, "http://"))
		if closed = err != nil; !closed {
			_ = conn.Close() // accepted before the listener was closed
		}
	}
	select {
	case err := <-ended:
		t.Fatalf("the server ended before its request: %v", err)
	default:
	}
	close(goOn)
	if text := <-answers; text != "the beginning, and the end" {
		t.Errorf("the answer is %q", text)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestARequestThatDoesNotEndIsBrokenOff(t *testing.T) {
	begun := make(chan struct{})
	base, stop := running(t, Config{
		Reader: sampleStore(t), Logger: (&logbook{}).logger(), Timeouts: Timeouts{Shutdown: 100 * time.Millisecond},
		GraphQL: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			close(begun)
			<-r.Context().Done()
		}),
	})
	go func() {
		r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, base+"/graphql", nil)
		if err != nil {
			t.Error(err)
			return
		}
		if resp, err := client(t).Do(r); err == nil {
			_ = resp.Body.Close() // either is right: an empty answer or none
		}
	}()
	<-begun
	if err := stop(); err == nil || !strings.Contains(err.Error(), "did not end within 100ms") {
		t.Errorf("Run gives %v", err)
	}
}

func TestRunSaysWhyItCannotServe(t *testing.T) {
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := New(Config{Reader: sampleStore(t), Logger: quiet(t)}).Run(t.Context(), l); err == nil || !strings.Contains(err.Error(), l.Addr().String()) {
		t.Errorf("a closed listener gives %v", err)
	}
}
