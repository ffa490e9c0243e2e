package server

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/entente-graph/entente/graph"
)

// parameters are the parameters of a question in a URL. A parameter without a value counts as not given. An
// unknown one is an error: a mistyped asof would otherwise answer another question.
type parameters url.Values

// readParameters reads the parameters of a URL, which must be among the known ones.
func readParameters(raw string, known ...string) (parameters, error) {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return nil, graph.BadInput("the URL's parameters are not well formed: separate them by &, and write %%25 for %%")
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if slices.Contains(known, name) {
			continue
		}
		p := graph.BadInput("there is no parameter %q: there are %s", shortened(name), strings.Join(known, ", "))
		p.Suggestions = nearestName(shortened(name), known)
		return nil, p
	}
	for name, given := range values {
		for _, v := range given {
			if len(v) > maxEcho {
				return nil, graph.BadInput("%s has %d characters: %d are the most", name, len(v), maxEcho)
			}
		}
	}
	return parameters(values), nil
}

// about says which parameter a problem is about, in the words that a client sees.
func about(name string, err error) error {
	var p *graph.Problem
	if !errors.As(err, &p) {
		return fmt.Errorf("%s: %w", name, err)
	}
	named := *p
	named.Message = name + ": " + p.Message
	return &named
}

// nearestName gives the known name that was probably meant, whatever its case.
func nearestName(name string, known []string) []string {
	for _, k := range known {
		if strings.EqualFold(k, name) {
			return []string{k}
		}
	}
	return graph.Nearest(name, known, 1)
}

// one gives the value of a parameter that is given at most once, or "".
func (p parameters) one(name string) (string, error) {
	value := ""
	for _, v := range p[name] {
		if v = strings.TrimSpace(v); v == "" || v == value {
			continue
		}
		if value != "" {
			return "", graph.BadInput("%s is given twice, as %q and as %q: give it once", name, value, v)
		}
		value = v
	}
	return value, nil
}

// snapshot reads the state of the graph that asOf, load and knownAt ask for.
func (p parameters) snapshot() (graph.SnapshotQuery, error) {
	var q graph.SnapshotQuery
	asOf, err := p.one("asOf")
	if err != nil {
		return q, err
	}
	if asOf != "" {
		day, err := graph.ParseDay(asOf)
		if err != nil {
			return q, about("asOf", err)
		}
		q.AsOf = &day
	}
	load, err := p.one("load")
	if err != nil {
		return q, err
	}
	if load != "" {
		n, err := strconv.ParseInt(load, 10, 64)
		if err != nil || n < 0 {
			return q, graph.BadInput("load: %q is not the number of a load: write a whole number, such as 2", load)
		}
		number := graph.LoadNumber(n)
		q.Load = &number
	}
	knownAt, err := p.one("knownAt")
	if err != nil {
		return q, err
	}
	if knownAt != "" {
		at, err := parseInstant(knownAt)
		if err != nil {
			return q, err
		}
		q.KnownAt = &at
	}
	return q, nil
}

// parseInstant reads an instant, or a day, which stands for its end.
func parseInstant(text string) (time.Time, error) {
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at, nil
	}
	if day, err := graph.ParseDay(text); err == nil {
		return (day + 1).Time().Add(-time.Nanosecond), nil
	}
	hint := ""
	if strings.Contains(text, " ") {
		hint = " (in a URL + stands for a space: write %2B, or the time in UTC with Z)"
	}
	return time.Time{}, graph.BadInput("knownAt: %q is neither a day (2024-06-01) nor an instant (2024-06-01T12:00:00Z)%s", text, hint)
}

// tieFilter reads topic and nature. Topics may be repeated or separated by commas; their order does not matter.
func (p parameters) tieFilter() (graph.TieFilter, error) {
	var f graph.TieFilter
	asked := map[graph.Topic]bool{}
	for _, v := range p["topic"] {
		for part := range strings.SplitSeq(v, ",") {
			if strings.TrimSpace(part) == "" {
				continue
			}
			topic, err := graph.ParseTopic(part)
			if err != nil {
				return f, about("topic", err)
			}
			asked[topic] = true
		}
	}
	for _, topic := range graph.Topics {
		if asked[topic] {
			f.Topics = append(f.Topics, topic)
		}
	}
	nature, err := p.one("nature")
	if err != nil {
		return f, err
	}
	switch f.Nature = graph.TieNature(strings.ToUpper(nature)); f.Nature {
	case "":
		f.Nature = graph.Cooperation
	case graph.Cooperation, graph.Contention:
	default:
		bad := graph.BadInput("nature: %q is neither cooperation nor contention", nature)
		bad.Suggestions = graph.Nearest(strings.ToLower(nature), []string{"cooperation", "contention"}, 1)
		return f, bad
	}
	return f, nil
}
