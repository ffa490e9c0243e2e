package graph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ChangeType is what a load did to a statement.
type ChangeType string

// The types of change.
const (
	Added      ChangeType = "ADDED"
	Superseded ChangeType = "SUPERSEDED"
	Retracted  ChangeType = "RETRACTED"
)

// Type is what the load did.
func (c Change) Type() ChangeType {
	switch {
	case c.Closed == nil:
		return Added
	case c.Added == nil:
		return Retracted
	default:
		return Superseded
	}
}

// Fields tells in which fields what is open since differs from what was before: of what was added all it has, of what was
// retracted all it had. The change must have been read with bodies.
func (c Change) Fields() ([]Difference, error) {
	before, after := c.Bodies()
	fields, err := Differences(before, after)
	if err != nil {
		return nil, fmt.Errorf("%s %s of %s in load %d: %w", c.Kind, c.Key, c.Source, c.Load, err)
	}
	return fields, nil
}

// Bodies gives the bodies before and after; empty where there is none.
func (c Change) Bodies() (before, after string) {
	if c.Closed != nil {
		before = c.Closed.Body
	}
	if c.Added != nil {
		after = string(c.Added.Body)
	}
	return before, after
}

// Title says in words what was changed, as it is since or, retracted, as it was: a title, a name, an office; the key where
// it has none.
func (c Change) Title() (string, error) {
	before, after := c.Bodies()
	s := Statement{StatementID: c.StatementID, Body: []byte(cmp.Or(after, before))}
	var title string
	var err error
	switch c.Kind {
	case StatementEngagement:
		var e Engagement
		if e, err = DecodeEngagement(s.Body); err == nil {
			title = e.Base().Title("en")
		}
	case StatementActor:
		title, err = titleIn(s, func(a *ActorFacts) string { return NameIn(a.Names, "en", "") })
	case StatementTenure:
		title, err = titleIn(s, func(t *Tenure) string { return t.Office })
	case StatementAssertion:
		title, err = titleIn(s, func(a *Assertion) string { return a.Text })
	case StatementSource:
		title, err = titleIn(s, func(t *Source) string { return t.Title })
	case StatementWork:
		title, err = titleIn(s, func(w *Work) string { return w.Title })
	case StatementDecision:
		title, err = titleIn(s, func(d *Decision) string { return d.A + " and " + d.B })
	case StatementMembership, StatementRepresentation, StatementLink, StatementIdentity:
	}
	return cmp.Or(title, c.Key), err
}

func titleIn[T any](s Statement, title func(*T) string) (string, error) {
	v, err := Decode[T](s)
	if err != nil {
		return "", err
	}
	return title(v), nil
}

// A ChangeFilter says which changes are wanted. Empty fields do not filter; of a list any counts.
type ChangeFilter struct {
	About   []Subject // what concerns all of these
	Types   []ChangeType
	Kinds   []StatementKind
	Forms   []EngagementKind // of engagements
	Topics  []Topic          // of engagements
	Sources []SourceKey
	Fields  []string // a field with this path, or below it, changed
}

// A Subject is what changes may concern: an actor, with all through which it took part at either end of the changes, or
// an engagement.
type Subject struct {
	Constituents []Constituent
	Engagement   EngagementKey
}

// A ChangePage is a page of the steps that loads took. What one load added and a later one retracted is two steps.
type ChangePage struct {
	Items  []Change
	More   bool            // there is more to look through
	Upto   *ChangePosition // how far it was looked; nil: nothing was
	Looked int             // how many changes were looked through
}

// Bounds of what one page of changes may look through, and reads at once.
const (
	MaxLooked    = 5000
	changesAhead = 500
)

// Changes gives what the loads above since, up to the view's, did, step by step: by load, then source, kind and key. A page
// looks through no more than MaxLooked changes; where the filter is met by few it may have few, or none, and go on.
func (v *View) Changes(ctx context.Context, since LoadNumber, f ChangeFilter, first int, after *ChangePosition) (*ChangePage, error) {
	if err := (Page{First: first}).Check(); err != nil {
		return nil, err
	}
	if err := (VersionQuery{Kinds: f.Kinds}).Check(); err != nil {
		return nil, err
	}
	page := &ChangePage{Upto: after}
	for {
		// One more than a page is read, to know whether there is more.
		q := ChangeQuery{After: since, Upto: v.Load, From: page.Upto, Bodies: true, First: min(first-len(page.Items), changesAhead) + 1}
		if f.filters() {
			q.First = changesAhead
		}
		read := make([]Change, 0, q.First)
		for c, err := range v.r.Changes(ctx, q) {
			if err != nil {
				return nil, fmt.Errorf("what loads did: %w", err)
			}
			read = append(read, c)
		}
		wanted, err := v.wanted(ctx, f, read)
		if err != nil {
			return nil, err
		}
		for i, c := range read {
			if len(page.Items) == first || page.Looked == MaxLooked {
				page.More = true
				return page, nil
			}
			place := c.Position()
			page.Looked++
			page.Upto = &place
			if wanted[i] {
				page.Items = append(page.Items, c)
			}
		}
		if len(read) < q.First {
			return page, nil
		}
	}
}

func (f ChangeFilter) filters() bool {
	return len(f.About)+len(f.Types)+len(f.Kinds)+len(f.Forms)+len(f.Topics)+len(f.Sources)+len(f.Fields) > 0
}

// wanted tells which changes the filter keeps. What is said about engagements, and links of accounts, concern whom the
// engagements concern: those are asked for together, as they were after the last of the loads.
func (v *View) wanted(ctx context.Context, f ChangeFilter, read []Change) ([]bool, error) {
	keep := make([]bool, len(read))
	says := make([][]*content, len(read)) // before and after
	var others []EngagementKey
	for i, c := range read {
		if len(f.Types) > 0 && !slices.Contains(f.Types, c.Type()) || len(f.Kinds) > 0 && !slices.Contains(f.Kinds, c.Kind) ||
			len(f.Sources) > 0 && !slices.Contains(f.Sources, c.Source) {
			continue
		}
		before, after := c.Bodies()
		for _, body := range []string{before, after} {
			if body == "" {
				continue
			}
			held, err := contentOf(c.Kind, []byte(body))
			if err != nil {
				return nil, fmt.Errorf("%s %s of %s: %w", c.Kind, c.Key, c.Source, err)
			}
			says[i] = append(says[i], held)
			if len(f.About) > 0 {
				others = append(others, held.about...)
			}
		}
		keep[i] = true
		if len(f.Fields) > 0 {
			changed, err := c.Fields()
			if err != nil {
				return nil, err
			}
			keep[i] = slices.ContainsFunc(changed, func(d Difference) bool { return d.Under(f.Fields) })
		}
	}
	slices.Sort(others)
	var at map[EngagementKey][]*content
	if len(others) > 0 {
		var err error
		if at, err = v.contents(ctx, slices.Compact(others)); err != nil {
			return nil, err
		}
	}
	for i := range read {
		has := func(holds func(*content) bool) bool { return slices.ContainsFunc(says[i], holds) }
		keep[i] = keep[i] &&
			(len(f.Forms) == 0 || has(func(c *content) bool { return slices.Contains(f.Forms, c.form) })) &&
			(len(f.Topics) == 0 || has(func(c *content) bool { return sharesAny(c.topics, f.Topics) })) &&
			!slices.ContainsFunc(f.About, func(s Subject) bool {
				return !has(func(c *content) bool { return s.concernedBy(c, at) })
			})
	}
	return keep, nil
}

func sharesAny[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(v T) bool { return slices.Contains(b, v) })
}

// Under tells whether the field is one of these, or below one.
func (d Difference) Under(paths []string) bool {
	return slices.ContainsFunc(paths, func(p string) bool {
		rest, ok := strings.CutPrefix(d.Path, p)
		return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
	})
}

// content is what of a statement tells whom it concerns.
type content struct {
	form       EngagementKind
	topics     []Topic
	engagement EngagementKey   // which it is
	about      []EngagementKey // which it is about
	parts      []partIn
}

// partIn is an actor that a statement names, and when that counts.
type partIn struct {
	actor ActorKey
	days  Interval
}

// contents reads engagements, of all sources.
func (v *View) contents(ctx context.Context, keys []EngagementKey) (map[EngagementKey][]*content, error) {
	rows, err := v.r.Statements(ctx, StatementQuery{Load: v.Load, Kind: StatementEngagement, Keys: texts(keys)})
	if err != nil {
		return nil, fmt.Errorf("engagements: %w", err)
	}
	found := map[EngagementKey][]*content{}
	for _, row := range rows {
		c, err := contentOf(row.Kind, row.Body)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", row.Key, err)
		}
		found[c.engagement] = append(found[c.engagement], c)
	}
	return found, nil
}

func contentOf(kind StatementKind, body []byte) (*content, error) {
	c := &content{}
	s := Statement{StatementID: StatementID{Kind: kind}, Body: body}
	names := func(days Interval, actors ...ActorKey) {
		for _, a := range actors {
			if a != "" {
				c.parts = append(c.parts, partIn{a, days})
			}
		}
	}
	switch kind {
	case StatementActor:
		a, err := Decode[ActorFacts](s)
		if err != nil {
			return nil, err
		}
		names(Always, a.Key)
	case StatementTenure:
		t, err := Decode[Tenure](s)
		if err != nil {
			return nil, err
		}
		names(orAlways(t.Period), t.Person, t.Of)
	case StatementMembership:
		m, err := Decode[Membership](s)
		if err != nil {
			return nil, err
		}
		names(orAlways(m.Period), m.Member, m.Organization)
	case StatementRepresentation:
		r, err := Decode[Representation](s)
		if err != nil {
			return nil, err
		}
		for _, record := range r.Records {
			names(orAlways(record.When()), r.Sender, r.Receiver)
		}
	case StatementAssertion:
		a, err := Decode[Assertion](s)
		if err != nil {
			return nil, err
		}
		c.about = []EngagementKey{a.About}
		names(Always, a.Author)
	case StatementLink:
		l, err := Decode[Link](s)
		if err != nil {
			return nil, err
		}
		c.about = l.Accounts
	case StatementIdentity:
		i, err := Decode[Identity](s)
		if err != nil {
			return nil, err
		}
		names(Always, i.Persons...)
	case StatementDecision:
		d, err := Decode[Decision](s)
		if err != nil {
			return nil, err
		}
		names(Always, ActorKey(d.A), ActorKey(d.B))
		c.about = []EngagementKey{EngagementKey(d.A), EngagementKey(d.B)}
	case StatementEngagement:
		e, err := DecodeEngagement(body)
		if err != nil {
			return nil, err
		}
		b := e.Base()
		c.form, c.topics, c.engagement = b.Kind, b.Topics, b.Key
		for _, p := range b.Participations {
			names(b.span(p), p.Actor, p.OnBehalfOf)
		}
		for _, f := range b.Effects {
			names(f.Date.span(), f.Between...)
		}
	case StatementSource, StatementWork:
	default:
		return nil, fmt.Errorf("a statement of kind %q: %w", kind, ErrInvalid)
	}
	return c, nil
}

// concernedBy tells whether what a statement says concerns the subject, itself or through what it is about.
func (s Subject) concernedBy(c *content, at map[EngagementKey][]*content) bool {
	if s.Engagement != "" {
		return c.engagement == s.Engagement || slices.Contains(c.about, s.Engagement)
	}
	if slices.ContainsFunc(c.parts, func(p partIn) bool {
		return slices.ContainsFunc(s.Constituents, func(held Constituent) bool { return held.Actor == p.actor && held.Valid.Overlaps(p.days) })
	}) {
		return true
	}
	return slices.ContainsFunc(c.about, func(key EngagementKey) bool {
		return slices.ContainsFunc(at[key], func(inner *content) bool { return s.concernedBy(&content{parts: inner.parts}, nil) })
	})
}

// Subjects finds what keys and codes name: actors as they are seen at the view's load or at an earlier one, or engagements that
// there are, or were by then.
func (v *View) Subjects(ctx context.Context, since LoadNumber, names []string) ([]Subject, error) {
	if len(names) == 0 {
		return nil, nil
	}
	before := viewOf(v.r, v.head, State{Load: since})
	keys, err := v.Resolve(ctx, names...)
	found := make([]Subject, len(names))
	if errors.Is(err, ErrNotFound) { // not all are actors, or not any more
		keys = make([]ActorKey, len(names))
		for i, name := range names {
			if keys[i], found[i].Engagement, err = v.named(ctx, before, name); err != nil {
				return nil, err
			}
		}
	} else if err != nil {
		return nil, err
	}
	actors := slices.DeleteFunc(slices.Clone(keys), func(k ActorKey) bool { return k == "" })
	if len(actors) == 0 {
		return found, nil
	}
	for _, at := range []*View{before, v} {
		cons, err := at.Constituents(ctx, actors, nil)
		if err != nil {
			return nil, err
		}
		for i, k := range keys {
			for _, c := range cons[k] {
				if !slices.Contains(found[i].Constituents, c) {
					found[i].Constituents = append(found[i].Constituents, c)
				}
			}
		}
	}
	return found, nil
}

// named finds the actor that a key or code names, now or before, or else the engagement.
func (v *View) named(ctx context.Context, before *View, name string) (ActorKey, EngagementKey, error) {
	keys, err := v.Resolve(ctx, name)
	if errors.Is(err, ErrNotFound) {
		if earlier, wrong := before.Resolve(ctx, name); wrong == nil {
			keys, err = earlier, nil
		}
	}
	if err == nil {
		return keys[0], "", nil
	}
	if !errors.Is(err, ErrNotFound) || !strings.Contains(name, ":") {
		return "", "", err
	}
	page, wrong := v.r.Versions(ctx, VersionQuery{Load: v.Load, Kinds: []StatementKind{StatementEngagement}, Key: name, First: 1})
	if wrong != nil {
		return "", "", fmt.Errorf("the engagement %q: %w", name, wrong)
	}
	if len(page.Items) > 0 {
		return "", EngagementKey(name), nil
	}
	_, wrong = v.Engagement(ctx, EngagementKey(name))
	return "", "", neither(name, err, wrong)
}

// neither says that a key names no actor, as the one error says, and no engagement, as the other does.
func neither(name string, actor, engagement error) error {
	var near *Problem
	if !strings.Contains(name, ":") || !errors.As(engagement, &near) {
		return actor
	}
	return &Problem{Kind: near.Kind, Code: near.Code, Suggestions: near.Suggestions, Message: fmt.Sprintf("there is no actor and no engagement %q", name)}
}
