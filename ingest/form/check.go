package form

import (
	"fmt"
	"strings"

	"github.com/entente-graph/entente/ingest"
)

// A Checker checks the tree of one file, mapping by mapping, against shapes, and collects all mistakes.
type Checker struct {
	File     string
	Mistakes ingest.Mistakes
	Refs     []Reference // of fields whose kind refers to something, in the order of the file
}

// A Reference is a name that must lead somewhere.
type Reference struct {
	Is    *Kind
	Field string
	At    *Node
	From  *Node // the mapping it stands in
}

// Add keeps a mistake at a node.
func (c *Checker) Add(at *Node, value, rule, suggestion string) {
	c.Mistakes = append(c.Mistakes, ingest.Mistake{File: c.File, Line: at.Line, Column: at.Col, Value: Clip(value), Rule: rule, Suggestion: suggestion})
}

// Addf keeps a mistake of a node's text.
func (c *Checker) Addf(at *Node, suggestion, format string, args ...any) {
	c.Add(at, at.Text, fmt.Sprintf(format, args...), suggestion)
}

// Sorted gives the mistakes in the order of the file.
func (c *Checker) Sorted() ingest.Mistakes {
	c.Mistakes.Sort()
	return c.Mistakes
}

// Mapping checks a node against a shape; what says what it is, for messages.
func (c *Checker) Mapping(n *Node, s *Shape, what string) {
	if n.Bad {
		return
	}
	if n.Is == Scalar && s.Bare != "" {
		c.Value(n, s.Field(s.Bare), n)
		return
	}
	if n.Is != Mapping {
		c.Addf(n, "write its fields: "+strings.Join(s.Names(), ", "), "%s is not a mapping of fields", what)
		return
	}
	for _, p := range n.Fields {
		f := s.Field(p.Key.Text)
		if f == nil {
			suggestion := Nearest(p.Key.Text, s.Names())
			if p.Value.Is == Empty && NearestOnly(p.Key.Text, s.Names()) == "" {
				suggestion = "if it belongs to the text before it: inside {} a text with a comma needs quotes"
			}
			c.Add(p.Key, p.Key.Text, "there is no such field in "+Article(s.Name), suggestion)
			continue
		}
		c.field(n, p, f, s.Root)
	}
	if to := s.Field("to"); to != nil && (to.Is == Date || to.Is == End) {
		c.Order(n, what)
	}
	for _, f := range s.Fields {
		if f.Required && n.Get(f.Name) == nil {
			c.Add(n, "", fmt.Sprintf("%s has no %q", what, f.Name), f.Doc)
		}
	}
}

// field checks the value of one field, one by one where it is a list.
func (c *Checker) field(in *Node, p Pair, f *Field, root bool) {
	v := p.Value
	if v.Is == Empty {
		if !root || !f.List {
			c.Add(p.Key, "", fmt.Sprintf("%q is empty", f.Name), "leave it out, or write a value")
		}
		return
	}
	if !f.List || v.Bad {
		c.Value(v, f, in)
		return
	}
	if f.Lone && v.Is == Mapping {
		c.Value(v, f, in)
		return
	}
	if v.Is != List {
		suggestion := "put a dash before each item"
		if v.Is == Scalar {
			suggestion = "write [" + v.Text + "]"
		}
		c.Addf(v, suggestion, "%s is a list", f.Name)
		return
	}
	if f.Required && len(v.Items) == 0 {
		c.Add(p.Key, "", fmt.Sprintf("%q has nothing in it", f.Name), "it needs at least one")
	}
	seen := map[string]bool{}
	for _, item := range v.Items {
		if item.Is == Empty {
			c.Add(item, "", fmt.Sprintf("an item of %q is empty", f.Name), "take the dash out, or write a value")
			continue
		}
		if item.Is == Scalar && !item.Bad && seen[item.Text] {
			c.Addf(item, "once is enough", "%s has this twice", f.Name)
		}
		seen[item.Text] = true
		c.Value(item, f, in)
	}
}

// Value checks one value of a field of the mapping in.
func (c *Checker) Value(v *Node, f *Field, in *Node) {
	if v.Bad {
		return
	}
	if f.Is.Any {
		f.Is.Check(c, v, f)
		return
	}
	if v.Is != Scalar {
		c.Addf(v, "write it as text", "%s is one value, not a list or a mapping", f.Name)
		return
	}
	if v.Text == "" {
		c.Addf(v, "leave it out, or write a value", "%s is empty", f.Name)
		return
	}
	if f.Is.Refers {
		c.Refs = append(c.Refs, Reference{f.Is, f.Name, v, in})
	}
	if f.Is.Check != nil {
		f.Is.Check(c, v, f)
	}
}

// OneOrMore checks the value of a field that may be a list, item by item.
func (c *Checker) OneOrMore(p Pair, check func(*Node)) {
	switch {
	case p.Value.Is == Empty, p.Value.Is == List && len(p.Value.Items) == 0:
		c.Add(p.Key, p.Key.Text, "it has no value", "leave it out, or write a value")
	case p.Value.Is == List:
		for _, item := range p.Value.Items {
			check(item)
		}
	default:
		check(p.Value)
	}
}
