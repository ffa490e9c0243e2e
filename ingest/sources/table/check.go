package usertable

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/form"
)

// ofShape is the schema of a value that has a shape of its own.
func ofShape(f *form.Field, defs form.Defs) map[string]any { return defs.Ref(f.Of) }

func textsSchema(*form.Field, form.Defs) map[string]any {
	one := map[string]any{"type": []string{"string", "number", "boolean"}}
	return map[string]any{"anyOf": []any{one, map[string]any{"type": "array", "minItems": 1, "items": one}}}
}

func meaningsSchema(*form.Field, form.Defs) map[string]any {
	return map[string]any{"type": "object", "minProperties": 1, "additionalProperties": map[string]any{"type": []string{"string", "number", "boolean"}}}
}

func choicesSchema(f *form.Field, defs form.Defs) map[string]any {
	return map[string]any{"type": "object", "minProperties": 1, "additionalProperties": textsSchema(f, defs)}
}

func lookupsSchema(f *form.Field, defs form.Defs) map[string]any {
	return map[string]any{"type": "object", "additionalProperties": meaningsSchema(f, defs)}
}

// checkTemplate checks that braces in a text are in pairs.
func checkTemplate(c *form.Checker, v *form.Node, f *form.Field) {
	if _, err := parseTemplate(v.Text); err != nil {
		c.Addf(v, `a column stands in braces: "{Ship}"; for braces themselves write them twice`, "%s: %s", f.Name, err)
	}
}

func keepColumn(c *form.Checker, v *form.Node, _ *form.Field) {
	if strings.HasPrefix(v.Text, "{") && strings.HasSuffix(v.Text, "}") {
		c.Addf(v, "write "+strings.Trim(v.Text, "{}"), "a column is named here without braces")
	}
}

// unquoted finds {Port} that was not put in quotes, which YAML takes for a mapping.
func unquoted(c *form.Checker, v *form.Node) bool {
	if v.Is != form.Mapping || len(v.Fields) != 1 || v.Fields[0].Value.Is != form.Empty {
		return false
	}
	name := v.Fields[0].Key
	c.Add(name, name.Text, "braces without quotes are YAML's own", fmt.Sprintf(`write "{%s}", with quotes, or column: %s`, name.Text, name.Text))
	return true
}

// exactlyOne checks that a mapping has one of some fields.
func exactlyOne(c *form.Checker, v *form.Node, what string, names ...string) {
	if v.Is != form.Mapping || v.Bad {
		return
	}
	var has []string
	for _, n := range names {
		if v.Get(n) != nil {
			has = append(has, n)
		}
	}
	switch {
	case len(has) == 0:
		c.Add(v, "", what+" does not say where it stands", "give one of "+strings.Join(names, ", "))
	case len(has) > 1:
		c.Add(v.Get(has[1]), "", fmt.Sprintf("%s has both %s and %s", what, has[0], has[1]), "keep one of them")
	}
}

func checkCell(c *form.Checker, v *form.Node, f *form.Field) {
	if unquoted(c, v) {
		return
	}
	c.Mapping(v, f.Of, f.Name)
	exactlyOne(c, v, f.Name, "text", "column")
	if v.Is != form.Mapping {
		if v.Is == form.Scalar && !strings.Contains(v.Text, "{") {
			checkMeans(c, v, f)
		}
		return
	}
	if values := v.Get("values"); values != nil {
		for _, p := range values.Fields {
			checkMeans(c, p.Value, f)
		}
	} else if v.Get("else") != nil {
		c.Add(v.Get("else"), "", "there is an else without values", "write values, or leave it out")
	}
	if e := v.Get("else"); e != nil {
		checkMeans(c, e, f)
	}
	if v.Get("separator") != nil && !f.List && f.Name != "persons" && f.Name != "offices" {
		c.Add(v.Get("separator"), "", f.Name+" is one value", "leave the separator out")
	}
}

// checkMeans checks what a mapping writes itself for a field with a closed list of words.
func checkMeans(c *form.Checker, v *form.Node, f *form.Field) {
	if v.Is == form.Scalar && len(f.Words) > 0 && !slices.Contains(f.Words, v.Text) && v.Text != nothing {
		c.Addf(v, form.Nearest(v.Text, f.Words), "not a word for %s", f.Name)
	}
}

func checkDate(c *form.Checker, v *form.Node, f *form.Field) {
	if unquoted(c, v) {
		return
	}
	c.Mapping(v, f.Of, f.Name)
	exactlyOne(c, v, f.Name, "text", "column", "year")
	if v.Is == form.Scalar && !strings.Contains(v.Text, "{") {
		checkMoment(c, v, f)
		return
	}
	if values := v.Get("values"); values != nil {
		for _, p := range values.Fields {
			checkMoment(c, p.Value, f)
		}
	}
	for _, format := range form.OneOrMany(v.Get("format")) {
		if _, err := parseFormat(format.Text); err != nil {
			c.Addf(format, "as YYYY-MM-DD, D.M.YYYY, MM/DD/YYYY, D MMMM YYYY; or excel", "this is not how a date can be written: %s", err)
		}
	}
	if v.Get("format") != nil && v.Get("column") == nil {
		c.Add(v.Get("format"), "", "a format is that of one column", "give column, or leave the format out")
	}
	for _, part := range []string{"month", "day"} {
		if n := v.Get(part); n != nil && v.Get("year") == nil {
			c.Add(n, n.Text, "there is a "+part+" without a year", "give year as well")
		}
	}
	if n := v.Get("day"); n != nil && v.Get("month") == nil {
		c.Add(n, n.Text, "there is a day without a month", "give month as well")
	}
}

// checkMoment checks a date, or a word for why there is none, that the mapping writes itself.
func checkMoment(c *form.Checker, v *form.Node, f *form.Field) {
	if v.Is != form.Scalar || v.Text == nothing || v.Text == sameDay && f.Name == "to" {
		return
	}
	if slices.Contains(endWords, v.Text) {
		if f.Name != "to" {
			c.Addf(v, "leave the value out, or write none", "%s is not an end, and only an end can be so", f.Name)
		}
		return
	}
	if _, err := graph.ParseDate(v.Text); err != nil {
		_, reason, _ := strings.Cut(err.Error(), " is not a date: ")
		c.Addf(v, form.NearestOnly(v.Text, endWords), "%s is not a date: %s", f.Name, reason)
	}
}

func checkParty(c *form.Checker, v *form.Node, f *form.Field) {
	if unquoted(c, v) {
		return
	}
	c.Mapping(v, f.Of, form.Article(f.Of.Name))
	exactlyOne(c, v, form.Article(f.Of.Name), "actor", "column", "columns", "marked")
	if v.Is != form.Mapping {
		return
	}
	marks := v.Get("marks")
	switch marked := v.Get("marked"); {
	case marked != nil && marks == nil:
		c.Add(marked, "", "it is not said which cells of these columns say that somebody takes part", "give marks: [x, yes, '1']")
	case marked == nil && marks != nil:
		c.Add(marks, "", "marks are those of marked columns", "give marked: {Japan: iso3:JPN}")
	}
	named := v.Get("column") != nil || v.Get("columns") != nil
	switch codes, lookup := v.Get("codes"), v.Get("lookup"); {
	case named && codes == nil && lookup == nil:
		c.Add(v, "", "it is not said what stands in the column", "give codes (cow, iso3, gw …), or a lookup")
	case !named && codes != nil:
		c.Add(codes, codes.Text, "codes are those of a column", "write the scheme before the code: cow:2")
	case !named && lookup != nil:
		c.Add(lookup, lookup.Text, "a lookup is that of a column", "give column")
	}
}

// checkTexts checks one text, or a list of them.
func checkTexts(c *form.Checker, v *form.Node, f *form.Field) {
	if v.Is == form.List && len(v.Items) == 0 {
		c.Add(v, "", fmt.Sprintf("%q has nothing in it", f.Name), "leave it out")
	}
	for _, n := range form.OneOrMany(v) {
		if n.Is != form.Scalar {
			c.Addf(n, "write it as text", "%s holds texts, not lists or mappings", f.Name)
		}
	}
}

// checkMeanings checks {a: b, c: d}.
func checkMeanings(c *form.Checker, v *form.Node, f *form.Field) {
	if v.Is != form.Mapping || len(v.Fields) == 0 {
		c.Addf(v, "write {cell: meaning, cell: meaning}", "%s are not given one by one", f.Name)
		return
	}
	for _, p := range v.Fields {
		if p.Value.Is != form.Scalar || p.Value.Text == "" {
			c.Add(p.Key, p.Key.Text, "it has no meaning", "write one, or "+nothing+" if it says nothing")
		}
	}
}

// checkChoices checks {Column: [cell, cell], Column: cell}.
func checkChoices(c *form.Checker, v *form.Node, f *form.Field) {
	if v.Is != form.Mapping || len(v.Fields) == 0 {
		c.Addf(v, "write {Column: [cell, cell]}", "%s does not name a column with its cells", f.Name)
		return
	}
	for _, p := range v.Fields {
		c.OneOrMore(p, func(n *form.Node) {
			if n.Is != form.Scalar {
				c.Addf(n, "write it as text", "a cell is text")
			}
		})
	}
}

// checkLookups checks {countries: {Japan: iso3:JPN}}.
func checkLookups(c *form.Checker, v *form.Node, f *form.Field) {
	if v.Is != form.Mapping {
		c.Addf(v, "write {countries: {Japan: iso3:JPN}}", "%s are not lists by name", f.Name)
		return
	}
	for _, p := range v.Fields {
		checkMeanings(c, p.Value, &form.Field{Name: p.Key.Text})
	}
}
