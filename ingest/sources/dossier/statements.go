package dossier

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// A maker turns a checked tree into the nouns of the model. It relies on the check: it never fails.
type maker struct {
	root    *node
	id      string
	related map[string][]graph.EngagementKey // mutual, by own name
}

// A said is one thing that the dossier says, and where.
type said struct {
	noun any
	at   *node
}

// say gives everything the dossier says: the source itself first, then section by section in the file's order.
func say(root *node) []said {
	m := &maker{root: root, id: root.get("dossier").str("id")}
	m.relate()
	out := []said{{m.source(), root.get("dossier")}}
	for _, n := range root.list("works") {
		out = append(out, said{m.work(n), n})
	}
	for _, n := range root.list("actors") {
		out = append(out, said{m.actor(n), n})
	}
	for _, n := range root.list("tenures") {
		out = append(out, said{m.tenure(n), n})
	}
	for _, section := range engagementSections {
		for _, n := range root.list(section) {
			out = append(out, said{m.engagement(section, n), n})
		}
	}
	for _, n := range root.list("assertions") {
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
	h := m.root.get("dossier")
	s := &graph.Source{
		Key:       graph.SourceKey(m.id),
		Kind:      graph.SourceDossier,
		Title:     h.str("title"),
		Version:   h.str("version"),
		Publisher: h.str("publisher"),
		License:   h.str("license"),
		URL:       h.str("url"),
		Language:  h.str("language"),
	}
	c := h.get("coverage")
	s.Coverage = []graph.Coverage{{
		Topics:   wordsOf[graph.Topic](c.list("topics")),
		Actors:   keysOf[graph.ActorKey](c.list("actors")),
		From:     dateOf(c, "from"),
		To:       dateOf(c, "to"),
		Complete: c.str("complete") == "true",
	}}
	s.BibTeX = bibtex(s)
	return s
}

// bibtex makes the entry under which a dossier is cited.
func bibtex(s *graph.Source) string {
	brace := strings.NewReplacer("{", "(", "}", ")", "\\", "/")
	var b strings.Builder
	fmt.Fprintf(&b, "@misc{%s,\n  title = {{%s}},\n", s.Key, brace.Replace(s.Title))
	if s.Publisher != "" {
		fmt.Fprintf(&b, "  publisher = {{%s}},\n", brace.Replace(s.Publisher))
	}
	if s.URL != "" {
		fmt.Fprintf(&b, "  url = {%s},\n", s.URL)
	}
	if d, err := graph.ParseDate(s.Version); err == nil {
		fmt.Fprintf(&b, "  year = {%d},\n", d.Earliest().Time().Year())
	}
	fmt.Fprintf(&b, "  note = {Dossier %s, version %s, %s}\n}\n", s.Key, brace.Replace(s.Version), brace.Replace(s.License))
	return b.String()
}

func (m *maker) work(n *node) *graph.Work {
	w := &graph.Work{
		Key:       graph.WorkKey(m.key(n.str("id"))),
		Title:     n.str("title"),
		Publisher: n.str("publisher"),
		Date:      dateOf(n, "date"),
		URL:       n.str("url"),
		Language:  n.str("language"),
		Read:      n.str("read") != "false",
		Accessed:  n.str("accessed"),
	}
	if w.Language == "" {
		w.Language = m.root.get("dossier").str("language")
	}
	if w.Accessed == "" && w.Read {
		w.Accessed = m.root.get("dossier").str("accessed")
	}
	return w
}

// actor gives what the dossier says of an actor. Of a state it says names alone: its codes
// are checked against the registry, its life and succession are the registry's to say.
func (m *maker) actor(n *node) *graph.ActorFacts {
	a := &graph.ActorFacts{
		Key:       graph.ActorKey(n.str("key")),
		Kind:      model[graph.ActorKind](n.str("kind")),
		Names:     namesOf(n.get("names")),
		Note:      n.str("note"),
		Citations: m.citations(n),
	}
	for _, p := range n.list("part_of") {
		a.PartOf = append(a.PartOf, graph.PartOf{Actor: graph.ActorKey(textOf(p, "actor")), Period: ownPeriod(p)})
	}
	if a.Kind == graph.KindState {
		return a
	}
	if codes := n.get("identifiers"); codes != nil {
		for _, p := range codes.fields {
			for _, c := range oneOrMany(p.value) {
				a.Identifiers = append(a.Identifiers, identifier(p.key.text, c))
			}
		}
	}
	for _, e := range oneOrMany(n.get("existence")) {
		a.Existence = append(a.Existence, period(e, graph.Ongoing))
	}
	for _, s := range n.list("succeeds") {
		a.Succeeds = append(a.Succeeds, graph.Succession{Actor: graph.ActorKey(textOf(s, "actor")), Date: dateOf(s, "date"), Note: s.str("note")})
	}
	return a
}

func (m *maker) tenure(n *node) *graph.Tenure {
	return &graph.Tenure{
		Key:       graph.TenureKey(m.key(n.str("id"))),
		Person:    graph.ActorKey(n.str("person")),
		Office:    n.str("office"),
		Of:        graph.ActorKey(n.str("of")),
		Period:    period(n, graph.Unknown),
		Note:      n.str("note"),
		Citations: m.citations(n),
	}
}

func (m *maker) assertion(n *node) *graph.Assertion {
	a := &graph.Assertion{
		Key:       graph.AssertionKey(m.key(n.str("id"))),
		About:     graph.EngagementKey(m.key(n.str("about"))),
		Stance:    model[graph.Stance](n.str("stance")),
		Text:      n.str("text"),
		Quote:     n.str("quote"),
		Date:      dateOf(n, "date"),
		Citations: m.citations(n),
	}
	if author := n.str("author"); strings.Contains(author, ":") && !strings.HasPrefix(author, m.id+":") {
		a.Author = graph.ActorKey(author)
	} else {
		a.Work = graph.WorkKey(m.key(author))
	}
	return a
}

// citations gives where an entry stands; without any it stands in the dossier.
func (m *maker) citations(n *node) []graph.Citation {
	cites := m.ownCitations(n)
	if len(cites) == 0 {
		cites = []graph.Citation{{Source: graph.SourceKey(m.id)}}
	}
	return cites
}

// ownCitations gives those a part of an entry has for itself, or none.
func (m *maker) ownCitations(n *node) []graph.Citation {
	var cites []graph.Citation
	for _, c := range n.list("cite") {
		cites = append(cites, graph.Citation{
			Work:     graph.WorkKey(m.key(textOf(c, "work"))),
			Locator:  c.str("locator"),
			Supports: c.str("supports"),
			Quote:    c.str("quote"),
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
		for _, e := range m.root.list(section) {
			for _, ref := range e.list("related") {
				name := strings.TrimPrefix(ref.text, m.id+":")
				add(e.str("id"), name)
				add(name, e.str("id"))
			}
		}
	}
	for _, keys := range m.related {
		slices.Sort(keys)
	}
}

func namesOf(n *node) []graph.Name {
	var names []graph.Name
	if n == nil {
		return nil
	}
	for _, p := range n.fields {
		for _, v := range oneOrMany(p.value) {
			names = append(names, graph.Name{Text: textOf(v, "text"), Lang: p.key.text, Period: ownPeriod(v)})
		}
	}
	return names
}

func dateOf(n *node, field string) graph.Date {
	d, err := graph.ParseDate(n.str(field))
	if err != nil {
		return graph.Date{} // left out: the check refuses what is no date
	}
	return d
}

func wordsOf[T ~string](items []*node) []T {
	var out []T
	for _, n := range items {
		out = append(out, model[T](n.text))
	}
	return out
}

func keysOf[T ~string](items []*node) []T {
	var out []T
	for _, n := range items {
		out = append(out, T(n.text))
	}
	return out
}
