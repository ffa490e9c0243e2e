package dossier

import (
	"regexp"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/form"
)

// named gives every text of the tree that may name an actor or a work, and how often.
func (e *edition) named() map[string]int {
	names := map[string]int{}
	var walk func(n *form.Node)
	walk = func(n *form.Node) {
		if n == nil {
			return
		}
		if n.Is == form.Scalar {
			names[n.Text]++
		}
		for _, f := range n.Fields {
			if f.Key.Text != "key" && f.Key.Text != "id" {
				walk(f.Value)
			}
		}
		for _, item := range n.Items {
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
		went := e.root.Keep("actors", func(a *form.Node) bool { return !lost(a.Str("key")) })
		went += e.root.Keep("works", func(w *form.Node) bool { return !lost(w.Str("id")) })
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
func (e *edition) texts(n *form.Node) {
	cut := func(n *form.Node, field string) {
		v := n.Get(field)
		if v == nil || v.Is != form.Scalar {
			return
		}
		at := e.namesLater(v.Text)
		if at < 0 {
			return
		}
		end := max(strings.LastIndex(v.Text[:at], ". "), strings.LastIndex(v.Text[:at], "; "))
		if end < 0 {
			n.Remove(field)
			return
		}
		v.Text = v.Text[:end] + "."
	}
	for _, field := range []string{"summary", "text", "note", "outcome", "settlement"} {
		cut(n, field)
	}
	for _, list := range []string{"parties", "participants", "effects", "stages"} {
		for _, item := range n.List(list) {
			cut(item, "position")
			cut(item, "note")
		}
	}
}
