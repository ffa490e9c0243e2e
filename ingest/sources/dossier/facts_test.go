package dossier

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/entente-graph/entente/internal/testneeds"

	"github.com/entente-graph/entente/ingest/form"
)

// TestNoFactIsLost compares the shipped dossier with the hand-compiled file that it was made from, fact by fact,
// through the renames: summits became meetings, claims assertions; the dates of an agreement its stages;
// its representatives, and those at a meeting, stand with the party; "end: ongoing" became "to: ongoing"; a
// date a/b became from and to; the host of a meeting is named once; "not read" became "read: false", and
// "stored copy" is said once, in the header; entries lost the prefix of their kind.
func TestNoFactIsLost(t *testing.T) {
	file := filepath.Join(testneeds.Data(t), "..", "dossier", "northeast-asia.yaml")
	src, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		testneeds.Missing(t, "the hand-compiled dossier", "keep it beside the datasets, as ../dossier/northeast-asia.yaml")
	}
	if err != nil {
		t.Fatal(err)
	}
	before, mistakes := parse("before.yaml", src)
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	after, mistakes := parse(NortheastAsiaFile, NortheastAsia)
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	was, is := factsBefore(before), factsAfter(after)
	if len(was) < 8900 {
		t.Fatalf("only %d facts in the hand-compiled file: the comparison does not see them", len(was))
	}
	shown := 0
	report := func(what string, from, to map[string]bool) {
		for f := range from {
			if !to[f] {
				if shown++; shown <= 20 {
					t.Errorf("%s: %s", what, f)
				}
			}
		}
	}
	report("lost", was, is)
	report("not in the hand-compiled file", is, was)
	if shown > 20 {
		t.Errorf("and %d more", shown-20)
	}
}

type facts map[string]bool

func (f facts) add(parts ...string) {
	for _, p := range parts[len(parts)-1:] {
		if p == "" {
			return
		}
	}
	f[strings.Join(parts, " | ")] = true
}

func (f facts) texts(n *form.Node, id string, fields ...string) {
	for _, name := range fields {
		f.add(id, name, n.Str(name))
	}
}

// list adds the items of a list with their places.
func (f facts) list(n *form.Node, id, name string, text func(string) string) {
	for i, item := range n.List(name) {
		f.add(id, name, fmt.Sprint(i), text(item.Text))
	}
}

func same(s string) string { return s }

var kindPrefix = regexp.MustCompile(`^(agreement|dispute|summit|act):`)

func ownNameOf(key string) string { return kindPrefix.ReplaceAllString(key, "") }

// shared adds what has one shape in both files.
func (f facts) shared(n *form.Node, id string, ref func(string) string) {
	for i, c := range n.List("cite") {
		at := fmt.Sprintf("cite %d", i)
		f.add(id, at, "work", form.TextOf(c, "work"))
		f.add(id, at, "locator", c.Str("locator"))
		supports := regexp.MustCompile(`\bin_force\b`).ReplaceAllString(c.Str("supports"), "in-force")
		f.add(id, at, "supports", strings.ReplaceAll(supports, "representatives", "represented_by"))
	}
	for i, e := range n.List("effects") {
		at := fmt.Sprintf("%s effect %d", id, i)
		f.texts(e, at, "effect", "topic", "strand", "date", "extent", "note")
		f.list(e, at, "between", same)
		f.list(e, at, "because", ref)
	}
	f.texts(n, id, "title", "summary", "place", "occasion", "format", "type")
	f.list(n, id, "topics", same)
	for _, l := range []string{"part_of", "related", "outcomes", "amends", "replaces"} {
		f.list(n, id, l, ref)
	}
}

func (f facts) header(root *form.Node) {
	h := root.Get("dossier")
	f.texts(h, "dossier", "id", "title", "version", "license", "language")
	f.texts(h.Get("coverage"), "coverage", "from", "to")
}

func (f facts) span(id, name string, n *form.Node) {
	f.add(id, name, "from", n.Str("from"))
	f.add(id, name, "to", n.Str("to"))
}

func (f facts) actorParts(a *form.Node, id string) {
	for i, p := range a.List("part_of") {
		f.add(id, "part_of", fmt.Sprint(i), form.TextOf(p, "actor"))
		f.span(id, "part_of "+fmt.Sprint(i), p)
	}
	for i, p := range a.List("succeeds") {
		f.add(id, "succeeds", fmt.Sprint(i), p.Str("actor")+" on "+p.Str("date"))
	}
	f.span(id, "existence", a.Get("existence"))
	f.add(id, "kind", a.Str("kind"))
}

func factsBefore(root *form.Node) facts {
	f := facts{}
	f.header(root)
	for _, w := range root.List("works") {
		f.texts(w, "work "+w.Str("id"), "title", "publisher", "date", "url", "language", "accessed")
	}
	names := func(n *form.Node, id string) {
		nth := map[string]int{}
		for _, name := range n.List("names") {
			lang := name.Str("lang")
			f.add(id, "name", lang, fmt.Sprint(nth[lang]), name.Str("text"))
			nth[lang]++
		}
	}
	for _, a := range root.List("actors") {
		id := "actor " + a.Str("key")
		names(a, id)
		for _, c := range a.List("identifiers") {
			f.add(id, "code", c.Str("scheme"), c.Str("value"))
			f.span(id, "code "+c.Str("scheme"), c)
		}
		f.actorParts(a, id)
	}
	for _, e := range root.List("tenures") {
		end := e.Str("to") + e.Str("end")
		id := "tenure " + strings.Join([]string{e.Str("person"), e.Str("office"), e.Str("of"), e.Str("from"), end}, " ")
		f.add(id, "is", "here")
		f.shared(e, id, ownNameOf)
	}
	for _, section := range []string{"agreements", "disputes", "summits", "acts"} {
		for _, e := range root.List(section) {
			kind := map[string]string{"agreements": "agreement ", "disputes": "dispute ", "summits": "meeting ", "acts": "act "}[section]
			id := kind + ownNameOf(e.Str("key"))
			f.shared(e, id, ownNameOf)
			names(e, id)
			f.texts(e, id, "form")
			for _, s := range [][2]string{{"signed", "signed"}, {"in_force", "in-force"}, {"suspended", "suspension"}, {"terminated", "terminated"}} {
				f.add(id, "stage", s[1], e.Str(s[0]))
			}
			f.add(id, "level", map[string]string{"leaders": "summit", "ministers": "ministerial", "officials": "officials"}[e.Str("level")])
			from, to, several := strings.Cut(e.Str("date"), "/")
			if several {
				f.add(id, "from", from)
				f.add(id, "to", to)
			}
			if !several {
				f.add(id, "date", from)
			}
			f.add(id, "from", e.Str("from"))
			f.add(id, "to", e.Str("to")+e.Str("end"))
			f.add(id, "host", e.Str("host"))
			for _, l := range []string{"parties", "participants"} {
				for i, p := range e.List(l) {
					at := fmt.Sprintf("%s %s %d", id, l, i)
					f.add(at, "actor", p.Str("actor"))
					role, capacity, _ := strings.Cut(strings.TrimSuffix(p.Str("role"), ")"), " (")
					if role == "" {
						role = "party"
					}
					f.add(at, "role", role)
					f.add(at, "capacity", capacity)
					f.texts(p, at, "side", "position", "from", "to")
					for _, person := range p.List("represented_by") {
						f.add(id, "represented", p.Str("actor"), person.Text)
					}
				}
			}
			for _, p := range e.List("representatives") {
				f.add(id, "represented", p.Str("for"), p.Str("person"))
			}
			f.list(e, id, "by", same)
			f.list(e, id, "toward", same)
		}
	}
	for _, c := range root.List("claims") {
		id := "assertion " + strings.Join([]string{ownNameOf(c.Str("about")), c.Str("claimant"), c.Str("stance"), c.Str("statement")}, " ")
		f.add(id, "is", "here")
		f.shared(c, id, ownNameOf)
		f.texts(c, id, "quote", "date")
	}
	return f
}
