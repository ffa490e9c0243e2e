package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/internal/api"
	"github.com/entente-graph/entente/internal/sample/sampletest"
)

func TestMain(m *testing.M) { sampletest.Main(m) }

var root = filepath.Join("..", "..")

func examples(t *testing.T) fs.FS {
	return os.DirFS(filepath.Join(root, filepath.FromSlash(questions)))
}

func written(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(page)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestThePageIsWhatTheSchemaSays(t *testing.T) {
	fresh, err := reference(examples(t))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(written(t), string(fresh)); d != "" {
		t.Errorf("%s is stale: make generate writes it anew (-is +would be):\n%s", page, d)
	}
}

// Everything in the schema is on the page, and every link on it leads to a heading or a file.
func TestThePageIsWhole(t *testing.T) {
	text := written(t)
	headings := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(text, -1) {
		a := anchor(m[1])
		if headings[a] {
			t.Errorf("two headings have the anchor %s", a)
		}
		headings[a] = true
	}
	links := 0
	for _, m := range regexp.MustCompile(`\]\(([^)#]*)(#[^)]*)?\)`).FindAllStringSubmatch(text, -1) {
		links++
		switch {
		case m[1] == "" && !headings[strings.TrimPrefix(m[2], "#")]:
			t.Errorf("%s leads nowhere", m[2])
		case m[1] != "":
			if _, err := os.Stat(filepath.Join(root, "docs", filepath.FromSlash(m[1]))); err != nil {
				t.Errorf("a link: %v", err)
			}
		}
	}
	schema, err := loadContract()
	if err != nil {
		t.Fatal(err)
	}
	elements := 0
	for _, def := range schema.Types {
		if def.BuiltIn {
			continue
		}
		if def != schema.Query && !headings[anchor(heading(def))] {
			t.Errorf("%s has no heading", def.Name)
		}
		for _, f := range asked(def) {
			elements++
			if def == schema.Query && !headings[f.Name] && !headings[strings.ToLower(f.Name)] || !strings.Contains(text, line(f.Description)) {
				t.Errorf("%s.%s is not there", def.Name, f.Name)
			}
		}
	}
	if links < elements || elements < 300 {
		t.Errorf("%d links for %d fields", links, elements)
	}
}

// Every example is answered by the sample without an error, and with something.
func TestExamplesAreAnswered(t *testing.T) {
	schema, err := loadContract()
	if err != nil {
		t.Fatal(err)
	}
	all, err := readExamples(examples(t), schema)
	if err != nil {
		t.Fatal(err)
	}
	h := api.New(api.Config{Reader: sampletest.Store(t), Logger: slog.New(slog.DiscardHandler)})
	for _, of := range slices.Sorted(maps.Keys(all)) {
		for _, e := range all[of] {
			t.Run(e.file, func(t *testing.T) {
				body, err := json.Marshal(map[string]string{"query": e.document})
				if err != nil {
					t.Fatal(err)
				}
				r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
				r.Header.Set("Content-Type", "application/json")
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				var answer struct {
					Data   map[string]any
					Errors []json.RawMessage
				}
				if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || len(answer.Errors) > 0 || len(answer.Data) == 0 {
					t.Fatalf("%d, %v: %s", w.Code, err, w.Body)
				}
				t.Logf("%s", w.Body)
				if empty := nothingAt(answer.Data); len(empty) > 0 {
					t.Errorf("nothing at %s: %s", strings.Join(empty, ", "), w.Body)
				}
			})
		}
	}
}

// nothingAt names what holds nothing in the whole answer: a question answered with null, a list that is empty wherever it
// stands.
func nothingAt(data map[string]any) []string {
	full := map[string]bool{} // by path without numbers
	var look func(at string, v any)
	look = func(at string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, value := range v {
				look(at+"/"+name, value)
			}
		case []any:
			full[at] = full[at] || len(v) > 0
			for _, item := range v {
				look(at, item)
			}
		}
	}
	look("", data)
	for name, v := range data {
		if v == nil {
			full["/"+name] = false
		}
	}
	var empty []string
	for _, at := range slices.Sorted(maps.Keys(full)) {
		if !full[at] {
			empty = append(empty, at)
		}
	}
	return empty
}

func TestEmptyAnswersAreNoticed(t *testing.T) {
	for answer, want := range map[string][]string{
		`{"actor": null, "other": {"name": "x"}}`:                               {"/actor"},
		`{"sources": []}`:                                                       {"/sources"},
		`{"a": {"nodes": [], "more": 1}}`:                                       {"/a/nodes"},
		`{"dyad": {"ties": [], "engagements": {"nodes": [], "totalCount": 0}}}`: {"/dyad/engagements/nodes", "/dyad/ties"},
		`{"t": [{"spells": [], "by": [{"x": 1}]}, {"spells": [], "by": []}]}`:   {"/t/spells"},
		`{"actor": {"name": "x", "note": null}, "b": {"nodes": [{}]}}`:          nil,
	} {
		var data map[string]any
		if err := json.Unmarshal([]byte(answer), &data); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, nothingAt(data)); d != "" {
			t.Errorf("%s (-want +got):\n%s", answer, d)
		}
	}
}

// What is wrong with the examples is said, with the file and what would be right.
func TestWrongExamples(t *testing.T) {
	whole := fstest.MapFS{}
	files, err := fs.Glob(examples(t), "*.graphql")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(examples(t), file)
		if err != nil {
			t.Fatal(err)
		}
		whole[file] = &fstest.MapFile{Data: text}
	}
	for _, c := range []struct{ file, text, says string }{
		{"node.graphql", "", `schema/query.graphqls:\d+: the question node has no example: write docs/questions/node.graphql, a comment`},
		{"node.graphql", "{ meta { rules } }", `docs/questions/node.graphql: it does not begin with a comment`},
		{"meta.graphql", "# What?\n#\n# Really.\n\n{ meta {\n  ruls } }", `docs/questions/meta.graphql: line 6: Cannot query field "ruls" on type "Meta". Did you mean "rules"`},
		{"meta.graphql", "# What?\n{ meta { rules }", `docs/questions/meta.graphql: line 3: Expected Name, found <EOF>|docs/questions/meta.graphql: line 2: Expected Name`},
		{"meta-x.graphql", "# What?\n{ sources { key } }", `meta-x.graphql: its document does not ask Query.meta`},
		{"meta-x.graphql", "# What?\nquery A { meta { rules } } query B { meta { rules } }", `it has 2 operations, not one`},
		{"mata.graphql", "# What?\n{ meta { rules } }", `docs/questions/mata.graphql: Query has no mata; it has actor, `},
		{"Dyat.ties.graphql", "# What?\n{ meta { rules } }", `there is no type Dyat; there is Dyad`},
		{"Dyad.tie.graphql", "# What?\n{ meta { rules } }", `Dyad has no tie; it has id, a, b, ties`},
		{"Meta X.graphql", "# What?\n{ meta { rules } }", `the name is none of an example: as ties.graphql`},
		{"Meta.rules.graphql", "# What?\n{ meta { ...m } } fragment m on Meta { ... on Meta { rules } }", ``},
	} {
		folder := maps.Clone(whole)
		if folder[c.file] = &(fstest.MapFile{Data: []byte(c.text)}); c.text == "" {
			delete(folder, c.file)
		}
		text, err := reference(folder)
		switch {
		case c.says == "" && err != nil:
			t.Errorf("%s: %v", c.file, err)
		case c.says == "" && !strings.Contains(string(text), "](questions/"+c.file+")"):
			t.Errorf("%s is not shown", c.file)
		case c.says != "" && (err == nil || !regexp.MustCompile(c.says).MatchString(err.Error())):
			t.Errorf("%s: %v does not say %q", c.file, err, c.says)
		}
	}
}
