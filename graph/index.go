package graph

import (
	"fmt"
	"slices"
)

// IndexRows are what a store keeps beside a statement to find it again. They are derived from its
// source and body alone, by this package, so that every store finds the same; dropping and rebuilding
// them changes no answer.
type IndexRows struct {
	Codes          []CodeRow
	Parts          []ComponentRow // partOf and membership edges, and those of identities
	Actor          *ActorRow
	ActorKind      ActorKind
	Engagement     *EngagementRow
	Tenure         *TenureRow
	Membership     *MembershipRow
	Assertion      *AssertionRow
	Terms          []TermRow
	Links          []LinkRow
	Representation *RepresentationRow
}

// CodeRow says that an actor holds a code for a time.
type CodeRow struct {
	Code  Code
	Actor ActorKey
	Valid Interval
}

// ComponentRow is an edge from a part to its whole.
type ComponentRow = Component

// EngagementRow is what engagements are found and filtered by.
type EngagementRow struct {
	Key    EngagementKey
	Kind   EngagementKind
	Level  MeetingLevel // meetings
	Topics []Topic
	Start  Day // orders: the earliest day of the start as given; MinDay when unknown
	Bounds Bounds
	Parts  []PartRow // who acts for another stands before whom it acts for
	Ties   []TieRow

	// What filters and orders look at beside these.
	Source SourceKey
	Tags   []string // as topic:DEFENSE; each once
	Titles []string // folded; each once, the one that is shown first
	Owed   []OwedRow
	Force  []ForceRow // by days, which do not overlap
}

// MaxDyadActors is up to how many actors an engagement's dyads are written out. Beyond it they would grow with the square
// of the parties; such dyads are found by intersecting parts.
const MaxDyadActors = 20

// Wide tells whether the engagement has too many actors for rows of its dyads.
func (e *EngagementRow) Wide() bool {
	actors := map[ActorKey]bool{}
	for _, p := range e.Parts {
		actors[p.Actor] = true
	}
	return len(actors) > MaxDyadActors
}

// Dyads gives each two parts of different actors that may share a day, as places in Parts; none where the engagement is wide.
func (e *EngagementRow) Dyads() (pairs [][2]int) {
	if e.Wide() {
		return nil
	}
	for i, p := range e.Parts {
		for j := i + 1; j < len(e.Parts); j++ {
			if q := e.Parts[j]; p.Actor != q.Actor && p.Possible.Overlaps(q.Possible) {
				pairs = append(pairs, [2]int{i, j})
			}
		}
	}
	return pairs
}

// PartRow is one actor's part in the engagement, itself or by one who acts for it: a row per participation.
type PartRow struct {
	Actor       ActorKey
	Involvement Involvement // DIRECT or REPRESENTED
	Role        Role
	Side        string
	Possible    Interval // days on which the participation may hold
}

// TieRow says that the engagement may bear on a tie between two actors on a topic.
type TieRow struct {
	Dyad     DyadKey
	Topic    Topic
	Possible Interval // days on which it may bear
}

// TenureRow is what tenures are found by.
type TenureRow struct {
	Person, Of ActorKey
	Office     string // folded
	Start      Day
	Bounds     Bounds
}

// MembershipRow is what memberships are found by.
type MembershipRow struct {
	Member, Organization ActorKey
	Status               MembershipStatus
	Start                Day
	Bounds               Bounds
}

// AssertionRow is what assertions are found by.
type AssertionRow struct {
	About    EngagementKey
	Author   ActorKey // empty where a work asserts it
	Date     Day      // orders: the earliest day as given; MinDay without a date
	Possible Interval // days on which it may have been made
}

// Index derives the rows of a statement.
func Index(s Statement) (IndexRows, error) {
	var rows IndexRows
	switch s.Kind {
	case StatementActor:
		a, err := Decode[ActorFacts](s)
		if err != nil {
			return rows, err
		}
		rows.indexActor(a)
		rows.Actor = a.row(s.Source)
	case StatementTenure:
		t, err := Decode[Tenure](s)
		if err != nil {
			return rows, err
		}
		rows.Tenure = &TenureRow{
			Person: t.Person, Of: t.Of, Office: Fold(t.Office),
			Start: startDay(t.Period), Bounds: t.Period.Bounds(),
		}
	case StatementMembership:
		m, err := Decode[Membership](s)
		if err != nil {
			return rows, err
		}
		rows.Parts = []ComponentRow{{Part: m.Member, Whole: m.Organization, Period: orAlways(m.Period), Member: true}}
		rows.Membership = &MembershipRow{
			Member: m.Member, Organization: m.Organization, Status: m.Status, Start: startDay(m.Period), Bounds: m.Period.Bounds(),
		}
	case StatementRepresentation:
		r, err := Decode[Representation](s)
		if err == nil {
			err = r.Check()
		}
		if err != nil {
			return rows, err
		}
		rows.Representation = r.row()
	case StatementAssertion:
		a, err := Decode[Assertion](s)
		if err != nil {
			return rows, err
		}
		row := AssertionRow{About: a.About, Author: a.Author, Date: minDay, Possible: Always}
		if !a.Date.IsZero() {
			row.Date, row.Possible = a.Date.Earliest(), Inclusive(a.Date.PossibleEarliest(), a.Date.PossibleLatest())
		}
		rows.Assertion = &row
	case StatementEngagement:
		e, err := DecodeEngagement(s.Body)
		if err != nil {
			return rows, err
		}
		rows.indexEngagement(e, s.Source)
	case StatementLink:
		l, err := Decode[Link](s)
		if err != nil {
			return rows, err
		}
		for _, a := range l.Accounts {
			rows.Links = append(rows.Links, LinkRow{Account: a, Lead: l.Lead})
		}
	case StatementIdentity:
		i, err := Decode[Identity](s)
		if err != nil {
			return rows, err
		}
		for _, p := range i.Persons {
			if p != i.Lead {
				rows.Parts = append(rows.Parts, ComponentRow{Part: p, Whole: i.Lead, Period: Always, Same: true})
			}
		}
	case StatementSource, StatementWork, StatementDecision:
	default:
		return rows, fmt.Errorf("a statement of kind %q: %w", s.Kind, ErrInvalid)
	}
	return rows, nil
}

func (rows *IndexRows) indexActor(a *ActorFacts) {
	rows.ActorKind = a.Kind
	life := Always
	for i, p := range a.Existence {
		if span := p.Bounds().Possible(); i == 0 {
			life = span
		} else {
			life = Interval{min(life.From, span.From), max(life.To, span.To)}
		}
	}
	for _, id := range a.Identifiers {
		rows.Codes = append(rows.Codes, CodeRow{
			Code: Code{id.Scheme, id.Value}, Actor: a.Key, Valid: orAlways(id.Period).Intersect(life),
		})
	}
	for _, p := range a.PartOf {
		rows.Parts = append(rows.Parts, ComponentRow{Part: a.Key, Whole: p.Actor, Period: orAlways(p.Period)})
	}
	for _, n := range a.Names {
		rows.Terms = append(rows.Terms, nameTerms(n, SearchActor, string(a.Key))...)
	}
	rows.Terms = compactTerms(rows.Terms)
}

func (rows *IndexRows) indexEngagement(e Engagement, source SourceKey) {
	b := e.Base()
	row := &EngagementRow{
		Key: b.Key, Kind: b.Kind, Topics: b.Topics, Start: startDay(b.Period), Bounds: b.Period.Bounds(),
	}
	if m, ok := e.(*Meeting); ok {
		row.Level = m.Level
	}
	whole := row.Bounds.Possible()
	for _, p := range b.Participations {
		span := whole
		if !p.Period.IsZero() {
			span = p.Period.Bounds().Possible()
		}
		row.Parts = append(row.Parts, PartRow{p.Actor, Direct, p.Role, p.Side, span})
		if p.OnBehalfOf != "" {
			row.Parts = append(row.Parts, PartRow{p.OnBehalfOf, Represented, p.Role, p.Side, span})
		}
	}
	row.Ties = tieRows(e)
	row.traits(e, source)
	rows.Engagement = row
	for _, n := range b.names() {
		rows.Terms = append(rows.Terms, nameTerms(n, SearchEngagement, string(b.Key))...)
	}
	if _, own, ok := cutKey(string(b.Key)); ok { // people look for radar-incident as well
		for _, t := range Terms(wordsOf(own)) {
			rows.Terms = append(rows.Terms, TermRow{Term: t, Kind: SearchEngagement, Key: string(b.Key)})
		}
	}
	for _, tag := range row.Tags {
		if isHandle(tag) {
			rows.Terms = append(rows.Terms, TermRow{Term: HandleTerm(tag), Kind: SearchEngagement, Key: string(b.Key)})
		}
	}
	rows.Terms = compactTerms(rows.Terms)
}

// tieRows says between whom the engagement may bear on ties: whom its effects name, and the
// parties of agreements and disputes, pair by pair. Agreements with more than two parties bear only through
// obligations; disputes of more than maxTieParties parties are left to the pairs their sides make.
func tieRows(e Engagement) []TieRow {
	b := e.Base()
	var rows []TieRow
	add := func(x, y ActorKey, topic Topic, i Interval) {
		if x == y || x == "" || y == "" {
			return
		}
		row := TieRow{NewDyadKey(x, y), topic, i}
		if !slices.Contains(rows, row) {
			rows = append(rows, row)
		}
	}
	for _, f := range b.Effects {
		span := Interval{f.Date.PossibleEarliest(), f.Date.PossibleLatest() + 1}
		for i, x := range f.Between {
			for _, y := range f.Between[i+1:] {
				add(x, y, f.Topic, span)
			}
		}
	}
	whole := b.Period.Bounds().Possible()
	switch e := e.(type) {
	case *Agreement:
		parties := e.parties()
		for _, p := range b.Participations { // and whom they act for
			if p.Role.party() && p.OnBehalfOf != "" && !slices.Contains(parties, p.OnBehalfOf) {
				parties = append(parties, p.OnBehalfOf)
			}
		}
		for i, x := range parties {
			for _, y := range parties[i+1:] {
				if len(parties) <= maxTieParties {
					for _, t := range b.Topics {
						add(x, y, t, whole)
					}
				}
			}
		}
		for _, o := range e.Obligations {
			for _, t := range topicsOfObligation(o.Type) {
				toward := []ActorKey{o.Toward}
				if o.Toward == "" {
					toward = parties
				}
				for _, y := range toward {
					add(o.By, y, t, whole)
				}
			}
		}
	case *Dispute:
		for i, p := range b.Participations {
			for _, q := range b.Participations[i+1:] {
				if p.Role != RoleParty || q.Role != RoleParty || AlignmentOf(p.Side, q.Side) != Opposed {
					continue
				}
				for _, x := range []ActorKey{p.Actor, p.OnBehalfOf} {
					for _, y := range []ActorKey{q.Actor, q.OnBehalfOf} {
						for _, t := range b.Topics {
							add(x, y, t, whole)
						}
					}
				}
			}
		}
	}
	return rows
}

// maxTieParties is up to how many parties an agreement without obligations is kept for its pairs: it
// cannot bear on a tie beyond two, but stands among a tie's frameworks.
const maxTieParties = 12

// parties are the actors that are party to the agreement (or issued it), each once, in order.
func (a *Agreement) parties() []ActorKey {
	var keys []ActorKey
	for _, p := range a.Participations {
		if p.Role.party() && !slices.Contains(keys, p.Actor) {
			keys = append(keys, p.Actor)
		}
	}
	return keys
}

func startDay(p Period) Day {
	if p.Start.IsZero() {
		return minDay
	}
	return p.Start.Earliest()
}

func orAlways(p Period) Interval {
	if p.IsZero() {
		return Always
	}
	return p.Bounds().Possible()
}
