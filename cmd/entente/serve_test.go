package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/entente-graph/entente/internal/sample/sampletest"
)

// served is a program that serves, started as main does, with what it said.
type served struct {
	t      *testing.T
	end    context.CancelFunc
	done   chan error
	mu     sync.Mutex
	said   bytes.Buffer
	url    string
	ready  chan string
	client *http.Client
}

// Write takes what the program says, and notices the address.
func (s *served) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.said.Write(p)
	if m := regexp.MustCompile(`GraphQL     (http://\S+)/graphql\n`).FindStringSubmatch(s.said.String()); m != nil && s.url == "" {
		s.url = m[1]
		s.ready <- m[1]
	}
	return len(p), nil
}

func (s *served) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.String()
}

// serve starts the program and waits until it serves.
func serve(t *testing.T, args ...string) *served {
	t.Helper()
	return serveWith(t, nil, args...)
}

// serveWith does so in an environment.
func serveWith(t *testing.T, env map[string]string, args ...string) *served {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := &served{t: t, end: cancel, done: make(chan error, 1), ready: make(chan string, 1), client: &http.Client{Timeout: 10 * time.Second}}
	args = append([]string{"serve", "--addr", "localhost:0"}, args...)
	go func() {
		s.done <- run(ctx, args, strings.NewReader(""), io.Discard, s, func(name string) string { return env[name] })
	}()
	select {
	case <-s.ready:
	case err := <-s.done:
		t.Fatalf("it ended: %v\n%s", err, s.text())
	case <-time.After(time.Minute):
		t.Fatalf("it does not serve:\n%s", s.text())
	}
	t.Cleanup(s.client.CloseIdleConnections)
	return s
}

// stop interrupts the program and waits until it ends.
func (s *served) stop() {
	s.t.Helper()
	s.end()
	select {
	case err := <-s.done:
		if err != nil {
			s.t.Errorf("it ended with %v\n%s", err, s.text())
		}
	case <-time.After(20 * time.Second):
		s.t.Fatalf("it does not end:\n%s", s.text())
	}
}

func (s *served) get(path string) (status int, body string) {
	s.t.Helper()
	resp, err := s.client.Get(s.url + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

// firstRun is what entente serve --sample does where there is no store: it makes one with the whole sample. That takes
// seconds, so it is done once, and other tests copy the store.
var firstRun struct {
	once       sync.Once
	dir, store string
	said       string
	tried      string         // what it says to try …
	answer     string         // … and what is answered
	status     map[string]int // of some addresses
}

// sampleStore gives the store that the first run made, which tests may only read.
func sampleStore(t *testing.T) string {
	t.Helper()
	firstRun.once.Do(func() {
		dir, err := os.MkdirTemp("", "entente-test-")
		if err != nil {
			t.Fatal(err)
		}
		r := &firstRun
		r.dir, r.store, r.status = dir, filepath.Join(dir, "new.db"), map[string]int{}
		s := serve(t, "--sample", "--store", r.store)
		for begun := time.Now(); !strings.Contains(s.text(), "Try:") && time.Since(begun) < time.Minute; { // its last line
			time.Sleep(time.Millisecond)
		}
		if try := regexp.MustCompile(`curl 'http://[^/]+(/[^']+)'`).FindStringSubmatch(s.text()); try != nil {
			r.tried = try[1]
			r.status[r.tried], r.answer = s.get(r.tried)
		}
		for _, p := range []string{"/playground", "/healthz", "/readyz", "/graphql?query=%7Bmeta%7Bload%7Bnumber%7D%7D%7D"} {
			r.status[p], _ = s.get(p)
		}
		s.stop()
		r.said = s.text()
	})
	if firstRun.said == "" {
		t.Fatal("the first run failed: see the test that began it")
	}
	return firstRun.store
}

func TestServeSample(t *testing.T) {
	t.Parallel()
	path := copySample(t)
	r := &firstRun
	for _, want := range []string{"states: load 1, ", "northeast-asia: load 2, ", "northeast-asia: load 3, ", "us-visits and 16 more: load 4, ", "us-travels and 55 more: load 5, ", "serves " + r.store + ", load 5", "Try:  curl '"} {
		if !strings.Contains(r.said, want) {
			t.Errorf("it does not say %q:\n%s", want, r.said)
		}
	}
	if !strings.Contains(r.answer, "2018-12-20~") {
		t.Errorf("the example %q answers %s", r.tried, r.answer)
	}
	for p, status := range r.status {
		if status != http.StatusOK {
			t.Errorf("%s answers %d", p, status)
		}
	}
	if len(r.status) != 5 {
		t.Errorf("only these were tried: %v", r.status)
	}

	// Started again it loads nothing. How long it takes is for TestServeStartsInASecond, which runs alone.
	again := serve(t, "--sample", "--store", path)
	if strings.Contains(again.text(), "added") {
		t.Errorf("started again it loads:\n%s", again.text())
	}
	again.stop()
}

// Another process may load while one serves, and the next question sees it.
func TestServeSeesLoadsOfOthers(t *testing.T) {
	t.Parallel()
	path := copySample(t)
	s := serve(t, "--store", path)
	defer s.stop()
	mine := filepath.Join(t.TempDir(), "mine.yaml")
	var out bytes.Buffer
	none := func(string) string { return "" }
	if err := run(context.Background(), []string{"ingest", "dossier", "--example"}, nil, &out, io.Discard, none); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(mine, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run(context.Background(), []string{"ingest", "dossier", mine, "--store", path}, nil, io.Discard, io.Discard, none); err != nil {
		t.Fatal(err)
	}
	if _, body := s.get("/graphql?query=%7Bmeta%7Bload%7Bnumber%7D%7D%7D"); !strings.Contains(body, `"load":{"number":6}`) {
		t.Errorf("it does not see load 6: %s", body)
	}
}

func TestServeWithAPortInUse(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	path := filepath.Join(t.TempDir(), "new.db")
	err = run(context.Background(), []string{"serve", "--sample", "--store", path, "--addr", l.Addr().String()}, nil, io.Discard, io.Discard, func(string) string { return "" })
	want := fmt.Sprintf("entente: %s is in use by another program; choose another address with --addr or ENTENTE_ADDR, such as localhost:8081\n", l.Addr())
	var said bytes.Buffer
	if code := exitCode(err, &said); code != exitError || said.String() != want {
		t.Errorf("exit code %d, %q; want %q", code, said.String(), want)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("a store was made: %v", err)
	}
}

// An interrupt lets open requests end.
func TestServeEndsOpenRequestsCleanly(t *testing.T) {
	t.Parallel()
	s := serve(t, "--store", copySample(t))
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	body := `{"query":"{meta{load{number}}}"}`
	if _, err := fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s", len(body), body[:5]); err != nil {
		t.Fatal(err)
	}
	time.Sleep(100 * time.Millisecond) // the request is being answered: its body is half there
	s.end()
	time.Sleep(100 * time.Millisecond)
	if _, err := io.WriteString(conn, body[5:]); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(conn)
	if err != nil || !strings.Contains(string(answer), " 200 OK") || !strings.Contains(string(answer), `"load":{"number":5}`) {
		t.Errorf("the open request ended with %v: %s", err, answer)
	}
	s.stop()
}

// A load that fails before it begins makes no store.
func TestAFailedLoadMakesNoStore(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "empty.db")
	err := run(context.Background(), []string{"ingest", "dossier", "/nowhere.yaml", "--store", path}, nil, io.Discard, io.Discard, func(string) string { return "" })
	if err == nil {
		t.Fatal("a file that is not there was loaded")
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("a load of nothing made a store: %v", err)
	}
}

// Started again, the program is up in under a second. It does not run beside other tests.
func TestServeStartsInASecond(t *testing.T) {
	path := copySample(t)
	best := time.Hour
	for range 3 { // the machine may be busy once
		before := time.Now()
		s := serve(t, "--sample", "--store", path)
		best = min(best, time.Since(before))
		s.stop()
	}
	if best > time.Second {
		t.Errorf("started again it takes %s", best)
	}
}

func copySample(t *testing.T) string {
	t.Helper()
	return sampletest.Copy(t, sampleStore(t))
}

// What a store without the sample's dossier is greeted with can be typed, and answers.
func TestServeSaysWhatToTry(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "states.db")
	if err := run(context.Background(), []string{"ingest", "states", "--store", path}, nil, io.Discard, io.Discard, func(string) string { return "" }); err != nil {
		t.Fatal(err)
	}
	s := serve(t, "--store", path)
	defer s.stop()
	for begun := time.Now(); !strings.Contains(s.text(), "Try:") && time.Since(begun) < 10*time.Second; {
		time.Sleep(10 * time.Millisecond)
	}
	try := regexp.MustCompile(`curl 'http://[^/]+(/[^'{}\[\]]+)'\n`).FindStringSubmatch(s.text()) // curl gives brackets a meaning
	if try == nil {
		t.Fatalf("nothing to try:\n%s", s.text())
	}
	if status, body := s.get(try[1]); status != http.StatusOK || !strings.Contains(body, `"load":{"number":1}`) {
		t.Errorf("it answers %d: %s", status, body)
	}
}
