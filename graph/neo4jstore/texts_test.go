package neo4jstore

import (
	"crypto/sha256"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

var parameter = regexp.MustCompile(`\$[a-zA-Z]+`)

func parametersIn(text string) []string {
	all := parameter.FindAllString(text, -1)
	slices.Sort(all)
	return slices.Compact(all)
}

// TestTexts pins every text that can be sent: its name, its parameters, and a sum over it. A change of the list is a change
// of what the database is asked, and is looked at as one; what a text says stands in cypher/.
func TestTexts(t *testing.T) {
	var b strings.Builder
	for _, name := range sortedKeys(texts()) {
		sum := sha256.Sum256([]byte(texts()[name]))
		fmt.Fprintf(&b, "%x  %s\n              %s\n", sum[:6], name, strings.Join(parametersIn(texts()[name]), " "))
	}
	golden(t, "texts.golden", b.String())
}

// TestEachFileNamesItsParameters holds each file's first comment to the parameters that its texts have, in all variants.
func TestEachFileNamesItsParameters(t *testing.T) {
	for _, file := range cypherNames(t) {
		content, err := cypherFiles.ReadFile("cypher/" + file + ".cypher")
		if err != nil {
			t.Fatal(err)
		}
		var head string
		for line := range strings.Lines(string(content)) {
			if !strings.HasPrefix(line, "//") {
				break
			}
			head += line
		}
		used := map[string]bool{}
		for name, text := range texts() {
			if fileOf(name) == file {
				for _, p := range parametersIn(text) {
					used[p] = true
				}
			}
		}
		if got, want := parametersIn(head), sortedKeys(used); !slices.Equal(got, want) {
			t.Errorf("cypher/%s.cypher names the parameters %v, and has %v", file, got, want)
		}
		if !strings.HasPrefix(head, "// ") || strings.Contains(string(content[len(head):]), "//") {
			t.Errorf("cypher/%s.cypher: one comment, that begins the file, says what it is for", file)
		}
	}
}

// fileOf gives the file of a text, by the text's name.
func fileOf(name string) string {
	name, _, _ = strings.Cut(name, ",")
	name, _, _ = strings.Cut(name, " ")
	return name
}

func cypherNames(t *testing.T) (names []string) {
	t.Helper()
	files, err := fs.Glob(cypherFiles, "cypher/*.cypher")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files (%v)", len(files), err)
	}
	for _, file := range files {
		names = append(names, strings.TrimSuffix(path.Base(file), ".cypher"))
	}
	return names
}

// source is the package's own code, parsed, without its tests.
func source(t *testing.T) map[string]*ast.File {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*ast.File{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		if all[file], err = parser.ParseFile(token.NewFileSet(), file, nil, 0); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// TestEveryFileIsUsed looks for each file's name in the code outside texts.go, which lists some, and for each fragment's in
// the files.
func TestEveryFileIsUsed(t *testing.T) {
	named := map[string]bool{}
	for file, tree := range source(t) {
		if file == "texts.go" {
			continue
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if name, ok := call.Fun.(*ast.Ident); ok && name.Name == "failed" {
					return false // words for people
				}
			}
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if value, err := strconv.Unquote(lit.Value); err == nil {
					named[strings.TrimSpace(value)] = true
				}
			}
			return true
		})
	}
	var everything strings.Builder
	for _, name := range cypherNames(t) {
		if !named[name] {
			t.Errorf("cypher/%s.cypher is not used", name)
		}
		content, err := cypherFiles.ReadFile("cypher/" + name + ".cypher")
		if err != nil {
			t.Fatal(err)
		}
		everything.Write(content)
	}
	parts, err := fs.Glob(cypherFiles, "cypher/parts/*.cypher")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range parts {
		content, err := cypherFiles.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		everything.Write(content)
	}
	for _, file := range parts {
		name := strings.TrimSuffix(path.Base(file), ".cypher")
		if !regexp.MustCompile(`\{\{[^}]*\b` + name + `\b[^}]*\}\}`).MatchString(everything.String()) {
			t.Errorf("%s is in no text", file)
		}
	}
}

// TestNothingElseIsSent finds every call that could send a text, and what it sends: text(name) alone. Two pass on what they
// were given: run, whose callers are held to the same, and migrate, which sends the files of migrations/.
func TestNothingElseIsSent(t *testing.T) {
	sends := map[string]int{"Run": 1, "ExecuteQuery": 2, "ExecuteRead": 1, "ExecuteWrite": 1, "run": 1}
	mayPassOn := map[string]string{"run": "text", "migrate": "statement"}
	seen := map[string]int{}
	for file, tree := range source(t) {
		for _, decl := range tree.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				selector, ok := call.Fun.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				at, is := sends[selector.Sel.Name]
				if !is {
					return true
				}
				seen[selector.Sel.Name]++
				switch arg := call.Args[at].(type) {
				case *ast.CallExpr:
					if name, ok := arg.Fun.(*ast.Ident); ok && name.Name == "text" {
						return true
					}
				case *ast.Ident:
					if mayPassOn[f.Name.Name] == arg.Name {
						return true
					}
				}
				t.Errorf("%s: %s sends something else than text(name)", file, f.Name.Name)
				return true
			})
		}
	}
	if seen["Run"] < 4 || seen["run"] < 3 {
		t.Errorf("calls found: %v; are they named otherwise now?", seen)
	}
	if writes := textsWritten(t); len(writes) > 0 {
		t.Errorf("the map of texts is written outside readTexts: %v", writes)
	}
}

// textsWritten finds functions that use the map of texts, other than by reading one.
func textsWritten(t *testing.T) (found []string) {
	t.Helper()
	for _, tree := range source(t) {
		for _, decl := range tree.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Name.Name == "text" {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if name, ok := n.(*ast.Ident); ok && name.Name == "texts" {
					found = append(found, f.Name.Name)
				}
				return true
			})
		}
	}
	return found
}

// TestNoTextNeedsMore refuses procedures of plugins, and what the Enterprise edition alone has.
func TestNoTextNeedsMore(t *testing.T) {
	all := maps.Clone(texts())
	made, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range made {
		for i, statement := range m.statements {
			all[fmt.Sprintf("migration %s, statement %d", m.name, i+1)] = statement
		}
	}
	for _, refused := range []string{
		`apoc\.`, `gds\.`, `genai\.`, `\bnode key\b`, `\bis key\b`, `\brelationship key\b`, `require [^;]*is not null`, `require [^;]*is (::|typed)`,
		`\bruntime\s*=`, `^\s*cypher\b`, `^\s*use\b`, `create (or replace )?database`, `\balias\b`, `\b(grant|deny|revoke|role)\b`, `load csv`,
		`in \d* ?concurrent transactions`, `\{\{`,
	} {
		expression := regexp.MustCompile(`(?i)` + refused)
		for name, text := range all {
			if found := expression.FindString(text); found != "" {
				t.Errorf("%s has %q", name, found)
			}
		}
	}
	procedure := regexp.MustCompile(`(?i)\bcall\s+([a-z][a-z.]+)`)
	for name, text := range all {
		for _, found := range procedure.FindAllStringSubmatch(text, -1) {
			if found[1] != "db.awaitIndexes" {
				t.Errorf("%s calls the procedure %s", name, found[1])
			}
		}
	}
}

// TestEveryPlanHasAText: however what can be asked of a list is put together, the text that it is answered by is there.
func TestEveryPlanHasAText(t *testing.T) {
	one, other := []graph.Constituent{{Actor: "a", Valid: graph.Always}}, []graph.Constituent{{Actor: "b", Valid: graph.Always}}
	tags := func(tag string) graph.Clause { return graph.Clause{{Kind: graph.HasTags, Tags: []string{tag}}} }
	asked := []func(*graph.EngagementQuery){
		func(q *graph.EngagementQuery) { q.A = one },
		func(q *graph.EngagementQuery) { q.A, q.B = one, other },
		func(q *graph.EngagementQuery) { q.Keys = []graph.EngagementKey{"e"} },
		func(q *graph.EngagementQuery) { q.Kinds = []graph.EngagementKind{graph.KindAct} },
		func(q *graph.EngagementQuery) { q.Where = append(q.Where, tags("part-of:e")) },
		func(q *graph.EngagementQuery) { q.Where = append(q.Where, tags("form:treaty")) },
		func(q *graph.EngagementQuery) { q.Count = true },
		func(q *graph.EngagementQuery) { q.Order.By = graph.ByTitle },
		func(q *graph.EngagementQuery) { q.Order.Descending = true },
		func(q *graph.EngagementQuery) { q.Last = 1 },
	}
	paths := map[string]bool{}
	for bits := range 1 << len(asked) {
		var q graph.EngagementQuery
		for i, ask := range asked {
			if bits&(1<<i) > 0 {
				ask(&q)
			}
		}
		path, v, params, possible := planEngagements(q)
		paths[path] = true
		text, there := texts()[v.name(path)]
		if !possible || !there {
			t.Fatalf("%+v: there is no text %q", q, v.name(path))
		}
		for _, name := range parametersIn(text) {
			if _, given := params[name[1:]]; !given && name != "$limit" {
				t.Fatalf("%+v: %q is not given its %s", q, v.name(path), name)
			}
		}
	}
	if len(paths) < 5 {
		t.Errorf("only %d ways to find engagements: %v", len(paths), paths)
	}
}
