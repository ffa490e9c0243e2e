package usenvoys

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/historian"
)

// A person is who held a post, or has a file.
type person struct {
	id       string
	node     *historian.Node // the file; nil: it is not there
	mistakes ingest.Mistakes
	locator  string
}

type people struct{ byID map[string]*person }

func newPeople() *people { return &people{byID: map[string]*person{}} }

func personKey(id string) graph.ActorKey { return graph.ActorKey(string(Key) + ":" + id) }

// read takes in a person's file.
func (ps *people) read(root *historian.Node) {
	id := root.Child("id")
	p := &person{id: id.Text, node: root, locator: fmt.Sprintf("%s:%d", root.Record.File, root.Record.Line)}
	p.mistakes = root.Others("id", "persName", "birth", "death", "career-type", "residence", "created-by", "created-date", "last-modified-by", "last-modified-date")
	p.mistakes = append(p.mistakes, root.Child("persName").Others("surname", "forename", "genName", "*altname")...)
	if !idForm.MatchString(p.id) {
		p.mistakes = append(p.mistakes, id.Mistake("this is not an id", "small letters, digits and hyphens"))
	}
	if root.Child("persName").Child("surname").Text == "" {
		p.mistakes = append(p.mistakes, root.Child("persName").Child("surname").Mistake("the person has no surname", ""))
	}
	if first := ps.byID[p.id]; first != nil && first.node != nil {
		p.mistakes = append(p.mistakes, id.Mistake("two persons have this id; the other is at "+first.locator, "give one of them its own"))
		p.id += " " // beside the first
	}
	ps.byID[p.id] = p
}

// name takes in who held a post.
func (ps *people) name(c *chief) {
	if ps.byID[c.person] == nil {
		ps.byID[c.person] = &person{id: c.person, locator: fmt.Sprintf("%s:%d", c.node.Record.File, c.node.Record.Line)}
	}
}

func (ps *people) all() []*person {
	var all []*person
	for _, p := range ps.byID {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b *person) int { return cmp.Compare(a.id, b.id) })
	return all
}

// row makes the statement of a person, or puts the file in quarantine.
func (p *person) row() (ingest.Row, error) {
	row := ingest.Row{Statement: graph.Statement{StatementID: graph.StatementID{Source: Key, Kind: graph.StatementActor}, Slice: slice.ID}}
	facts := &graph.ActorFacts{Key: personKey(p.id), Kind: graph.KindPerson, Citations: []graph.Citation{{Source: Key, Locator: strings.TrimSpace(p.id)}}}
	if p.node == nil {
		name, certain := personName(p.id)
		facts.Names = []graph.Name{{Text: name, Lang: "en"}}
		facts.Note = "The file of the person was not there: the name is made of its id, surname first."
		if !certain {
			facts.Note = "The file of the person was not there: the name is made of its id, surname first; the id does not tell where the surname ends."
		}
	} else {
		row.Records = []ingest.Record{p.node.File()}
		p.facts(facts)
	}
	if row.Mistakes = p.mistakes; len(row.Mistakes) > 0 {
		row.Mistakes.Sort()
		if id := strings.TrimSpace(p.id); idForm.MatchString(id) {
			row.Statement.Key = string(personKey(id))
		}
		return row, nil
	}
	var err error
	row.Statement, err = graph.NewStatement(Key, slice.ID, facts, p.locator)
	return row, err
}

// facts reads names and life.
func (p *person) facts(to *graph.ActorFacts) {
	n := p.node.Child("persName")
	var words []string
	for _, name := range []string{"forename", "surname"} {
		if text := n.Child(name).Text; text != "" {
			words = append(words, text)
		}
	}
	full := strings.Join(words, " ")
	if gen := n.Child("genName").Text; gen != "" {
		full += " " + gen
	}
	to.Names = []graph.Name{{Text: full, Lang: "en"}}
	for _, c := range slices.Backward(n.Nodes) { // what he or she is called comes before the whole name
		if c.Name == "altname" && c.Text != "" && c.Text != full {
			to.Names = append([]graph.Name{{Text: c.Text, Lang: "en"}}, to.Names...)
		}
	}
	var life graph.Period
	for _, edge := range []struct {
		name string
		date *graph.Date
	}{{"birth", &life.Start}, {"death", &life.End}} {
		v := p.node.Child(edge.name)
		if v.Text == "" {
			continue
		}
		d, err := graph.ParseDate(v.Text)
		if err != nil || !dateForm.MatchString(v.Text) {
			p.mistakes = append(p.mistakes, v.Mistake("this is not a date", "a day, a month or a year, as 1815; or nothing"))
			continue
		}
		*edge.date = d
	}
	if life.IsZero() {
		return
	}
	if life.End.IsZero() {
		life.Why = graph.Unknown
	}
	if err := life.Check(); err != nil {
		p.mistakes = append(p.mistakes, p.node.Child("death").Mistake("the person died before being born", ""))
		return
	}
	to.Existence = []graph.Period{life}
}
