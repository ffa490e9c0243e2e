package usertable

import (
	"slices"
	"strings"
	"unicode"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/form"
)

// entry reads what a row becomes.
func (c *compiler) entry(section string, n *form.Node) *entry {
	shape := fileShape.Field(section).Of
	e := &entry{when: c.choices(n.Get("when")), texts: map[string]*cell{}, open: n.Str("parties_complete") == "false"}
	e.kind = []graph.EngagementKind{graph.KindAgreement, graph.KindDispute, graph.KindMeeting, graph.KindAct}[slices.Index(sections, section)]
	e.title = c.cell(n, shape, "title")
	e.date, e.from, e.to = c.date(n, "date"), c.date(n, "from"), c.date(n, "to")
	switch {
	case e.date != nil && (e.from != nil || e.to != nil):
		c.Add(n.Get("date"), "", "there is a date, and from or to as well", "keep date for one day, from and to for several")
	case e.date == nil && e.from == nil && e.to == nil:
		c.Add(n, "", "it has no date", "write date, or from and to")
	case e.from != nil && e.to == nil:
		c.Add(n.Get("from"), "", `it begins but has no "to"`, "write its last day, or ongoing, or unknown")
	}
	for _, t := range n.List("topics") {
		e.topics = append(e.topics, c.cellOf(t, shape.Field("topics")))
	}
	for i := range shape.Fields {
		f := &shape.Fields[i]
		if f.Is == aCell && !f.List && f.Name != "title" && n.Get(f.Name) != nil {
			e.texts[f.Name] = c.cell(n, shape, f.Name)
		}
	}
	for list, role := range map[string]graph.Role{"parties": graph.RoleParty, "participants": graph.RoleParticipant, "by": graph.RoleBy, "toward": graph.RoleToward} {
		if shape.Field(list) == nil {
			continue
		}
		for _, p := range n.List(list) {
			if read := c.party(p, role); read != nil {
				if len(read.stages) > 0 && e.kind != graph.KindAgreement {
					c.Add(p.Get("stages"), "", "only agreements have stages", "leave them out")
				}
				if len(read.owes) > 0 && e.kind != graph.KindAgreement {
					c.Add(p.Get("obligations"), "", "only agreements have obligations", "leave them out")
				}
				e.parties = append(e.parties, read)
			}
		}
	}
	slices.SortStableFunc(e.parties, func(a, b *party) int { return strings.Compare(string(a.role), string(b.role)) })
	if h := n.Get("host"); h != nil {
		if e.host = c.party(h, graph.RoleHost); e.host != nil {
			e.host.optional = true
		}
	}
	e.stages = c.stages(n)
	for _, q := range n.List("cite") {
		e.cites = append(e.cites, c.cite(q))
	}
	return e
}

// cell reads a field that is a cell; nil where there is none.
func (c *compiler) cell(n *form.Node, s *form.Shape, name string) *cell {
	v := n.Get(name)
	if v == nil {
		return nil
	}
	return c.cellOf(v, s.Field(name))
}

func (c *compiler) cellOf(v *form.Node, f *form.Field) *cell {
	out := &cell{field: f.Name, words: f.Words, separator: c.separators(v), values: c.meanings(v.Get("values")), other: v.Str("else"), missing: setOf(v.Get("missing"))}
	out.of = c.template(v)
	return out
}

// separators are what stands between values. A word does so only by itself, with blanks around it: the blanks that somebody
// wrote around it in quotes are not kept.
func (c *compiler) separators(v *form.Node) []string {
	given := form.OneOrMany(v.Get("separator"))
	out := form.TextsOf[string](given)
	for i, s := range out {
		if s == newline {
			out[i] = lineBreak
			continue
		}
		if s == "" {
			c.Add(given[i], "", "a separator is not blank", "write the sign or the word that stands there; columns apart are several entries")
		}
		if !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
			out[i] = " " + s + " "
		}
	}
	return out
}

// template reads the text or the column of a value.
func (c *compiler) template(v *form.Node) template {
	if n := v.Get("column"); n != nil {
		return template{{column: c.column(n)}}
	}
	n := v
	if v.Is == form.Mapping {
		if n = v.Get("text"); n == nil {
			n = v.Get("actor")
		}
	}
	if n == nil || n.Is != form.Scalar {
		return nil
	}
	t, err := parseTemplate(n.Text)
	if err != nil {
		return nil // told already
	}
	for _, p := range t {
		if p.column != "" {
			c.m.uses = append(c.m.uses, use{p.column, n})
		}
	}
	return t
}

func (c *compiler) meanings(n *form.Node) map[string]string {
	if n == nil || n.Is != form.Mapping {
		return nil
	}
	out := map[string]string{}
	for _, p := range n.Fields {
		out[clean(p.Key.Text)] = p.Value.Text
	}
	return out
}

func (c *compiler) date(n *form.Node, name string) *date {
	v := n.Get(name)
	if v == nil {
		return nil
	}
	d := &date{field: name, values: c.meanings(v.Get("values")), missing: setOf(v.Get("missing"))}
	d.year, d.month, d.day = c.column(v.Get("year")), c.column(v.Get("month")), c.column(v.Get("day"))
	if d.year == "" {
		d.of = c.template(v)
	}
	for _, f := range form.OneOrMany(v.Get("format")) {
		if format, err := parseFormat(f.Text); err == nil {
			d.formats = append(d.formats, format)
		}
	}
	return d
}

func (c *compiler) party(v *form.Node, role graph.Role) *party {
	if v.Bad {
		return nil
	}
	p := &party{codes: v.Str("codes"), lookup: v.Str("lookup"), separator: c.separators(v), role: role, texts: map[string]*cell{}, optional: v.Str("optional") == "true"}
	for _, n := range form.OneOrMany(v.Get("columns")) {
		for _, name := range numbered(n.Text) {
			c.m.uses = append(c.m.uses, use{name, n})
			p.of = append(p.of, template{{column: name}})
		}
		p.several = true
	}
	if n := v.Get("marked"); n != nil && n.Is == form.Mapping {
		for _, f := range n.Fields {
			p.marked = append(p.marked, marked{c.column(f.Key), c.target(f.Value)})
		}
		p.marks, p.unmarked = setOf(v.Get("marks")), setOf(v.Get("unmarked"))
	}
	if !p.several && len(p.marked) == 0 {
		p.of = []template{c.template(v)}
		c.constant(v, p.of[0])
	}
	if n := v.Get("lookup"); n != nil && c.m.lookups[n.Text] == nil {
		var known []string
		for name := range c.m.lookups {
			known = append(known, name)
		}
		slices.Sort(known)
		c.Addf(n, form.DidYouMean(n.Text, known), "there is no such list under lookups")
	}
	for _, name := range []string{"role", "side", "capacity", "position", "note"} {
		if v.Get(name) != nil {
			p.texts[name] = c.cell(v, partyShape, name)
		}
	}
	p.from, p.to, p.stages = c.date(v, "from"), c.date(v, "to"), c.stages(v)
	c.acting(v, p)
	return p
}

// acting reads who acted for a party, and what it owes.
func (c *compiler) acting(v *form.Node, p *party) {
	p.persons, p.offices = c.listed(v, "persons"), c.listed(v, "offices")
	if p.offices != nil && p.persons == nil {
		c.Add(v.Get("offices"), "", "there are offices, and no persons", "give persons; the body or office in which a state takes part is its capacity")
	}
	if p.persons != nil && (p.several || len(p.marked) > 0) {
		c.Add(v.Get("persons"), "", "several take part, and who acted for whom is not said", "give each column an entry of its own")
	}
	for _, o := range v.List("obligations") {
		owed := &obligation{conditions: c.cell(o, obligationShape, "conditions"), from: c.date(o, "from"), to: c.date(o, "to")}
		for _, t := range o.List("type") {
			owed.types = append(owed.types, c.cellOf(t, obligationShape.Field("type")))
		}
		if t := o.Get("toward"); t != nil {
			if owed.toward = c.party(t, graph.RoleParty); owed.toward != nil {
				owed.toward.optional = true
			}
		}
		p.owes = append(p.owes, owed)
	}
}

// listed reads a field that is a cell, of which there may be several in one.
func (c *compiler) listed(n *form.Node, name string) *cell {
	v := n.Get(name)
	if v == nil {
		return nil
	}
	f := *partyShape.Field(name)
	f.List = true
	return c.cellOf(v, &f)
}

// constant checks an actor that the mapping itself names, or the scheme of one with a column in it.
func (c *compiler) constant(v *form.Node, t template) {
	n := v
	if v.Is == form.Mapping {
		n = v.Get("actor")
	}
	if n == nil || len(t) == 0 {
		return
	}
	if len(t) == 1 && t[0].column == "" {
		c.target(n)
		return
	}
	if scheme, _, ok := strings.Cut(t[0].text, ":"); !ok || !slices.Contains(schemes, scheme) {
		c.Addf(n, `write the scheme before the column, as "cow:{ccode}", or give column with codes or a lookup`, "this does not say in which scheme the code is")
	}
}

func (c *compiler) stages(n *form.Node) (out []*stage) {
	for _, s := range n.List("stages") {
		out = append(out, &stage{kind: form.Model[graph.StageKind](s.Str("stage")), date: c.date(s, "date"), note: c.cell(s, stageShape, "note")})
	}
	return out
}

func (c *compiler) cite(n *form.Node) *cite {
	q := &cite{work: c.cell(n, citeShape, "work"), locator: c.cell(n, citeShape, "locator"), quote: c.cell(n, citeShape, "quote"), supports: n.Str("supports")}
	if q.work == nil && q.locator == nil {
		c.Add(n, "", "it does not say what is cited", "give work, or locator")
	}
	if q.work == nil {
		return q
	}
	means := []*form.Node{n.Get("work")}
	if v := n.Get("work"); v.Is == form.Mapping {
		means = nil
		if values := v.Get("values"); values != nil {
			for _, p := range values.Fields {
				means = append(means, p.Value)
			}
		}
	}
	for _, m := range means {
		if m.Is == form.Scalar && !strings.Contains(m.Text, "{") && m.Text != nothing && !c.workID[m.Text] {
			c.Addf(m, "list it under works", "there is no such work in this mapping")
		}
	}
	return q
}
