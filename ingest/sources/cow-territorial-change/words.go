package cowterritorialchange

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// name says who a side is, by the name of the day; empty where there is nobody.
func (x *change) name(r *reader, s side) string {
	if s.actor != "" {
		return r.roster.NameOn(s.actor, x.on.Earliest())
	}
	return s.unit
}

// title says who gained from whom.
func (x *change) title(r *reader) string {
	gainer, loser, year := x.name(r, x.gainer), x.name(r, x.loser), x.on.EDTF()[:4]
	switch {
	case x.independence && loser != "":
		return fmt.Sprintf("Independence of %s from %s, %s", gainer, loser, year)
	case x.independence:
		return fmt.Sprintf("Independence of %s, %s", gainer, year)
	case gainer == "":
		return fmt.Sprintf("%s loses territory, %s", loser, year)
	case loser == "" || x.gainer.actor == x.loser.actor:
		return fmt.Sprintf("%s gains territory, %s", gainer, year)
	default:
		return fmt.Sprintf("%s gains territory from %s, %s", gainer, loser, year)
	}
}

// place says which unit it was: by name where its number is a state's, the only one that ever had it or the one of the day, else
// by number.
func (x *change) place(r *reader) string {
	number := x.row.Get("entity")
	if number == dot {
		return ""
	}
	if name := x.unitName(r, number); name != "" {
		return name
	}
	return "unit " + number
}

// unitName is the name of the unit of a number; empty where no list of states has it, or several had it and none then.
func (x *change) unitName(r *reader, number string) string {
	if key := r.book.Becomes("actor", number); key != "" {
		return r.roster.Name(graph.ActorKey(key))
	}
	ever := r.roster.Ever("cow", number)
	if len(ever) == 0 {
		return ""
	}
	if slices.ContainsFunc(ever, func(h graph.Holder) bool { return h.Actor != ever[0].Actor }) {
		held, err := r.roster.Holders("cow", number, graph.On(x.on))
		if err != nil {
			return ""
		}
		return r.roster.NameOn(held[0].Actor, x.on.Earliest())
	}
	return r.roster.Name(ever[0].Actor)
}

// unit is the unit in a sentence: Togo (unit 461), unit 7693, unit (not known).
func (x *change) unit(r *reader) string {
	number := x.row.Get("entity")
	if number == dot {
		return "unit (not known)"
	}
	if name := x.unitName(r, number); name != "" {
		return name + " (unit " + number + ")"
	}
	return "unit " + number
}

// summary says in words what no other field holds.
func (x *change) summary(r *reader) string {
	var words []string
	say := func(when bool, format string, args ...any) {
		if when {
			words = append(words, fmt.Sprintf(format, args...))
		}
	}
	say(x.procedure != "", "By %s.", x.procedure)
	say(true, "%s of %s.", map[bool]string{true: "The whole", false: "A part"}[x.whole], x.unit(r))
	say(x.gainer.actor == "" && x.gainer.unit != "", "Gained by no state: %s.", x.gainer.unit)
	say(x.loser.actor == "" && x.loser.unit != "", "Lost by no state: %s.", x.loser.unit)
	say(x.loser.actor == "" && x.loser.unit == "", "Nobody is coded as losing it.")
	say(x.gainer.kind != "", "To the gainer a %s.", x.gainer.kind)
	say(x.loser.kind != "" && (x.loser.actor != "" || x.loser.unit != ""), "To the loser a %s.", x.loser.kind)
	say(x.area != "", "%s square kilometres.", x.area)
	say(x.pop != "", "%s people.", x.pop)
	say(x.entry == "1", "The gainer entered the system by it.")
	say(x.exit == "1", "The loser left the system by it.")
	say(x.conflict, "With a militarized conflict.")
	return strings.Join(words, " ")
}
