package dossier

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// A reader checks one file: first every mapping against its shape (this file), then
// what the entries say of one another (check.go). It collects all mistakes.
type reader struct {
	file     string
	root     *node
	states   *states
	mistakes ingest.Mistakes

	ids    map[string]*entry // by own name
	actors map[string]*node  // declared here, by key
	refs   []reference
}

// An entry is something in the file that others can name.
type entry struct {
	section string
	at      *node
	id      *node
}

// A reference is a name that must lead somewhere.
type reference struct {
	is    value
	field string
	at    *node
	from  *node // the mapping it stands in
}

func (r *reader) add(at *node, value, rule, suggestion string) {
	r.mistakes = append(r.mistakes, ingest.Mistake{File: r.file, Line: at.line, Column: at.col, Value: clip(value), Rule: rule, Suggestion: suggestion})
}

func (r *reader) addf(at *node, suggestion, format string, args ...any) {
	r.add(at, at.text, fmt.Sprintf(format, args...), suggestion)
}

// mapping checks a node against a shape; what says what it is, for messages.
func (r *reader) mapping(n *node, s *shape, what string) {
	if n.bad {
		return
	}
	if n.is == scalarNode && s.bare != "" {
		r.value(n, s.field(s.bare), n)
		return
	}
	if n.is != mappingNode {
		r.addf(n, "write its fields: "+strings.Join(s.names(), ", "), "%s is not a mapping of fields", what)
		return
	}
	for _, p := range n.fields {
		f := s.field(p.key.text)
		if f == nil {
			suggestion := nearest(p.key.text, s.names())
			if p.value.is == emptyNode && nearestOnly(p.key.text, s.names()) == "" {
				suggestion = "if it belongs to the text before it: inside {} a text with a comma needs quotes"
			}
			r.add(p.key, p.key.text, "there is no such field in "+article(s.name), suggestion)
			continue
		}
		r.field(n, p, f)
	}
	if s.field("to") != nil {
		r.order(n, what)
	}
	for _, f := range s.fields {
		if f.required && n.get(f.name) == nil {
			r.add(n, "", fmt.Sprintf("%s has no %q", what, f.name), f.doc)
		}
	}
}

// field checks the value of one field, one by one where it is a list.
func (r *reader) field(in *node, p pair, f *field) {
	v := p.value
	if v.is == emptyNode {
		if in != r.root || !f.list {
			r.add(p.key, "", fmt.Sprintf("%q is empty", f.name), "leave it out, or write a value")
		}
		return
	}
	if !f.list || v.bad {
		r.value(v, f, in)
		return
	}
	if f.lone && v.is == mappingNode {
		r.value(v, f, in)
		return
	}
	if v.is != listNode {
		suggestion := "put a dash before each item"
		if v.is == scalarNode {
			suggestion = "write [" + v.text + "]"
		}
		r.addf(v, suggestion, "%s is a list", f.name)
		return
	}
	if f.required && len(v.items) == 0 {
		r.add(p.key, "", fmt.Sprintf("%q has nothing in it", f.name), "it needs at least one")
	}
	seen := map[string]bool{}
	for _, item := range v.items {
		if item.is == emptyNode {
			r.add(item, "", fmt.Sprintf("an item of %q is empty", f.name), "take the dash out, or write a value")
			continue
		}
		if item.is == scalarNode && !item.bad && seen[item.text] {
			r.addf(item, "once is enough", "%s has this twice", f.name)
		}
		seen[item.text] = true
		r.value(item, f, in)
	}
}

// value checks one value of a field.
func (r *reader) value(v *node, f *field, in *node) {
	if v.bad {
		return
	}
	switch f.is {
	case aMapping:
		r.mapping(v, f.of, what(f, v))
		return
	case someNames:
		r.names(v, f)
		return
	case someCodes:
		r.codes(v, f)
		return
	default: // one text
	}
	if v.is != scalarNode {
		r.addf(v, "write it as text", "%s is one value, not a list or a mapping", f.name)
		return
	}
	if v.text == "" {
		r.addf(v, "leave it out, or write a value", "%s is empty", f.name)
		return
	}
	switch f.is {
	case anID:
		if !ownName.MatchString(v.text) {
			r.addf(v, strconv.Quote(slug(v.text)), "%s may hold small letters, digits and single hyphens", f.name)
		}
	case aDate:
		r.date(v, f)
	case anEnd:
		if v.text != endOngoing && v.text != endUnknown {
			r.date(v, f)
		}
	case aFlag:
		if v.text != "true" && v.text != "false" {
			r.addf(v, "", "%s is true or false", f.name)
		}
	case aLanguage:
		r.language(v, f.name)
	case aURL:
		if u, err := url.Parse(v.text); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			r.addf(v, "https://...", "%s is not an address on the web", f.name)
		}
	case aWord:
		if !slices.Contains(f.words, v.text) {
			r.addf(v, nearest(v.text, f.words), "not a word for %s", f.name)
		}
	case anActor, aPerson, anEngagement, anAgreement, aWork, anAuthor:
		r.refs = append(r.refs, reference{f.is, f.name, v, in})
	default: // any text will do
	}
}

var ownName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// slug is the own name that a text comes closest to.
func slug(text string) string {
	s := strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(text), "-"), "-")
	if s == "" {
		return "a-name"
	}
	return s
}

func (r *reader) date(v *node, f *field) {
	_, err := graph.ParseDate(v.text)
	if err == nil {
		return
	}
	_, reason, _ := strings.Cut(err.Error(), " is not a date: ")
	suggestion := ""
	switch {
	case strings.Contains(v.text, "/"):
		reason, suggestion = "it is a stretch of time", `write "from" and "to"`
	case f.is == anEnd:
		suggestion = nearestOnly(v.text, []string{endOngoing, endUnknown})
	}
	r.addf(v, suggestion, "%s is not a date: %s", f.name, reason)
}

func (r *reader) language(v *node, name string) {
	if _, err := language.Parse(v.text); err != nil {
		r.addf(v, "two letters of ISO 639, as en, ja, ko, zh", "%s is not a language", name)
	}
}

// names checks {en: Japan, ja: [日本, ...]}, where a name may also be {text: ..., from: ..., to: ...}.
func (r *reader) names(v *node, f *field) {
	if v.is != mappingNode {
		r.addf(v, "write them by language: {en: "+v.text+"}", "%s are not given by language", f.name)
		return
	}
	for _, p := range v.fields {
		r.language(p.key, "the language of a name")
		r.oneOrMore(p, func(n *node) { r.mapping(n, nameShape, "a name") })
	}
	if len(v.fields) == 0 {
		r.addf(v, "write them by language", "%s has nothing in it", f.name)
	}
}

// codes checks {iso3: RUS, cow: {value: 365, from: ...}}.
func (r *reader) codes(v *node, f *field) {
	if v.is != mappingNode {
		r.addf(v, "write them by scheme: {iso3: JPN, cow: 740}", "%s are not given by scheme", f.name)
		return
	}
	for _, p := range v.fields {
		if !ownName.MatchString(p.key.text) {
			r.addf(p.key, slug(p.key.text), "a scheme may hold small letters, digits and hyphens")
		}
		r.oneOrMore(p, func(n *node) { r.mapping(n, codeShape, "a code") })
	}
}

func (r *reader) oneOrMore(p pair, check func(*node)) {
	switch {
	case p.value.is == emptyNode, p.value.is == listNode && len(p.value.items) == 0:
		r.add(p.key, p.key.text, "it has no value", "leave it out, or write a value")
	case p.value.is == listNode:
		for _, item := range p.value.items {
			check(item)
		}
	default:
		check(p.value)
	}
}

var nameShape = &shape{name: "name", bare: "text", fields: []field{
	{name: "text", is: aText, required: true, doc: "The name."},
	{name: "from", is: aDate, doc: "Since when it is used."},
	{name: "to", is: aDate, doc: "Until when it was used, inclusive."},
}}

var codeShape = &shape{name: "code", bare: "value", fields: []field{
	{name: "value", is: aText, required: true, doc: "The code."},
	{name: "from", is: aDate, doc: "Since when it holds."},
	{name: "to", is: aDate, doc: "Until when it held, inclusive."},
}}

// what names an entry for a message: the agreement "gsomia-2016".
func what(f *field, v *node) string {
	if id := v.str("id"); id != "" {
		return fmt.Sprintf("the %s %q", f.of.name, id)
	}
	if key := v.str("key"); key != "" {
		return fmt.Sprintf("the %s %q", f.of.name, key)
	}
	if f.list {
		return article(f.of.name)
	}
	return "the " + f.of.name
}

func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// nearest proposes the words closest to the text, or, where none is close, all of them.
func nearest(text string, words []string) string {
	if s := nearestOnly(text, words); s != "" {
		return s
	}
	return "one of " + strings.Join(words, ", ")
}

func nearestOnly(text string, words []string) string {
	near := graph.Nearest(strings.ToLower(text), words, 2)
	for i, n := range near {
		near[i] = strconv.Quote(n)
	}
	if len(near) == 0 {
		return ""
	}
	return "did you mean " + strings.Join(near, " or ") + "?"
}
