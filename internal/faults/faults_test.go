// Package faults breaks loads in the ways that machines do: processes killed and stopped at any moment, disks full and
// failing, folders that may not be written, files that change while they are read. Each test starts loaders as processes of
// their own, and holds what they leave to the promise: a clear error, nothing of a broken load to be seen, and a
// store that goes on.
package faults

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/ingesttest"
)

// childVariable makes the test binary a loader.
const childVariable = "ENTENTE_FAULTS_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) != "" {
		os.Exit(child(os.Args[1:]))
	}
	code := m.Run()
	for _, dir := range made {
		if err := os.RemoveAll(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

// made are the folders that all tests share, and madeFolder makes one that every user can reach.
var made []string

func madeFolder() (string, error) {
	dir, err := os.MkdirTemp("", "entente-faults-")
	if err != nil {
		return "", err
	}
	made = append(made, dir)
	return dir, os.Chmod(dir, 0o755) //nolint:gosec // another user reads it in some tests
}

// child loads, resumes or discards as the program does, and ends as it does: 0, or 1 with the error on standard error.
func child(args []string) int {
	signal.Ignore(syscall.SIGXFSZ)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := work(ctx, args); err != nil {
		fmt.Fprintln(os.Stderr, "entente:", err)
		return 1
	}
	return 0
}

func work(ctx context.Context, args []string) (err error) {
	f := flag.NewFlagSet(args[0], flag.ContinueOnError)
	path := f.String("store", "", "")
	lease := f.Duration("lease", 30*time.Second, "")
	pages := f.Int64("pages", 0, "the most pages that the store's file may have")
	size := f.Uint64("size", 0, "the most bytes that any file may have")
	together := f.Int("together", 0, "of how many statements index rows are put in together, later; 0: with every batch")
	pause := f.String("pause", "", "the stage at which to print it and wait for a line")
	if err := f.Parse(args[1:]); err != nil {
		return err
	}
	if *size > 0 {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: *size, Max: *size}); err != nil {
			return err
		}
	}
	store, err := openToWrite(ctx, *path, *lease, *pages, *together)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	progress := func(p ingest.Progress) {
		if *pause == string(p.Stage) {
			*pause = ""
			fmt.Println(p.Stage)
			fmt.Scanln()
		}
	}
	open := func() (*ingest.Files, error) { return ingest.OpenPaths(ingest.DefaultLimits, f.Args()...) }
	switch args[0] {
	case "load":
		files, err := open()
		if err != nil {
			return err
		}
		_, err = ingest.Load(ctx, ingest.Options{
			Source: ingesttest.Lines{}, Files: files, Reader: store, Writer: store, Program: "faults", Paths: f.Args(),
			MaxQuarantine: &ingest.Share{Percent: 50}, Progress: progress,
		})
		return errors.Join(err, files.Close())
	case "resume":
		_, err := ingest.Resume(ctx, ingest.ResumeOptions{
			Reader: store, Writer: store, Program: "faults", Progress: progress,
			Source: func(string) (ingest.Source, error) { return ingesttest.Lines{}, nil },
			Open: func(_ ingest.Source, paths []string) (fs.FS, error) {
				return ingest.OpenPaths(ingest.DefaultLimits, paths...)
			},
		})
		return err
	case "discard", "discard!":
		u, err := store.Unfinished(ctx)
		if err != nil || u == nil {
			return err
		}
		return ingest.Discard(ctx, store, u.Number, args[0] == "discard!", nil)
	default:
		return fmt.Errorf("%q is not an order", args[0])
	}
}

// A process is a loader that runs.
type process struct {
	*exec.Cmd
	in       io.WriteCloser
	out, err bytes.Buffer
	lines    chan string
	done     chan struct{}
}

func command(t testing.TB, args ...string) *process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{Cmd: exec.Command(self, args...), lines: make(chan string, 16), done: make(chan struct{})}
	p.Env = append(os.Environ(), childVariable+"=1", "GOMAXPROCS=1", "GOGC=400")
	p.Stderr = &p.err
	return p
}

func (p *process) start(t testing.TB) *process {
	t.Helper()
	in, err := p.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.in = in
	p.Stdout = lineWriter{p}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if p.ProcessState == nil {
			p.Process.Kill()
			p.Wait()
		}
	})
	return p
}

type lineWriter struct{ p *process }

func (w lineWriter) Write(b []byte) (int, error) {
	w.p.out.Write(b)
	w.p.lines <- strings.TrimSpace(string(b))
	return len(b), nil
}

// paused waits until the process has come to its pause.
func (p *process) paused(t testing.TB) {
	t.Helper()
	select {
	case <-p.lines:
	case <-time.After(30 * time.Second):
		t.Fatalf("the loader did not come to its pause; it says: %s", p.err.String())
	}
}

// goOn ends the pause.
func (p *process) goOn(t testing.TB) {
	t.Helper()
	if _, err := io.WriteString(p.in, "\n"); err != nil {
		t.Fatal(err)
	}
}

// end waits for the end and gives the exit code, -1 if a signal ended it, and what it said.
func (p *process) end() (code int, says string) {
	p.in.Close()
	p.Wait()
	return p.ProcessState.ExitCode(), p.err.String()
}

func run(t testing.TB, args ...string) (code int, says string) {
	t.Helper()
	return command(t, args...).start(t).end()
}

func mustRun(t testing.TB, args ...string) {
	t.Helper()
	if code, says := run(t, args...); code != 0 {
		t.Fatalf("%s: exit code %d: %s", strings.Join(args, " "), code, says)
	}
}

// wantFailure checks that a loader ended with code 1, an error that has all the words, and none of what only a
// programmer reads.
func wantFailure(t testing.TB, code int, says string, words ...string) {
	t.Helper()
	if code != 1 || !strings.HasPrefix(says, "entente: ") {
		t.Errorf("exit code %d: %s", code, says)
	}
	for _, w := range words {
		if !strings.Contains(says, w) {
			t.Errorf("the error does not say %q:\n%s", w, says)
		}
	}
	for _, w := range []string{"goroutine", "panic", "SIGXFSZ", "no transaction is active"} {
		if strings.Contains(says, w) {
			t.Errorf("the error says %q:\n%s", w, says)
		}
	}
}

// How large the loads are: the second replaces two batches' worth of what the first holds.
const (
	firstLines  = 300
	secondLines = 2050
)

// A scene is two files, and a store that holds the first of them.
type scene struct {
	first, second string // files named "a" in folders of their own
	loaded        string // a store with the first
	digests       [2]string
	rows          string        // how many the tables have after both
	whole         time.Duration // how long the load of the second takes
}

var makeScene = sync.OnceValues(func() (*scene, error) {
	dir, err := madeFolder()
	if err != nil {
		return nil, err
	}
	s := &scene{first: filepath.Join(dir, "1", "a"), second: filepath.Join(dir, "2", "a"), loaded: filepath.Join(dir, "first.db")}
	var one, two strings.Builder
	for i := range firstLines {
		fmt.Fprintf(&one, "%d t%d%s\n", i, i, strings.Repeat("x", i%200))
	}
	for i := range secondLines {
		fmt.Fprintf(&two, "%d t%d%s\n", i+200, i/3, strings.Repeat("y", i%100))
		if i%20 == 0 {
			fmt.Fprintf(&two, "? what is %d\n", i)
		}
	}
	for name, text := range map[string]string{s.first: one.String(), s.second: two.String()} {
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
			return nil, err
		}
	}
	return s, nil
})

func newScene(t testing.TB) *scene {
	t.Helper()
	s, err := makeScene()
	if err != nil {
		t.Fatal(err)
	}
	once.Do(func() {
		mustRun(t, "load", "-store", s.loaded, s.first)
		s.digests[0] = digest(t, s.loaded)
		whole := filepath.Join(t.TempDir(), "whole.db")
		copyFile(t, s.loaded, whole)
		began := time.Now()
		mustRun(t, "load", "-store", whole, s.second)
		s.whole = time.Since(began)
		s.digests[1], s.rows = digest(t, whole), rows(t, whole)
		t.Logf("a load of %d statements over %d takes %s", secondLines, firstLines, s.whole)
	})
	return s
}

var once sync.Once

func copyFile(t testing.TB, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, text, 0o644); err != nil { //nolint:gosec // another user reads it in some tests
		t.Fatal(err)
	}
}

// store copies the store that holds the first file.
func (s *scene) store(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "entente.db")
	copyFile(t, s.loaded, path)
	return path
}

// digest gives the digest at the head, from another process than the loader's.
func digest(t testing.TB, path string) string {
	t.Helper()
	store := openToRead(t, path)
	defer closing(t, store)
	h, err := store.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	d, n, err := graph.Digest(context.Background(), store, h.Load.Number)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s of %d", d, n)
}

func closing(t testing.TB, c io.Closer) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

func unfinished(t testing.TB, path string) *graph.Unfinished {
	t.Helper()
	store := openToRead(t, path)
	defer closing(t, store)
	u, err := store.Unfinished(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// wantSound checks the file itself, of a store that is one.
func wantSound(t testing.TB, path string) {
	t.Helper()
	if isServer(path) {
		return
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer closing(t, db)
	var says string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&says); err != nil || says != "ok" {
		t.Errorf("the file is damaged: %s (%v)", says, err)
	}
}

// rows tells how many rows each table has, but for those that tell of loads, and of actors that nobody names any more.
func rows(t testing.TB, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer closing(t, db)
	var text, all string
	err = db.QueryRow(`SELECT group_concat('SELECT ''' || name || ' '' || count(*) AS n FROM ' || name, ' UNION ALL ' ORDER BY name) FROM sqlite_schema
		WHERE type = 'table' AND name NOT IN ('load', 'batch', 'quarantine', 'actor')`).Scan(&text)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.QueryRow("SELECT group_concat(n, ', ') FROM (" + text + ")").Scan(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

// wantOnlyFirst checks that nothing of the second load can be seen.
func (s *scene) wantOnlyFirst(t testing.TB, path string) {
	t.Helper()
	if d := digest(t, path); d != s.digests[0] {
		t.Errorf("what can be seen is not the first load: its digest is %s, not %s", d, s.digests[0])
	}
}

// wantBoth checks that the second load is there, whole, as if nothing had disturbed it, and that nothing is left open.
func (s *scene) wantBoth(t testing.TB, path string) {
	t.Helper()
	if d := digest(t, path); d != s.digests[1] {
		t.Errorf("the digest is %s; after an undisturbed load it is %s", d, s.digests[1])
	}
	if u := unfinished(t, path); u != nil {
		t.Errorf("load %d is open", u.Number)
	}
	if isServer(path) {
		return
	}
	if r := rows(t, path); r != s.rows {
		t.Errorf("the tables have %s rows; after an undisturbed load %s", r, s.rows)
	}
	wantSound(t, path)
}

// goOn ends a load that was broken off, by going on with it or by taking it back and loading anew, and checks that all is
// as after an undisturbed one.
func (s *scene) goOn(t testing.TB, path string, resume bool) {
	t.Helper()
	if u := unfinished(t, path); u != nil && resume && !u.Discarding {
		mustRun(t, "resume", "-store", path)
	} else {
		if u != nil {
			mustRun(t, "discard", "-store", path)
			s.wantOnlyFirst(t, path)
		}
		mustRun(t, "load", "-store", path, s.second)
	}
	s.wantBoth(t, path)
}

func newRandom(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 11)) } //nolint:gosec // a test wants the same again, not secrets

// reachableBinary is a copy of the test binary where every user can run it.
var reachableBinary = sync.OnceValues(func() (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	dir, err := madeFolder()
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "loader")
	text, err := os.ReadFile(self)
	if err != nil {
		return "", err
	}
	return path, os.WriteFile(path, text, 0o755) //nolint:gosec // another user runs it
})

func reachable(t testing.TB) string {
	t.Helper()
	path, err := reachableBinary()
	if err != nil {
		t.Fatal(err)
	}
	return path
}
