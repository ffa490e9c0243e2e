package graph

import (
	"slices"
	"strings"
)

// A Clause is a choice: one of its conditions must hold.
type Clause []Condition

// A Filter is what an engagement must fulfil: every clause. It is data, the same for every store, and Meets is its one
// meaning.
type Filter []Clause

// How large a filter may be.
const (
	MaxClauses    = 32
	MaxConditions = 8 // of a clause
)

// ConditionKind is what a condition is about.
type ConditionKind string

// The conditions.
const (
	HasTags   ConditionKind = "TAGS"   // any of Tags is among the engagement's; with Every, all are
	HasTitle  ConditionKind = "TITLE"  // a title, folded, stands so to Text
	HasParts  ConditionKind = "PARTS"  // for each of Groups, somebody of it takes part, in one of Roles, on one of Sides
	HasOnly   ConditionKind = "ONLY"   // somebody takes part, and nobody who is not, or does not act for, one of A
	StandsSo  ConditionKind = "STANDS" // one of A and one of B take part, at a time in common, and stand to each other so
	Owes      ConditionKind = "OWES"   // an obligation of one of Types binds one of A toward one of B
	LiesSo    ConditionKind = "LIES"   // the period lies so to Days
	HasKey    ConditionKind = "KEY"    // of actors: the key is one of Keys, or with Match STARTS_WITH begins with Text
	IsInForce ConditionKind = "FORCE"  // it is in force, or with Lapsed it is not, on the day that InForceOn has for its source; with A, and B, one of each takes part on it. Possible: it may be
)

var conditionKinds = []ConditionKind{HasTags, HasTitle, HasParts, HasOnly, StandsSo, Owes, LiesSo, HasKey, IsInForce}

// A Condition is one thing that can be asked of an engagement. Which of its fields count is said with the kinds.
type Condition struct {
	Kind ConditionKind
	Not  bool // it must not be so. What the engagement does not have, or nobody knows, is not so

	Tags  []string
	Every bool

	Match TextMatch
	Text  string // folded; the beginning of a key as it is
	Keys  []ActorKey

	Groups [][]Constituent
	Anyone bool // in place of Groups
	Roles  []Role
	Sides  []string
	A, B   []Constituent // of OWES: nil is anybody; of FORCE: nil is nobody in particular
	Stand  Alignment
	Types  []ObligationType // empty: any

	Days      Interval // of PARTS with Anyone, and of ONLY: who takes part on one of these days counts
	Overlap   Overlap
	Certainty Certainty // of LIES, and of FORCE, where anything but POSSIBLE is CERTAIN

	InForceOn map[SourceKey]Day // a source that is not in it does not say
	On        *Day              // of a tree: the day that a view makes InForceOn of; nil is the view's own, or the last that a source covers
	Lapsed    bool
}

// TextMatch is how a text must stand in another.
type TextMatch string

// The ways a text can stand in another.
const (
	MatchContains   TextMatch = "CONTAINS"
	MatchStartsWith TextMatch = "STARTS_WITH"
	MatchEquals     TextMatch = "EQUALS"
)

// Meets tells whether an engagement, by its row, fulfils the filter.
func (f Filter) Meets(e *EngagementRow) bool {
	for _, clause := range f {
		if !slices.ContainsFunc(clause, func(c Condition) bool { return c.holds(e) }) {
			return false
		}
	}
	return true
}

func (c *Condition) holds(e *EngagementRow) bool {
	is := false
	switch c.Kind {
	case HasTags:
		is = c.tags(e)
	case HasTitle:
		is = slices.ContainsFunc(e.Titles, c.title)
	case HasParts:
		is = c.parts(e)
	case HasOnly:
		is = c.only(e)
	case StandsSo:
		is = c.stands(e)
	case Owes:
		is = slices.ContainsFunc(e.Owed, func(o OwedRow) bool { return c.owed(e, o) })
	case LiesSo:
		is = e.Bounds.Compare(c.Days, c.Overlap, c.Certainty)
	case HasKey: // of actors alone
	case IsInForce:
		day, ok := c.InForceOn[e.Source]
		is = ok && slices.ContainsFunc(e.Force, func(f ForceRow) bool { return f.Days.Contains(day) && c.inForce(f) }) && (c.A == nil || c.takePart(e, day))
	}
	return is != c.Not
}

func (c *Condition) tags(e *EngagementRow) bool {
	has := func(tag string) bool { return slices.Contains(e.Tags, tag) }
	if c.Every {
		return !slices.ContainsFunc(c.Tags, func(tag string) bool { return !has(tag) })
	}
	return slices.ContainsFunc(c.Tags, has)
}

func (c *Condition) title(folded string) bool {
	switch c.Match {
	case MatchEquals:
		return folded == c.Text
	case MatchStartsWith:
		return strings.HasPrefix(folded, c.Text)
	default:
		return strings.Contains(folded, c.Text)
	}
}

func (c *Condition) parts(e *EngagementRow) bool {
	fits := func(p PartRow) bool {
		return (len(c.Roles) == 0 || slices.Contains(c.Roles, p.Role)) && (len(c.Sides) == 0 || slices.Contains(c.Sides, p.Side))
	}
	if c.Anyone {
		return slices.ContainsFunc(e.Parts, func(p PartRow) bool { return fits(p) && p.Possible.Overlaps(c.Days) })
	}
	for _, group := range c.Groups {
		if !slices.ContainsFunc(e.Parts, func(p PartRow) bool { return fits(p) && counts(group, p.Actor, p.Involvement, p.Possible) }) {
			return false
		}
	}
	return true
}

// counts tells whether who takes part so is one of the constituents at the time. A constituent that is DIRECT or
// REPRESENTED counts in such parts only.
func counts(among []Constituent, actor ActorKey, as Involvement, days Interval) bool {
	return slices.ContainsFunc(among, func(c Constituent) bool {
		return c.Actor == actor && c.Valid.Overlaps(days) && (as == "" || c.Involvement != Direct && c.Involvement != Represented || c.Involvement == as)
	})
}

// only goes through the participations: who takes part, and after it whom it acts for.
func (c *Condition) only(e *EngagementRow) bool {
	some := false
	for i, p := range e.Parts {
		if p.Involvement == Represented || !p.Possible.Overlaps(c.Days) {
			continue
		}
		some = true
		is := counts(c.A, p.Actor, p.Involvement, p.Possible)
		if i+1 < len(e.Parts) && e.Parts[i+1].Involvement == Represented {
			q := e.Parts[i+1]
			is = is || counts(c.A, q.Actor, q.Involvement, q.Possible)
		}
		if !is {
			return false
		}
	}
	return some
}

func (c *Condition) stands(e *EngagementRow) bool {
	for _, p := range e.Parts {
		if !counts(c.A, p.Actor, p.Involvement, p.Possible) {
			continue
		}
		for _, q := range e.Parts {
			if q.Actor != p.Actor && counts(c.B, q.Actor, q.Involvement, q.Possible) && p.Possible.Overlaps(q.Possible) &&
				(c.Stand == AnyAlignment || AlignmentOf(p.Side, q.Side) == c.Stand) {
				return true
			}
		}
	}
	return false
}

// inForce tells whether what is known of a day is what is asked for: what may be so and may not is both, where that is enough.
func (c *Condition) inForce(f ForceRow) bool {
	if f.Perhaps {
		return c.Certainty == Possible
	}
	return f.Holds != c.Lapsed
}

// takePart tells whether one of A takes part on the day, and where there is B, one of B too, who is another: for certain, or where that
// is enough possibly.
func (c *Condition) takePart(e *EngagementRow, day Day) bool {
	on := Interval{day, day + 1}
	is := func(among []Constituent, p PartRow) bool {
		return p.Possible.Overlaps(on) && (c.Certainty == Possible || p.Sure.Contains(day)) && counts(among, p.Actor, p.Involvement, on)
	}
	return slices.ContainsFunc(e.Parts, func(p PartRow) bool {
		return is(c.A, p) && (c.B == nil || slices.ContainsFunc(e.Parts, func(q PartRow) bool { return q.Actor != p.Actor && is(c.B, q) }))
	})
}

// owed tells whether an obligation is one that is asked for. Toward nobody named is toward every other party.
func (c *Condition) owed(e *EngagementRow, o OwedRow) bool {
	if len(c.Types) > 0 && !slices.Contains(c.Types, o.Type) {
		return false
	}
	if c.A != nil && !counts(c.A, o.By, "", o.Days) {
		return false
	}
	if c.B == nil || o.Toward != "" {
		return c.B == nil || counts(c.B, o.Toward, "", o.Days)
	}
	return slices.ContainsFunc(e.Parts, func(p PartRow) bool {
		return p.Role.party() && p.Actor != o.By && counts(c.B, p.Actor, "", p.Possible.Intersect(o.Days))
	})
}
