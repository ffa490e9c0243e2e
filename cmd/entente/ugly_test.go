package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/testneeds"
)

var updateUgly = flag.Bool("update-ugly", false, "write the expected outcomes of testdata/ugly anew")

// uglyDir holds what people give a loader that is not what it should be: a folder for each source, in it a folder for
// each case and beside that <case>.want, the exact outcome. Cases that are no files of a repository (archives, pipes,
// links, sizes) are made by uglyMade and have only their outcome there. README.md says how to add one.
var uglyDir = filepath.Join("..", "..", "testdata", "ugly")

// uglyTime is how long one load of a small file may take, however it was made to last.
const uglyTime = time.Minute

// An uglyCase is what is given to entente ingest.
type uglyCase struct {
	source, name string
	dir          string   // shown as CASE
	paths        []string // as typed
}

func TestUglyInput(t *testing.T) {
	t.Parallel()
	wants, err := filepath.Glob(filepath.Join(uglyDir, "*", "*.want"))
	if err != nil {
		t.Fatal(err)
	}
	left := map[string]bool{}
	for _, w := range wants {
		left[w] = true
	}
	cases := append(uglyFolders(t), uglyMade(t)...)
	taken := map[string]bool{}
	for _, c := range cases {
		if taken[c.want()] {
			t.Errorf("two cases are called %s/%s", c.source, c.name)
		}
		taken[c.want()] = true
		delete(left, c.want())
	}
	for w := range left {
		t.Errorf("%s is the outcome of no case", w)
	}
	if len(cases) < 120 {
		t.Errorf("there are only %d cases", len(cases))
	}
	// They wait for the disk more than they compute, so more of them run at once than there are processors.
	var all sync.WaitGroup
	turns := make(chan struct{}, 8)
	for i, c := range cases {
		// Each takes a twentieth of a second, and there are many: the everyday run has every sixth, the full one all, and
		// each of them besides as programs do, and good files after it.
		wholly := testneeds.All() || *updateUgly
		if !wholly && i%6 != 0 {
			continue
		}
		all.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			t.Run(c.source+"/"+c.name, func(t *testing.T) { c.run(t, wholly) })
		})
	}
	all.Wait()
}

func (c uglyCase) want() string { return filepath.Join(uglyDir, c.source, c.name+".want") }

// uglyFolders finds the cases that are folders.
func uglyFolders(t *testing.T) (cases []uglyCase) {
	t.Helper()
	sources, err := os.ReadDir(uglyDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sources {
		if !s.IsDir() {
			continue
		}
		names, err := os.ReadDir(filepath.Join(uglyDir, s.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range names {
			if n.IsDir() && n.Name() != "good" {
				dir := filepath.Join(uglyDir, s.Name(), n.Name())
				cases = append(cases, uglyCase{source: s.Name(), name: n.Name(), dir: dir, paths: []string{dir}})
			}
		}
	}
	return cases
}

// run loads a case as people do and as programs do, and compares what they are told and what the store holds then.
func (c uglyCase) run(t *testing.T, wholly bool) {
	ctx, cancel := context.WithTimeout(context.Background(), uglyTime)
	defer cancel()
	store := uglyStore(t)
	code, said := c.ingest(ctx, t, store)
	if ctx.Err() != nil {
		t.Fatalf("it takes longer than %v", uglyTime)
	}
	said = strings.ReplaceAll(said, store, "STORE")
	got := c.shown(fmt.Sprintf("$ entente ingest %s %s\n%sexit %d\n", c.source, strings.Join(c.paths, " "), said, code))
	if m := leaks.FindString(got); m != "" {
		t.Errorf("what a person reads names what is inside the program: %q in\n%s", m, got)
	}
	if code == exitOK {
		got += uglyHolds(t, store)
	} else {
		if before, after := uglyBefore(t), uglyDigest(t, store); after != before {
			t.Errorf("it is refused, and the store has changed: %s, was %s", after, before)
		}
		got += "store: as before\n"
	}
	if wholly {
		c.checkJSON(ctx, t, code, said)
		if code != exitOK {
			c.checkUsable(ctx, t, store)
		}
	}
	if *updateUgly {
		if err := os.WriteFile(c.want(), []byte(got), 0o644); err != nil { //nolint:gosec // test data is for all to read
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(c.want())
	if err != nil {
		t.Fatalf("the case has no outcome: %v; go test ./cmd/entente -run Ugly -update-ugly writes it", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the outcome is another (-want +now):\n%s", diff)
	}
}

// leaks are words that tell of the program and not of the file.
var leaks = regexp.MustCompile(`panic|goroutine|runtime error|\bgraph\.[A-Z]|\bingest\.[A-Z]|\*[a-z]+\.[A-Z]|strconv|encoding/|\.go:\d|0x[0-9a-f]{6}|%!|<nil>|invalid syntax|nil pointer|go-yaml|XML syntax error`)

// ingest runs the command and gives its exit code and all it says.
func (c uglyCase) ingest(ctx context.Context, t *testing.T, store string, flags ...string) (code int, said string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	args := slices.Concat([]string{"ingest", c.source}, c.paths, []string{"--store", store}, flags)
	err := run(ctx, args, nil, &stdout, &stderr, func(string) string { return "" })
	code = exitCode(err, &stderr)
	return code, lines("out: ", stdout.String()) + lines("err: ", progressLines.ReplaceAllString(stderr.String(), ""))
}

// progressLines are printed by a load that takes long, and that depends on the machine.
var progressLines = regexp.MustCompile(`(?m)^(reading|comparing|writing): .*\n`)

// lines puts a mark before every line.
func lines(mark, text string) string {
	if text == "" {
		return ""
	}
	return mark + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n"+mark) + "\n"
}

// shown replaces what differs between machines.
func (c uglyCase) shown(text string) string { return strings.ReplaceAll(text, c.dir, "CASE") }

// checkJSON loads the case with --json: what is printed is JSON, whatever happens, and names the same mistakes at
// places where their values stand.
func (c uglyCase) checkJSON(ctx context.Context, t *testing.T, code int, plain string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	args := slices.Concat([]string{"ingest", c.source}, c.paths, []string{"--store", uglyStore(t), "--json"})
	err := run(ctx, args, nil, &stdout, &stderr, func(string) string { return "" })
	if got := exitCode(err, &stderr); got != code {
		t.Errorf("with --json it exits with %d, and with %d without", got, code)
	}
	var report struct {
		Error       string
		Mistakes    ingest.Mistakes
		Quarantined []struct{ Mistakes ingest.Mistakes }
	}
	if err := json.Unmarshal(stdout.Bytes(), &report); err != nil {
		t.Errorf("it prints no JSON: %v\n%s%s", err, &stdout, &stderr)
		return
	}
	if code != exitOK && report.Error == "" {
		t.Errorf("it does not say what is wrong in JSON:\n%s", &stdout)
	}
	for _, m := range report.Mistakes {
		if m.File == "" || m.Rule == "" {
			t.Errorf("this says not what is wrong, or not where: %+v", m)
		}
		if line := c.shown(m.Error()); !strings.Contains(c.shown(plain), line) && !strings.Contains(plain, "err: … and ") {
			t.Errorf("this is said in JSON and not in text: %s", line)
		}
		checkByte(t, m)
	}
}

// checkByte looks up where a mistake says that its value begins.
func checkByte(t *testing.T, m ingest.Mistake) {
	t.Helper()
	if m.Byte == 0 {
		return
	}
	text, err := os.ReadFile(m.File)
	if errors.Is(err, fs.ErrNotExist) || strings.HasSuffix(m.File, ".gz") {
		return // in an archive
	}
	if err != nil {
		t.Error(err)
		return
	}
	if m.Byte > int64(len(text))+1 {
		t.Errorf("byte %d is beyond the file's %d: %v", m.Byte, len(text), m)
		return
	}
	end := "\n"
	if !bytes.Contains(text, []byte(end)) {
		end = "\r"
	}
	if line := 1 + bytes.Count(text[:m.Byte-1], []byte(end)); line != m.Line {
		t.Errorf("byte %d is in line %d: %v", m.Byte, line, m)
	}
}

// checkUsable loads the source's good files into the store that something was refused at.
func (c uglyCase) checkUsable(ctx context.Context, t *testing.T, store string) {
	t.Helper()
	dir := filepath.Join(uglyDir, c.source, "good")
	if _, err := os.Stat(dir); err != nil {
		return // the source comes with the program
	}
	good := uglyCase{source: c.source, paths: []string{dir}}
	if code, said := good.ingest(ctx, t, store); code != exitOK {
		t.Errorf("after it, good files are refused:\n%s", said)
	}
}

// uglyHolds says what the last load put into the store, and into quarantine.
func uglyHolds(t *testing.T, path string) string {
	t.Helper()
	ctx := context.Background()
	store, err := sqlitestore.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	head, err := store.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if head.Load.Number == 1 {
		return "store: as before\n"
	}
	_, count, err := graph.Digest(ctx, store, head.Load.Number)
	if err != nil {
		t.Fatal(err)
	}
	_, was, err := graph.Digest(ctx, store, 1)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "store: %d more\n", count-was)
	page, err := store.Quarantine(ctx, graph.QuarantineQuery{Load: head.Load.Number})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range page.Items {
		fmt.Fprintf(&b, "quarantine %d: %s %s", q.N, q.Of.Kind, q.Of.Key)
		for _, r := range q.Records {
			if !r.Frame {
				fmt.Fprintf(&b, " %s:%d", r.File, r.Line)
			}
		}
		b.WriteByte('\n')
		for _, m := range q.Mistakes {
			fmt.Fprintf(&b, "    %v\n", m)
		}
	}
	return b.String()
}

func uglyDigest(t *testing.T, store string) string {
	t.Helper()
	var out bytes.Buffer
	if err := run(context.Background(), []string{"digest", "--store", store}, nil, &out, io.Discard, func(string) string { return "" }); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// uglyBase is a store with the registry, made once.
var uglyBase = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "entente-ugly-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "entente.db")
	err = run(context.Background(), []string{"ingest", "states", "--store", path}, nil, io.Discard, io.Discard, func(string) string { return "" })
	if err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// uglyBefore is the digest of that store.
func uglyBefore(t *testing.T) string {
	t.Helper()
	uglyDigestOnce.Do(func() { uglyDigestBefore = uglyDigest(t, uglyStore(t)) })
	return uglyDigestBefore
}

var (
	uglyDigestOnce   sync.Once
	uglyDigestBefore string
)

// uglyStore is a copy of it.
func uglyStore(t *testing.T) string {
	t.Helper()
	text, err := uglyBase()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "entente.db")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
