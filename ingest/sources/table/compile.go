package usertable

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/form"
)

// nothing is how a mapping says that a cell says nothing, or that a name means nobody.
const nothing = "none"

// sameDay is how a mapping says of an end that it is the day on which it began.
const sameDay = "from"

var noun = form.Noun{One: "a mapping", Empty: `begin with "table:"; entente ingest table --example prints one to begin with`}

// compile checks a mapping's text and makes what rows are asked of it. All mistakes come together.
func (s *Source) compile(file string, src []byte) (*mapping, error) {
	states, err := s.registry()
	if err != nil {
		return nil, err
	}
	root, bad := form.Parse(file, src, noun)
	if root == nil {
		return nil, bad
	}
	c := &compiler{Checker: form.Checker{File: file, Mistakes: bad}, root: root, states: states, m: &mapping{file: file, size: int64(len(src))}}
	if root.Is != form.Mapping || root.Get("table") == nil {
		c.Add(root, "", `this is not a mapping: it does not begin with "table:"`, noun.Empty)
		return nil, c.Sorted()
	}
	c.Mapping(root, fileShape, "the file")
	c.header(s.taken)
	c.layout()
	c.rows()
	c.names()
	for _, section := range sections {
		for _, n := range form.OneOrMany(root.Get(section)) {
			if n.Is == form.Mapping && !n.Bad {
				if section == tenures {
					c.m.entries = append(c.m.entries, c.tenancy(n))
					continue
				}
				c.m.entries = append(c.m.entries, c.entry(section, n))
			}
		}
	}
	if len(c.m.entries) == 0 && len(c.Mistakes) == 0 {
		c.Add(root, "", "it does not say what a row becomes", "write one of "+strings.Join(sections, ", "))
	}
	if len(c.Mistakes) > 0 {
		return nil, c.Sorted()
	}
	return c.m, nil
}

// A compiler makes a mapping of its tree, and collects what is wrong with it.
type compiler struct {
	form.Checker
	root   *form.Node
	states *registry
	m      *mapping
	workID map[string]bool
}

// header reads what the table is as a source.
func (c *compiler) header(taken func(string) bool) {
	t := c.root.Get("table")
	if key := t.Get("key"); key != nil && (taken(key.Text) || slices.Contains(graph.CodeSchemes, key.Text)) {
		c.Addf(key, "choose another", "this name is taken: keys that begin with it are those of something else")
	}
	v := t.Get("coverage")
	w := graph.Coverage{
		Kinds:    []graph.StatementKind{graph.StatementEngagement},
		Topics:   form.WordsOf[graph.Topic](v.List("topics")),
		Actors:   form.TextsOf[graph.ActorKey](v.List("actors")),
		From:     form.DateOf(v, "from"),
		To:       form.DateOf(v, "to"),
		Complete: v.Str("complete") == "true",
	}
	for i, kind := range []graph.EngagementKind{graph.KindAgreement, graph.KindDispute, graph.KindMeeting, graph.KindAct} {
		if c.root.Get(sections[i]) != nil {
			w.Forms = append(w.Forms, kind)
		}
	}
	for _, a := range v.List("actors") {
		if a.Is == form.Scalar && !c.states.known(graph.ActorKey(a.Text)) {
			c.Addf(a, c.states.propose(a.Text), "the registry has no such state")
		}
	}
	var windows []graph.Coverage
	if len(w.Forms) > 0 {
		windows = append(windows, w)
	}
	if c.root.Get(tenures) != nil {
		windows = append(windows, graph.Coverage{Kinds: []graph.StatementKind{graph.StatementActor, graph.StatementTenure}, Actors: w.Actors, From: w.From, To: w.To, Complete: w.Complete})
	}
	c.m.last = w.To
	c.m.source = graph.Source{
		Key: graph.SourceKey(t.Str("key")), Kind: graph.SourceDataset, Title: t.Str("title"), Version: t.Str("version"), Publisher: t.Str("publisher"),
		License: t.Str("license"), URL: t.Str("url"), Language: t.Str("language"), BibTeX: t.Str("bibtex"), Coverage: windows,
	}
	if c.m.source.BibTeX == "" {
		c.m.source.BibTeX = form.Misc(&c.m.source, "Table")
	}
}

var commas = map[string]rune{"comma": ',', "semicolon": ';', "tab": '\t', "bar": '|'}

// layout reads how the file is laid out.
func (c *compiler) layout() {
	f := c.root.Get("file")
	l := &c.m.layout
	l.comma, l.sheet, l.missing = commas[f.Str("separator")], f.Str("sheet"), setOf(f.Get("missing"))
	if n := f.Get("header"); n != nil {
		line, err := strconv.Atoi(n.Text)
		if err != nil || line < 1 || line > 1000 {
			c.Addf(n, "1 for the first", "the header is in a line, which has a number")
		}
		l.header = line
	}
	n := f.Get("charset")
	if n == nil || strings.EqualFold(n.Text, "utf-8") {
		return
	}
	e, err := htmlindex.Get(n.Text)
	if _, single := e.(*charmap.Charmap); err != nil || !single {
		c.Addf(n, "windows-1252, iso-8859-1 … iso-8859-16, koi8-r; a file of another charset: save it as UTF-8", "this charset cannot be read")
		return
	}
	l.charset = e
}

// rows reads what a row is.
func (c *compiler) rows() {
	r := c.root.Get("rows")
	for _, k := range r.List("key") {
		c.m.key = append(c.m.key, c.column(k))
	}
	c.m.group = r.Str("group") == "true"
	c.m.only, c.m.except, c.m.until = c.choices(r.Get("only")), c.choices(r.Get("except")), c.choices(r.Get("until"))
}

// column notes that a column is used.
func (c *compiler) column(n *form.Node) string {
	if n == nil || n.Is != form.Scalar || n.Text == "" {
		return ""
	}
	c.m.uses = append(c.m.uses, use{n.Text, n})
	return n.Text
}

func (c *compiler) choices(n *form.Node) (out []choice) {
	if n == nil || n.Is != form.Mapping {
		return nil
	}
	for _, p := range n.Fields {
		out = append(out, choice{c.column(p.Key), setOf(p.Value)})
	}
	return out
}

// setOf gives the texts of one, or of a list.
func setOf(n *form.Node) map[string]bool {
	out := map[string]bool{}
	for _, t := range form.OneOrMany(n) {
		out[t.Text] = true
	}
	return out
}

// names reads lookups, actors and works.
func (c *compiler) names() {
	lang := c.root.Get("table").Str("language")
	declared := map[graph.ActorKey]bool{}
	for _, a := range c.root.List("actors") {
		key := graph.ActorKey(a.Str("key"))
		if declared[key] {
			c.Addf(a.Get("key"), "keep one of the two", "the actor is here twice")
		}
		declared[key] = true
		kind := graph.KindOrganization
		if strings.HasPrefix(string(key), "person:") {
			kind = graph.KindPerson
		}
		if k := a.Get("key"); k != nil && !orgOrPerson.MatchString(k.Text) {
			c.Addf(k, "org:name or person:name, in small letters, digits and hyphens", "this is not the key of an organisation or a person")
		}
		c.m.actors = append(c.m.actors, graph.ActorFacts{Key: key, Kind: kind, Names: []graph.Name{{Text: a.Str("name"), Lang: lang}}})
	}
	c.workID = map[string]bool{}
	for _, w := range c.root.List("works") {
		id := w.Str("id")
		if c.workID[id] {
			c.Addf(w.Get("id"), "each work has a name of its own", "the work is here twice")
		}
		c.workID[id] = true
		work := graph.Work{
			Key: c.workKey(id), Title: w.Str("title"), Publisher: w.Str("publisher"), Date: form.DateOf(w, "date"), URL: w.Str("url"), Language: w.Str("language"), Read: true,
		}
		if work.Language == "" {
			work.Language = lang
		}
		c.m.works = append(c.m.works, work)
	}
	c.m.lookups = map[string]map[string]target{}
	l := c.root.Get("lookups")
	if l == nil || l.Is != form.Mapping {
		return
	}
	for _, p := range l.Fields {
		list := map[string]target{}
		for _, q := range p.Value.Fields {
			list[clean(q.Key.Text)] = c.target(q.Value)
		}
		c.m.lookups[p.Key.Text] = list
	}
}

func (c *compiler) workKey(id string) graph.WorkKey {
	return graph.WorkKey(string(c.m.source.Key) + ":" + id)
}

// target reads whom a name means: a state's code, or an actor of the mapping.
func (c *compiler) target(n *form.Node) target {
	if n.Is != form.Scalar || n.Bad || n.Text == "" {
		return target{}
	}
	if n.Text == nothing {
		return target{nobody: true}
	}
	code := graph.ParseCode(n.Text)
	switch {
	case slices.Contains(schemes, code.Scheme):
		if !c.states.anybody(code) {
			c.Addf(n, c.states.propose(n.Text), "nobody has this code")
		}
		return target{code: code}
	case code.Scheme == "org" || code.Scheme == "person":
		key := graph.ActorKey(n.Text)
		if !slices.ContainsFunc(c.m.actors, func(a graph.ActorFacts) bool { return a.Key == key }) {
			c.Addf(n, "list it under actors, with its name", "there is no such actor in this mapping")
		}
		return target{actor: key}
	default:
		suggestion := c.states.propose(n.Text)
		if suggestion == "" {
			suggestion = "write scheme:code, as iso3:JPN or cow:740; org:name for an organisation; " + nothing + " for nobody"
		}
		c.Addf(n, suggestion, "this is not the code of an actor")
		return target{}
	}
}
