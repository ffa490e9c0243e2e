package graph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
)

// Bounds of what one page of conflicts looks through, and reads at once.
const (
	maxCompared   = 1000
	comparedAhead = 500
)

// A ConflictPlace is a place in the order of conflicts: those of actors' facts first (the zero key), then by engagement, in
// the order of engagements; and in each by number.
type ConflictPlace struct {
	Position
	N int
}

// A ConflictPage is a page of conflicts.
type ConflictPage struct {
	Items  []*Conflict
	At     []ConflictPlace // of each item
	More   bool            // there is more to look through
	Upto   ConflictPlace   // how far it was looked
	Looked int             // how many engagements were looked through
}

// Conflicts pages through what sources contradict each other in: about an engagement, about an actor and the engagements
// that count for it, or about the engagements of two actors. Compared are the facts that several sources state of one
// actor, and the accounts that have one key or that a link says are of one engagement. What a source does not have is a conflict
// for meetings and disputes. As of a day: engagements begun by it.
func (v *View) Conflicts(ctx context.Context, about []string, types []ConflictType, first int, after *ConflictPlace) (*ConflictPage, error) {
	if err := (Page{First: first}).Check(); err != nil {
		return nil, err
	}
	if len(about) < 1 || len(about) > 2 {
		return nil, BadInput("conflicts about %d things: name an engagement, an actor, or two actors", len(about))
	}
	c := &conflicts{view: v, types: types, first: first, after: after, page: &ConflictPage{}}
	var err error
	if c.sources, err = v.sources(ctx); err != nil {
		return nil, err
	}
	keys, err := v.Resolve(ctx, about...)
	if errors.Is(err, ErrNotFound) && len(about) == 1 {
		e, wrong := v.Engagement(ctx, EngagementKey(about[0]))
		if wrong != nil && !errors.Is(wrong, ErrNotFound) {
			return nil, wrong
		}
		if wrong == nil {
			_, err := c.units(ctx, nil, []Engagement{e}, []Position{{Start: startDay(e.Base().Period), Key: about[0]}})
			return c.page, err
		}
		err = neither(about[0], err, wrong)
	}
	if err != nil {
		return nil, err
	}
	return c.page, c.look(ctx, keys)
}

// conflicts is a page in the making.
type conflicts struct {
	view    *View
	sources []*Source
	types   []ConflictType
	first   int
	after   *ConflictPlace
	page    *ConflictPage

	elsewhere map[accountOf]bool // which disputes links say are accounts of what which source has
}

// add takes in what was found at a place; it tells whether the page is full.
func (c *conflicts) add(at Position, found []*Conflict) (full bool) {
	for n, one := range found {
		place := ConflictPlace{at, n}
		if len(c.types) > 0 && !slices.Contains(c.types, one.Type) || c.after != nil && at == c.after.Position && n <= c.after.N {
			continue
		}
		if len(c.page.Items) == c.first {
			c.page.More = true
			return true
		}
		c.page.Items, c.page.At, c.page.Upto = append(c.page.Items, one), append(c.page.At, place), place
	}
	c.page.Upto = ConflictPlace{at, len(found)}
	return false
}

// look goes through the facts of the actors and then through their engagements.
func (c *conflicts) look(ctx context.Context, actors []ActorKey) error {
	v := c.view
	f := EngagementFilter{Of: actors}
	page := Page{First: comparedAhead}
	if c.after == nil || c.after.Key == "" {
		found, err := c.facts(ctx, actors)
		if err != nil || c.add(Position{Start: minDay}, found) {
			return err
		}
	} else { // the rest of what the cursor is in
		at, err := v.EngagementsByKey(ctx, []EngagementKey{EngagementKey(c.after.Key)})
		if err != nil {
			return err
		}
		if e := at[EngagementKey(c.after.Key)]; e != nil {
			if full, err := c.units(ctx, actors, []Engagement{e}, []Position{c.after.Position}); full || err != nil {
				return err
			}
		}
		c.page.Looked = 0
		page.After = &c.after.Position
	}
	for {
		list, err := v.engagementList(ctx, f, page)
		if err != nil {
			return err
		}
		if full, err := c.units(ctx, actors, list.Items, list.Position); full || err != nil || !list.More {
			return err
		}
		if c.page.Looked >= maxCompared {
			c.page.More = true
			return nil
		}
		page.After = &list.Position[len(list.Position)-1]
	}
}

// units compares the accounts of engagements, each with its place. Accounts with one key stand side by side.
func (c *conflicts) units(ctx context.Context, actors []ActorKey, items []Engagement, at []Position) (full bool, err error) {
	keys := make([]EngagementKey, len(items))
	for i, e := range items {
		keys[i] = e.Base().Key
	}
	others, err := c.view.Accounts(ctx, keys)
	if err != nil {
		return false, err
	}
	all := map[EngagementKey][]Engagement{}
	if len(actors) == 0 || len(items) == 1 { // one that was asked for by its key: the others have it too
		rows, err := c.view.r.Statements(ctx, StatementQuery{Load: c.view.Load, Kind: StatementEngagement, Keys: texts(keys)})
		if err != nil {
			return false, fmt.Errorf("engagements: %w", err)
		}
		for _, row := range rows {
			e, err := c.view.engagement(row)
			if err != nil {
				return false, err
			}
			all[e.Base().Key] = append(all[e.Base().Key], e)
		}
	} else {
		for _, e := range items {
			all[e.Base().Key] = append(all[e.Base().Key], e)
		}
	}
	absent, err := c.absent(ctx, actors, items, others)
	if err != nil {
		return false, err
	}
	for i, e := range items {
		key := e.Base().Key
		if i > 0 && key == items[i-1].Base().Key {
			continue
		}
		accounts := append(slices.Clone(all[key]), others[key]...)
		slices.SortStableFunc(accounts, func(a, b Engagement) int {
			return cmp.Compare(c.rank(a.Base().Source), c.rank(b.Base().Source))
		})
		found := c.compare(key, accounts)
		found = append(found, absent[key]...)
		if c.add(at[i], found) {
			return true, nil
		}
		c.page.Looked++
	}
	return false, nil
}

func (c *conflicts) rank(key SourceKey) int {
	return slices.IndexFunc(c.sources, func(s *Source) bool { return s.Key == key })
}

// lastDay is the last day that a source covers with things of a kind; one that does not end, as far as was known.
func (c *conflicts) lastDay(key SourceKey, kind StatementKind) Day {
	last := minDay
	for _, s := range c.sources {
		for _, w := range s.Coverage {
			if s.Key == key && (len(w.Kinds) == 0 || slices.Contains(w.Kinds, kind)) {
				last = max(last, w.Days().Last())
			}
		}
	}
	return min(last, c.view.made)
}

// compare compares every two accounts of an engagement that two sources have. What is said to be part of another of them is told
// beside the others as a part, and two parts are not rivals of each other.
func (c *conflicts) compare(key EngagementKey, accounts []Engagement) (found []*Conflict) {
	part := make([]bool, len(accounts))
	for i, e := range accounts {
		part[i] = slices.ContainsFunc(accounts, func(whole Engagement) bool { return e.Base().partOfMore(whole.Base()) })
	}
	for i, a := range accounts {
		for j := i + 1; j < len(accounts); j++ {
			b := accounts[j]
			if a.Base().Source == b.Base().Source || part[i] && part[j] {
				continue
			}
			with := comparing{in: c.view.State, about: Conflict{Engagement: key}}
			for n, e := range []Engagement{a, b} {
				with.values[n] = c.account(e)
				with.lasts[n] = c.lastDay(e.Base().Source, StatementEngagement)
			}
			switch {
			case part[i]:
				with.comparePart(b.Base(), a.Base(), true)
			case part[j]:
				with.comparePart(a.Base(), b.Base(), false)
			default:
				with.compareAccounts(a, b)
			}
			found = append(found, with.conflict...)
		}
	}
	return found
}

func (c *conflicts) account(e Engagement) ConflictValue {
	b := e.Base()
	return ConflictValue{In: c.view.State, Source: b.Source, Account: e, Citations: Cites(b.Citations, b.Source)}
}

// facts compares what every two sources state of actors.
func (c *conflicts) facts(ctx context.Context, actors []ActorKey) (found []*Conflict, err error) {
	rows, err := c.view.r.Statements(ctx, StatementQuery{Load: c.view.Load, Kind: StatementActor, Keys: texts(actors)})
	if err != nil {
		return nil, fmt.Errorf("actors: %w", err)
	}
	slices.SortStableFunc(rows, func(a, b Recorded) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(c.rank(a.Source), c.rank(b.Source)))
	})
	facts := make([]*ActorFacts, len(rows))
	for i, row := range rows {
		if facts[i], err = Decode[ActorFacts](row.Statement); err != nil {
			return nil, err
		}
	}
	for i, a := range facts {
		for j := i + 1; j < len(facts) && facts[j].Key == a.Key; j++ {
			with := comparing{in: c.view.State, about: Conflict{Actor: a.Key}}
			var complete [2]windows
			for n, k := range []int{i, j} {
				s := rows[k].Source
				with.values[n] = ConflictValue{In: c.view.State, Source: s, Citations: Cites(facts[k].Citations, s)}
				with.lasts[n] = c.lastDay(s, StatementActor)
				complete[n] = c.complete(s, spoken{kind: StatementActor, actors: []ActorKey{a.Key}})
			}
			with.compareFacts(a, facts[j], complete[0].overlap(complete[1]))
			found = append(found, with.conflict...)
		}
	}
	return found, nil
}

func (c *conflicts) complete(source SourceKey, of spoken) windows {
	of.complete = true
	for _, s := range c.sources {
		if s.Key == source {
			return s.speaks(of)
		}
	}
	return nil
}
