package dossier

import (
	"fmt"
	"strings"
)

// factsAfter gives the facts of a dossier in the words that factsBefore uses. What the format added (ids of tenures and
// assertions, forms of disputes, settings of meetings, completeness) is not among them.
func factsAfter(root *node) facts {
	f := facts{}
	f.header(root)
	for _, w := range root.list("works") {
		id := "work " + w.str("id")
		f.texts(w, id, "title", "publisher", "date", "url", "language")
		accessed := root.get("dossier").str("accessed")
		if w.str("read") == "false" {
			accessed = "not read"
		}
		f.add(id, "accessed", accessed)
	}
	names := func(n *node, id string) {
		if n.get("names") == nil {
			return
		}
		for _, p := range n.get("names").fields {
			for i, v := range oneOrMany(p.value) {
				f.add(id, "name", p.key.text, fmt.Sprint(i), textOf(v, "text"))
			}
		}
	}
	for _, a := range root.list("actors") {
		id := "actor " + a.str("key")
		names(a, id)
		if codes := a.get("identifiers"); codes != nil {
			for _, p := range codes.fields {
				for _, v := range oneOrMany(p.value) {
					f.add(id, "code", p.key.text, textOf(v, "value"))
					f.span(id, "code "+p.key.text, v)
				}
			}
		}
		f.actorParts(a, id)
	}
	for _, e := range root.list("tenures") {
		id := "tenure " + strings.Join([]string{e.str("person"), e.str("office"), e.str("of"), e.str("from"), e.str("to")}, " ")
		f.add(id, "is", "here")
		f.shared(e, id, same)
	}
	for _, section := range engagementSections {
		for _, e := range root.list(section) {
			id := singular(section) + " " + e.str("id")
			f.shared(e, id, same)
			names(e, id)
			if section == "agreements" {
				f.texts(e, id, "form")
			}
			for _, s := range e.list("stages") {
				f.add(id, "stage", s.str("stage"), s.str("date"))
			}
			level := e.str("level")
			if level == "military" {
				level = "officials"
			}
			f.add(id, "level", level)
			f.texts(e, id, "date", "from", "to", "host")
			for _, l := range []string{"parties", "participants"} {
				for i, p := range e.list(l) {
					at := fmt.Sprintf("%s %s %d", id, l, i)
					actor, role := textOf(p, "actor"), p.str("role")
					switch {
					case role != "":
					case l == "parties":
						role = "party"
					case actor == e.str("host"):
						role = "host"
					default:
						role = "participant"
					}
					f.add(at, "actor", actor)
					f.add(at, "role", role)
					f.texts(p, at, "capacity", "side", "position", "from", "to")
					for _, person := range p.list("represented_by") {
						f.add(id, "represented", actor, person.text)
					}
				}
			}
			f.list(e, id, "by", same)
			f.list(e, id, "toward", same)
		}
	}
	for _, a := range root.list("assertions") {
		id := "assertion " + strings.Join([]string{a.str("about"), a.str("author"), a.str("stance"), a.str("text")}, " ")
		f.add(id, "is", "here")
		f.shared(a, id, same)
		f.texts(a, id, "quote", "date")
	}
	return f
}
