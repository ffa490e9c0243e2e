package dossier

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/entente-graph/entente/ingest"
)

// shapeOf is the YAML shape of a node.
type shapeOf uint8

const (
	scalarNode shapeOf = iota
	mappingNode
	listNode
	emptyNode // "key:" with nothing behind it
)

// A node is a piece of YAML with its place. Scalars are text as written, never numbers or times.
type node struct {
	is        shapeOf
	text      string
	line, col int
	fields    []pair  // of a mapping, in the order of the file
	items     []*node // of a list
	bad       bool    // already told what is wrong with it
}

type pair struct{ key, value *node }

// get gives the value of a key, or nil. A mapping with the key twice gives the first.
func (n *node) get(key string) *node {
	if n == nil {
		return nil
	}
	for _, f := range n.fields {
		if f.key.text == key {
			return f.value
		}
	}
	return nil
}

// str gives the text of a scalar under a key, or "".
func (n *node) str(key string) string {
	if v := n.get(key); v != nil && v.is == scalarNode {
		return v.text
	}
	return ""
}

// list gives the items under a key, or none.
func (n *node) list(key string) []*node {
	if v := n.get(key); v != nil {
		return v.items
	}
	return nil
}

const (
	maxSize  = 32 << 20 // a dossier is written by hand: more than this is another kind of file
	maxDepth = 40       // brackets and dashes within one another
)

// parse reads the text of a dossier into its one document. What is not YAML, or YAML that a dossier does not
// use (anchors, tags, several documents), is a mistake.
func parse(file string, src []byte) (*node, ingest.Mistakes) {
	if bad := checkText(file, src); len(bad) > 0 {
		return nil, bad
	}
	src = bytes.TrimPrefix(src, utf8BOM)
	tree, err := parseYAML(src)
	if err != nil {
		return nil, ingest.Mistakes{syntaxMistake(file, err)}
	}
	b := builder{file: file}
	var root *node
	for _, doc := range tree.Docs {
		if doc == nil || doc.Body == nil {
			continue
		}
		if _, comment := doc.Body.(*ast.CommentGroupNode); comment {
			continue
		}
		if root != nil {
			line, col := position(doc.Body)
			b.add(line, col, "---", "a dossier is one YAML document; this begins a second one", "put it into a file of its own")
			break
		}
		root = b.build(doc.Body, 0)
	}
	if root == nil {
		b.add(1, 1, "", "the file is empty", `begin with "dossier:"; entente ingest dossier --example prints one to begin with`)
	}
	return root, b.mistakes
}

// parseYAML is the library's parser. What makes it panic is no dossier either.
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
	mistakes ingest.Mistakes
}

func (b *builder) add(line, col int, value, rule, suggestion string) {
	b.mistakes = append(b.mistakes, ingest.Mistake{File: b.file, Line: line, Column: col, Value: value, Rule: rule, Suggestion: suggestion})
}

func (b *builder) build(n ast.Node, depth int) *node {
	line, col := position(n)
	out := &node{line: line, col: col}
	if depth > maxDepth {
		b.add(line, col, "", fmt.Sprintf("nested more than %d levels deep", maxDepth), "")
		out.bad = true
		return out
	}
	switch v := n.(type) {
	case nil:
		out.is = emptyNode
	case *ast.NullNode:
		out.is = emptyNode
	case *ast.MappingNode:
		out.is = mappingNode
		for _, kv := range v.Values {
			b.field(out, kv, depth)
		}
		if !v.IsFlowStyle && len(out.fields) > 0 { // the library's place is that of a colon
			out.line, out.col = out.fields[0].key.line, out.fields[0].key.col
		}
	case *ast.MappingValueNode: // a mapping of one key
		out.is = mappingNode
		if v.Key != nil {
			out.line, out.col = position(v.Key)
		}
		b.field(out, v, depth)
	case *ast.SequenceNode:
		out.is = listNode
		for _, item := range v.Values {
			if text, ok := rejoin(item); ok {
				l, c := position(item)
				if m, is := item.(*ast.MappingNode); is && len(m.Values) == 1 {
					l, c = position(m.Values[0].Key)
				}
				out.items = append(out.items, &node{text: text, line: l, col: c})
				continue
			}
			out.items = append(out.items, b.build(item, depth+1))
		}
	case *ast.LiteralNode:
		if v.Value != nil {
			out.text = v.Value.Value
		}
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		out.text = v.GetToken().Value
	case *ast.AnchorNode, *ast.AliasNode:
		out.bad = true
		b.add(line, col, firstLine(n.String()), "anchors and aliases are not used in a dossier", "write the value out where it stands")
	case *ast.TagNode:
		out.bad = true
		b.add(line, col, firstLine(n.String()), "tags are not used in a dossier", "leave it out: every value is text")
	default:
		out.bad = true
		b.add(line, col, firstLine(n.String()), "this is YAML that a dossier does not use", "")
	}
	out.text = strings.TrimSpace(out.text)
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

func (b *builder) field(out *node, kv *ast.MappingValueNode, depth int) {
	if kv == nil || kv.Key == nil || kv.Key.GetToken() == nil {
		return
	}
	key := &node{text: kv.Key.GetToken().Value}
	key.line, key.col = position(kv.Key)
	if kv.Key.IsMergeKey() {
		b.add(key.line, key.col, "<<", "merge keys are not used in a dossier", "write the fields out where they stand")
		return
	}
	for _, f := range out.fields {
		if f.key.text == key.text {
			b.add(key.line, key.col, key.text, fmt.Sprintf("the field is here twice, first in line %d", f.key.line), "keep one of the two")
			return
		}
	}
	out.fields = append(out.fields, pair{key, b.build(kv.Value, depth+1)})
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
	return clip(s)
}

// clip shortens a value for a message.
func clip(s string) string {
	if utf8.RuneCountInString(s) <= 60 {
		return s
	}
	return string([]rune(s)[:57]) + "..."
}
