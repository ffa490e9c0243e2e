package historian

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/entente-graph/entente/ingest"
)

// A Node is an element of a file whose records lie deeper than below the root: with its text, its attributes and what is in it, all with
// their places. Sources say what may be where; what they do not expect they find with Others.
type Node struct {
	Value // its name, and its text without that of what is in it
	Nodes []*Node
	// Record is the stretch of the file that the element is, from the beginning of its line where nothing else stands before it.
	Record ingest.Record

	endLine int
	end     int64 // of the file, for the root
}

// Tree reads a file whose root is one of the roots, whole. What is not XML, or has another root, is fatal: ingest.Mistakes.
func Tree(ctx context.Context, files fs.FS, name, dataset string, roots ...string) (*Node, error) {
	src, err := readFile(files, name)
	if err != nil {
		return nil, err
	}
	r := &reader{name: name, format: Format{Dataset: dataset, Root: strings.Join(roots, "> or <"), Record: "…"}, src: src, starts: starts(src)}
	if i := firstInvalid(src); i >= 0 {
		return nil, r.fatal(int64(i), fmt.Sprintf("% x", src[i:min(i+1, len(src))]), "this byte is not UTF-8", "the producer's files are UTF-8: save it as such, or fetch it again")
	}
	r.dec = xml.NewDecoder(strings.NewReader(string(src)))
	wanted := dataset + " reads files whose root is <" + r.format.Root + ">"
	var root *Node
	for {
		from := r.dec.InputOffset()
		tok, err := r.dec.Token()
		switch {
		case errors.Is(err, io.EOF) && root != nil:
			root.end = int64(len(src))
			return root, ctx.Err()
		case errors.Is(err, io.EOF):
			return nil, r.fatal(from, "", "there is no <"+r.format.Root+"> in it", wanted)
		case err != nil:
			return nil, r.syntax(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if root != nil {
				return nil, r.fatal(from, "", "something follows the end of <"+root.Name+">", "a file has one root")
			}
			if t.Name.Space != "" || !slices.Contains(roots, t.Name.Local) {
				return nil, r.fatal(from, "<"+t.Name.Local+">", "this is not a file of "+dataset, wanted)
			}
			if root, err = r.node(from, t); err != nil {
				return nil, err
			}
		case xml.CharData:
			if text := strings.TrimSpace(strings.TrimPrefix(string(t), "\ufeff")); text != "" {
				return nil, r.fatal(from, short(text), "this is not XML", wanted)
			}
		default:
			if err := r.outside(from, tok); err != nil {
				return nil, err
			}
		}
	}
}

// node reads an element up to its end.
func (r *reader) node(from int64, start xml.StartElement) (*Node, error) {
	n := &Node{Value: r.at(from)}
	n.Name = start.Name.Local
	for _, a := range start.Attr {
		attr := &Node{Value: r.at(from)}
		attr.Name, attr.Text = "@"+a.Name.Local, fold(a.Value)
		n.Nodes = append(n.Nodes, attr)
	}
	var text strings.Builder
	inner := r.dec.InputOffset()
	for {
		at := r.dec.InputOffset()
		tok, err := r.dec.Token()
		if err != nil {
			return nil, r.syntax(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			child, err := r.node(at, t)
			if err != nil {
				return nil, err
			}
			if child.Name == "hi" || child.Name == "em" { // how a text is printed
				text.WriteString(" " + child.Text + " ")
				continue
			}
			n.Nodes = append(n.Nodes, child)
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			n.Text = fold(text.String())
			if n.Text != "" { // the place of a text is where it begins
				lead := len(text.String()) - len(strings.TrimLeft(text.String(), " \t\r\n"))
				n.at = r.place(inner + int64(lead))
			}
			line := from
			if begins := r.starts[r.place(from).line-1]; strings.TrimSpace(string(r.src[begins:from])) == "" {
				line = begins
			}
			n.endLine = r.place(r.dec.InputOffset()).line
			n.Record = ingest.Record{File: r.name, Line: r.place(from).line, From: line, To: r.dec.InputOffset()}
			return n, nil
		default:
			if err := r.outside(at, tok); err != nil {
				return nil, err
			}
		}
	}
}

// Child gives the first element of a name that is in it; an empty one, which stands where this does, if there is none.
func (n *Node) Child(name string) *Node {
	for _, c := range n.Nodes {
		if c.Name == name {
			return c
		}
	}
	return &Node{Value: Value{Name: name, at: n.at}}
}

// File gives the whole file as a record, of its root.
func (n *Node) File() ingest.Record {
	return ingest.Record{File: n.Record.File, Line: 1, From: 0, To: n.end}
}

// Others says of each element in it that none of the names is, or that stands twice, that it is not known there. One whose name
// stands here behind * may stand several times.
func (n *Node) Others(names ...string) (bad ingest.Mistakes) {
	seen := map[string]bool{}
	for _, c := range n.Nodes {
		v := c.value("<" + c.Name + ">")
		switch {
		case slices.Contains(names, "*"+c.Name):
		case !slices.Contains(names, c.Name):
			bad = append(bad, v.Mistake("this element is not known in <"+n.Name+">", near(c.Name, names)))
		case seen[c.Name]:
			bad = append(bad, v.Mistake("<"+n.Name+"> has two <"+c.Name+">", "each stands once"))
		}
		seen[c.Name] = true
	}
	return bad
}

// Around gives the frames of a file: what stands around its records, which are given in order by the element they are in. What stands
// between records of one element is no frame.
func Around(root *Node, files [][]*Node) []ingest.Record {
	frame := func(from, to int64, line int) ingest.Record {
		return ingest.Record{File: root.Record.File, Line: line, From: from, To: to, Frame: true}
	}
	var frames []ingest.Record
	at, line := int64(0), 1
	for _, records := range files {
		if len(records) == 0 {
			continue
		}
		frames = append(frames, frame(at, records[0].Record.From, line))
		last := records[len(records)-1]
		at, line = last.Record.To, last.endLine
	}
	return append(frames, frame(at, root.end, line))
}
