package form_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/form"
)

var noun = form.Noun{One: "a recipe", Empty: "write one"}

var step = &form.Shape{Name: "step", Bare: "do", Fields: []form.Field{
	{Name: "do", Is: form.Text, Required: true, Doc: "What is done."},
	{Name: "from", Is: form.Date, Doc: "When it begins."},
	{Name: "to", Is: form.End, Doc: "When it ends."},
	{Name: "kind", Is: form.Word, Words: form.Words("TO_BOIL", "TO_BAKE"), Doc: "How."},
}}

var recipe = &form.Shape{Name: "file", Root: true, Fields: []form.Field{
	{Name: "name", Is: form.ID, Required: true, Doc: "Its name."},
	{Name: "steps", Is: form.Fields, List: true, Lone: true, Of: step, Doc: "What is done."},
	{Name: "good", Is: form.Flag, Doc: "Whether it is."},
	{Name: "see", Is: form.URL, Doc: "Where it stands."},
	{Name: "in", Is: form.Language, Doc: "Its language."},
}}

// check gives what is wrong with a text, one mistake a line.
func check(text string) string {
	root, bad := form.Parse("r.yaml", []byte(text), noun)
	c := &form.Checker{File: "r.yaml", Mistakes: bad}
	if root != nil {
		c.Mapping(root, recipe, "the file")
	}
	return c.Sorted().Error()
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"name: soup\nsteps: [stir, {do: wait, from: 2001, to: ongoing, kind: to-boil}]\n": "",
		"name: soup\nsteps: {do: wait}\ngood: true\nsee: https://example.org\nin: de\n":   "",
		"name: soup\nsteps:\n": "",
		"":                     "r.yaml:1:1: the file is empty (write one)",
		"nam: soup\n":          "r.yaml:1:1: \"nam\": there is no such field in a file (did you mean \"name\"?)\nr.yaml:1:1: the file has no \"name\" (Its name.)",
		"name: My Soup\n":      `r.yaml:1:7: "My Soup": name may hold small letters, digits and single hyphens ("my-soup")`,
		"name: a\nname: b\n":   `r.yaml:2:1: "name": the field is here twice, first in line 1 (keep one of the two)`,
		"name: a\nsteps: [{do: x, from: 2002, to: 2001}]\n": `r.yaml:2:33: "2001": a step ends before it begins (2002)`,
		"name: a\nsteps: [{do: x, from: 2001-13}]\n":        `r.yaml:2:23: "2001-13": from is not a date: there is no month 13`,
		"name: a\nsteps: [{do: x, to: ongoin}]\n":           `r.yaml:2:21: "ongoin": to is not a date: write YYYY, YYYY-MM or YYYY-MM-DD, with ~ (approximate), ? (uncertain) or % (both) behind it, or [DAY..DAY] (did you mean "ongoing"?)`,
		"name: a\nsteps: [{do: x, from: 2001/2002}]\n":      `r.yaml:2:23: "2001/2002": from is not a date: it is a stretch of time (write "from" and "to")`,
		"name: a\nsteps: [{do: x, kind: to-bol}]\n":         `r.yaml:2:23: "to-bol": not a word for kind (did you mean "to-boil" or "to-bake"?)`,
		"name: [a]\n":                      `r.yaml:1:7: name is one value, not a list or a mapping (write it as text)`,
		"name: a\ngood: yes\n":             `r.yaml:2:7: "yes": good is true or false`,
		"name: a\nsteps: [x, x]\n":         `r.yaml:2:12: "x": steps has this twice (once is enough)`,
		"name: a\nsee: example.org\n":      `r.yaml:2:6: "example.org": see is not an address on the web (https://...)`,
		"name: &x a\n":                     `r.yaml:1:7: "&x a": anchors and aliases are not used in a recipe (write the value out where it stands)`,
		"name: a\n---\nname: b\n":          `r.yaml:3:5: "---": a recipe is one YAML document; this begins a second one (put it into a file of its own)`,
		"name: a\n\tgood: true\n":          `r.yaml:2:1: a tab indents this line, which YAML does not allow (use spaces)`,
		"name: " + strings.Repeat("[", 50): `r.yaml:1:47: nested more than 40 levels deep`,
	} {
		if got := check(text); got != want {
			t.Errorf("%q is told\n%s\nand should be\n%s", text, got, want)
		}
	}
}

// Scalars are the text that was written, and are changed in place.
func TestTree(t *testing.T) {
	t.Parallel()
	root, bad := form.Parse("r.yaml", []byte("a: 0010\nb: 1.10\nc: no\nd: [x, {e: iso3:JPN, f: [iso3:KOR]}]\nfrom: 2001\nto: unknown\n"), noun)
	if bad != nil {
		t.Fatal(bad)
	}
	if root.Str("a") != "0010" || root.Str("b") != "1.10" || root.Str("c") != "no" || form.TextOf(root.List("d")[1], "e") != "iso3:JPN" || root.List("d")[1].List("f")[0].Text != "iso3:KOR" {
		t.Errorf("it is read as %+v", root)
	}
	if p := form.PeriodOf(root, graph.Ongoing); p.EDTF() != "2001/" || p.Why != graph.Unknown {
		t.Errorf("the period is %s, %s", p.EDTF(), p.Why)
	}
	root.Set("a", "1")
	root.Set("g", "2")
	root.Remove("b")
	if n := root.Keep("d", func(n *form.Node) bool { return n.Is == form.Mapping }); n != 1 || root.Str("a")+root.Str("g") != "12" || root.Get("b") != nil || len(root.List("d")) != 1 {
		t.Errorf("changed it is %+v, %d went", root, n)
	}
}

func TestJSONSchema(t *testing.T) {
	t.Parallel()
	text, err := form.JSONSchema(recipe, "https://example.org/recipe.schema.json", "Recipe")
	if err != nil {
		t.Fatal(err)
	}
	var s struct {
		Required   []string
		Properties map[string]any
		Defs       map[string]struct {
			Properties map[string]struct{ Enum []string }
		} `json:"$defs"`
	}
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Properties) != 5 || len(s.Required) != 1 || len(s.Defs["step"].Properties["kind"].Enum) != 2 {
		t.Errorf("the schema is %s", text)
	}
}
