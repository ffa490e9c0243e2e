package form

import (
	"bytes"
	"encoding/json"
	"fmt"
)

const datePattern = `\d{4}(-\d{2}(-\d{2})?)?[~?%]?|\[\d{4}(-\d{2}(-\d{2})?)?\.\.\d{4}(-\d{2}(-\d{2})?)?\]`

// Defs are the definitions of a JSON Schema, by the names of shapes.
type Defs map[string]any

// JSONSchema writes the JSON Schema of a file's shape. The schema helps an editor; it knows no references and no
// calendar, so what it accepts may still be a mistake. Where YAML sees a number in what we read as text (a year, a
// version), the schema accepts the number.
func JSONSchema(root *Shape, id, title string) ([]byte, error) {
	defs := Defs{}
	top := root.schema(defs)
	top["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	top["$id"] = id
	top["title"] = title
	top["$defs"] = defs
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(top); err != nil {
		return nil, fmt.Errorf("writing the schema: %w", err)
	}
	return b.Bytes(), nil
}

func (s *Shape) schema(defs Defs) map[string]any {
	properties := map[string]any{}
	var required []string
	for i := range s.Fields {
		f := &s.Fields[i]
		v := f.schema(defs)
		if f.List {
			list := map[string]any{"type": "array", "items": v}
			switch {
			case f.Required:
				list["minItems"] = 1
			case s.Root:
				list["type"] = []string{"array", "null"} // a section may be begun and still be empty
			}
			if f.Lone {
				list = map[string]any{"anyOf": []any{v, list}}
			}
			v = list
		}
		v["description"] = f.Doc
		properties[f.Name] = v
		if f.Required {
			required = append(required, f.Name)
		}
	}
	out := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

// Ref gives a reference to a shape's definition, which it makes at the first use.
func (d Defs) Ref(s *Shape) map[string]any {
	if d[s.Name] == nil {
		d[s.Name] = map[string]any{} // first, as shapes may hold one another
		d[s.Name] = s.schema(d)
	}
	ref := map[string]any{"$ref": "#/$defs/" + s.Name}
	if s.Bare != "" {
		return map[string]any{"anyOf": []any{s.Field(s.Bare).schema(d), ref}}
	}
	return ref
}

// ByName is the schema of a mapping from names to one value or several of a shape.
func (d Defs) ByName(s *Shape) map[string]any {
	one := d.Ref(s)
	return map[string]any{"type": "object", "minProperties": 1, "additionalProperties": map[string]any{
		"anyOf": []any{one, map[string]any{"type": "array", "minItems": 1, "items": one}},
	}}
}

// schema is that of one value of the field.
func (f *Field) schema(defs Defs) map[string]any {
	if f.Is.Schema != nil {
		return f.Is.Schema(f, defs)
	}
	return map[string]any{"type": []string{"string", "number", "boolean"}}
}

// Pattern is the schema of a text that looks so.
func Pattern(pattern string) func(*Field, Defs) map[string]any {
	return func(*Field, Defs) map[string]any {
		return map[string]any{"type": []string{"string", "integer"}, "pattern": "^(" + pattern + ")$"}
	}
}

func fieldsSchema(f *Field, defs Defs) map[string]any { return defs.Ref(f.Of) }

// dateSchema accepts EDTF text, and a year that YAML takes for a number.
func dateSchema() map[string]any {
	return map[string]any{"type": []string{"string", "integer"}, "pattern": "^(" + datePattern + ")$", "minimum": 1000, "maximum": 9999}
}

func endSchema(*Field, Defs) map[string]any {
	return map[string]any{"anyOf": []any{map[string]any{"enum": []string{EndOngoing, EndUnknown}}, dateSchema()}}
}
