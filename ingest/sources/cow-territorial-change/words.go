package cowterritorialchange

import (
	"fmt"
	"strings"
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

// place says which unit it was: by name where its number is one state's alone, else by number.
func (x *change) place(r *reader) string {
	number := x.row.Get("entity")
	if number == dot {
		return ""
	}
	ever := r.roster.Ever("cow", number)
	for _, h := range ever {
		if h.Actor != ever[0].Actor {
			ever = nil
			break
		}
	}
	if len(ever) == 0 {
		return "unit " + number
	}
	return r.roster.Name(ever[0].Actor)
}

// summary says in words what no other field holds.
func (x *change) summary() string {
	var words []string
	say := func(when bool, format string, args ...any) {
		if when {
			words = append(words, fmt.Sprintf(format, args...))
		}
	}
	say(x.procedure != "", "By %s.", x.procedure)
	say(true, "%s of unit %s.", map[bool]string{true: "The whole", false: "A part"}[x.whole], strings.Replace(x.row.Get("entity"), dot, "(not known)", 1))
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
