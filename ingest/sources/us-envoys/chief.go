package usenvoys

import (
	"regexp"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/historian"
)

// A mission is a file: the country or organisation it is at, and who was appointed.
type mission struct {
	at       historian.Value // its id
	title    string          // of organisations: what its chief is called
	chiefs   []*chief
	mistakes ingest.Mistakes // what is wrong with it beside them
	records  []ingest.Record
}

// A chief is an appointment.
type chief struct {
	node     *historian.Node
	nominee  bool // never took up the post, by the list it is in
	twice    bool // another of the mission has its id
	mistakes ingest.Mistakes
	id       string
	person   string
	role     historian.Value
	dates    [4]dated // appointed, arrived, started, ended
	note     string
}

// Places of dates.
const (
	appointed = iota
	arrived
	started
	ended
)

var dateNames = []string{"appointed", "arrived", "started", "ended"}

// A dated is a date with what is said of it.
type dated struct {
	date graph.Date
	note string
}

// readMission reads a file of a mission.
func readMission(root *historian.Node) *mission {
	m := &mission{}
	known := []string{"territory-id", "chiefs", "other-nominees"}
	id := root.Child("territory-id")
	if root.Name == orgRoot {
		known = []string{"id", "category", "names", "description", "chiefs", "other-appointees"}
		id = root.Child("id")
		m.title = root.Child("names").Child("singular").Text
	}
	m.at = id.Value
	m.mistakes = root.Others(known...)
	if id.Text == "" {
		m.mistakes = append(m.mistakes, id.Mistake("the mission does not say where it is", ""))
	}
	seen := map[string]*chief{}
	for _, list := range root.Nodes {
		if list.Name != "chiefs" && list.Name != "other-nominees" && list.Name != "other-appointees" {
			continue
		}
		for _, n := range list.Nodes {
			if n.Name == "mission-note" {
				continue
			}
			if n.Name != "chief" {
				m.mistakes = append(m.mistakes, n.Mistake("this element is not known in <"+list.Name+">", "a mission has <chief> in it"))
				m.records = append(m.records, n.Record)
				continue
			}
			c := readChief(n)
			c.nominee = list.Name != "chiefs"
			if first := seen[c.id]; first != nil && !c.nominee {
				c.twice = true
			} else if !c.nominee {
				seen[c.id] = c
			}
			m.chiefs = append(m.chiefs, c)
		}
	}
	return m
}

var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

// readChief reads an appointment.
func readChief(n *historian.Node) *chief {
	c := &chief{node: n}
	c.mistakes = n.Others("id", "person-id", "role-title-id", "contemporary-territory-id", "appointed", "arrived", "started", "ended", "note",
		"created-by", "created-date", "last-modified-by", "last-modified-date")
	text := func(name string) string {
		v := n.Child(name)
		if !idForm.MatchString(v.Text) {
			c.mistakes = append(c.mistakes, v.Mistake("this is not an id", "small letters, digits and hyphens"))
		}
		return v.Text
	}
	c.id, c.person = text("id"), text("person-id")
	c.role = n.Child("role-title-id").Value
	text("role-title-id")
	c.note = n.Child("note").Text
	for i, name := range dateNames {
		c.dates[i] = c.date(n.Child(name))
	}
	return c
}

// date reads a date; empty is none. Where the note beside it says about, it is about.
func (c *chief) date(n *historian.Node) dated {
	c.mistakes = append(c.mistakes, n.Others("date", "note", "norte")...) // one note is called so
	v := n.Child("date")
	d := dated{note: strings.TrimSpace(n.Child("note").Text)}
	if v.Text == "" {
		return d
	}
	var err error
	if d.date, err = graph.ParseDate(v.Text); err != nil || !dateForm.MatchString(v.Text) {
		c.mistakes = append(c.mistakes, v.Mistake("this is not a date", "a day, a month or a year, as 1859-11-05, 1859-11 or 1859; or nothing"))
		d.date = graph.Date{}
		return d
	}
	if about(d.note) {
		d.date = graph.MustDate(v.Text + "~")
	}
	return d
}

var dateForm = regexp.MustCompile(`^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$`)
