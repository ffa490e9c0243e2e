package graph

import (
	"slices"
	"strconv"
	"strings"
)

// ConflictType is in what two sources contradict each other.
type ConflictType string

// The types of conflict.
const (
	MissingInOne      ConflictType = "MISSING_IN_ONE"
	DifferentValue    ConflictType = "DIFFERENT_VALUE"
	ContradictingDate ConflictType = "CONTRADICTING_DATE"
)

// ConflictTypes lists them all.
var ConflictTypes = []ConflictType{MissingInOne, DifferentValue, ContradictingDate}

// A Conflict is a field on which two sources cannot both be right.
type Conflict struct {
	In         State
	Type       ConflictType
	Engagement EngagementKey // as the preferred source has it; empty: it is about an actor
	Actor      ActorKey
	Field      string // empty: the whole
	Values     [2]ConflictValue
}

// A ConflictValue is what one source says; that of the preferred one comes first.
type ConflictValue struct {
	In        State
	Source    SourceKey
	Account   Engagement // its account of the engagement; nil: it has none, or it is about an actor
	Value     string     // empty: nothing
	Citations []Citation
}

// comparing compares what two sources say of one thing.
type comparing struct {
	in       State
	about    Conflict // whose Engagement or Actor the conflicts have
	values   [2]ConflictValue
	lasts    [2]Day // the last day that each source covers
	conflict []*Conflict
}

func (c *comparing) tell(t ConflictType, field, a, b string) {
	found := c.about
	found.In, found.Type, found.Field, found.Values = c.in, t, field, c.values
	found.Values[0].Value, found.Values[1].Value = a, b
	c.conflict = append(c.conflict, &found)
}

// value compares two values of one field, if both sources give one.
func (c *comparing) value(field, a, b string) {
	if a != "" && b != "" && a != b {
		c.tell(DifferentValue, field, a, b)
	}
}

// words compares two texts: one that says the same more shortly is no other value.
func (c *comparing) words(field, a, b string) {
	if x, y := Fold(a), Fold(b); !strings.Contains(x, y) && !strings.Contains(y, x) {
		c.value(field, a, b)
	}
}

// date compares two dates: they contradict each other where no day is possible by both.
func (c *comparing) date(field string, a, b Date) {
	if !a.IsZero() && !b.IsZero() && !a.span().Overlaps(b.span()) {
		c.tell(ContradictingDate, field, a.String(), b.String())
	}
}

// period compares the edges of two periods. That something goes on contradicts that it ended, if who says so
// speaks of days after the end.
func (c *comparing) period(field string, a, b Period) {
	if field != "" {
		field += "."
	}
	c.date(field+"start", a.Start, b.Start)
	c.date(field+"end", a.End, b.End)
	switch {
	case a.End.IsZero() && a.Why == Ongoing && !b.End.IsZero() && b.End.PossibleLatest() < c.lasts[0]:
		c.tell(ContradictingDate, field+"end", string(a.Why), b.End.String())
	case b.End.IsZero() && b.Why == Ongoing && !a.End.IsZero() && a.End.PossibleLatest() < c.lasts[1]:
		c.tell(ContradictingDate, field+"end", a.End.String(), string(b.Why))
	}
}

// numbers compares two ranges: they contradict each other where no number is in both.
func (c *comparing) numbers(field string, a, b *Range) {
	if a == nil || b == nil {
		return
	}
	below := func(x, y *int) bool { return x != nil && y != nil && *x < *y }
	if below(a.High, b.Low) || below(b.High, a.Low) {
		c.tell(DifferentValue, field, a.text(), b.text())
	}
}

func (r *Range) text() string {
	bound := func(n *int) string {
		if n == nil {
			return "?"
		}
		return strconv.Itoa(*n)
	}
	if r.Low != nil && r.High != nil && *r.Low == *r.High {
		return bound(r.Low)
	}
	return bound(r.Low) + " to " + bound(r.High)
}

// compareAccounts tells on what two accounts of one engagement disagree. Titles, summaries and what only one of them gives
// is no matter of dispute.
func (c *comparing) compareAccounts(x, y Engagement) {
	a, b := x.Base(), y.Base()
	c.value("kind", string(a.Kind), string(b.Kind))
	c.period("period", a.Period, b.Period)
	c.words("place", a.Place, b.Place)
	c.parts(a, b)
	c.effects(a, b)
	switch x := x.(type) {
	case *Agreement:
		if y, ok := y.(*Agreement); ok {
			c.value("form", string(x.Form), string(y.Form))
			c.stages(x, y)
		}
	case *Dispute:
		if y, ok := y.(*Dispute); ok {
			c.value("form", string(x.Form), string(y.Form))
			c.value("hostility", levelText(x.Hostility), levelText(y.Hostility))
			c.numbers("fatalities", x.Fatalities, y.Fatalities)
			c.words("outcome", x.Outcome, y.Outcome)
			c.words("settlement", x.Settlement, y.Settlement)
		}
	case *Meeting:
		if y, ok := y.(*Meeting); ok {
			c.value("level", string(x.Level), string(y.Level))
			c.value("format", string(x.Format), string(y.Format))
			c.value("setting", string(x.Setting), string(y.Setting))
			c.value("host", string(x.Host), string(y.Host))
		}
	case *Act:
		if y, ok := y.(*Act); ok {
			c.value("type", string(x.Type), string(y.Type))
			c.value("quadClass", levelText(orNil(x.QuadClass)), levelText(orNil(y.QuadClass)))
			c.value("goldstein", levelText(x.Goldstein), levelText(y.Goldstein))
		}
	}
}

func levelText(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func orNil(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// takesPartOnce gives the part in an account of who takes part in another, in one role; nil where it has none, or several.
func takesPartOnce(e *EngagementBase, p Participation) (found *Participation) {
	for i, q := range e.Participations {
		if q.Actor == p.Actor && q.Role == p.Role {
			if found != nil {
				return nil
			}
			found = &e.Participations[i]
		}
	}
	return found
}

func participationField(p Participation) string {
	return "participations[" + string(p.Actor) + " " + string(p.Role) + "]"
}

// parts compares the parts of who takes part once in each account, in one role.
func (c *comparing) parts(a, b *EngagementBase) {
	for _, p := range a.Participations {
		q := takesPartOnce(b, p)
		if takesPartOnce(a, p) == nil || q == nil {
			continue
		}
		field := participationField(p)
		c.period(field+".period", p.Period, q.Period)
		c.value(field+".onBehalfOf", string(p.OnBehalfOf), string(q.OnBehalfOf))
		c.value(field+".hostility", levelText(p.Hostility), levelText(q.Hostility))
		c.numbers(field+".fatalities", p.Fatalities, q.Fatalities)
	}
}

// stages compares the dates of stages that each account has once.
func (c *comparing) stages(a, b *Agreement) {
	once := func(e *Agreement, s Stage) (found *Stage) {
		for i, t := range e.Stages {
			if t.Stage == s.Stage && t.Party == s.Party {
				if found != nil {
					return nil
				}
				found = &e.Stages[i]
			}
		}
		return found
	}
	for _, s := range a.Stages {
		if t := once(b, s); once(a, s) != nil && t != nil {
			c.date("stages["+strings.TrimSpace(string(s.Stage)+" "+string(s.Party))+"].date", s.Date, t.Date)
		}
	}
}

// effects compares what both accounts say was done to one tie, once each.
func (c *comparing) effects(a, b *EngagementBase) {
	same := func(f, g Effect) bool {
		x, y := slices.Sorted(slices.Values(f.Between)), slices.Sorted(slices.Values(g.Between))
		return f.Topic == g.Topic && f.Strand == g.Strand && slices.Equal(x, y)
	}
	once := func(e *EngagementBase, f Effect) (found *Effect) {
		for i, g := range e.Effects {
			if same(f, g) {
				if found != nil {
					return nil
				}
				found = &e.Effects[i]
			}
		}
		return found
	}
	for _, f := range a.Effects {
		g := once(b, f)
		if once(a, f) == nil || g == nil {
			continue
		}
		field := "effects[" + strings.TrimSpace(string(f.Topic)+" "+f.Strand) + "]"
		c.value(field+".type", string(f.Type), string(g.Type))
		c.value(field+".extent", string(f.Extent), string(g.Extent))
		c.date(field+".date", f.Date, g.Date)
	}
}

// compareFacts tells on what two sources disagree about one actor: its kind, when it existed, its code in a scheme at one
// time, when it was part of what. Names and notes are no matter of dispute. complete tells for which days both
// sources say that they have everything about actors.
func (c *comparing) compareFacts(a, b *ActorFacts, complete windows) {
	c.value("kind", string(a.Kind), string(b.Kind))
	c.existence(a.Existence, b.Existence, complete)
	for _, x := range a.Identifiers {
		for _, y := range b.Identifiers {
			if x.Scheme == y.Scheme && orAlways(x.Period).Overlaps(orAlways(y.Period)) && !a.has(y) && !b.has(x) {
				c.value("identifiers["+x.Scheme+"]", x.Value, y.Value)
			}
		}
	}
	for _, x := range a.PartOf {
		for _, y := range b.PartOf {
			if x.Actor == y.Actor && len(a.PartOf) == 1 && len(b.PartOf) == 1 {
				c.period("partOf["+string(x.Actor)+"].period", x.Period, y.Period)
			}
		}
	}
}

// has tells whether the source gives the actor the code too.
func (f *ActorFacts) has(id Identifier) bool {
	return slices.ContainsFunc(f.Identifiers, func(other Identifier) bool { return other.Scheme == id.Scheme && other.Value == id.Value })
}

// existence compares the periods of existence that share a day; one that shares none with any of the other's is missing
// there, if both have everything of its days.
func (c *comparing) existence(a, b []Period, complete windows) {
	if len(a) == 0 || len(b) == 0 {
		return // one of them does not say
	}
	days := func(p Period) Interval { return p.Bounds().Possible() }
	beside := func(p Period, all []Period) (found []int) {
		for i, q := range all {
			if days(p).Overlaps(days(q)) {
				found = append(found, i)
			}
		}
		return found
	}
	for i, p := range a {
		field := "existence[" + strconv.Itoa(i+1) + "]"
		switch near := beside(p, b); {
		case len(near) == 1 && len(beside(b[near[0]], a)) == 1:
			c.period(field, p, b[near[0]])
		case len(near) == 0 && complete.cover(days(p)):
			c.tell(MissingInOne, field, p.EDTF(), "")
		}
	}
	for i, q := range b {
		if len(beside(q, a)) == 0 && complete.cover(days(q)) {
			c.tell(MissingInOne, "existence["+strconv.Itoa(i+1)+"]", "", q.EDTF())
		}
	}
}

// cover tells whether an interval lies wholly in windows, one after the other.
func (ws windows) cover(i Interval) bool {
	for more := true; more && !i.Empty(); { // in any order, and without a sorted copy: series ask it of every unit
		more = false
		for _, w := range ws {
			if w.From <= i.From && w.To > i.From {
				i.From, more = w.To, true
			}
		}
	}
	return i.Empty()
}

// overlap gives the days that are in windows of both.
func (ws windows) overlap(other windows) windows {
	var both windows
	for _, a := range ws {
		for _, b := range other {
			if i := a.Intersect(b); !i.Empty() {
				both = append(both, i)
			}
		}
	}
	return both
}
