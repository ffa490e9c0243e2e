package storetest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// words are what is left of a line. The first thing that is wrong with it stays in err.
type words struct {
	list []string
	err  error
}

// split cuts a line at spaces; "text in quotes" is one word, and keeps what is written right behind it (@ja).
func split(line string) (*words, error) {
	w := &words{}
	var word strings.Builder
	quoted := false
	for _, r := range line + " " {
		switch {
		case r == '"':
			quoted = !quoted
			word.WriteRune(r)
		case r == ' ' && !quoted:
			if word.Len() > 0 {
				w.list = append(w.list, word.String())
				word.Reset()
			}
		default:
			word.WriteRune(r)
		}
	}
	if quoted {
		return nil, fmt.Errorf("a quote is not closed: %s", line)
	}
	return w, nil
}

func (w *words) fail(format string, args ...any) {
	if w.err == nil {
		w.err = fmt.Errorf(format, args...)
	}
}

// next takes a word; what names it in errors.
func (w *words) next(what string) string {
	if len(w.list) == 0 {
		w.fail("%s is missing", what)
		return ""
	}
	word := w.list[0]
	w.list = w.list[1:]
	return word
}

// take takes the words if they come next.
func (w *words) take(expected ...string) bool {
	if len(w.list) < len(expected) || !slices.Equal(w.list[:len(expected)], expected) {
		return false
	}
	w.list = w.list[len(expected):]
	return true
}

// end says that nothing may be left.
func (w *words) end() error {
	if len(w.list) > 0 {
		w.fail("%q is too much", strings.Join(w.list, " "))
	}
	return w.err
}

func quoted(word string) bool { return strings.HasPrefix(word, `"`) }

// text takes "text" with an optional @language.
func (w *words) text() (text, lang string) {
	word := w.next(`"text"`)
	end := strings.LastIndex(word, `"`)
	if !quoted(word) || end == 0 {
		w.fail("%q is not a text in quotes", word)
		return "", ""
	}
	lang = "en"
	if after, ok := strings.CutPrefix(word[end+1:], "@"); ok {
		lang = after
	}
	return word[1:end], lang
}

func (w *words) names() (names []graph.Name) {
	for len(w.list) > 0 && quoted(w.list[0]) {
		text, lang := w.text()
		names = append(names, graph.Name{Text: text, Lang: lang})
	}
	return names
}

// upper takes a word of a closed list: on-behalf is ON_BEHALF.
func (w *words) upper(what string) string {
	return strings.ToUpper(strings.ReplaceAll(w.next(what), "-", "_"))
}

func (w *words) uppers(what string) []string {
	return strings.Split(w.upper(what), ",")
}

func dated(word string) bool {
	return word != "" && (word[0] >= '0' && word[0] <= '9' || word[0] == '[' || word[0] == '@' || strings.HasPrefix(word, ".."))
}

// period takes a period if one comes next: 2018-12-20, 1993..2020-01-31, 1993.. (ongoing), 1993..unknown,
// 1993..censored, 1993..@2014-12-31 (censored, observed until then), ..1990 (start unknown), @1816-01-01..1990 (so was it observed).
func (w *words) period() (p graph.Period) {
	if len(w.list) == 0 || !dated(w.list[0]) {
		return p
	}
	word := w.next("a period")
	from, to, two := cutPeriod(word)
	if seen, ok := strings.CutPrefix(from, "@"); ok {
		p.ObservedFrom = w.parseDate(seen)
	} else if from != "" {
		p.Start = w.parseDate(from)
	}
	seen, observed := strings.CutPrefix(to, "@")
	switch {
	case !two:
		p.End = p.Start
	case to == "":
		p.Why = graph.Ongoing
	case to == "unknown", to == "censored":
		p.Why = graph.OpenEnd(strings.ToUpper(to))
	case observed:
		p.Why, p.ObservedUntil = graph.Censored, w.parseDate(seen)
	default:
		p.End = w.parseDate(to)
	}
	return p
}

// cutPeriod cuts at the .. that is not in brackets.
func cutPeriod(word string) (from, to string, two bool) {
	depth := 0
	for i := range word {
		switch {
		case word[i] == '[':
			depth++
		case word[i] == ']':
			depth--
		case depth == 0 && strings.HasPrefix(word[i:], ".."):
			return word[:i], word[i+2:], true
		}
	}
	return word, "", false
}

func (w *words) date() graph.Date { return w.parseDate(w.next("a date")) }

func (w *words) parseDate(text string) graph.Date {
	d, err := graph.ParseDate(text)
	if err != nil {
		w.fail("%w", err)
	}
	return d
}

func (w *words) day() graph.Day {
	d, err := graph.ParseDay(w.next("a day"))
	if err != nil {
		w.fail("%w", err)
	}
	return d
}

// days takes an interval as people write it, both ends in: 2018-01-01..2018-12-31, 2018-01-01.. or ..2018-12-31.
func (w *words) days() graph.Interval {
	from, to, two := cutPeriod(w.next("FROM..TO"))
	i := graph.Always
	for _, end := range []struct {
		text string
		day  *graph.Day
		plus graph.Day
	}{{from, &i.From, 0}, {to, &i.To, 1}} {
		if end.text == "" {
			continue
		}
		d, err := graph.ParseDay(end.text)
		if err != nil {
			w.fail("%w", err)
		}
		*end.day = d + end.plus
	}
	if !two {
		i.To = i.From + 1
	}
	return i
}
