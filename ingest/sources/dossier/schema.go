package dossier

import (
	"bytes"
	"encoding/json"
	"fmt"
)

const datePattern = `\d{4}(-\d{2}(-\d{2})?)?[~?%]?|\[\d{4}(-\d{2}(-\d{2})?)?\.\.\d{4}(-\d{2}(-\d{2})?)?\]`

// makeSchema writes the JSON Schema of the format, from its table. The schema helps an editor; it knows no
// references and no calendar, so what it accepts may still be a mistake. Where YAML sees a number in what we
// read as text (a year, a version), the schema accepts the number.
func makeSchema() ([]byte, error) {
	defs := map[string]any{}
	top := mappingSchema(fileShape, defs)
	top["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	top["$id"] = "https://entente-graph.github.io/schema/dossier.schema.json"
	top["title"] = "Entente dossier"
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

func mappingSchema(s *shape, defs map[string]any) map[string]any {
	properties := map[string]any{}
	var required []string
	for i := range s.fields {
		f := &s.fields[i]
		v := valueSchema(f, defs)
		if f.list {
			list := map[string]any{"type": "array", "items": v}
			switch {
			case f.required:
				list["minItems"] = 1
			case s == fileShape:
				list["type"] = []string{"array", "null"} // a section may be begun and still be empty
			}
			if f.lone {
				list = map[string]any{"anyOf": []any{v, list}}
			}
			v = list
		}
		v["description"] = f.doc
		properties[f.name] = v
		if f.required {
			required = append(required, f.name)
		}
	}
	out := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

// refTo gives a reference to a shape's definition, which it makes at the first use.
func refTo(s *shape, defs map[string]any) map[string]any {
	if defs[s.name] == nil {
		defs[s.name] = map[string]any{} // first, as shapes may hold one another
		defs[s.name] = mappingSchema(s, defs)
	}
	ref := map[string]any{"$ref": "#/$defs/" + s.name}
	if s.bare != "" {
		return map[string]any{"anyOf": []any{valueSchema(s.field(s.bare), defs), ref}}
	}
	return ref
}

func valueSchema(f *field, defs map[string]any) map[string]any {
	oneOrMany := func(s *shape) map[string]any {
		one := refTo(s, defs)
		return map[string]any{"type": "object", "minProperties": 1, "additionalProperties": map[string]any{
			"anyOf": []any{one, map[string]any{"type": "array", "minItems": 1, "items": one}},
		}}
	}
	text := func(pattern string) map[string]any {
		out := map[string]any{"type": []string{"string", "number", "boolean"}}
		if pattern != "" {
			out["type"], out["pattern"] = []string{"string", "integer"}, "^("+pattern+")$"
		}
		return out
	}
	switch f.is {
	case aMapping:
		return refTo(f.of, defs)
	case someNames:
		return oneOrMany(nameShape)
	case someCodes:
		return oneOrMany(codeShape)
	case anID, aWork:
		return text(`[a-z0-9]+(-[a-z0-9]+)*`)
	case aDate:
		return dateSchema()
	case anEnd:
		return map[string]any{"anyOf": []any{map[string]any{"enum": []string{endOngoing, endUnknown}}, dateSchema()}}
	case aFlag:
		return map[string]any{"type": "boolean"}
	case aWord:
		return map[string]any{"enum": f.words}
	case aURL:
		return text(`https?://.+`)
	case aLanguage:
		return text(`[A-Za-z]{2,3}(-[A-Za-z0-9]+)*`)
	case anActor:
		return text(`[a-z0-9]+:.+`)
	case aPerson:
		return text(`person:[a-z0-9]+(-[a-z0-9]+)*`)
	case anEngagement, anAgreement:
		return text(`([a-z0-9]+(-[a-z0-9]+)*:)?[^:]+`)
	case anAuthor:
		return text(`[a-z0-9]+(-[a-z0-9]+)*|[a-z0-9]+:.+`)
	default:
		return text("")
	}
}

// dateSchema accepts EDTF text, and a year that YAML takes for a number.
func dateSchema() map[string]any {
	return map[string]any{"type": []string{"string", "integer"}, "pattern": "^(" + datePattern + ")$", "minimum": 1000, "maximum": 9999}
}
