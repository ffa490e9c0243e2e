package cowwars

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/cow"
)

// shared is what the rows of a war say of the whole of it.
type shared struct {
	name     string
	kinds    []string // of war
	regions  []string
	wars     []string // from which it came, and into which it passed
	outcomes []string
	begunBy  []string
	abroad   bool // states of elsewhere took part in an intra-state war
}

func (s *shared) read(c *cells) {
	note := func(list *[]string, text string) {
		if text != "" && !slices.Contains(*list, text) {
			*list = append(*list, text)
		}
	}
	s.name = strings.Join(strings.Fields(s.name), " ")
	if s.name == "" {
		c.Mistake("WarName", "the war has no name", "")
	}
	note(&s.kinds, c.words("WarType", "type"))
	for _, region := range strings.Split(c.words("WhereFought", "region"), "|") {
		note(&s.regions, region)
	}
	for _, column := range []string{"TransFrom", "TransTo"} {
		for _, n := range c.transitions(column) {
			note(&s.wars, n)
		}
	}
	if c.kind.part != inter { // there the outcome is each state's
		note(&s.outcomes, c.words("Outcome", "outcome"))
	}
	if c.kind.part == intra {
		if who := strings.Join(strings.Fields(c.Row.Get("Initiator")), " "); who != unknown && who != noneHere {
			note(&s.begunBy, who)
		}
		switch c.Row.Get("Intnl") {
		case "0":
		case "1":
			s.abroad = true
		default:
			c.Mistake("Intnl", "this is neither yes nor no", "1 is yes, 0 is no")
		}
	}
}

// related are the wars from which it came, and into which it passed.
func (s *shared) related() (keys []graph.EngagementKey) {
	for _, n := range s.wars {
		keys = append(keys, warKey(n))
	}
	return keys
}

// outcome is that of the whole war: of inter-state wars where all on one side won and all on the other lost, or all have
// the same; else where all rows agree.
func (s *shared) outcome(k kind, all []*party) string {
	if k.part != inter {
		if len(s.outcomes) == 1 {
			return s.outcomes[0]
		}
		return ""
	}
	codes := map[string][]string{}
	for _, p := range all {
		if code := p.Row.Get("Outcome"); !slices.Contains(codes[p.side], code) {
			codes[p.side] = append(codes[p.side], code)
		}
	}
	a, b := codes[graph.SideA], codes[graph.SideB]
	if len(a) != 1 || len(b) != 1 {
		return ""
	}
	switch book := all[0].book.words["outcome"]; {
	case a[0] == "1" && b[0] == "2":
		return book["1"]
	case a[0] == "2" && b[0] == "1":
		return book["2"]
	case a[0] == b[0] && a[0] != "1" && a[0] != "2":
		return book[a[0]]
	default:
		return ""
	}
}

func (s *shared) summary(k kind) []string {
	kinds := strings.Join(s.kinds, ", ")
	return []string{
		cow.Say(k.part != inter, "%s.", strings.ToUpper(kinds[:1])+kinds[1:]),
		cow.Say(s.abroad, "Internationalized: a state of elsewhere took part."),
		cow.Say(len(s.begunBy) > 0, "Begun by %s.", strings.Join(s.begunBy, "; ")),
		cow.Say(len(s.outcomes) > 1, "Rows of the dataset differ about the outcome: %s.", fmt.Sprint(strings.Join(s.outcomes, "; "))),
	}
}
