package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/internal/sample/sampletest"
)

// manyDisputes writes the tables of so many made-up disputes.
func manyDisputes(t *testing.T, dir string, n int) (files []string) {
	t.Helper()
	head := func(table string) string { return table[:strings.Index(table, "\n")+1] }
	var a, b strings.Builder
	a.WriteString(head(disputesTable))
	b.WriteString(head(participantsTable))
	for i := range n {
		fmt.Fprintf(&a, "%d,1,5,1938,2,5,1938,5,3,0,0,2,2,7,3,0,1,1,0,5\n", 10000+i)
		fmt.Fprintf(&b, "%d,\"USA\",2,1,5,1938,2,5,1938,1,0,0,-9,0,0,7,3,1,5\n", 10000+i)
		fmt.Fprintf(&b, "%d,\"UKG\",200,1,5,1938,2,5,1938,0,0,0,-9,0,0,0,1,1,5\n", 10000+i)
	}
	for name, text := range map[string]string{"MIDA.csv": a.String(), "MIDB.csv": b.String()} {
		path := filepath.Join(dir, name)
		write(t, path, text)
		files = append(files, path)
	}
	return files
}

// asProcess starts the program itself as another process.
func asProcess(t *testing.T, args ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe, args...)
	c.Args[0] = "entente" // by which the test binary is the program: see TestMain
	c.Env = append(os.Environ(), "NO_COLOR=1")
	said := &bytes.Buffer{}
	c.Stdout, c.Stderr = said, said
	return c, said
}

// entente runs the program in this process.
func entente(t *testing.T, args ...string) string {
	t.Helper()
	var out, said bytes.Buffer
	if err := run(context.Background(), args, strings.NewReader(""), &out, &said, func(string) string { return "" }); err != nil {
		t.Fatalf("entente %s: %v\n%s", strings.Join(args, " "), err, said.String())
	}
	return out.String()
}

func openStore(t *testing.T, path string) graph.Store {
	t.Helper()
	store, err := sqlitestore.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func digestOf(t *testing.T, r graph.Reader) string {
	t.Helper()
	head, err := r.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	d, _, err := graph.Digest(context.Background(), r, head.Load.Number)
	if err != nil {
		t.Fatal(err)
	}
	return d.String()
}

// Ctrl-C leaves a load open, says what can be done, and exits with 130; nothing can be seen of the load, and resumed it is
// as if nobody had interrupted it.
func TestAnInterruptedLoadIsResumed(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := t.TempDir()
	files := manyDisputes(t, dir, 4_500)
	broken, whole := filepath.Join(dir, "broken.db"), filepath.Join(dir, "whole.db")
	entente(t, append([]string{"ingest", "cow-mid", "--store", whole}, files...)...)
	entente(t, "ingest", "states", "--store", broken)
	store := openStore(t, broken)
	before := digestOf(t, store)

	c, said := asProcess(t, append([]string{"ingest", "cow-mid", "--store", broken}, files...)...)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		u, err := store.Unfinished(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if u != nil && u.Batches > 0 {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("the load does not begin: %s", said)
		}
	}
	if err := c.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	err := c.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
		t.Fatalf("it ends with %v, not with exit code 130: %s", err, said)
	}
	want := fmt.Sprintf("entente: interrupted: load 2 was broken off, and nothing of it can be seen; go on with it: entente resume --store %s, or take it back: entente discard 2 --store %s\n", broken, broken)
	if !strings.HasSuffix(said.String(), want) {
		t.Errorf("it says %q, not %q", said, want)
	}
	u, err := store.Unfinished(ctx)
	if err != nil || u == nil || !u.Expired || u.Batches == 0 || u.Batches > 3 {
		t.Fatalf("the load that was left open is %+v (%v)", u, err)
	}
	if after := digestOf(t, store); after != before {
		t.Error("something of the load can be seen")
	}
	entente(t, "resume", "--store", broken)
	entente(t, "ingest", "states", "--store", whole)
	if got, want := digestOf(t, store), digestOf(t, openStore(t, whole)); got != want {
		t.Errorf("resumed, the digest is %s; of a load that nobody interrupted it is %s", got, want)
	}
}

// Who stops a load that reads still leaves nothing behind.
func TestInterruptedBeforeItWrites(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "store.db")
	entente(t, "ingest", "states", "--store", path)
	files := manyDisputes(t, dir, 10)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var said bytes.Buffer
	err := run(ctx, append([]string{"ingest", "cow-mid", "--store", path}, files...), nil, io.Discard, &said, func(string) string { return "" })
	if code := exitCode(err, &said); code != exitInterrupted || said.String() != "entente: interrupted\n" {
		t.Errorf("exit code %d, %q", code, said.String())
	}
	if u, err := openStore(t, path).Unfinished(context.Background()); err != nil || u != nil {
		t.Errorf("an open load: %+v, %v", u, err)
	}
}

// An undo and an amendment that were broken off go on without files.
func TestUndosAndAmendmentsAreResumed(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := t.TempDir()
	path := filepath.Join(dir, "store.db")
	write(t, filepath.Join(dir, "MIDA.csv"), disputesTable)
	write(t, filepath.Join(dir, "MIDB.csv"), participantsTable)
	entente(t, "ingest", "cow-mid", filepath.Join(dir, "MIDA.csv"), filepath.Join(dir, "MIDB.csv"), "--store", path)
	store := openStore(t, path)
	begin := func(info graph.LoadInfo) {
		t.Helper()
		lease, err := store.Open(ctx, info)
		if err == nil {
			err = store.Release(ctx, lease)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	loads, err := store.Loads(ctx, graph.LoadQuery{First: 1})
	if err != nil {
		t.Fatal(err)
	}
	first := loads[0]
	begin(graph.LoadInfo{Source: first.Source, Importer: first.Importer, Slices: first.Slices, Program: programVersion(), Undoes: 1})
	if out := entente(t, "loads", "--store", path); !strings.Contains(out, "Load 2, which undoes load 1, was broken off") {
		t.Errorf("entente loads says %s", out)
	}
	var said bytes.Buffer
	err = run(ctx, []string{"resume", "elsewhere", "--store", path}, nil, io.Discard, &said, func(string) string { return "" })
	if err == nil || !strings.Contains(err.Error(), "load 2 reads no files, so that none can be given") {
		t.Errorf("with files: %v", err)
	}
	if out := entente(t, "resume", "--store", path); !strings.Contains(out, "load 2, which undoes load 1") {
		t.Errorf("it says %s", out)
	}
	entente(t, "undo", "2", "--store", path)

	// The same of an amendment.
	printed := entente(t, "quarantine", "1", "--csv", "--store", path)
	mended := filepath.Join(dir, "mended.csv")
	write(t, mended, strings.Replace(printed, "9902,1,5,194,", "9902,1,5,1940,", 1))
	entente(t, "ingest", "cow-mid", "--amend", mended, "--store", path) // 4
	done := digestOf(t, store)
	loads, err = store.Loads(ctx, graph.LoadQuery{First: 1})
	if err != nil {
		t.Fatal(err)
	}
	amendment := loads[0]
	entente(t, "undo", "4", "--store", path) // 5
	begin(graph.LoadInfo{
		Source: amendment.Source, Importer: amendment.Importer, Slices: amendment.Slices, Files: amendment.Files,
		Program: programVersion(), Amends: 1, Edits: amendment.Edits,
	})
	if out := entente(t, "resume", "--store", path); !strings.Contains(out, "load 6, which amends load 1") {
		t.Errorf("it says %s", out)
	}
	if got := digestOf(t, store); got != done {
		t.Error("resumed, the amendment says something else")
	}
}

// A store that is being served is loaded, mended, gone back from, cleaned and indexed by others, and every answer after
// that sees it.
func TestTheLifeOfLoadsWhileServed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "store.db")
	copyTo(t, sampletest.DossierPath(t), path, 0o600)
	s := serve(t, "--store", path)
	defer s.stop()
	sees := func(what, key, want string) {
		t.Helper()
		query := "/graphql?query=%7Bmeta%7Bload%7Bnumber%7D%7Dengagement(key:%22" + key + "%22)%7Bkey%7D%7D"
		if status, body := s.get(query); status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s, the server answers %d: %s", what, status, body)
		}
	}
	a, b := filepath.Join(dir, "MIDA.csv"), filepath.Join(dir, "MIDB.csv")
	write(t, a, disputesTable)
	write(t, b, participantsTable)
	entente(t, "ingest", "cow-mid", a, b, "--store", path)
	sees("loaded", "cow-mid:9901", `{"data":{"meta":{"load":{"number":4}},"engagement":{"key":"cow-mid:9901"}}`)
	sees("in quarantine", "cow-mid:9902", `"code":"ENGAGEMENT_NOT_FOUND"`)
	mended := filepath.Join(dir, "mended.csv")
	write(t, mended, strings.Replace(entente(t, "quarantine", "--csv", "--store", path), "9902,1,5,194,", "9902,1,5,1940,", 1))
	entente(t, "ingest", "cow-mid", "--amend", mended, "--store", path)
	sees("mended", "cow-mid:9902", `{"data":{"meta":{"load":{"number":5}},"engagement":{"key":"cow-mid:9902"}}`)
	entente(t, "undo", "5", "--store", path)
	sees("undone", "cow-mid:9902", `"code":"ENGAGEMENT_NOT_FOUND"`)
	entente(t, "rebuild-index", "--store", path)
	sees("indexed", "cow-mid:9901", `{"data":{"meta":{"load":{"number":6}},"engagement":{"key":"cow-mid:9901"}}`)
	entente(t, "erase", "cow-mid:9901", "--reason", "a test", "--yes", "--store", path)
	sees("erased", "cow-mid:9901", `"code":"GONE"`)
	if status, body := s.get("/v1/dyads/JPN/KOR/ties.csv?topic=defense"); status != http.StatusOK || !strings.Contains(body, "2018-12-20~") {
		t.Errorf("the ties: %d %s", status, body)
	}
	mine := filepath.Join(dir, "mine.yaml")
	write(t, mine, strings.ReplaceAll(dossierOfVisits, "ID", "mine"))
	n := mustBreakOff(t, path, "dossier", mine)
	sees("broken off", "cow-mid:9902", `"code":"ENGAGEMENT_NOT_FOUND"`)
	entente(t, "discard", fmt.Sprint(n), "--store", path)
}

// A store in a folder that cannot be written is read, and every order to change it is refused in one line.
func TestOrdersOnAStoreThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "entente-read-only-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700); _ = os.RemoveAll(dir) }) //nolint:gosec // it is to be removed
	path, exe := filepath.Join(dir, "store.db"), filepath.Join(dir, "entente")
	copyTo(t, sampletest.DossierPath(t), path, 0o444)
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	copyTo(t, own, exe, 0o555)
	if err := os.Chmod(dir, 0o555); err != nil { //nolint:gosec // others run the program in it
		t.Fatal(err)
	}
	as := func(args ...string) (string, error) {
		c := exec.Command(exe, append(args, "--store", path)...)
		c.Dir = dir
		if os.Getuid() == 0 { // whom nothing is forbidden
			c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		}
		out, err := c.CombinedOutput()
		return string(out), err
	}
	for _, args := range [][]string{
		{"undo", "3"},
		{"discard"},
		{"resume"},
		{"rebuild-index"},
		{"erase", "person:minoru-kihara", "--reason", "a test", "--yes"},
		{"ingest", "states"},
	} {
		out, err := as(args...)
		if err == nil || !strings.HasPrefix(out, "entente: ") || strings.Count(out, "\n") != 1 || !strings.Contains(out, "may not be written") {
			t.Errorf("entente %s: %v, %q", strings.Join(args, " "), err, out)
		}
	}
	for _, args := range [][]string{{"loads"}, {"quarantine"}, {"undo", "3", "--dry-run"}} {
		if out, err := as(args...); err != nil {
			t.Errorf("entente %s: %v, %s", strings.Join(args, " "), err, out)
		}
	}
}

func copyTo(t *testing.T, from, to string, mode os.FileMode) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, text, mode)
	}
	if err != nil {
		t.Fatal(err)
	}
}
