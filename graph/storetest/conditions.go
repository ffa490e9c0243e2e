package storetest

import (
	"slices"
	"strconv"
	"strings"

	"pgregory.net/rapid"

	"github.com/entente-graph/entente/graph"
)

// This file draws filters, and answers them in the plainest way: by what an engagement says, not by its row.

// naiveFilter tells whether an account of a source fulfils every clause.
func naiveFilter(e graph.Engagement, source graph.SourceKey, f graph.Filter) bool {
	for _, clause := range f {
		one := false
		for _, c := range clause {
			one = one || naiveCondition(e, source, c) != c.Not
		}
		if !one {
			return false
		}
	}
	return true
}

func naiveCondition(e graph.Engagement, source graph.SourceKey, c graph.Condition) bool {
	b := e.Base()
	switch c.Kind {
	case graph.HasTags:
		n := 0
		for _, tag := range c.Tags {
			if naiveTag(e, source, tag) {
				n++
			}
		}
		if c.Every {
			return n == len(c.Tags)
		}
		return n > 0
	case graph.HasTitle:
		return slices.ContainsFunc(b.Titles, func(n graph.Name) bool {
			text := graph.Fold(n.Text)
			return c.Match == graph.MatchEquals && text == c.Text || c.Match == graph.MatchStartsWith && strings.HasPrefix(text, c.Text) ||
				c.Match == graph.MatchContains && strings.Contains(text, c.Text)
		})
	case graph.HasParts:
		return naiveParts(b, c)
	case graph.HasOnly:
		return naiveOnly(b, c)
	case graph.StandsSo:
		return naiveInvolved(b, graph.EngagementQuery{A: c.A, B: c.B, Alignment: c.Stand})
	case graph.Owes:
		a, ok := e.(*graph.Agreement)
		return ok && naiveOwes(a, c)
	case graph.LiesSo:
		return b.Period.Bounds().Compare(c.Days, c.Overlap, c.Certainty)
	case graph.IsInForce:
		a, ok := e.(*graph.Agreement)
		day, says := c.InForceOn[source]
		if !ok || !says {
			return false
		}
		is := a.InForce(day)
		on := graph.Interval{From: day, To: day + 1}
		return is != nil && *is != c.Lapsed && naiveWith(b, c, on)
	default:
		panic("no such condition: " + c.Kind)
	}
}

// naiveWith tells whether one of A, and of B, takes part on the days; nil asks for nobody.
func naiveWith(b *graph.EngagementBase, c graph.Condition, on graph.Interval) bool {
	cut := func(of []graph.Constituent) (cut []graph.Constituent) {
		for _, x := range of {
			if x.Valid = x.Valid.Intersect(on); !x.Valid.Empty() {
				cut = append(cut, x)
			}
		}
		return cut
	}
	q := graph.EngagementQuery{A: cut(c.A), B: cut(c.B), Alignment: graph.AnyAlignment}
	switch {
	case c.A == nil:
		return true
	case len(q.A) == 0 || c.B != nil && len(q.B) == 0:
		return false
	default:
		return naiveInvolved(b, q)
	}
}

func naiveTag(e graph.Engagement, source graph.SourceKey, tag string) bool {
	b := e.Base()
	kind, value, _ := strings.Cut(tag, ":")
	number := func(n *int) bool { return n != nil && strconv.Itoa(*n) == value }
	switch e := e.(type) {
	case *graph.Agreement:
		switch kind {
		case graph.TagForm:
			return string(e.Form) == value
		case graph.TagAmends:
			return slices.Contains(e.Amends, graph.EngagementKey(value))
		case graph.TagReplaces:
			return slices.Contains(e.Replaces, graph.EngagementKey(value))
		case graph.TagObligation:
			return slices.ContainsFunc(e.Obligations, func(o graph.Obligation) bool { return string(o.Type) == value })
		}
	case *graph.Dispute:
		switch kind {
		case graph.TagForm:
			return string(e.Form) == value
		case graph.TagHostility:
			return number(e.Hostility)
		}
	case *graph.Meeting:
		switch kind {
		case graph.TagLevel:
			return string(e.Level) == value
		case graph.TagFormat:
			return string(e.Format) == value
		case graph.TagSetting:
			return string(e.Setting) == value
		}
	case *graph.Act:
		switch kind {
		case graph.TagType:
			return string(e.Type) == value
		case graph.TagCAMEO:
			return e.CAMEO == value
		case graph.TagQuadClass:
			return e.QuadClass != 0 && number(&e.QuadClass)
		case graph.TagGoldstein:
			return number(e.Goldstein)
		}
	}
	switch kind {
	case graph.TagKind:
		return string(b.Kind) == value
	case graph.TagTopic:
		return slices.Contains(b.Topics, graph.Topic(value))
	case graph.TagSource:
		return string(source) == value
	case graph.TagPartOf:
		return slices.Contains(b.PartOf, graph.EngagementKey(value))
	case graph.TagRelated:
		return slices.Contains(b.Related, graph.EngagementKey(value))
	case graph.TagIdentifier:
		return slices.ContainsFunc(b.Identifiers, func(i graph.Identifier) bool { return strings.ToLower(i.Scheme+":"+i.Value) == value })
	default:
		return false
	}
}

// spanOf gives the days of a participation.
func spanOf(b *graph.EngagementBase, p graph.Participation) graph.Interval {
	if p.Period.IsZero() {
		return b.Period.Bounds().Possible()
	}
	return p.Period.Bounds().Possible()
}

// naiveTakes tells whether the participation is, or is for, one of the constituents.
func naiveTakes(b *graph.EngagementBase, p graph.Participation, of []graph.Constituent) bool {
	return slices.ContainsFunc(of, func(c graph.Constituent) bool {
		itself := c.Actor == p.Actor && c.Involvement != graph.Represented
		another := p.OnBehalfOf != "" && c.Actor == p.OnBehalfOf && c.Involvement != graph.Direct
		return (itself || another) && c.Valid.Overlaps(spanOf(b, p))
	})
}

func naiveParts(b *graph.EngagementBase, c graph.Condition) bool {
	found := func(is func(graph.Participation) bool) bool {
		return slices.ContainsFunc(b.Participations, func(p graph.Participation) bool {
			return (len(c.Roles) == 0 || slices.Contains(c.Roles, p.Role)) && (len(c.Sides) == 0 || slices.Contains(c.Sides, p.Side)) && is(p)
		})
	}
	if c.Anyone {
		return found(func(p graph.Participation) bool { return spanOf(b, p).Overlaps(c.Days) })
	}
	for _, g := range c.Groups {
		if !found(func(p graph.Participation) bool { return naiveTakes(b, p, g) }) {
			return false
		}
	}
	return true
}

func naiveOnly(b *graph.EngagementBase, c graph.Condition) bool {
	n, others := 0, 0
	for _, p := range b.Participations {
		if spanOf(b, p).Overlaps(c.Days) {
			n++
			if !naiveTakes(b, p, c.A) {
				others++
			}
		}
	}
	return n > 0 && others == 0
}

func naiveOwes(a *graph.Agreement, c graph.Condition) bool {
	among := func(of []graph.Constituent, who graph.ActorKey, days graph.Interval) bool {
		return of == nil || slices.ContainsFunc(of, func(c graph.Constituent) bool { return c.Actor == who && c.Valid.Overlaps(days) })
	}
	for _, o := range a.Obligations {
		days := o.Period.Bounds().Possible()
		if o.Period.IsZero() {
			days = a.Period.Bounds().Possible()
		}
		if len(c.Types) > 0 && !slices.Contains(c.Types, o.Type) || !among(c.A, o.By, days) {
			continue
		}
		if o.Toward != "" || c.B == nil {
			if among(c.B, o.Toward, days) {
				return true
			}
			continue
		}
		for _, p := range a.Participations {
			parties := []graph.ActorKey{p.Actor}
			if p.OnBehalfOf != "" {
				parties = append(parties, p.OnBehalfOf)
			}
			for _, who := range parties {
				if slices.Contains([]graph.Role{graph.RoleParty, graph.RoleIssuer, graph.RoleAddressee}, p.Role) && who != o.By &&
					among(c.B, who, spanOf(&a.EngagementBase, p).Intersect(days)) {
					return true
				}
			}
		}
	}
	return false
}

// drawTags gives tags that engagements of the generator have, and some that they have not.
func drawTags(t *rapid.T) []string {
	return rapid.SliceOfN(rapid.SampledFrom([]string{
		"kind:ACT", "kind:MEETING", "kind:AGREEMENT", "kind:DISPUTE", "topic:DEFENSE", "topic:TRADE", "topic:INTELLIGENCE", "level:SUMMIT", "form:TREATY", "form:WAR",
		"form:CLAIM", "format:BILATERAL", "setting:CALL", "type:PROTEST", "type:RECALL", "cameo:190", "quad:4", "quad:1", "goldstein:-50", "goldstein:34", "hostility:4",
		"hostility:1", "obligation:DEFENSE", "obligation:CONSULTATION", "source:one", "source:two", "source:none", "level:OFFICIALS",
		"part-of:e:001", "part-of:e:004", "replaces:e:001", "amends:e:002", "related:e:001", "identifier:numbers:a1",
	}), 0, 4).Draw(t, "tags")
}

// drawHandles gives tags by which stores find.
func drawHandles(t *rapid.T) []string {
	return rapid.SliceOfN(rapid.SampledFrom([]string{
		"part-of:e:001", "part-of:e:004", "replaces:e:001", "amends:e:001", "amends:e:002", "related:e:001", "related:e:003",
		"identifier:numbers:a1", "identifier:numbers:a2", "identifier:numbers:a", "related:e:none",
	}), 1, 4).Draw(t, "handles")
}

// drawSideFor gives constituents, some of which count only as taking part themselves, or only as represented.
func drawSideFor(t *rapid.T, name string, m *model) []graph.Constituent {
	side := drawSide(t, name, m)
	for i := range side {
		side[i].Involvement = draw(t, name+" as", []graph.Involvement{"", "", graph.ByComponent, graph.Direct, graph.Represented})
	}
	return side
}

func drawInterval(t *rapid.T, name string) graph.Interval {
	if i := drawDays(t, name); i != nil {
		return *i
	}
	return graph.Always
}

func drawCondition(t *rapid.T, m *model) graph.Condition {
	c := graph.Condition{Kind: draw(t, "condition", []graph.ConditionKind{
		graph.HasTags, graph.HasTags, graph.HasTitle, graph.HasParts, graph.HasParts, graph.HasOnly, graph.StandsSo, graph.Owes, graph.LiesSo, graph.IsInForce,
	}), Not: rapid.IntRange(0, 3).Draw(t, "not") == 0}
	switch c.Kind {
	case graph.HasTags:
		c.Tags, c.Every = drawTags(t), draw(t, "every", []bool{false, false, true})
	case graph.HasTitle:
		c.Match = draw(t, "match", []graph.TextMatch{graph.MatchContains, graph.MatchContains, graph.MatchStartsWith, graph.MatchEquals})
		c.Text = draw(t, "title", []string{"tre", "sea", "日本", "elysee", "treaty of", "search", "국", "o", "zzz"})
	case graph.HasParts:
		for range rapid.IntRange(0, 2).Draw(t, "groups") {
			c.Groups = append(c.Groups, drawSideFor(t, "group", m))
		}
		c.Anyone, c.Days = len(c.Groups) == 0, drawInterval(t, "days")
		c.Roles, c.Sides = some(t, "roles", []graph.Role{graph.RoleParty, graph.RoleHost, graph.RoleBy, graph.RoleToward}), some(t, "sides", []string{"a", "b", ""})
	case graph.HasOnly:
		c.A, c.Days = drawSideFor(t, "only", m), drawInterval(t, "days")
		for range 3 {
			c.A = append(c.A, drawSideFor(t, "only", m)...)
		}
	case graph.StandsSo:
		c.A, c.B = drawSide(t, "a", m), drawSide(t, "b", m)
		c.Stand = draw(t, "stand", []graph.Alignment{graph.AnyAlignment, graph.SameSide, graph.Opposed})
	case graph.HasKey: // of actors alone
	case graph.Owes:
		if draw(t, "by?", []bool{false, true}) {
			c.A = drawSide(t, "by", m)
		}
		if draw(t, "toward?", []bool{false, true}) {
			c.B = drawSide(t, "toward", m)
		}
		c.Types = some(t, "types", []graph.ObligationType{graph.ObligationDefense, graph.ObligationConsultation})
	case graph.LiesSo:
		c.Days = drawInterval(t, "period")
		c.Overlap = draw(t, "lies", []graph.Overlap{graph.OverlapAny, graph.OverlapWithin, graph.OverlapCovers, graph.OverlapBegins, graph.OverlapEnds})
		c.Certainty = draw(t, "sure", []graph.Certainty{graph.Possible, graph.Certain})
	case graph.IsInForce:
		c.Lapsed = draw(t, "lapsed", []bool{false, true})
		c.InForceOn = map[graph.SourceKey]graph.Day{"one": drawInterval(t, "on").From}
		if draw(t, "two says?", []bool{false, true}) {
			c.InForceOn["two"] = drawInterval(t, "on").From
		}
		if draw(t, "with?", []bool{false, true}) {
			c.A = drawSide(t, "with", m)
			if draw(t, "with two?", []bool{false, true}) {
				c.B = drawSide(t, "and with", m)
			}
		}
	}
	return c
}

func drawFilter(t *rapid.T, m *model) (f graph.Filter) {
	for range rapid.IntRange(-3, 2).Draw(t, "clauses of handles") {
		f = append(f, graph.Clause{{Kind: graph.HasTags, Tags: drawHandles(t)}})
	}
	for range rapid.IntRange(1, 3).Draw(t, "clauses") {
		var clause graph.Clause
		for range rapid.IntRange(1, 2).Draw(t, "conditions") {
			clause = append(clause, drawCondition(t, m))
		}
		f = append(f, clause)
	}
	return f
}
