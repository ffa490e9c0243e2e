package form

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/entente-graph/entente/ingest"
)

// NodeForm is what a node is in YAML.
type NodeForm uint8

// The forms.
const (
	Scalar  NodeForm = iota
	Mapping          // of fields
	List
	Empty // "key:" with nothing behind it
)

// A Node is a piece of YAML with its place. Scalars are text as written, never numbers or times.
type Node struct {
	Is        NodeForm
	Text      string
	Line, Col int
	Fields    []Pair  // of a mapping, in the order of the file
	Items     []*Node // of a list
	Bad       bool    // already told what is wrong with it
}

// A Pair is a field of a mapping.
type Pair struct{ Key, Value *Node }

// Get gives the value of a key, or nil. A mapping with the key twice gives the first.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for _, f := range n.Fields {
		if f.Key.Text == key {
			return f.Value
		}
	}
	return nil
}

// Str gives the text of a scalar under a key, or "".
func (n *Node) Str(key string) string {
	if v := n.Get(key); v != nil && v.Is == Scalar {
		return v.Text
	}
	return ""
}

// List gives the items under a key, or none.
func (n *Node) List(key string) []*Node {
	if v := n.Get(key); v != nil {
		return v.Items
	}
	return nil
}

const (
	maxSize  = 32 << 20 // what is written by hand is shorter: more than this is another kind of file
	maxDepth = 40       // brackets and dashes within one another
)

// A Noun is what errors call the files of one kind, and say of an empty one.
type Noun struct {
	One   string // a dossier
	Empty string // what to write instead
}

// Parse reads a text into its one document. What is not YAML, or YAML that such files do not use (anchors, tags,
// several documents), is a mistake.
func Parse(file string, src []byte, noun Noun) (*Node, ingest.Mistakes) {
	if bad := checkText(file, src, noun); len(bad) > 0 {
		return nil, bad
	}
	src = bytes.TrimPrefix(src, utf8BOM)
	tree, err := parseYAML(src)
	if err != nil {
		return nil, ingest.Mistakes{syntaxMistake(file, err)}
	}
	b := builder{file: file, noun: noun}
	var root *Node
	for _, doc := range tree.Docs {
		if doc == nil || doc.Body == nil {
			continue
		}
		if _, comment := doc.Body.(*ast.CommentGroupNode); comment {
			continue
		}
		if root != nil {
			line, col := position(doc.Body)
			b.add(line, col, "---", noun.One+" is one YAML document; this begins a second one", "put it into a file of its own")
			break
		}
		root = b.build(doc.Body, 0)
	}
	if root == nil {
		b.add(1, 1, "", "the file is empty", noun.Empty)
	}
	return root, b.mistakes
}

// parseYAML is the library's parser. What makes it panic is no file of ours either.
func parseYAML(src []byte) (tree *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			tree, err = nil, fmt.Errorf("the YAML library gave up on it: %v", r)
		}
	}()
	return parser.ParseBytes(src, 0, parser.AllowDuplicateMapKey())
}

type builder struct {
	file     string
	noun     Noun
	mistakes ingest.Mistakes
}

func (b *builder) add(line, col int, value, rule, suggestion string) {
	b.mistakes = append(b.mistakes, ingest.Mistake{File: b.file, Line: line, Column: col, Value: value, Rule: rule, Suggestion: suggestion})
}

func (b *builder) build(n ast.Node, depth int) *Node {
	line, col := position(n)
	out := &Node{Line: line, Col: col}
	if depth > maxDepth {
		b.add(line, col, "", fmt.Sprintf("nested more than %d levels deep", maxDepth), "")
		out.Bad = true
		return out
	}
	switch v := n.(type) {
	case nil:
		out.Is = Empty
	case *ast.NullNode:
		out.Is = Empty
	case *ast.MappingNode:
		out.Is = Mapping
		for _, kv := range v.Values {
			b.field(out, kv, depth)
		}
		if !v.IsFlowStyle && len(out.Fields) > 0 { // the library's place is that of a colon
			out.Line, out.Col = out.Fields[0].Key.Line, out.Fields[0].Key.Col
		}
	case *ast.MappingValueNode: // a mapping of one key
		out.Is = Mapping
		if v.Key != nil {
			out.Line, out.Col = position(v.Key)
		}
		b.field(out, v, depth)
	case *ast.SequenceNode:
		out.Is = List
		for _, item := range v.Values {
			if text, ok := rejoin(item); ok {
				l, c := position(item)
				if m, is := item.(*ast.MappingNode); is && len(m.Values) == 1 {
					l, c = position(m.Values[0].Key)
				}
				out.Items = append(out.Items, &Node{Text: text, Line: l, Col: c})
				continue
			}
			out.Items = append(out.Items, b.build(item, depth+1))
		}
	case *ast.LiteralNode:
		if v.Value != nil {
			out.Text = v.Value.Value
		}
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		out.Text = v.GetToken().Value
	case *ast.AnchorNode, *ast.AliasNode:
		out.Bad = true
		b.add(line, col, firstLine(n.String()), "anchors and aliases are not used in "+b.noun.One, "write the value out where it stands")
	case *ast.TagNode:
		out.Bad = true
		b.add(line, col, firstLine(n.String()), "tags are not used in "+b.noun.One, "leave it out: every value is text")
	default:
		out.Bad = true
		b.add(line, col, firstLine(n.String()), "this is YAML that "+b.noun.One+" does not use", "")
	}
	out.Text = strings.TrimSpace(out.Text)
	return out
}

// rejoin undoes a slip of the YAML library: inside [] inside {} it takes the plain scalar
// iso3:JPN for a mapping {iso3: JPN}. A plain key is one only with a space behind its colon.
func rejoin(n ast.Node) (string, bool) {
	switch v := n.(type) {
	case *ast.MappingNode:
		if len(v.Values) == 1 {
			return rejoin(v.Values[0])
		}
	case *ast.MappingValueNode:
		if v.Key == nil || v.Value == nil {
			return "", false
		}
		key, value := v.Key.GetToken(), v.Value.GetToken()
		if key == nil || value == nil || key.Type != token.StringType || key.Position.Line != value.Position.Line {
			return "", false
		}
		rest, ok := rejoin(v.Value)
		if !ok {
			if _, scalar := v.Value.(ast.ScalarNode); !scalar || value.Type == token.NullType && value.Value == "" {
				return "", false
			}
			rest = value.Value
			if value.Position.Column != key.Position.Column+utf8.RuneCountInString(key.Value)+1 {
				return "", false
			}
		}
		return key.Value + ":" + rest, true
	}
	return "", false
}

func (b *builder) field(out *Node, kv *ast.MappingValueNode, depth int) {
	if kv == nil || kv.Key == nil || kv.Key.GetToken() == nil {
		return
	}
	key := &Node{Text: kv.Key.GetToken().Value}
	key.Line, key.Col = position(kv.Key)
	if kv.Key.IsMergeKey() {
		b.add(key.Line, key.Col, "<<", "merge keys are not used in "+b.noun.One, "write the fields out where they stand")
		return
	}
	for _, f := range out.Fields {
		if f.Key.Text == key.Text {
			b.add(key.Line, key.Col, key.Text, fmt.Sprintf("the field is here twice, first in line %d", f.Key.Line), "keep one of the two")
			return
		}
	}
	out.Fields = append(out.Fields, Pair{key, b.build(kv.Value, depth+1)})
}

func position(n ast.Node) (line, col int) {
	if n == nil {
		return 0, 0
	}
	tok := n.GetToken()
	if tok == nil || tok.Position == nil {
		return 0, 0
	}
	return tok.Position.Line, tok.Position.Column
}

func syntaxMistake(file string, err error) ingest.Mistake {
	m := ingest.Mistake{File: file, Rule: "this is not YAML: " + err.Error()}
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) {
		m.Rule = "this is not YAML: " + syntax.Message
		if t := syntax.Token; t != nil && t.Position != nil {
			m.Line, m.Column, m.Value = t.Position.Line, t.Position.Column, firstLine(t.Value)
		}
		m.Suggestion = hint(syntax.Message)
	}
	return m
}

// hint says what to look for when the YAML library refuses a file: it names what it met, not what a person did.
func hint(message string) string {
	for _, h := range [][2]string{
		{"must be specified", "a value over two lines does not stand inside {} or []: quote it, or close the bracket"},
		{"mapping value is not allowed", `a text that holds ": " needs quotes`},
		{"value is not allowed", "is the line indented like its neighbours? a text that begins with a quote, a bracket or * needs quotes around all of it"},
		{"non-map value", "a colon needs a space behind it"},
		{"reserved character", "a text that begins with it needs quotes"},
		{"end character", "close the quotes"},
		{"end token", "close the bracket"},
	} {
		if strings.Contains(message, h[0]) {
			return h[1]
		}
	}
	return ""
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	return Clip(s)
}

// Clip shortens a value for a message.
func Clip(s string) string {
	if utf8.RuneCountInString(s) <= 60 {
		return s
	}
	return string([]rune(s)[:57]) + "..."
}

// OneOrMany gives the items of a list, or the one value there is.
func OneOrMany(n *Node) []*Node {
	if n == nil || n.Is == Empty {
		return nil
	}
	if n.Is == List {
		return n.Items
	}
	return []*Node{n}
}

// TextOf gives a scalar's text, or that of a mapping's field.
func TextOf(n *Node, name string) string {
	if n.Is == Mapping {
		return n.Str(name)
	}
	return n.Text
}

// Set writes a text under a key, in its place or at the end.
func (n *Node) Set(key, text string) {
	if v := n.Get(key); v != nil {
		*v = Node{Text: text, Line: v.Line, Col: v.Col}
		return
	}
	n.Fields = append(n.Fields, Pair{&Node{Text: key}, &Node{Text: text}})
}

// Remove takes a key out.
func (n *Node) Remove(key string) {
	n.Fields = slices.DeleteFunc(n.Fields, func(p Pair) bool { return p.Key.Text == key })
}

// Keep keeps the items of a list that it should, takes the key out where none is left, and
// tells how many went.
func (n *Node) Keep(key string, should func(*Node) bool) int {
	v := n.Get(key)
	if v == nil || v.Is != List {
		return 0
	}
	before := len(v.Items)
	v.Items = slices.DeleteFunc(v.Items, func(item *Node) bool { return !should(item) })
	if len(v.Items) == 0 {
		n.Remove(key)
	}
	return before - len(v.Items)
}
