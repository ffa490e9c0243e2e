package synthetic_test

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/synthetic"
)

func files(t *testing.T, n int, above ...string) *ingest.Files {
	t.Helper()
	var text bytes.Buffer
	if err := synthetic.WriteFile(&text, n, above...); err != nil {
		t.Fatal(err)
	}
	return ingest.OneFile(synthetic.FileName, text.Bytes())
}

// Every number makes the same valid statement each time, with a key of its own, and they are of every kind.
func TestThings(t *testing.T) {
	t.Parallel()
	kinds, keys := map[string]int{}, map[graph.StatementID]bool{}
	const n = 5000
	for i := range n {
		st, err := graph.NewStatement(synthetic.Key, "s", synthetic.Thing(i+1, 1), "")
		if err != nil {
			t.Fatal(err)
		}
		again, err := graph.NewStatement(synthetic.Key, "s", synthetic.Thing(i+1, 1), "")
		if err != nil || again.Hash != st.Hash {
			t.Fatalf("number %d makes another statement the second time (%v)", i+1, err)
		}
		if _, err := graph.Index(st); err != nil {
			t.Errorf("number %d: %v", i+1, err)
		}
		keys[st.StatementID] = true
		kind := string(st.Kind)
		if st.Kind == graph.StatementEngagement {
			var e struct {
				Kind   string       `json:"kind"`
				Period graph.Period `json:"period"`
			}
			if err := json.Unmarshal(st.Body, &e); err != nil {
				t.Fatal(err)
			}
			if err := e.Period.Check(); err != nil {
				t.Errorf("number %d: %v", i+1, err)
			}
			kind = e.Kind
		}
		kinds[kind]++
	}
	if len(keys) != n {
		t.Errorf("%d numbers have %d keys", n, len(keys))
	}
	for _, kind := range strings.Fields("actor tenure membership assertion AGREEMENT DISPUTE MEETING ACT") {
		if kinds[kind] < n/100 {
			t.Errorf("%d of %d are of kind %s", kinds[kind], n, kind)
		}
	}
}

// A load is what it says, the same again is nothing, and a line above all others is one statement.
func TestLoad(t *testing.T) {
	t.Parallel()
	store, err := sqlitestore.Open(filepath.Join(t.TempDir(), "entente.db"), sqlitestore.Create())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, step := range []struct {
		above []string
		want  ingest.Counts
	}{
		{nil, ingest.Counts{Added: 1001}},
		{nil, ingest.Counts{Unchanged: 1001}},
		{[]string{"1001,1"}, ingest.Counts{Added: 1, Unchanged: 1001}},
	} {
		report, err := ingest.Load(context.Background(), ingest.Options{Source: synthetic.Source{}, Files: files(t, 1000, step.above...), Reader: store, Writer: store})
		if err != nil || report.Counts != step.want {
			t.Errorf("with %q above: %+v (%v)", step.above, report.Counts, err)
		}
	}
}
