package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/terminal"
)

// footnotes numbers the citations of an answer in the order in which they are first used. What is cited twice has
// one number.
type footnotes struct {
	cited []graph.Citation
}

// mark gives the numbers of citations, as they stand behind a text: [1, 3–5].
func (f *footnotes) mark(cites []graph.Citation) string {
	var used []int
	for _, c := range cites {
		c.Supports = "" // what it supports does not make it another place
		i := slices.Index(f.cited, c)
		if i < 0 {
			i = len(f.cited)
			f.cited = append(f.cited, c)
		}
		used = append(used, i+1)
	}
	if len(used) == 0 {
		return ""
	}
	slices.Sort(used)
	used = slices.Compact(used)
	var parts []string
	for i := 0; i < len(used); {
		j := i
		for j+1 < len(used) && used[j+1] == used[j]+1 {
			j++
		}
		switch j - i {
		case 0:
			parts = append(parts, strconv.Itoa(used[i]))
		case 1:
			parts = append(parts, strconv.Itoa(used[i]), strconv.Itoa(used[j]))
		default:
			parts = append(parts, fmt.Sprintf("%d–%d", used[i], used[j]))
		}
		i = j + 1
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// print prints the citations below an answer.
func (f *footnotes) print(ctx context.Context, s *terminal.Screen, v *graph.View) error {
	if len(f.cited) == 0 {
		return nil
	}
	var keys []graph.WorkKey
	for _, c := range f.cited {
		keys = append(keys, c.Work)
	}
	works, err := byKey(ctx, keys, v.Works)
	if err != nil {
		return err
	}
	sources, err := v.Sources(ctx)
	if err != nil {
		return err
	}
	s.Line("")
	s.Line(s.Styled(terminal.Bold, "Citations"))
	for i, c := range f.cited {
		number := fmt.Sprintf("[%d]", i+1)
		s.Wrapped(fmt.Sprintf("%6s ", number), cite(c, works, sources))
	}
	return nil
}

// cite prints one citation: the work, or else the source, and where in it.
func cite(c graph.Citation, works map[graph.WorkKey]*graph.Work, sources []*graph.Source) string {
	var parts []string
	if w := works[c.Work]; w != nil {
		parts = append(parts, workText(w))
	} else if c.Work != "" {
		parts = append(parts, string(c.Work))
	} else {
		parts = append(parts, sourceText(c.Source, sources))
	}
	if c.Locator != "" {
		parts = append(parts, c.Locator)
	}
	if c.Quote != "" {
		parts = append(parts, "“"+c.Quote+"”")
	}
	return strings.Join(parts, "; ")
}

func workText(w *graph.Work) string {
	text := w.Title
	for _, more := range []string{w.Publisher, w.Date.String()} {
		if more != "" {
			text += ", " + more
		}
	}
	if w.URL != "" {
		text += ", " + w.URL
	}
	if !w.Read {
		text += " (named by others, not read)"
	}
	return text
}

func sourceText(key graph.SourceKey, sources []*graph.Source) string {
	for _, s := range sources {
		if s.Key == key {
			return fmt.Sprintf("%s, version %s", s.Title, s.Version)
		}
	}
	return string(key)
}

// citationJSON is a citation for programs, with its work spelled out.
type citationJSON struct {
	graph.Citation
	Title     string `json:"title,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Date      string `json:"date,omitempty"`
	URL       string `json:"url,omitempty"`
	Read      *bool  `json:"read,omitempty"`
}

// distinct joins lists of citations, each citation once.
func distinct(lists ...[]graph.Citation) []graph.Citation {
	var out []graph.Citation
	for _, c := range slices.Concat(lists...) {
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// citationsJSON spells citations out.
func citationsJSON(cites []graph.Citation, works map[graph.WorkKey]*graph.Work) []citationJSON {
	out := make([]citationJSON, len(cites))
	for i, c := range cites {
		out[i] = citationJSON{Citation: c}
		if w := works[c.Work]; w != nil {
			read := w.Read
			out[i].Title, out[i].Publisher, out[i].Date, out[i].URL, out[i].Read = w.Title, w.Publisher, w.Date.String(), w.URL, &read
		}
	}
	return out
}
