package graph

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A Difference is one field in which two versions of a statement differ. The path names it as the body does, and things in
// lists by what they are: period.end, titles[en], stages[IN_FORCE].date, participations[iso3:JPN PARTY].side. A value is the
// text that the source gave (dates as given), or JSON where it is no text; empty: there is none.
type Difference struct{ Path, Before, After string }

// Differences tells, by path, in which fields two bodies of one kind of statement differ; none if and only if they are the
// same JSON. An empty body has nothing, so that what was added differs from it in all its fields. Of a list of things those
// are compared that are about the same: an actor in a role, a stage, a language. What only one of the two has is
// told whole. Where the things of a list are the same in another order, the list itself is told.
func Differences(before, after string) ([]Difference, error) {
	a, err := parseBody(before)
	if err != nil {
		return nil, err
	}
	b, err := parseBody(after)
	if err != nil {
		return nil, err
	}
	d := &differ{}
	d.compare("", "", a, b)
	slices.SortStableFunc(d.found, func(x, y Difference) int { return cmp.Compare(x.Path, y.Path) })
	return d.found, nil
}

// parseBody reads a body; numbers stay as they are written.
func parseBody(body string) (v any, err error) {
	if body == "" {
		return map[string]any{}, nil
	}
	decoder := json.NewDecoder(strings.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(&v); err != nil {
		return nil, fmt.Errorf("a body: %w", err)
	}
	return v, nil
}

type differ struct{ found []Difference }

// compare compares two values at a path; name is the member that holds them. nil is no value.
func (d *differ) compare(path, name string, a, b any) {
	ma, aIs := a.(map[string]any)
	mb, bIs := b.(map[string]any)
	if (aIs || a == nil) && (bIs || b == nil) && (aIs || bIs) {
		members := maps.Clone(ma)
		if members == nil {
			members = map[string]any{}
		}
		maps.Copy(members, mb)
		for member := range members {
			inner := member
			if path != "" {
				inner = path + "." + member
			}
			d.compare(inner, member, ma[member], mb[member])
		}
		if len(members) == 0 && aIs != bIs { // something empty, and nothing
			d.tell(path, a, b)
		}
		return
	}
	la, aIs := a.([]any)
	lb, bIs := b.([]any)
	if (aIs || a == nil) && (bIs || b == nil) && (aIs || bIs) {
		d.lists(path, name, la, lb)
		if len(la)+len(lb) == 0 && aIs != bIs {
			d.tell(path, a, b)
		}
		return
	}
	if !bytes.Equal(asJSON(a), asJSON(b)) {
		d.tell(path, a, b)
	}
}

func (d *differ) tell(path string, a, b any) {
	d.found = append(d.found, Difference{path, asText(a), asText(b)})
}

// lists compares two lists: what is in both as it is, then what is about the same, in order; what is left is told whole.
func (d *differ) lists(path, name string, a, b []any) {
	texts := func(list []any) []string {
		out := make([]string, len(list))
		for i, v := range list {
			out[i] = string(asJSON(v))
		}
		return out
	}
	ta, tb := texts(a), texts(b)
	partner := make([]int, len(a)) // of each of a, in b; -1: none
	taken := make([]bool, len(b))
	pair := func(i int, fits func(j int) bool) {
		for j := range b {
			if partner[i] < 0 && !taken[j] && fits(j) {
				partner[i], taken[j] = j, true
			}
		}
	}
	for i := range a {
		partner[i] = -1
		pair(i, func(j int) bool { return ta[i] == tb[j] })
	}
	about := func(v any, i int) string { return identity(name, v, i) }
	for i := range a {
		if partner[i] < 0 {
			pair(i, func(j int) bool { return about(a[i], i) == about(b[j], j) })
		}
	}
	label := labels(name, a, b)
	for i, v := range a {
		switch j := partner[i]; {
		case j < 0:
			d.tell(path+"["+label(v, i)+"]", v, nil)
		default:
			d.compare(path+"["+label(v, i)+"]", name, v, b[j])
		}
	}
	for j, v := range b {
		if !taken[j] {
			d.tell(path+"["+label(v, j)+"]", nil, v)
		}
	}
	if last := -1; !slices.ContainsFunc(partner, func(j int) bool {
		before := last
		last = max(last, j)
		return j >= 0 && j < before
	}) {
		return
	}
	order := func(list []any) any { // what they are about is enough to see it
		out := make([]any, len(list))
		for i, v := range list {
			out[i] = label(v, i)
		}
		return out
	}
	d.tell(path, order(a), order(b))
}

// labels gives names for the things of two lists: what they are about, and where several of one list are about the same,
// with their number.
func labels(name string, a, b []any) func(v any, i int) string {
	several := map[string]bool{}
	for _, list := range [][]any{a, b} {
		seen := map[string]bool{}
		for i, v := range list {
			id := identity(name, v, i)
			several[id] = several[id] || seen[id]
			seen[id] = true
		}
	}
	return func(v any, i int) string {
		id := identity(name, v, i)
		if several[id] {
			id += " #" + strconv.Itoa(i+1)
		}
		return id
	}
}

// aboutOf names the members that say what the things of a list are about.
var aboutOf = map[string][]string{
	"participations": {"actor", "role", "onBehalfOf"},
	"stages":         {"stage", "party"},
	"obligations":    {"type", "by", "toward"},
	"effects":        {"type", "topic", "strand", "between"},
	"titles":         {"lang"},
	"names":          {"lang"},
	"identifiers":    {"scheme"},
	"partOf":         {"actor"},
	"succeeds":       {"actor"},
	"citations":      {"source", "work", "locator", "supports"},
	"records":        {"observed"},
	"coverage":       {"kinds", "engagements", "topics"},
}

// identity says what a thing of a list is about; of texts the text; of what nothing is known, its number.
func identity(name string, v any, i int) string {
	members, ok := v.(map[string]any)
	if !ok {
		if text, ok := v.(string); ok {
			return text
		}
		return strconv.Itoa(i + 1)
	}
	var words []string
	for _, m := range aboutOf[name] {
		if list, ok := members[m].([]any); ok {
			for _, item := range list {
				words = append(words, asText(item))
			}
		} else if text := asText(members[m]); text != "" {
			words = append(words, text)
		}
	}
	if len(words) == 0 {
		return strconv.Itoa(i + 1)
	}
	return strings.Join(words, " ")
}

func asJSON(v any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil // what was decoded can be encoded
	}
	return bytes.TrimSpace(out.Bytes())
}

// asText is a value as a person reads it.
func asText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	default:
		return string(asJSON(v))
	}
}
