package graph

import (
	"slices"
	"strings"
)

// ActorRow is what actors are filtered and ordered by, as one source's account has it. An actor has what any account has.
type ActorRow struct {
	Tags    []string // as kind:STATE; each once
	Names   []string // folded; each once
	Lives   []Bounds // its existence, stretch by stretch; none where the source does not say
	NameKey string   // orders by name: bytes
	Named   int      // how good that name is: 0 it is in English, 1 in another language, 2 it is the key
}

// row derives what filters and orders look at.
func (a *ActorFacts) row(source SourceKey) *ActorRow {
	row := &ActorRow{Tags: []string{Tag(TagKind, string(a.Kind)), Tag(TagSource, string(source))}, Named: 2}
	for _, n := range a.Names {
		if row.Named = min(row.Named, 1); n.Lang == "en" {
			row.Named = 0
		}
		if folded := Fold(n.Text); !slices.Contains(row.Names, folded) {
			row.Names = append(row.Names, folded)
		}
	}
	row.NameKey = TitleKey(NameIn(a.Names, "en", string(a.Key)))
	for _, p := range a.Existence {
		if b := p.Bounds(); b.Possible() != Always || !b.Certain().Empty() { // what may have been at any time, and on no day for certain, says nothing
			row.Lives = append(row.Lives, b)
		}
	}
	return row
}

// MeetsActor tells whether an actor, by its accounts, fulfils the filter.
func (f Filter) MeetsActor(key ActorKey, accounts []ActorRow) bool {
	for _, clause := range f {
		if !slices.ContainsFunc(clause, func(c Condition) bool { return c.holdsActor(key, accounts) != c.Not }) {
			return false
		}
	}
	return true
}

func (c *Condition) holdsActor(key ActorKey, accounts []ActorRow) bool {
	switch c.Kind {
	case HasTags:
		has := func(tag string) bool {
			return slices.ContainsFunc(accounts, func(a ActorRow) bool { return slices.Contains(a.Tags, tag) })
		}
		if c.Every {
			return !slices.ContainsFunc(c.Tags, func(tag string) bool { return !has(tag) })
		}
		return slices.ContainsFunc(c.Tags, has)
	case HasTitle:
		return slices.ContainsFunc(accounts, func(a ActorRow) bool { return slices.ContainsFunc(a.Names, c.title) })
	case HasKey:
		if c.Match == MatchStartsWith {
			return strings.HasPrefix(string(key), c.Text)
		}
		return slices.Contains(c.Keys, key)
	case LiesSo:
		said := false
		for _, a := range accounts {
			for _, life := range a.Lives {
				if said = true; life.Compare(c.Days, c.Overlap, c.Certainty) {
					return true
				}
			}
		}
		return !said && c.Unsaid()
	default:
		return false
	}
}

// Unsaid tells whether a period of which nobody says anything lies so.
func (c *Condition) Unsaid() bool { return Period{}.Bounds().Compare(c.Days, c.Overlap, c.Certainty) }

// Asked gives the whole filter of the question: its kinds, its day and its conditions.
func (q ActorQuery) Asked() Filter {
	f := slices.Clip(q.Where)
	if len(q.Kinds) > 0 {
		f = append(f, Clause{*Tagged(TagKind, q.Kinds...).Is})
	}
	if q.AsOf != nil {
		f = append(f, Clause{{Kind: LiesSo, Days: Inclusive(*q.AsOf, *q.AsOf), Overlap: OverlapAny, Certainty: Possible}})
	}
	return f
}

// Among gives keys one of which an actor must have to fulfil the filter; known is false where it names none.
func (f Filter) Among() (keys []ActorKey, known bool) {
	for _, clause := range f {
		if len(clause) == 1 && clause[0].Kind == HasKey && clause[0].Match != MatchStartsWith && !clause[0].Not {
			if !known || len(clause[0].Keys) < len(keys) {
				keys, known = clause[0].Keys, true
			}
		}
	}
	return keys, known
}

// Called gives a folded text that a name of an actor must be, or with MatchStartsWith begin with, to fulfil the filter; "" where
// it names none.
func (f Filter) Called() (text string, how TextMatch) {
	for _, clause := range f {
		if len(clause) != 1 || clause[0].Kind != HasTitle || clause[0].Not {
			continue
		}
		switch c := clause[0]; {
		case c.Match == MatchEquals:
			return c.Text, MatchEquals
		case c.Match == MatchStartsWith && len(c.Text) > len(text):
			text, how = c.Text, MatchStartsWith
		}
	}
	return text, how
}

// Walk tells how a page is read, as EngagementQuery.Walk does.
func (q ActorQuery) Walk() (backward bool, after, before *Position) {
	return EngagementQuery{Order: q.Order, Last: q.Last, After: q.After, Before: q.Before}.Walk()
}
