package dossier

import (
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/form"
)

// A maker turns a checked tree into the nouns of the model. It relies on the check: it never fails.
type maker struct {
	root    *form.Node
	id      string
	related map[string][]graph.EngagementKey // mutual, by own name
}

// A said is one thing that the dossier says, and where.
type said struct {
	noun any
	at   *form.Node
}

// say gives everything the dossier says: the source itself first, then section by section in the file's order.
func say(root *form.Node) []said {
	m := &maker{root: root, id: root.Get("dossier").Str("id")}
	m.relate()
	out := []said{{m.source(), root.Get("dossier")}}
	for _, n := range root.List("works") {
		out = append(out, said{m.work(n), n})
	}
	for _, n := range root.List("actors") {
		out = append(out, said{m.actor(n), n})
	}
	for _, n := range root.List("tenures") {
		out = append(out, said{m.tenure(n), n})
	}
	for _, section := range engagementSections {
		for _, n := range root.List(section) {
			out = append(out, said{m.engagement(section, n), n})
		}
	}
	for _, n := range root.List("assertions") {
		out = append(out, said{m.assertion(n), n})
	}
	return out
}

// key makes the global key of an entry's own name; the key of another dossier's entry is one already.
func (m *maker) key(name string) string {
	if strings.Contains(name, ":") {
		return name
	}
	return m.id + ":" + name
}

func (m *maker) source() *graph.Source {
	h := m.root.Get("dossier")
	s := &graph.Source{
		Key:       graph.SourceKey(m.id),
		Kind:      graph.SourceDossier,
		Title:     h.Str("title"),
		Version:   h.Str("version"),
		Publisher: h.Str("publisher"),
		License:   h.Str("license"),
		URL:       h.Str("url"),
		Language:  h.Str("language"),
	}
	c := h.Get("coverage")
	s.Coverage = []graph.Coverage{{
		Topics:   form.WordsOf[graph.Topic](c.List("topics")),
		Actors:   form.TextsOf[graph.ActorKey](c.List("actors")),
		From:     form.DateOf(c, "from"),
		To:       form.DateOf(c, "to"),
		Complete: c.Str("complete") == "true",
	}}
	s.BibTeX = form.Misc(s, "Dossier")
	return s
}

func (m *maker) work(n *form.Node) *graph.Work {
	w := &graph.Work{
		Key:       graph.WorkKey(m.key(n.Str("id"))),
		Title:     n.Str("title"),
		Publisher: n.Str("publisher"),
		Date:      form.DateOf(n, "date"),
		URL:       n.Str("url"),
		Language:  n.Str("language"),
		Read:      n.Str("read") != "false",
		Accessed:  n.Str("accessed"),
	}
	if w.Language == "" {
		w.Language = m.root.Get("dossier").Str("language")
	}
	if w.Accessed == "" && w.Read {
		w.Accessed = m.root.Get("dossier").Str("accessed")
	}
	return w
}

// actor gives what the dossier says of an actor. Of a state it says names alone: its codes
// are checked against the registry, its life and succession are the registry's to say.
func (m *maker) actor(n *form.Node) *graph.ActorFacts {
	a := &graph.ActorFacts{
		Key:       graph.ActorKey(n.Str("key")),
		Kind:      form.Model[graph.ActorKind](n.Str("kind")),
		Names:     namesOf(n.Get("names")),
		Note:      n.Str("note"),
		Citations: m.citations(n),
	}
	for _, p := range n.List("part_of") {
		a.PartOf = append(a.PartOf, graph.PartOf{Actor: graph.ActorKey(form.TextOf(p, "actor")), Period: ownPeriod(p)})
	}
	if a.Kind == graph.KindState {
		return a
	}
	if codes := n.Get("identifiers"); codes != nil {
		for _, p := range codes.Fields {
			for _, c := range form.OneOrMany(p.Value) {
				a.Identifiers = append(a.Identifiers, identifier(p.Key.Text, c))
			}
		}
	}
	for _, e := range form.OneOrMany(n.Get("existence")) {
		a.Existence = append(a.Existence, form.PeriodOf(e, graph.Ongoing))
	}
	for _, s := range n.List("succeeds") {
		a.Succeeds = append(a.Succeeds, graph.Succession{Actor: graph.ActorKey(form.TextOf(s, "actor")), Date: form.DateOf(s, "date"), Note: s.Str("note")})
	}
	return a
}

func (m *maker) tenure(n *form.Node) *graph.Tenure {
	return &graph.Tenure{
		Key:       graph.TenureKey(m.key(n.Str("id"))),
		Person:    graph.ActorKey(n.Str("person")),
		Office:    n.Str("office"),
		Of:        graph.ActorKey(n.Str("of")),
		Period:    form.PeriodOf(n, graph.Unknown),
		Note:      n.Str("note"),
		Citations: m.citations(n),
	}
}

func (m *maker) assertion(n *form.Node) *graph.Assertion {
	a := &graph.Assertion{
		Key:       graph.AssertionKey(m.key(n.Str("id"))),
		About:     graph.EngagementKey(m.key(n.Str("about"))),
		Stance:    form.Model[graph.Stance](n.Str("stance")),
		Text:      n.Str("text"),
		Quote:     n.Str("quote"),
		Date:      form.DateOf(n, "date"),
		Citations: m.citations(n),
	}
	if author := n.Str("author"); strings.Contains(author, ":") && !strings.HasPrefix(author, m.id+":") {
		a.Author = graph.ActorKey(author)
	} else {
		a.Work = graph.WorkKey(m.key(author))
	}
	return a
}

// citations gives where an entry stands; without any it stands in the dossier.
func (m *maker) citations(n *form.Node) []graph.Citation {
	cites := m.ownCitations(n)
	if len(cites) == 0 {
		cites = []graph.Citation{{Source: graph.SourceKey(m.id)}}
	}
	return cites
}

// ownCitations gives those a part of an entry has for itself, or none.
func (m *maker) ownCitations(n *form.Node) []graph.Citation {
	var cites []graph.Citation
	for _, c := range n.List("cite") {
		cites = append(cites, graph.Citation{
			Work:     graph.WorkKey(m.key(form.TextOf(c, "work"))),
			Locator:  c.Str("locator"),
			Supports: c.Str("supports"),
			Quote:    c.Str("quote"),
		})
	}
	return cites
}

// relate makes "related" mutual among the entries of the file.
func (m *maker) relate() {
	m.related = map[string][]graph.EngagementKey{}
	add := func(from, to string) {
		if key := graph.EngagementKey(m.key(to)); !slices.Contains(m.related[from], key) {
			m.related[from] = append(m.related[from], key)
		}
	}
	for _, section := range engagementSections {
		for _, e := range m.root.List(section) {
			for _, ref := range e.List("related") {
				name := strings.TrimPrefix(ref.Text, m.id+":")
				add(e.Str("id"), name)
				add(name, e.Str("id"))
			}
		}
	}
	for _, keys := range m.related {
		slices.Sort(keys)
	}
}

func namesOf(n *form.Node) []graph.Name {
	var names []graph.Name
	if n == nil {
		return nil
	}
	for _, p := range n.Fields {
		for _, v := range form.OneOrMany(p.Value) {
			names = append(names, graph.Name{Text: form.TextOf(v, "text"), Lang: p.Key.Text, Period: ownPeriod(v)})
		}
	}
	return names
}
