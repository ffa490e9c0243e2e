package graph

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
)

// Where is what is asked of engagements, as a tree: one of its fields is set. The zero Where asks for nothing.
type Where struct {
	All  []Where // every one must hold; of none, always
	Any  []Where // one must hold; of none, never
	Not  *Where  // it must not hold
	Is   *Condition
	some bool // All or Any is meant, though empty
}

// AllOf asks for all of them.
func AllOf(of ...Where) Where { return Where{All: of} }

// AnyOf asks for one of them.
func AnyOf(of ...Where) Where { return Where{Any: of, some: true} }

// NotSo asks for what is not so.
func NotSo(of Where) Where { return Where{Not: &of} }

// So asks for a condition.
func So(c Condition) Where { return Where{Is: &c} }

// Tagged asks for one of these tags, whose kind is given.
func Tagged[T ~string](kind string, values ...T) Where {
	c := Condition{Kind: HasTags}
	for _, v := range values {
		c.Tags = append(c.Tags, Tag(kind, string(v)))
	}
	return So(c)
}

// Bounds of a filter while it is multiplied out: of what is kept, and of one product before it is made smaller.
const (
	maxMeanwhile = 64
	maxProduct   = 256
)

// Filter gives the tree as clauses of conditions, which says the same. A tree that comes to more than a filter may be is
// BAD_USER_INPUT.
func (w Where) Filter() (Filter, error) {
	f, err := w.clauses(false)
	if err != nil {
		return nil, err
	}
	if f = f.smaller(); len(f) > MaxClauses {
		return nil, tooMuch(len(f), 0)
	}
	for _, clause := range f {
		if len(clause) > MaxConditions {
			return nil, tooMuch(0, len(clause))
		}
	}
	return f, nil
}

func tooMuch(clauses, conditions int) error {
	if clauses > 0 {
		return BadInput("where comes to %d conditions that must all hold, each with its alternatives: the limit is %d; ask for less at once, or put values of one field into one in: or anyOf:",
			clauses, MaxClauses)
	}
	return BadInput("where comes to %d alternatives of one another: the limit is %d; put values of one field into one in: or anyOf:", conditions, MaxConditions)
}

// clauses multiplies the tree out; negated, what it must not be.
func (w Where) clauses(negated bool) (Filter, error) {
	switch {
	case w.Not != nil:
		return w.Not.clauses(!negated)
	case w.Is != nil:
		c := *w.Is
		c.Not = c.Not != negated
		return Filter{{c}}, nil
	}
	of, all := w.All, true
	if w.some {
		of, all = w.Any, false
	}
	if all != negated { // all must hold
		var f Filter
		for _, inner := range of {
			clauses, err := inner.clauses(negated)
			if err != nil {
				return nil, err
			}
			if f = append(f, clauses...); len(f) > maxMeanwhile {
				if f = f.smaller(); len(f) > maxMeanwhile {
					return nil, tooMuch(len(f), 0)
				}
			}
		}
		return f, nil
	}
	f := Filter{nil} // one must hold: each clause of one with each of the others
	for _, inner := range of {
		clauses, err := inner.clauses(negated)
		if err != nil {
			return nil, err
		}
		if n := len(f) * len(clauses); n > maxProduct {
			return nil, tooMuch(n, 0)
		}
		var next Filter
		for _, a := range f {
			for _, b := range clauses {
				next = append(next, append(slices.Clone(a), b...))
			}
		}
		f = next.smaller()
		if len(f) > maxMeanwhile {
			return nil, tooMuch(len(f), 0)
		}
		for _, clause := range f {
			if len(clause) > maxMeanwhile {
				return nil, tooMuch(0, len(clause))
			}
		}
	}
	return f, nil
}

// smaller leaves each clause and each condition once, and puts tags together: any of these or any of those is any of
// them all, and so is none of these and none of those.
func (f Filter) smaller() Filter {
	var out Filter
	none := -1 // the clause that refuses tags
	for _, clause := range f {
		clause = clause.smaller()
		if len(clause) == 1 && clause[0].isTags(true) {
			if none >= 0 {
				out[none][0].Tags, out[none][0].Every = union(out[none][0].Tags, clause[0].Tags), false
				continue
			}
			none = len(out)
		}
		if !slices.ContainsFunc(out, func(c Clause) bool { return slices.EqualFunc(c, clause, Condition.equal) }) {
			out = append(out, clause)
		}
	}
	return out
}

func (c Clause) smaller() Clause {
	out := Clause{}
	for _, one := range c {
		if i := slices.IndexFunc(out, func(o Condition) bool { return o.isTags(false) }); i >= 0 && one.isTags(false) {
			out[i].Tags, out[i].Every = union(out[i].Tags, one.Tags), false
			continue
		}
		if !slices.ContainsFunc(out, one.equal) {
			out = append(out, one)
		}
	}
	return out
}

// equal compares first what mostly differs.
func (c Condition) equal(o Condition) bool {
	return c.Kind == o.Kind && c.Not == o.Not && c.Text == o.Text && slices.Equal(c.Tags, o.Tags) && reflect.DeepEqual(c, o)
}

// isTags tells whether the condition is of any of some tags, or of none of them.
func (c *Condition) isTags(not bool) bool {
	return c.Kind == HasTags && c.Not == not && (!c.Every || len(c.Tags) == 1)
}

func union(a, b []string) []string {
	all := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

// each does something to every condition of a copy of the tree.
func (w Where) each(do func(*Condition) error) (Where, error) {
	copied := func(of []Where) ([]Where, error) {
		out := make([]Where, len(of))
		for i, inner := range of {
			var err error
			if out[i], err = inner.each(do); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	var err error
	switch {
	case w.Not != nil:
		var not Where
		not, err = w.Not.each(do)
		return NotSo(not), err
	case w.Is != nil:
		c := *w.Is
		err = do(&c)
		return So(c), err
	case w.some:
		w.Any, err = copied(w.Any)
	default:
		w.All, err = copied(w.All)
	}
	return w, err
}

// ofOneKind gives the values of a clause that is nothing but tags of one kind, any of which will do.
func ofOneKind[T ~string](c Clause, kind string) ([]T, bool) {
	if len(c) != 1 || !c[0].isTags(false) || len(c[0].Tags) == 0 {
		return nil, false
	}
	var values []T
	for _, tag := range c[0].Tags {
		value, is := strings.CutPrefix(tag, kind+":")
		if !is {
			return nil, false
		}
		values = append(values, T(value))
	}
	return values, true
}

// OfSources gives the sources whose accounts the filter asks for; none where it asks for those of all.
func (q EngagementQuery) OfSources() []SourceKey {
	for _, clause := range q.Where {
		if sources, ok := ofOneKind[SourceKey](clause, TagSource); ok {
			return sources
		}
	}
	return nil
}

// Anyhow gives constituents that count however they take part, themselves or represented.
func Anyhow(of []Constituent) []Constituent {
	loose := make([]Constituent, len(of))
	for i, c := range of {
		loose[i] = Constituent{Actor: c.Actor, Valid: c.Valid}
	}
	return loose
}

// OfParties is what the question asks of those who take part: that somebody of A does, or somebody of A and of B who stand so to
// each other, and what the filter asks of parties.
func (q EngagementQuery) OfParties() Filter {
	var asked Filter
	switch {
	case len(q.B) > 0:
		asked = append(asked, Clause{{Kind: StandsSo, A: Anyhow(q.A), B: Anyhow(q.B), Stand: cmp.Or(q.Alignment, AnyAlignment)}})
	case len(q.A) > 0:
		asked = append(asked, Clause{{Kind: HasParts, Groups: [][]Constituent{Anyhow(q.A)}}})
	}
	for _, clause := range q.Where {
		if !slices.ContainsFunc(clause, func(c Condition) bool { return c.Not || c.Kind != HasParts && c.Kind != StandsSo }) {
			asked = append(asked, clause)
		}
	}
	return asked
}

// narrow takes out of the filter what a question has fields for, by which stores find faster: kinds, topics, levels, the
// period, and who takes part where nobody is asked for yet.
func (q *EngagementQuery) narrow(f Filter) {
	for _, clause := range f {
		if kinds, ok := ofOneKind[EngagementKind](clause, TagKind); ok && len(q.Kinds) == 0 {
			q.Kinds = kinds
			continue
		}
		if topics, ok := ofOneKind[Topic](clause, TagTopic); ok && len(q.Topics) == 0 {
			q.Topics = topics
			continue
		}
		if levels, ok := ofOneKind[MeetingLevel](clause, TagLevel); ok && len(q.Levels) == 0 {
			q.Levels = levels
			continue
		}
		if len(clause) == 1 && !clause[0].Not {
			switch c := clause[0]; {
			case c.Kind == LiesSo && q.During == nil:
				days := c.Days
				q.During, q.Overlap, q.Certainty = &days, c.Overlap, c.Certainty
				continue
			case c.Kind == HasParts && len(q.A) == 0 && len(c.Groups) > 0 && len(c.Groups[0]) > 0:
				q.A = c.Groups[0] // and the condition stays: it may ask for more
				if len(c.Groups) == 1 && len(c.Roles)+len(c.Sides) == 0 && !slices.ContainsFunc(q.A, Constituent.strict) {
					continue
				}
			case c.Kind == StandsSo && len(q.A) == 0 && len(c.A) > 0 && len(c.B) > 0 && !slices.ContainsFunc(append(slices.Clone(c.A), c.B...), Constituent.strict):
				q.A, q.B, q.Alignment = c.A, c.B, c.Stand
				continue
			}
		}
		q.Where = append(q.Where, clause)
	}
}

// strict tells whether the constituent counts in some parts only.
func (c Constituent) strict() bool { return c.Involvement == Direct || c.Involvement == Represented }
