package dossier

import (
	"regexp"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// named gives every text of the tree that may name an actor or a work, and how often.
func (e *edition) named() map[string]int {
	names := map[string]int{}
	var walk func(n *node)
	walk = func(n *node) {
		if n == nil {
			return
		}
		if n.is == scalarNode {
			names[n.text]++
		}
		for _, f := range n.fields {
			if f.key.text != "key" && f.key.text != "id" {
				walk(f.value)
			}
		}
		for _, item := range n.items {
			walk(item)
		}
	}
	walk(e.root)
	return names
}

// unnamed takes out actors and works that were named in the whole dossier, and are no more. An actor
// that went may have been the last to name another, so it looks again until nothing goes.
func (e *edition) unnamed(before map[string]int) {
	for {
		now := e.named()
		lost := func(name string) bool { return before[name] > 0 && now[name] == 0 }
		went := e.root.keep("actors", func(a *node) bool { return !lost(a.str("key")) })
		went += e.root.keep("works", func(w *node) bool { return !lost(w.str("id")) })
		if went == 0 {
			return
		}
	}
}

var monthNumber = map[string]string{
	"January": "01", "February": "02", "March": "03", "April": "04", "May": "05", "June": "06",
	"July": "07", "August": "08", "September": "09", "October": "10", "November": "11", "December": "12",
}

var timeInText = regexp.MustCompile(`\b(?:(\d{1,2}) )?(January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})\b|\b(\d{4}-\d{2}(?:-\d{2})?)\b|\b((?:19|20)\d{2})\b`)

// namesLater gives the place in a text where a later time is named, or -1.
func (e *edition) namesLater(text string) int {
	for _, m := range timeInText.FindAllStringSubmatchIndex(text, -1) {
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return text[m[2*i]:m[2*i+1]]
		}
		date := part(4) + part(5)
		if month := part(2); month != "" {
			date = part(3) + "-" + monthNumber[month]
			if day := part(1); len(day) == 1 {
				date += "-0" + day
			} else if day != "" {
				date += "-" + day
			}
		}
		if d, err := graph.ParseDate(date); err == nil && d.Earliest() > e.day {
			return m[0]
		}
	}
	return -1
}

// texts cuts free text before the first clause that names a later time.
func (e *edition) texts(n *node) {
	cut := func(n *node, field string) {
		v := n.get(field)
		if v == nil || v.is != scalarNode {
			return
		}
		at := e.namesLater(v.text)
		if at < 0 {
			return
		}
		end := max(strings.LastIndex(v.text[:at], ". "), strings.LastIndex(v.text[:at], "; "))
		if end < 0 {
			n.remove(field)
			return
		}
		v.text = v.text[:end] + "."
	}
	for _, field := range []string{"summary", "text", "note", "outcome", "settlement"} {
		cut(n, field)
	}
	for _, list := range []string{"parties", "participants", "effects", "stages"} {
		for _, item := range n.list(list) {
			cut(item, "position")
			cut(item, "note")
		}
	}
}

// set writes a text under a key, in its place or at the end.
func (n *node) set(key, text string) {
	if v := n.get(key); v != nil {
		*v = node{text: text, line: v.line, col: v.col}
		return
	}
	n.fields = append(n.fields, pair{&node{text: key}, &node{text: text}})
}

// remove takes a key out.
func (n *node) remove(key string) {
	n.fields = slices.DeleteFunc(n.fields, func(p pair) bool { return p.key.text == key })
}

// keep keeps the items of a list that it should, takes the key out where none is left, and
// tells how many went.
func (n *node) keep(key string, should func(*node) bool) int {
	v := n.get(key)
	if v == nil || v.is != listNode {
		return 0
	}
	before := len(v.items)
	v.items = slices.DeleteFunc(v.items, func(item *node) bool { return !should(item) })
	if len(v.items) == 0 {
		n.remove(key)
	}
	return before - len(v.items)
}
