package neo4jstore

import (
	"encoding/base32"
	"fmt"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// filterOf gives a filter as a text reads it (cypher/parts/where.cypher): each condition with the fields of its kind.
func filterOf(f graph.Filter) []any {
	all := []any{}
	for _, clause := range f {
		conditions := []any{}
		for _, c := range clause {
			conditions = append(conditions, conditionOf(c))
		}
		all = append(all, conditions)
	}
	return all
}

func conditionOf(c graph.Condition) map[string]any {
	out := map[string]any{"kind": string(c.Kind), "not": c.Not}
	switch c.Kind {
	case graph.HasTags:
		out["tags"], out["every"] = distinct(c.Tags), c.Every
	case graph.HasKey:
		out["match"], out["text"], out["keys"] = string(c.Match), c.Text, distinct(c.Keys)
	case graph.HasTitle:
		out["match"], out["text"] = string(c.Match), c.Text
	case graph.HasParts:
		groups := []any{}
		for _, g := range c.Groups {
			groups = append(groups, takersOf(g))
		}
		if c.Anyone {
			from, to := daysText(c.Days)
			groups = []any{[]any{map[string]any{"actor": "", "as": "", "from": from, "to": to}}}
		}
		out["groups"], out["roles"], out["sides"] = groups, orNull(c.Roles), orNull(c.Sides)
	case graph.HasOnly:
		out["a"] = takersOf(c.A)
		out["from"], out["to"] = daysText(c.Days)
	case graph.StandsSo:
		out["a"], out["b"], out["alignments"] = takersOf(c.A), takersOf(c.B), alignments(c.Stand)
	case graph.Owes:
		out["a"], out["b"], out["types"] = bindersOf(c.A), bindersOf(c.B), orNull(c.Types)
	case graph.LiesSo:
		box, _, possible := boxOf(graph.EngagementQuery{During: &c.Days, Overlap: c.Overlap, Certainty: c.Certainty})
		if !possible {
			box = []string{lastDay, firstDay, "", "", "", "", "", ""}
		}
		out["box"], out["unsaid"] = box, c.Unsaid()
	case graph.IsInForce:
		on := map[string]any{}
		for source, day := range c.InForceOn {
			on[string(source)] = dayText(min(day, latest))
		}
		out["on"], out["lapsed"], out["a"], out["b"] = on, c.Lapsed, nil, nil
		out["possible"] = c.Certainty == graph.Possible
		if c.A != nil {
			out["a"] = takersOf(c.A)
		}
		if c.B != nil {
			out["b"] = takersOf(c.B)
		}
	}
	return out
}

// takersOf gives constituents that count on some day, with how they must take part.
func takersOf(of []graph.Constituent) []any {
	all := []any{}
	for _, c := range of {
		from, to := daysText(c.Valid)
		as := ""
		if c.Involvement == graph.Direct || c.Involvement == graph.Represented {
			as = string(c.Involvement)
		}
		all = append(all, map[string]any{"actor": string(c.Actor), "as": as, "from": from, "to": to})
	}
	return all
}

// bindersOf gives constituents whom an obligation may bind, however they take part; of nil, the one that has no name, who is
// anybody at any time, whom an obligation for no day binds as well.
func bindersOf(of []graph.Constituent) []any {
	if of == nil {
		return []any{map[string]any{"actor": "", "as": "", "from": "", "to": "~"}}
	}
	return takersOf(graph.Anyhow(of))
}

// orNull gives a list, or, where any value will do, null.
func orNull[T ~string](list []T) any {
	if len(list) == 0 {
		return nil
	}
	return distinct(list)
}

// factsOf gives what filters and orders look at beside what engagements are found by.
func factsOf(e *graph.EngagementRow) map[string]any {
	var actors, roles, sides, as, from, to, sureFrom, sureTo, by, toward, types, owedFrom, owedTo, forceFrom, forceTo []string
	for _, p := range e.Parts {
		first, last := daysText(p.Possible)
		actors, roles, sides = append(actors, string(p.Actor)), append(roles, string(p.Role)), append(sides, p.Side)
		as, from, to = append(as, string(p.Involvement)), append(from, first), append(to, last)
		first, last = daysText(p.Sure)
		sureFrom, sureTo = append(sureFrom, first), append(sureTo, last)
	}
	for _, o := range e.Owed {
		first, last := daysText(o.Days)
		by, toward, types = append(by, string(o.By)), append(toward, string(o.Toward)), append(types, string(o.Type))
		owedFrom, owedTo = append(owedFrom, first), append(owedTo, last)
	}
	holds, perhaps := []bool{}, []bool{}
	for _, f := range e.Force {
		forceFrom, forceTo, holds = append(forceFrom, dayText(f.Days.From)), append(forceTo, dayText(f.Days.To)), append(holds, f.Holds)
		perhaps = append(perhaps, f.Perhaps)
	}
	facts := map[string]any{"titleKey": titleText(e.TitleKey()), "forceHolds": holds, "forcePerhaps": perhaps}
	for name, list := range map[string][]string{
		"tags": e.Tags, "titles": e.Titles, "actors": actors, "partRoles": roles, "partSides": sides, "partAs": as, "partFrom": from, "partTo": to, "sureFrom": sureFrom, "sureTo": sureTo,
		"owedBy": by, "owedToward": toward, "owedTypes": types, "owedFrom": owedFrom, "owedTo": owedTo, "forceFrom": forceFrom, "forceTo": forceTo,
	} {
		facts[name] = append([]string{}, list...)
	}
	return facts
}

// titleCode writes bytes as text that sorts as they do.
var titleCode = base32.HexEncoding.WithPadding(base32.NoPadding)

func titleText(key string) string { return titleCode.EncodeToString([]byte(key)) }

// Places in another order than that of starts begin with what it is by: value start|key, all of it text that sorts.
// loadOffset gives load numbers as many digits as every other.
const loadOffset = 1_000_000_000_000_000_000

func placeIn(by graph.OrderBy, p graph.Position) string {
	var value string
	switch by {
	case graph.ByEnd:
		value = dayText(graph.Day(p.Number)) //nolint:gosec // a day, of 32 bits
	case graph.ByTitle:
		value = titleText(p.Title)
	default:
		value = strconv.FormatInt(loadOffset+p.Number, 10)
	}
	return value + " " + place(p.Start, p.Key)
}

func positionIn(by graph.OrderBy, text string) (graph.Position, error) {
	if !(graph.Order{By: by}).Own() {
		return positionOf(text)
	}
	value, rest, ok := strings.Cut(text, " ")
	p, err := positionOf(rest)
	if err != nil || !ok {
		return p, fmt.Errorf("%q is not a place in a list by %s", text, by)
	}
	switch by {
	case graph.ByEnd:
		var day graph.Day
		day, err = dayOf(value)
		p.Number = int64(day)
	case graph.ByTitle:
		var key []byte
		key, err = titleCode.DecodeString(value)
		p.Title = string(key)
	default:
		p.Number, err = strconv.ParseInt(value, 10, 64)
		p.Number -= loadOffset
	}
	return p, err
}

// betweenIn gives the bounds of what lies between two positions of another order than that of starts.
func betweenIn(by graph.OrderBy, after, before *graph.Position) (from, to string) {
	from, to = "", "~"
	if after != nil {
		from = placeIn(by, *after)
	}
	if before != nil {
		to = placeIn(by, *before)
	}
	return from, to
}
