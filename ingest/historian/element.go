package historian

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"

	"github.com/entente-graph/entente/ingest"
)

// record reads an element below the root whole. A wrong one is a record with its mistakes.
func (r *reader) record(from int64, start xml.StartElement) (Record, error) {
	rec := Record{values: map[string]Value{}, at: r.place(from)}
	if start.Name.Space != "" || start.Name.Local != r.format.Record {
		rec.Unknown = true
		rec.Mistakes = append(rec.Mistakes, r.at(from).value("<"+start.Name.Local+">").Mistake("this element is not known here", "a file of "+r.format.Dataset+" holds <"+r.format.Record+">"))
		if err := r.dec.Skip(); err != nil {
			return rec, r.syntax(err)
		}
	} else {
		r.attributes(&rec, from, "", start.Attr, r.format.Attrs)
		if err := r.fields(&rec); err != nil {
			return rec, err
		}
	}
	// A record begins with its line, so that it keeps its columns when it is read alone.
	if start := r.starts[rec.at.line-1]; len(bytes.TrimSpace(r.src[start:from])) == 0 {
		from = start
	}
	rec.Record = ingest.Record{File: r.name, Line: rec.at.line, From: from, To: r.dec.InputOffset()}
	return rec, nil
}

// attributes takes the attributes that are expected, and finds those that are not.
func (r *reader) attributes(rec *Record, from int64, field string, attrs []xml.Attr, want []string) {
	for _, a := range attrs {
		v := r.at(from)
		v.Name, v.Text = field+"/@"+a.Name.Local, fold(a.Value)
		if field == "" {
			v.Name = "@" + a.Name.Local
		}
		switch _, twice := rec.values[v.Name]; {
		case a.Name.Space != "" || !slices.Contains(want, a.Name.Local):
			rec.Mistakes = append(rec.Mistakes, v.Mistake("this attribute is not known here", near(a.Name.Local, want)))
		case twice:
			rec.Mistakes = append(rec.Mistakes, v.Mistake("this attribute stands twice", ""))
		default:
			rec.values[v.Name] = v
		}
	}
	for _, name := range want {
		full := field + "/@" + name
		if field == "" {
			full = "@" + name
		}
		if rec.values[full].Text == "" && !slices.ContainsFunc(rec.Mistakes, func(m ingest.Mistake) bool { return m.Field == full }) {
			v := r.at(from)
			v.Name = full
			rec.Mistakes = append(rec.Mistakes, v.Mistake("this attribute is missing or empty", ""))
		}
	}
}

// fields reads the children of a record up to its end.
func (r *reader) fields(rec *Record) error {
	names := make([]string, len(r.format.Fields))
	for i, f := range r.format.Fields {
		names[i] = f.Name
	}
	for {
		from := r.dec.InputOffset()
		tok, err := r.dec.Token()
		if err != nil {
			return r.syntax(err)
		}
		switch t := tok.(type) {
		case xml.EndElement:
			for i, n := range names {
				if _, ok := rec.values[n]; !ok && !r.format.Fields[i].Optional {
					v := r.at(from)
					v.Name = n
					rec.Mistakes = append(rec.Mistakes, v.Mistake("the record has no <"+n+">", ""))
				}
			}
			return nil
		case xml.CharData:
			if text := strings.TrimSpace(string(t)); text != "" {
				rec.Mistakes = append(rec.Mistakes, r.at(from).value(short(text)).Mistake("text cannot stand between the fields of a record", ""))
			}
		case xml.StartElement:
			i := slices.IndexFunc(r.format.Fields, func(f Field) bool { return t.Name.Space == "" && f.Name == t.Name.Local })
			if i < 0 {
				rec.Mistakes = append(rec.Mistakes, r.at(from).value("<"+t.Name.Local+">").Mistake("this element is not known here", near(t.Name.Local, names)))
				if err := r.dec.Skip(); err != nil {
					return r.syntax(err)
				}
				continue
			}
			if err := r.field(rec, from, t, r.format.Fields[i]); err != nil {
				return err
			}
		default:
			if err := r.outside(from, tok); err != nil {
				return err
			}
		}
	}
}

// field reads one field's text.
func (r *reader) field(rec *Record, from int64, start xml.StartElement, f Field) error {
	var want []string
	if f.Attr != "" {
		want = []string{f.Attr}
	}
	v := r.at(r.dec.InputOffset())
	v.Name = f.Name
	var text strings.Builder
	for depth := 0; ; {
		at := r.dec.InputOffset()
		tok, err := r.dec.Token()
		if err != nil {
			return r.syntax(err)
		}
		switch t := tok.(type) {
		case xml.CharData:
			text.Write(t)
		case xml.StartElement:
			if t.Name.Local != f.Inline || t.Name.Space != "" || len(t.Attr) > 0 {
				rec.Mistakes = append(rec.Mistakes, r.at(at).value("<"+t.Name.Local+">").Mistake("this element is not known in <"+f.Name+">", ""))
			}
			depth++
		case xml.EndElement:
			if depth--; depth >= 0 {
				continue
			}
			v.Text = fold(text.String())
			if _, twice := rec.values[f.Name]; twice {
				rec.Mistakes = append(rec.Mistakes, v.Mistake("the record has two <"+f.Name+">", "each field stands once"))
				return nil
			}
			rec.values[f.Name] = v
			r.attributes(rec, from, f.Name, start.Attr, want)
			return nil
		default:
			if err := r.outside(at, tok); err != nil {
				return err
			}
		}
	}
}
