package dossier

import "github.com/entente-graph/entente/ingest/form"

// checkNames checks {en: Japan, ja: [日本, ...]}, where a name may also be {text: ..., from: ..., to: ...}.
func checkNames(c *form.Checker, v *form.Node, f *form.Field) {
	if v.Is != form.Mapping {
		c.Addf(v, "write them by language: {en: "+v.Text+"}", "%s are not given by language", f.Name)
		return
	}
	for _, p := range v.Fields {
		c.Language(p.Key, "the language of a name")
		c.OneOrMore(p, func(n *form.Node) { c.Mapping(n, nameShape, "a name") })
	}
	if len(v.Fields) == 0 {
		c.Addf(v, "write them by language", "%s has nothing in it", f.Name)
	}
}

// checkCodes checks {iso3: RUS, cow: {value: 365, from: ...}}.
func checkCodes(c *form.Checker, v *form.Node, f *form.Field) {
	if v.Is != form.Mapping {
		c.Addf(v, "write them by scheme: {iso3: JPN, cow: 740}", "%s are not given by scheme", f.Name)
		return
	}
	for _, p := range v.Fields {
		if !form.OwnName.MatchString(p.Key.Text) {
			c.Addf(p.Key, form.Slug(p.Key.Text), "a scheme may hold small letters, digits and hyphens")
		}
		c.OneOrMore(p, func(n *form.Node) { c.Mapping(n, codeShape, "a code") })
	}
}

var nameShape = &form.Shape{Name: "name", Bare: "text", Fields: []form.Field{
	{Name: "text", Is: form.Text, Required: true, Doc: "The name."},
	{Name: "from", Is: form.Date, Doc: "Since when it is used."},
	{Name: "to", Is: form.Date, Doc: "Until when it was used, inclusive."},
}}

var codeShape = &form.Shape{Name: "code", Bare: "value", Fields: []form.Field{
	{Name: "value", Is: form.Text, Required: true, Doc: "The code."},
	{Name: "from", Is: form.Date, Doc: "Since when it holds."},
	{Name: "to", Is: form.Date, Doc: "Until when it held, inclusive."},
}}
