package difftest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// A document is a GraphQL operation as a tree, so that parts can be taken out of it.
type document struct {
	roots     []*selection
	fragments []*fragment
}

// A fragment has a name and may be spread in several places.
type fragment struct {
	name, on string
	below    []*selection
}

// A selection is a field; or, without a name, an inline fragment on a type; or the spread of a fragment.
type selection struct {
	alias, name string
	on          string
	spread      string
	of          string // the type it is selected of
	args        []*argument
	below       []*selection
}

// An argument has a value in the text, or, with the name of a variable, beside it.
type argument struct {
	name     string
	typ      string // as a variable's declaration has it
	value    any    // nil, bool, int, float64, string, enum, list or object
	variable string
	required bool
}

type (
	enum   string
	list   []any
	object []member
)

// A member is a field of an input object.
type member struct {
	name     string
	value    any
	required bool
}

// key is what the field is called in the answer.
func (s *selection) key() string {
	if s.alias != "" {
		return s.alias
	}
	return s.name
}

func (d *document) fragment(name string) *fragment {
	i := slices.IndexFunc(d.fragments, func(f *fragment) bool { return f.name == name })
	if i < 0 {
		return nil
	}
	return d.fragments[i]
}

// text prints the document and gives its variables. Fragments that are not spread, which would be an error, are left out.
func (d *document) text() (string, map[string]any) {
	p := &printer{variables: map[string]any{}}
	p.set(d.roots, "")
	body := p.b.String()
	p.b.Reset()
	spread := p.spread
	for i := 0; i < len(spread); i++ { // a fragment may spread others
		f := d.fragment(spread[i])
		fmt.Fprintf(&p.b, "\nfragment %s on %s", f.name, f.on)
		p.set(f.below, "")
		spread = p.spread
	}
	head := "query"
	if len(p.declared) > 0 {
		head += " (" + strings.Join(p.declared, ", ") + ")"
	}
	return head + body + p.b.String() + "\n", p.variables
}

type printer struct {
	b         strings.Builder
	variables map[string]any
	declared  []string
	spread    []string // names of fragments, in the order in which they were met
}

func (p *printer) set(all []*selection, indent string) {
	p.b.WriteString(" {\n")
	for _, s := range all {
		p.b.WriteString(indent + "  ")
		switch {
		case s.spread != "":
			p.b.WriteString("..." + s.spread)
			if !slices.Contains(p.spread, s.spread) {
				p.spread = append(p.spread, s.spread)
			}
		case s.name == "":
			p.b.WriteString("... on " + s.on)
		case s.alias != "":
			p.b.WriteString(s.alias + ": " + s.name)
		default:
			p.b.WriteString(s.name)
		}
		p.args(s.args)
		if len(s.below) > 0 {
			p.set(s.below, indent+"  ")
		}
		p.b.WriteByte('\n')
	}
	p.b.WriteString(indent + "}")
}

func (p *printer) args(all []*argument) {
	for i, a := range all {
		p.b.WriteString([]string{", ", "("}[b2i(i == 0)])
		p.b.WriteString(a.name + ": ")
		if a.variable == "" {
			p.b.WriteString(literal(a.value))
		} else {
			p.b.WriteString("$" + a.variable)
			if _, ok := p.variables[a.variable]; !ok { // a fragment's is met once, but a clone may repeat it
				p.declared = append(p.declared, "$"+a.variable+": "+a.typ)
			}
			p.variables[a.variable] = plain(a.value)
		}
	}
	if len(all) > 0 {
		p.b.WriteByte(')')
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// literal prints a value as GraphQL has it.
func literal(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case enum:
		return string(v)
	case string:
		text, err := json.Marshal(v) // GraphQL's strings are JSON's
		if err != nil {
			panic(err) // a string always encodes
		}
		return string(text)
	case list:
		parts := make([]string, len(v))
		for i, item := range v {
			parts[i] = literal(item)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case object:
		parts := make([]string, len(v))
		for i, m := range v {
			parts[i] = m.name + ": " + literal(m.value)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	default:
		return fmt.Sprint(v)
	}
}

// plain gives a value as JSON has it.
func plain(v any) any {
	switch v := v.(type) {
	case enum:
		return string(v)
	case list:
		all := make([]any, len(v))
		for i, item := range v {
			all[i] = plain(item)
		}
		return all
	case object:
		all := map[string]any{}
		for _, m := range v {
			all[m.name] = plain(m.value)
		}
		return all
	default:
		return v
	}
}

// clone copies the document; values, which are never changed in place, are shared.
func (d *document) clone() *document {
	c := &document{roots: cloneAll(d.roots)}
	for _, f := range d.fragments {
		c.fragments = append(c.fragments, &fragment{f.name, f.on, cloneAll(f.below)})
	}
	return c
}

func cloneAll(all []*selection) []*selection {
	out := make([]*selection, len(all))
	for i, s := range all {
		c := *s
		c.args = make([]*argument, len(s.args))
		for j, a := range s.args {
			copied := *a
			c.args[j] = &copied
		}
		c.below = cloneAll(s.below)
		out[i] = &c
	}
	return out
}

// sets calls f with every set of selections that is printed, the outer ones first, until it returns false.
func (d *document) sets(f func(*[]*selection) bool) {
	var spread []*fragment
	var walk func(*[]*selection) bool
	walk = func(set *[]*selection) bool {
		if !f(set) {
			return false
		}
		for _, s := range *set {
			if fr := d.fragment(s.spread); fr != nil && !slices.Contains(spread, fr) {
				spread = append(spread, fr)
			}
			if len(s.below) > 0 && !walk(&s.below) {
				return false
			}
		}
		return true
	}
	going := walk(&d.roots)
	for i := 0; going && i < len(spread); i++ {
		going = walk(&spread[i].below)
	}
}

// size counts the selections that are in the printed document.
func (d *document) size() int {
	n := 0
	d.sets(func(set *[]*selection) bool { n += len(*set); return true })
	return n
}
