package storetest

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/entente-graph/entente/graph"
)

//go:embed testdata/*.txt
var testdata embed.FS

// Run holds a store to the law. open gives a store that is empty, a new one at each call, and
// sees to it that it is closed when the test ends.
//
// Where ENTENTE_TEST_TALLY names a file, a line with the number of stores that were held to it, one a case, is added there.
func Run(t *testing.T, open func(t testing.TB) graph.Store) {
	cases := 0
	tell := tally(t, &cases)
	defer tell()
	each := open
	open = func(t testing.TB) graph.Store {
		t.Helper()
		cases++
		return each(t)
	}
	Answers(t, open)
	t.Run("rebuilt", func(t *testing.T) { Answers(t, Rebuilt(open, nil)) })
	t.Run("writer", func(t *testing.T) { writer(t, open) })
	t.Run("leases", func(t *testing.T) { leases(t, open) })
	t.Run("readers", func(t *testing.T) { readers(t, open) })
	t.Run("erasing", func(t *testing.T) { erasing(t, open) })
	t.Run("copies", func(t *testing.T) { copies(t, open) })
	t.Run("views", func(t *testing.T) { views(t, open) })
}

// tally tells at the end how many cases there were, and of which store.
func tally(t *testing.T, cases *int) func() {
	path := os.Getenv("ENTENTE_TEST_TALLY")
	return func() {
		if path == "" {
			return
		}
		f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o600) //nolint:gosec // named by who runs the tests
		if err == nil {
			_, err = fmt.Fprintf(f, "  %-28s %d cases\n", packageOf(t), *cases)
			err = errors.Join(err, f.Close())
		}
		if err != nil {
			t.Error(err)
		}
	}
}

// packageOf names the folder of the test, which is the store's, and the test.
func packageOf(t *testing.T) string {
	dir, err := os.Getwd()
	if err != nil {
		t.Error(err)
	}
	return filepath.Base(dir) + " " + t.Name()
}

// answers plays every file of testdata.
func answers(t *testing.T, open func(t testing.TB) graph.Store) {
	files, err := fs.Glob(testdata, "testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(path.Base(file), ".txt"), func(t *testing.T) {
			text, err := testdata.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			Play(t, open(t), path.Base(file), string(text))
		})
	}
}

// Play plays one file of statements, loads, questions and answers on an empty store. When it
// has reached the end it asks all questions again, all at once, each at the load at which it was first asked: the
// answers must be the same whatever was loaded since.
func Play(t *testing.T, s graph.Store, name, text string) {
	t.Helper()
	steps, err := parse(name, text)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	p := &player{store: s, source: "test", open: map[graph.StatementID]graph.Statement{}}
	var asked []question
	for _, step := range steps {
		if step.ask == nil {
			if err := p.step(ctx, step); err != nil {
				t.Fatalf("%s:%d: %v", name, step.line, err)
			}
			continue
		}
		if err := p.commit(ctx); err != nil {
			t.Fatalf("%s:%d: before the question: %v", name, step.line, err)
		}
		q := *step.ask
		if q.load < 0 {
			q.load = p.head
		}
		check(ctx, t, s, q)
		asked = append(asked, q)
	}
	if err := p.commit(ctx); err != nil {
		t.Fatalf("%s: at the end: %v", name, err)
	}
	var all sync.WaitGroup
	for _, q := range asked {
		all.Go(func() { check(ctx, t, s, q) })
	}
	all.Wait()
}

func check(ctx context.Context, t *testing.T, s graph.Store, q question) {
	t.Helper()
	got, err := q.answer(ctx, s)
	if err != nil {
		got = []string{"error: " + err.Error()}
	}
	if strings.Join(got, "\n") != strings.Join(q.want, "\n") {
		t.Errorf("%s at load %d\n got:\n  %s\nwant:\n  %s", q.text, q.load, strings.Join(got, "\n  "), strings.Join(q.want, "\n  "))
	}
}
