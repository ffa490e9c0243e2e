package ingest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A FieldChange is one field of a statement that a load changes. Old is absent where the field is new, New where
// it goes. A path names list entries by what identifies them: participations[iso3:JPN].role.
type FieldChange struct {
	Path string `json:"path"`
	Old  any    `json:"old,omitempty"`
	New  any    `json:"new,omitempty"`
}

// FieldChanges compares two bodies of one statement field by field, in the order of their paths.
func FieldChanges(old, fresh []byte) ([]FieldChange, error) {
	a, err := decodeBody(old)
	if err != nil {
		return nil, fmt.Errorf("the body that the store holds: %w", err)
	}
	b, err := decodeBody(fresh)
	if err != nil {
		return nil, fmt.Errorf("the new body: %w", err)
	}
	var changes []FieldChange
	compareValues("", a, b, &changes)
	return changes, nil
}

func decodeBody(body []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return v, err
}

func compareValues(path string, a, b any, out *[]FieldChange) {
	switch x := a.(type) {
	case map[string]any:
		if y, ok := b.(map[string]any); ok {
			compareObjects(path, x, y, out)
			return
		}
	case []any:
		if y, ok := b.([]any); ok {
			compareLists(path, x, y, out)
			return
		}
	}
	if text(a) != text(b) {
		*out = append(*out, FieldChange{Path: path, Old: a, New: b})
	}
}

func compareObjects(path string, a, b map[string]any, out *[]FieldChange) {
	names := slices.Sorted(maps.Keys(a))
	for name := range b {
		if _, ok := a[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		below := name
		if path != "" {
			below = path + "." + name
		}
		compareValues(below, a[name], b[name], out)
	}
}

// compareLists pairs entries by what identifies them, so that an inserted entry is one change and does not make
// every later one differ. Entries that are equal pair first.
func compareLists(path string, a, b []any, out *[]FieldChange) {
	left, right := withoutEqual(a, b)
	if len(left) == 0 && len(right) == 0 {
		if text(a) != text(b) {
			*out = append(*out, FieldChange{Path: path + " (order)", Old: a, New: b})
		}
		return
	}
	used := make([]bool, len(right))
	for _, x := range left {
		label := identity(x)
		pair := -1
		for i, y := range right {
			if !used[i] && label != "" && identity(y) == label {
				pair = i
				break
			}
		}
		if pair < 0 {
			*out = append(*out, FieldChange{Path: entryPath(path, label), Old: x})
			continue
		}
		used[pair] = true
		compareValues(entryPath(path, label), x, right[pair], out)
	}
	for i, y := range right {
		if !used[i] {
			*out = append(*out, FieldChange{Path: entryPath(path, identity(y)), New: y})
		}
	}
}

func entryPath(path, label string) string {
	if label == "" {
		return path
	}
	return fmt.Sprintf("%s[%s]", path, label)
}

// withoutEqual gives what is left of both lists once entries that are in both are taken out.
func withoutEqual(a, b []any) (left, right []any) {
	counts := map[string]int{}
	for _, y := range b {
		counts[text(y)]++
	}
	for _, x := range a {
		if t := text(x); counts[t] > 0 {
			counts[t]--
		} else {
			left = append(left, x)
		}
	}
	for _, y := range b {
		if t := text(y); counts[t] > 0 {
			counts[t]--
			right = append(right, y)
		}
	}
	return left, right
}

// identifying are the fields by which a person tells the entries of a list apart, strongest first. Those
// that an entry has together are its label.
var identifying = [][]string{
	{"key"},
	{"actor", "role"},
	{"stage", "party"},
	{"type", "topic", "strand"},
	{"type", "by", "toward"},
	{"scheme", "value"},
	{"lang"},
	{"work", "source"},
	{"kinds", "engagements", "topics"},
	{"start"},
}

// identity is the label of a list's entry; empty if it has none. A plain value is its own label and so is
// only ever added or gone.
func identity(v any) string {
	m, ok := v.(map[string]any)
	if !ok {
		return ""
	}
	for _, names := range identifying {
		if _, ok := m[names[0]]; !ok {
			continue
		}
		var label []string
		for _, name := range names {
			if v, ok := m[name]; ok {
				label = append(label, Plain(v))
			}
		}
		return strings.Join(label, " ")
	}
	return ""
}

// text is a value's canonical JSON (keys sorted), for comparing.
func text(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil { // values come from JSON
		return fmt.Sprint(v)
	}
	return strings.TrimSpace(b.String())
}

// Plain prints a value of a field for people: text without quotes, lists with commas, objects as name: value.
func Plain(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return x
	case []any:
		parts := make([]string, len(x))
		for i, e := range x {
			parts[i] = Plain(e)
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(x)) {
			value := Plain(x[name])
			switch x[name].(type) {
			case map[string]any, []any:
				value = "{" + value + "}"
			}
			parts = append(parts, name+": "+value)
		}
		return strings.Join(parts, ", ")
	default:
		return text(v)
	}
}
