package dossier

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/form"
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
	header := root.Get("dossier")
	coverage := header.Get("coverage")
	from, err := graph.ParseDate(coverage.Str("from"))
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
	header.Set("version", day.String())
	coverage.Set("to", day.String())
	return printTree(root), nil
}

// An edition is a tree on its way to an earlier state.
type edition struct {
	root    *form.Node
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
	return strings.TrimPrefix(ref, e.root.Get("dossier").Str("id")+":")
}

// went tells whether what a reference names is gone.
func (e *edition) went(ref string) bool { return e.gone[e.own(ref)] }

func (e *edition) works() {
	e.root.Keep("works", func(w *form.Node) bool {
		if e.later(w.Str("date")) {
			e.gone[w.Str("id")] = true
			return false
		}
		if w.Str("date") == "" {
			e.undated[w.Str("id")] = true
		}
		return true
	})
}

// born takes out actors that did not exist by the day.
func (e *edition) born() {
	e.root.Keep("actors", func(a *form.Node) bool {
		spans := form.OneOrMany(a.Get("existence"))
		if len(spans) > 0 && !slices.ContainsFunc(spans, func(s *form.Node) bool { return !e.later(s.Str("from")) }) {
			e.unborn[a.Str("key")] = true
			return false
		}
		return true
	})
}

func (e *edition) entries(section string) {
	e.root.Keep(section, func(n *form.Node) bool {
		stays := e.supported(n) && e.begun(section, n) && e.makes(section, n)
		if stays {
			e.dates(n)
			e.values(n)
			e.outside(section, n)
			e.texts(n)
			stays = complete(section, n)
		}
		if !stays {
			e.gone[n.Str("id")] = true
			return false
		}
		n.Keep("cite", func(c *form.Node) bool { return !e.went(form.TextOf(c, "work")) })
		return true
	})
}

// complete tells whether what is left of an entry has all that such an entry needs.
func complete(section string, n *form.Node) bool {
	for _, f := range fileShape.Field(section).Of.Fields {
		if f.Required && n.Get(f.Name) == nil {
			return false
		}
	}
	return true
}

// supported tells whether an entry cites a work of the time, or none that is dated.
func (e *edition) supported(n *form.Node) bool {
	all := true
	for _, c := range n.List("cite") {
		work := form.TextOf(c, "work")
		if !e.went(work) && !e.undated[e.own(work)] {
			return true
		}
		all = all && e.undated[e.own(work)]
	}
	return all
}

// begun tells whether what an entry is about had begun.
func (e *edition) begun(section string, n *form.Node) bool {
	switch section {
	case "tenures":
		return !e.later(n.Str("from")) && !e.unborn[n.Str("person")] && !e.unborn[n.Str("of")]
	case "assertions":
		return !e.later(n.Str("date")) && !e.unborn[n.Str("author")]
	}
	start := engagementPeriod(section, n).Start
	return start.IsZero() || start.Latest() <= e.day
}

// makes tells whether what an assertion is about, and the work that makes it, are there.
func (e *edition) makes(section string, n *form.Node) bool {
	return section != "assertions" || !e.went(n.Str("about")) && !e.went(n.Str("author"))
}

// values takes out what only later works support.
func (e *edition) values(n *form.Node) {
	supporters := map[string][]string{} // works, by field or stage; "" is the whole entry
	for _, c := range n.List("cite") {
		for _, field := range supportedFields(c.Str("supports")) {
			supporters[field] = append(supporters[field], form.TextOf(c, "work"))
		}
	}
	for field, works := range supporters {
		works = append(works, supporters[""]...)
		if field == "" || slices.ContainsFunc(works, func(w string) bool { return !e.went(w) }) {
			continue
		}
		n.Keep("stages", func(s *form.Node) bool { return s.Str("stage") != field })
		switch field {
		case "to":
			if to := n.Str("to"); to != "" && to != form.EndOngoing {
				n.Set("to", form.EndUnknown)
			}
		case "from", "place", "summary", "host", "occasion", "setting", "names", "effects", "outcomes", "quote", "related", "note":
			n.Remove(field)
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
func (e *edition) dates(n *form.Node) {
	if e.later(n.Str("to")) {
		n.Set("to", form.EndOngoing)
	}
	n.Keep("stages", func(s *form.Node) bool { return !e.later(s.Str("date")) })
	n.Keep("effects", func(f *form.Node) bool {
		return !e.later(f.Str("date")) && !slices.ContainsFunc(f.List("between"), func(a *form.Node) bool { return e.unborn[a.Text] })
	})
	if e.unborn[n.Str("host")] {
		n.Remove("host")
	}
	for _, list := range []string{"parties", "participants", "by", "toward", "obligations"} {
		n.Keep(list, e.part)
	}
}

// outside takes out the effects and parts that lie outside what is left of an entry's period: an agreement
// that lost its entry into force has no effects from then on.
func (e *edition) outside(section string, n *form.Node) {
	whole := engagementPeriod(section, n)
	if section == "tenures" || section == "assertions" || whole.IsZero() {
		return
	}
	n.Keep("effects", func(f *form.Node) bool { return overlap(graph.On(form.DateOf(f, "date")), whole) })
	for _, list := range []string{"parties", "participants", "by", "toward"} {
		n.Keep(list, func(p *form.Node) bool {
			own := partPeriod(p, whole)
			return own.IsZero() || overlap(own, whole)
		})
	}
}

// part opens the later end of a part, and tells whether it had begun.
func (e *edition) part(p *form.Node) bool {
	if e.later(p.Str("from")) || e.unborn[form.TextOf(p, "actor")] || e.unborn[p.Str("by")] || e.unborn[p.Str("toward")] {
		return false
	}
	if e.later(p.Str("to")) {
		p.Remove("to")
	}
	p.Keep("represented_by", func(person *form.Node) bool { return !e.unborn[person.Text] })
	return true
}

// references takes out references to what went, and prunes actors.
func (e *edition) references() {
	stays := func(ref *form.Node) bool { return !e.went(ref.Text) }
	for _, section := range engagementSections {
		for _, n := range e.root.List(section) {
			for _, list := range []string{"part_of", "related", "amends", "replaces", "outcomes"} {
				n.Keep(list, stays)
			}
			for _, f := range n.List("effects") {
				f.Keep("because", stays)
				f.Keep("cite", func(c *form.Node) bool { return !e.went(form.TextOf(c, "work")) })
			}
			for _, s := range n.List("stages") {
				s.Keep("cite", func(c *form.Node) bool { return !e.went(form.TextOf(c, "work")) })
			}
		}
	}
	e.root.Keep("actors", func(a *form.Node) bool {
		for _, list := range []string{"part_of", "succeeds"} {
			a.Keep(list, func(p *form.Node) bool { return e.part(p) && !e.later(p.Str("date")) })
		}
		a.Keep("cite", func(c *form.Node) bool { return !e.went(form.TextOf(c, "work")) })
		a.Keep("existence", e.part)
		if span := a.Get("existence"); span != nil && span.Is == form.Mapping {
			e.part(span)
		}
		return true
	})
}
