package dossier

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// Edition makes the edition of a dossier as it could have been written on a day, by rule:
//
//   - A work published later goes, and what cites it no longer does.
//   - An entry stays if one of the works it cites was published by then, or if all are undated; if it had begun
//     by then; and, an assertion, if what it is about and the work that makes it stay.
//   - In what stays, a later end becomes an open one (ongoing); later stages, effects, parties and names go.
//   - A value goes that only later works support. A work supports the fields it names; one
//     that names none supports the entry, all of it. A value that an entry cannot be without stays.
//     Effects and parts outside what is left of the entry's period go with it.
//   - Free text is cut before the first clause that names a later month, day or year.
//   - References to what went go; actors and works go with the last entry that names them.
//   - The coverage ends on the day, which is also the version.
//
// "By then" means wholly: a work dated 2024 was not surely published by May 2024, and goes. Titles are
// left as they are. The result is YAML that the source reads like any other.
func Edition(src []byte, day graph.Day) ([]byte, error) {
	root, mistakes := parse("dossier.yaml", src)
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	header := root.get("dossier")
	coverage := header.get("coverage")
	from, err := graph.ParseDate(coverage.str("from"))
	if err != nil {
		return nil, fmt.Errorf("an edition of %s: its coverage: %w", day, err)
	}
	if from.Earliest() > day {
		return nil, fmt.Errorf("an edition of %s: the dossier begins with %s: %w", day, from, graph.ErrInvalid)
	}
	e := &edition{root: root, day: day, gone: map[string]bool{}, undated: map[string]bool{}, unborn: map[string]bool{}}
	named := e.named()
	e.works()
	e.born()
	for _, section := range entrySections {
		if section != "works" && section != "assertions" {
			e.entries(section)
		}
	}
	e.entries("assertions")
	e.references()
	e.unnamed(named)
	header.set("version", day.String())
	coverage.set("to", day.String())
	return printTree(root), nil
}

// An edition is a tree on its way to an earlier state.
type edition struct {
	root    *node
	day     graph.Day
	gone    map[string]bool // own names of what went
	undated map[string]bool // works that stay because nobody knows their date
	unborn  map[string]bool // actors that did not exist yet
}

// later tells whether a date is not wholly by the day; what is no date is not.
func (e *edition) later(text string) bool {
	d, err := graph.ParseDate(text)
	return err == nil && d.Latest() > e.day
}

// own is the own name of a reference that may be written with the dossier's id before it.
func (e *edition) own(ref string) string {
	return strings.TrimPrefix(ref, e.root.get("dossier").str("id")+":")
}

// went tells whether what a reference names is gone.
func (e *edition) went(ref string) bool { return e.gone[e.own(ref)] }

func (e *edition) works() {
	e.root.keep("works", func(w *node) bool {
		if e.later(w.str("date")) {
			e.gone[w.str("id")] = true
			return false
		}
		if w.str("date") == "" {
			e.undated[w.str("id")] = true
		}
		return true
	})
}

// born takes out actors that did not exist by the day.
func (e *edition) born() {
	e.root.keep("actors", func(a *node) bool {
		spans := oneOrMany(a.get("existence"))
		if len(spans) > 0 && !slices.ContainsFunc(spans, func(s *node) bool { return !e.later(s.str("from")) }) {
			e.unborn[a.str("key")] = true
			return false
		}
		return true
	})
}

func (e *edition) entries(section string) {
	e.root.keep(section, func(n *node) bool {
		stays := e.supported(n) && e.begun(section, n) && e.makes(section, n)
		if stays {
			e.dates(n)
			e.values(n)
			e.outside(section, n)
			e.texts(n)
			stays = complete(section, n)
		}
		if !stays {
			e.gone[n.str("id")] = true
			return false
		}
		n.keep("cite", func(c *node) bool { return !e.went(textOf(c, "work")) })
		return true
	})
}

// complete tells whether what is left of an entry has all that such an entry needs.
func complete(section string, n *node) bool {
	for _, f := range fileShape.field(section).of.fields {
		if f.required && n.get(f.name) == nil {
			return false
		}
	}
	return true
}

// supported tells whether an entry cites a work of the time, or none that is dated.
func (e *edition) supported(n *node) bool {
	all := true
	for _, c := range n.list("cite") {
		work := textOf(c, "work")
		if !e.went(work) && !e.undated[e.own(work)] {
			return true
		}
		all = all && e.undated[e.own(work)]
	}
	return all
}

// begun tells whether what an entry is about had begun.
func (e *edition) begun(section string, n *node) bool {
	switch section {
	case "tenures":
		return !e.later(n.str("from")) && !e.unborn[n.str("person")] && !e.unborn[n.str("of")]
	case "assertions":
		return !e.later(n.str("date")) && !e.unborn[n.str("author")]
	}
	start := engagementPeriod(section, n).Start
	return start.IsZero() || start.Latest() <= e.day
}

// makes tells whether what an assertion is about, and the work that makes it, are there.
func (e *edition) makes(section string, n *node) bool {
	return section != "assertions" || !e.went(n.str("about")) && !e.went(n.str("author"))
}

// values takes out what only later works support.
func (e *edition) values(n *node) {
	supporters := map[string][]string{} // works, by field or stage; "" is the whole entry
	for _, c := range n.list("cite") {
		for _, field := range supportedFields(c.str("supports")) {
			supporters[field] = append(supporters[field], textOf(c, "work"))
		}
	}
	for field, works := range supporters {
		works = append(works, supporters[""]...)
		if field == "" || slices.ContainsFunc(works, func(w string) bool { return !e.went(w) }) {
			continue
		}
		n.keep("stages", func(s *node) bool { return s.str("stage") != field })
		switch field {
		case "to":
			if to := n.str("to"); to != "" && to != endOngoing {
				n.set("to", endUnknown)
			}
		case "from", "place", "summary", "host", "occasion", "setting", "names", "effects", "outcomes", "quote", "related", "note":
			n.remove(field)
		}
	}
}

// supportedFields reads "signed, summary (Article 6)"; without any it is the whole entry.
func supportedFields(text string) []string {
	if text == "" {
		return []string{""}
	}
	var fields []string
	for _, part := range strings.Split(text, ",") {
		name, _, _ := strings.Cut(strings.TrimSpace(part), " ")
		fields = append(fields, name)
	}
	return fields
}

// dates opens later ends and takes out later stages, effects and parties.
func (e *edition) dates(n *node) {
	if e.later(n.str("to")) {
		n.set("to", endOngoing)
	}
	n.keep("stages", func(s *node) bool { return !e.later(s.str("date")) })
	n.keep("effects", func(f *node) bool {
		return !e.later(f.str("date")) && !slices.ContainsFunc(f.list("between"), func(a *node) bool { return e.unborn[a.text] })
	})
	if e.unborn[n.str("host")] {
		n.remove("host")
	}
	for _, list := range []string{"parties", "participants", "by", "toward", "obligations"} {
		n.keep(list, e.part)
	}
}

// outside takes out the effects and parts that lie outside what is left of an entry's period: an agreement
// that lost its entry into force has no effects from then on.
func (e *edition) outside(section string, n *node) {
	whole := engagementPeriod(section, n)
	if section == "tenures" || section == "assertions" || whole.IsZero() {
		return
	}
	n.keep("effects", func(f *node) bool { return overlap(graph.On(dateOf(f, "date")), whole) })
	for _, list := range []string{"parties", "participants", "by", "toward"} {
		n.keep(list, func(p *node) bool {
			own := partPeriod(p, whole)
			return own.IsZero() || overlap(own, whole)
		})
	}
}

// part opens the later end of a part, and tells whether it had begun.
func (e *edition) part(p *node) bool {
	if e.later(p.str("from")) || e.unborn[textOf(p, "actor")] || e.unborn[p.str("by")] || e.unborn[p.str("toward")] {
		return false
	}
	if e.later(p.str("to")) {
		p.remove("to")
	}
	p.keep("represented_by", func(person *node) bool { return !e.unborn[person.text] })
	return true
}

// references takes out references to what went, and prunes actors.
func (e *edition) references() {
	stays := func(ref *node) bool { return !e.went(ref.text) }
	for _, section := range engagementSections {
		for _, n := range e.root.list(section) {
			for _, list := range []string{"part_of", "related", "amends", "replaces", "outcomes"} {
				n.keep(list, stays)
			}
			for _, f := range n.list("effects") {
				f.keep("because", stays)
				f.keep("cite", func(c *node) bool { return !e.went(textOf(c, "work")) })
			}
			for _, s := range n.list("stages") {
				s.keep("cite", func(c *node) bool { return !e.went(textOf(c, "work")) })
			}
		}
	}
	e.root.keep("actors", func(a *node) bool {
		for _, list := range []string{"part_of", "succeeds"} {
			a.keep(list, func(p *node) bool { return e.part(p) && !e.later(p.str("date")) })
		}
		a.keep("cite", func(c *node) bool { return !e.went(textOf(c, "work")) })
		a.keep("existence", e.part)
		if span := a.get("existence"); span != nil && span.is == mappingNode {
			e.part(span)
		}
		return true
	})
}
