package dossier

import (
	"fmt"
	"strings"

	"github.com/entente-graph/entente/ingest/form"
)

// factsAfter gives the facts of a dossier in the words that factsBefore uses. What the format added (ids of tenures and
// assertions, forms of disputes, settings of meetings, completeness) is not among them.
func factsAfter(root *form.Node) facts {
	f := facts{}
	f.header(root)
	for _, w := range root.List("works") {
		id := "work " + w.Str("id")
		f.texts(w, id, "title", "publisher", "date", "url", "language")
		accessed := root.Get("dossier").Str("accessed")
		if w.Str("read") == "false" {
			accessed = "not read"
		}
		f.add(id, "accessed", accessed)
	}
	names := func(n *form.Node, id string) {
		if n.Get("names") == nil {
			return
		}
		for _, p := range n.Get("names").Fields {
			for i, v := range form.OneOrMany(p.Value) {
				f.add(id, "name", p.Key.Text, fmt.Sprint(i), form.TextOf(v, "text"))
			}
		}
	}
	for _, a := range root.List("actors") {
		id := "actor " + a.Str("key")
		names(a, id)
		if codes := a.Get("identifiers"); codes != nil {
			for _, p := range codes.Fields {
				for _, v := range form.OneOrMany(p.Value) {
					f.add(id, "code", p.Key.Text, form.TextOf(v, "value"))
					f.span(id, "code "+p.Key.Text, v)
				}
			}
		}
		f.actorParts(a, id)
	}
	for _, e := range root.List("tenures") {
		id := "tenure " + strings.Join([]string{e.Str("person"), e.Str("office"), e.Str("of"), e.Str("from"), e.Str("to")}, " ")
		f.add(id, "is", "here")
		f.shared(e, id, same)
	}
	for _, section := range engagementSections {
		for _, e := range root.List(section) {
			id := singular(section) + " " + e.Str("id")
			f.shared(e, id, same)
			names(e, id)
			if section == "agreements" {
				f.texts(e, id, "form")
			}
			for _, s := range e.List("stages") {
				f.add(id, "stage", s.Str("stage"), s.Str("date"))
			}
			level := e.Str("level")
			if level == "military" {
				level = "officials"
			}
			f.add(id, "level", level)
			f.texts(e, id, "date", "from", "to", "host")
			for _, l := range []string{"parties", "participants"} {
				for i, p := range e.List(l) {
					at := fmt.Sprintf("%s %s %d", id, l, i)
					actor, role := form.TextOf(p, "actor"), p.Str("role")
					switch {
					case role != "":
					case l == "parties":
						role = "party"
					case actor == e.Str("host"):
						role = "host"
					default:
						role = "participant"
					}
					f.add(at, "actor", actor)
					f.add(at, "role", role)
					f.texts(p, at, "capacity", "side", "position", "from", "to")
					for _, person := range p.List("represented_by") {
						f.add(id, "represented", actor, person.Text)
					}
				}
			}
			f.list(e, id, "by", same)
			f.list(e, id, "toward", same)
		}
	}
	for _, a := range root.List("assertions") {
		id := "assertion " + strings.Join([]string{a.Str("about"), a.Str("author"), a.Str("stance"), a.Str("text")}, " ")
		f.add(id, "is", "here")
		f.shared(a, id, same)
		f.texts(a, id, "quote", "date")
	}
	return f
}
