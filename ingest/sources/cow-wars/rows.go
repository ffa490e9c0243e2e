package cowwars

import (
	"fmt"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/cow"
)

// A party is a state, or whoever is none, on a side of a war, as a row has it.
type party struct {
	*cells
	ccode   string         // of a state, as written
	column  string         // where its number or its name stands
	name    string         // of who has no number
	state   graph.ActorKey // which the name is, by the table
	side    string
	periods []graph.Period
	stays   []cow.Stay // of a state, one for each period
	deaths  *graph.Range
	note    string
}

// interState reads a row of the inter-state wars: a state on a side.
func (r *reader) interState(c *cells) []*party {
	p := &party{cells: c, column: "ccode", ccode: c.Row.Get("ccode"), deaths: c.toll("BatDeath")}
	switch c.Row.Get("Side") {
	case "1":
		p.side = graph.SideA
	case "2":
		p.side = graph.SideB
	default:
		c.Mistake("Side", "this is not a side", "1 or 2")
	}
	initiator := false
	switch c.Row.Get("Initiator") {
	case "1":
		initiator = true
	case "2":
	default:
		c.Mistake("Initiator", "this is neither yes nor no", "1 is yes, 2 is no")
	}
	p.note = cow.Sentences(
		cow.Say(initiator, "It began the war."),
		fmt.Sprintf("Outcome for it: %s.", c.words("Outcome", "part")),
	)
	return []*party{p}
}

// extraState reads a row of the extra-state wars: a state, and whom it fought if that stands in its row. Of a war of several
// states the others' rows have none.
func (r *reader) extraState(c *cells) []*party {
	battle, others := c.toll("BatDeath"), c.toll("NonStateDeaths")
	var found []*party
	a, b := c.Row.Get("ccode1"), c.Row.Get("ccode2")
	switch {
	case a == "" || b == "":
		c.Mistake("ccode1", "a number is missing: is this a state, or none?", "the number of a state, -8 for who is none")
		return nil
	case a != noneHere && b != noneHere:
		c.Mistake("ccode2", "the row has two states, and one number of deaths for them", "a row for each; -8 here")
	case a != noneHere:
		found = append(found, &party{cells: c, column: "ccode1", ccode: a, side: graph.SideA, deaths: battle})
	case b != noneHere:
		found = append(found, &party{cells: c, column: "ccode2", ccode: b, side: graph.SideB, deaths: battle})
	}
	if a == noneHere {
		if name := c.name("SideA"); name != "" {
			found = append(found, &party{cells: c, column: "SideA", name: name, side: graph.SideA, deaths: others})
		}
	}
	if b == noneHere {
		if name := c.name("SideB"); name != "" {
			found = append(found, &party{cells: c, column: "SideB", name: name, side: graph.SideB, deaths: others})
		}
	}
	return found
}

// intraState reads a row of the intra-state wars: who fought on either side, a state or who is none.
func (r *reader) intraState(c *cells) []*party {
	var found []*party
	for _, s := range []struct{ ccode, name, side, deaths string }{
		{"CcodeA", "SideA", graph.SideA, "SideADeaths"}, {"CcodeB", "SideB", graph.SideB, "SideBDeaths"},
	} {
		deaths := c.toll(s.deaths)
		if n := c.Row.Get(s.ccode); n == "" {
			found = append(found, r.unnumbered(c, s.ccode, &party{cells: c, column: s.name, side: s.side, deaths: deaths})...)
		} else if n != noneHere {
			found = append(found, &party{cells: c, column: s.ccode, ccode: n, side: s.side, deaths: deaths})
		} else if name := c.name(s.name); name != "" {
			found = append(found, &party{cells: c, column: s.name, name: name, side: s.side, deaths: deaths})
		}
	}
	return found
}

// unnumbered is a party whose cell of a number is empty, where those that are no states have -8: none, if it has a name and that is no
// state's either.
func (r *reader) unnumbered(c *cells, ccode string, p *party) []*party {
	const right = "the number of a state, -8 for who is none"
	switch name := strings.Join(strings.Fields(c.Row.Get(p.column)), " "); {
	case name == "" || name == noneHere:
		c.Mistake(ccode, "the cell is empty: is this a state, or none?", right)
		return nil
	case r.names.Known(name):
		c.Mistake(ccode, fmt.Sprintf("the cell is empty, and %s is the name of a state", name), right)
		return nil
	}
	if p.name = c.name(p.column); p.name == "" {
		return nil
	}
	p.note = fmt.Sprintf("%s is empty in the file, where others that are no states have -8.", ccode)
	return []*party{p}
}

// nonState reads a row of the non-state wars, which is a whole war: up to two parties on one side, five on the other.
func (r *reader) nonState(c *cells) []*party {
	var found []*party
	for _, s := range []struct {
		side, deaths string
		names        []string
	}{
		{graph.SideA, "SideADeaths", []string{"SideA1", "SideA2"}},
		{graph.SideB, "SideBDeaths", []string{"SideB1", "SideB2", "SideB3", "SideB4", "SideB5"}},
	} {
		deaths, first := c.toll(s.deaths), len(found)
		for _, column := range s.names {
			if name := c.name(column); name != "" {
				found = append(found, &party{cells: c, column: column, name: name, side: s.side})
			}
		}
		switch {
		case deaths == nil:
		case len(found) == first+1:
			found[first].deaths = deaths
		default: // of the side together: nobody can say whose
			for _, p := range found[first:] {
				p.note = fmt.Sprintf("Of all on its side together %d died.", *deaths.Low)
			}
		}
	}
	return found
}

// combatDeaths reads the deaths of both sides of a non-state war.
func combatDeaths(c *cells) (*graph.Range, string) {
	switch c.Row.Get("Initiator") {
	case "A":
		return c.toll("TotalCombatDeaths"), "Begun by side A."
	case "B":
		return c.toll("TotalCombatDeaths"), "Begun by side B."
	default:
		c.Mistake("Initiator", "this is not a side", "A or B")
		return nil, ""
	}
}
