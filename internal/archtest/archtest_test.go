// Package archtest holds who may import whom, as a table. It parses imports itself: shelling out to the
// go command would hide changed files from the test cache.
package archtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/entente-graph/entente"

// rule says what a folder may import beside the standard library: folders of the module, and other modules by
// prefix. "..." at the end of a name allows what lies below it.
type rule struct {
	ours   []string
	theirs []string
}

// testOnly may be imported by every test.
var testOnly = rule{
	ours: []string{"graph", "graph/neo4jstore", "graph/sqlitestore", "graph/storetest", "internal/testneeds", "ingest", "ingest/ingesttest", "ingest/sources/...", "internal/..."},
	theirs: []string{
		"pgregory.net/rapid", "go.uber.org/goleak", "github.com/google/go-cmp", "github.com/rogpeppe/go-internal",
		"github.com/santhosh-tekuri/jsonschema", "golang.org/x/text", "github.com/vektah/gqlparser", "github.com/creack/pty",
		"github.com/neo4j/neo4j-go-driver", "github.com/compose-spec/compose-go", "github.com/xuri/excelize",
	},
}

// rules has a line for every folder with Go files; the longest matching name counts.
var rules = map[string]rule{
	"clients":    {},
	"clients/go": {theirs: []string{"github.com/Khan/genqlient", "github.com/vektah/gqlparser"}}, // a module of its own
	"cmd/entente": {
		ours:   []string{"graph", "graph/neo4jstore", "graph/sqlitestore", "ingest", "ingest/decisions", "ingest/sources", "ingest/sources/...", "ingest/table", "internal/...", "schema", "web"},
		theirs: []string{"github.com/spf13/", "github.com/mattn/go-", "github.com/rivo/uniseg", "github.com/vbauerster/mpb", "golang.org/x/term", "golang.org/x/text"},
	},
	"graph":                 {theirs: []string{"golang.org/x/text"}},
	"graph/neo4jstore":      {ours: []string{"graph"}, theirs: []string{"github.com/neo4j/neo4j-go-driver"}},
	"graph/sqlitestore":     {ours: []string{"graph"}, theirs: []string{"modernc.org/sqlite"}},
	"graph/storetest":       {ours: []string{"graph", "internal/testneeds"}, theirs: []string{"pgregory.net/rapid", "github.com/google/go-cmp"}},
	"schema":                {},
	"web":                   {},
	"ingest":                {ours: []string{"graph"}, theirs: []string{"golang.org/x/", "github.com/xuri/excelize", "github.com/parquet-go/parquet-go"}},
	"ingest/decisions":      {ours: []string{"graph", "ingest", "ingest/table"}},
	"ingest/ingesttest":     {ours: []string{"graph", "ingest", "internal/testneeds"}, theirs: []string{"github.com/google/go-cmp"}},
	"ingest/cow":            {ours: []string{"graph", "ingest", "ingest/table"}, theirs: []string{"github.com/google/go-cmp"}},
	"ingest/form":           {ours: []string{"graph", "ingest"}, theirs: []string{"golang.org/x/text", "github.com/goccy/go-yaml"}},
	"ingest/historian":      {ours: []string{"graph", "ingest"}},
	"ingest/historian/ship": {},
	"ingest/sources": {
		ours: []string{"graph", "ingest", "ingest/sources/..."},
	},
	"ingest/sources/...": {
		ours: []string{
			"graph", "ingest", "ingest/table",
			"ingest/cow",
			"ingest/form",
			"ingest/historian",
			"ingest/names",
			"ingest/statelist",
		},
		theirs: []string{"golang.org/x/text", "github.com/goccy/go-yaml"},
	},
	"ingest/names":     {ours: []string{"graph", "ingest"}},
	"ingest/statelist": {ours: []string{"graph", "ingest", "ingest/table"}},
	"ingest/table":     {ours: []string{"graph", "ingest"}, theirs: []string{"golang.org/x/text"}},
	"internal/api": {
		ours: []string{"graph", "schema", "internal/api/...", "internal/bibtex", "internal/permanent"},
		theirs: []string{
			"github.com/99designs/gqlgen", "github.com/vektah/gqlparser", "github.com/graph-gophers/dataloader",
		},
	},
	"internal/api/gen":    {ours: []string{"graph", "internal/api/..."}, theirs: []string{"github.com/99designs/gqlgen", "github.com/vektah/gqlparser"}},
	"internal/api/model":  {ours: []string{"graph"}},
	"internal/api/scalar": {ours: []string{"graph"}, theirs: []string{"github.com/99designs/gqlgen"}},
	"internal/archtest":   {},
	"internal/askbench": {
		ours:   []string{"graph", "graph/neo4jstore", "graph/sqlitestore", "ingest", "internal/api", "internal/neo4jtest", "internal/ownfigures", "internal/synthetic"},
		theirs: []string{"github.com/neo4j/neo4j-go-driver", "modernc.org/sqlite"},
	},
	"internal/bibtex":     {ours: []string{"graph"}},
	"internal/ownfigures": {},
	"internal/permanent":  {ours: []string{"graph"}},
	"internal/difftest": {
		ours:   []string{"graph", "schema", "internal/api", "internal/server", "internal/sample", "internal/testneeds"},
		theirs: []string{"github.com/vektah/gqlparser", "github.com/google/go-cmp"},
	},
	"internal/faults":            {},
	"internal/fielddata":         {ours: []string{"graph", "ingest", "ingest/sources", "ingest/sources/dossier"}},
	"internal/config":            {ours: []string{"graph"}, theirs: []string{"github.com/knadh/koanf", "github.com/spf13/pflag", "github.com/goccy/go-yaml"}},
	"internal/loadbench":         {ours: []string{"graph", "graph/neo4jstore", "graph/sqlitestore", "ingest", "ingest/sources/...", "internal/fielddata", "internal/neo4jtest", "internal/ownfigures", "internal/synthetic"}, theirs: []string{"github.com/neo4j/neo4j-go-driver"}},
	"internal/neo4jtest":         {ours: []string{"internal/testneeds"}, theirs: []string{"github.com/neo4j/neo4j-go-driver", "github.com/gofrs/flock"}},
	"internal/neo4jtest/wire":    {theirs: []string{"github.com/Shopify/toxiproxy", "github.com/rs/zerolog"}},
	"internal/neo4jtest/neo4j":   {ours: []string{"internal/neo4jtest"}},
	"internal/programtest":       {},
	"internal/realtest":          {ours: []string{"graph", "graph/sqlitestore", "ingest", "ingest/sources/...", "internal/testneeds"}},
	"internal/reference":         {ours: []string{"graph", "schema"}, theirs: []string{"github.com/vektah/gqlparser"}},
	"internal/sample":            {ours: []string{"graph", "ingest", "ingest/sources", "ingest/sources/..."}},
	"internal/sample/sampletest": {ours: []string{"graph", "graph/sqlitestore", "ingest", "internal/sample", "internal/testrun"}, theirs: []string{"go.uber.org/goleak"}},
	"internal/server": {
		ours: []string{"graph", "internal/api", "internal/bibtex", "internal/permanent"},
		theirs: []string{
			"github.com/prometheus/client_golang", "github.com/klauspost/compress", "github.com/99designs/gqlgen", "golang.org/x/",
		},
	},
	"internal/sourcetest": {
		ours:   []string{"graph", "graph/sqlitestore", "ingest", "ingest/sources/states", "internal/api", "internal/testneeds"},
		theirs: []string{"github.com/google/go-cmp"},
	},
	"internal/synthetic": {ours: []string{"graph", "ingest", "ingest/table"}},
	"internal/terminal":  {theirs: []string{"github.com/mattn/go-", "github.com/rivo/uniseg", "golang.org/x/"}},
	"internal/testneeds": {},
	"internal/testrun":   {},
}

func TestImports(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	err = filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); name == "node_modules" || name == "testdata" || strings.HasPrefix(name, ".") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(file, ".go") {
			return nil
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		checkFile(t, file, filepath.ToSlash(rel), used)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range rules {
		if !used[name] {
			t.Errorf("the table has a line for %s, which has no Go file", name)
		}
	}
}

func checkFile(t *testing.T, file, rel string, used map[string]bool) {
	t.Helper()
	folder := path.Dir(rel)
	name, r, ok := ruleOf(folder)
	if !ok {
		t.Errorf("%s: the folder %s has no line in the table of imports", rel, folder)
		return
	}
	used[name] = true
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, src, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range parsed.Imports {
		imported := strings.Trim(spec.Path.Value, `"`)
		if r.allows(imported, folder) || strings.HasSuffix(rel, "_test.go") && testOnly.allows(imported, folder) {
			continue
		}
		t.Errorf("%s imports %s, which %s may not", rel, imported, folder)
	}
}

func ruleOf(folder string) (string, rule, bool) {
	if r, ok := rules[folder]; ok {
		return folder, r, true
	}
	best := ""
	for name := range rules {
		if below, ok := strings.CutSuffix(name, "..."); ok && strings.HasPrefix(folder, below) && len(name) > len(best) {
			best = name
		}
	}
	return best, rules[best], best != ""
}

func (r rule) allows(imported, folder string) bool {
	if own, ok := strings.CutPrefix(imported, module+"/"); ok {
		if own == folder {
			return true // an external test of the package
		}
		return slices.ContainsFunc(r.ours, func(name string) bool {
			below, wide := strings.CutSuffix(name, "...")
			return name == own || wide && strings.HasPrefix(own, below)
		})
	}
	if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
		return true // the standard library
	}
	return slices.ContainsFunc(r.theirs, func(prefix string) bool { return strings.HasPrefix(imported, prefix) })
}
