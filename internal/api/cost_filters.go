package api

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// What a filter or an order of its own may add to a list of engagements: all that the list has may be looked at, as when it
// is counted; and who is named in it is asked for, and through whom they take part, for each way in which they count.
func (p *pricer) filtered(f *ast.Field) (a amount) {
	where, _ := p.value(f, "where").(map[string]any)
	order, _ := p.value(f, "orderBy").(map[string]any)
	by := f.Definition.Arguments.ForName("orderBy")
	switch {
	case by != nil && by.Type.Name() == "ActorOrder":
		if len(where) > 0 {
			a.fields = costCount // all actors may be gone through
		}
		a.questions = questionsField * naming(where)
		return a
	case by == nil || by.Type.Name() != "EngagementOrder":
		a.questions = objects(where) // each may name actors
		return a
	}
	if len(where) > 0 || order["field"] != nil && order["field"] != "START" {
		a.fields = costCount
	}
	if n := naming(where); n > 0 {
		a.questions = n + 1
	}
	if where["period"] != nil {
		a.questions++ // whether the actors existed in it, where nothing is found
	}
	if asksForce(where) {
		a.questions++ // of which agreements nobody knows
	}
	return a
}

// asksForce tells whether what is in force is asked for.
func asksForce(where map[string]any) bool {
	if where["inForce"] != nil {
		return true
	}
	all, _ := where["AND"].([]any)
	return slices.ContainsFunc(all, func(inner any) bool {
		of, _ := inner.(map[string]any)
		return asksForce(of)
	})
}

// naming counts the parts of a where that name actors.
func naming(v any) (n int) {
	switch v := v.(type) {
	case []any:
		for _, inner := range v {
			n += naming(inner)
		}
	case map[string]any:
		for name, inner := range v {
			if slices.Contains([]string{"parties", "by", "toward", "partOf", "memberOf", "held", "identifier", "amends", "replaces"}, name) {
				n++
				continue
			}
			n += naming(inner)
		}
	}
	return n
}

// objects counts the objects of a where.
func objects(v any) (n int) {
	switch v := v.(type) {
	case []any:
		for _, inner := range v {
			n += objects(inner)
		}
	case map[string]any:
		if len(v) > 0 {
			n = 1
		}
		for _, inner := range v {
			n += objects(inner)
		}
	}
	return n
}
