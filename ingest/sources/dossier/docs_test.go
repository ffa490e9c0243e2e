package dossier

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/form"
)

const docs = "../../../docs/"

func readDoc(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(docs + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The dossier that the documentation prints loads as it stands.
func TestDocumentedDossierLoads(t *testing.T) {
	blocks := regexp.MustCompile("(?s)```yaml\n(dossier:.*?)```").FindAllStringSubmatch(readDoc(t, "dossier.md"), -1)
	if len(blocks) != 1 {
		t.Fatalf("%d whole dossiers in the documentation", len(blocks))
	}
	if n := count(statementsOf(t, "documented.yaml", []byte(blocks[0][1]))); n["engagement"] != 4 || n["assertion"] != 1 || n["tenure"] != 1 {
		t.Errorf("it says %v", n)
	}
	if err := compiled(t).Validate(asEditor(t, []byte(blocks[0][1]))); err != nil {
		t.Errorf("the schema refuses it: %v", err)
	}
}

// Every section, field and word of the format is in its documentation.
func TestFormatIsDocumented(t *testing.T) {
	text := readDoc(t, "dossier.md")
	documented := map[string]bool{}
	for _, m := range regexp.MustCompile("`([^`\n]+)`").FindAllStringSubmatch(text, -1) {
		for _, word := range regexp.MustCompile(`[a-z_-]+`).FindAllString(m[1], -1) {
			documented[word] = true
		}
	}
	seen := map[string]bool{}
	var all func(s *form.Shape)
	all = func(s *form.Shape) {
		if seen[s.Name] {
			return
		}
		seen[s.Name] = true
		for _, f := range s.Fields {
			if !documented[f.Name] && !strings.Contains(text, "\n### "+f.Name+"\n") {
				t.Errorf("the field %s of %s is not documented", f.Name, s.Name)
			}
			for _, w := range f.Words {
				if !documented[w] {
					t.Errorf("the word %s of %s is not documented", w, f.Name)
				}
			}
			if f.Of != nil {
				all(f.Of)
			}
		}
	}
	all(fileShape)
	for _, f := range fileShape.Fields {
		if !strings.Contains(text, "\n### "+f.Name+"\n") {
			t.Errorf("the section %s has no heading", f.Name)
		}
	}
}

// docs/act-types.md is the table of graph.ActTypes; go test -run ActTypes -update writes it anew.
func TestActTypesAreDocumented(t *testing.T) {
	var b strings.Builder
	b.WriteString(`# Act types

What an act can be: a closed list. It covers every root of CAMEO (the codebook of most event data) and the finer acts of
hand-written dossiers. A dossier writes the type in small letters with hyphens.

*nearest* is the CAMEO code that fits the type best; *root* marks the type that an event of that root gets unless a finer one
fits. PLOVER is the successor of CAMEO; the category is that of the nearest code in its conversion table (version of
September 2021), which has none for statements and appeals. Codes are text: 01 and 010 differ.

Two words need care. A **protest** is what one government sends another (CAMEO 114, complain officially); what a crowd does is
a **demonstration** (CAMEO 14, which calls it protest). A **sanction** is an embargo, boycott or ban (CAMEO 163); what CAMEO 16 and
PLOVER's SANCTION cover besides are **reduction**, **suspension**, **withdrawal**, **recall** and **notice-of-termination**.

| type | an actor | CAMEO root | nearest | of root | PLOVER |
| --- | --- | --- | --- | --- | --- |
`)
	roots := map[string]graph.ActType{}
	for _, a := range graph.ActTypes {
		mark := ""
		if a.OfRoot {
			mark = "root"
			if first, twice := roots[a.Root]; twice {
				t.Errorf("root %s has two types: %s and %s", a.Root, first, a.Type)
			}
			roots[a.Root] = a.Type
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", form.Say(a.Type), a.Meaning, dash(a.Root), dash(a.Nearest), mark, dash(a.PLOVER))
	}
	for i := 1; i <= 20; i++ {
		root := fmt.Sprintf("%02d", i)
		if got, ok := graph.ActTypeOfRoot(root); !ok || got != roots[root] {
			t.Errorf("CAMEO root %s has no type", root)
		}
	}
	golden(t, docs+"act-types.md", b.String())
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
