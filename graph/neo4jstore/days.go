package neo4jstore

import (
	"fmt"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// Days are kept as people read them, YYYY-MM-DD, which sorts; these stand for no first and no last day.
const (
	firstDay = "0000-00-00"
	lastDay  = "9999-99-99"
)

var (
	earliest = graph.MustDay("0001-01-01")
	latest   = graph.MustDay("9999-12-31")
)

func dayText(d graph.Day) string {
	switch {
	case d < earliest:
		return firstDay
	case d > latest:
		return lastDay
	default:
		return d.String()
	}
}

// boundText gives a bound on days as they are kept, the greatest or the least that may be. Between the last day that can be written and
// no last day there is none, so a bound that lies there leaves one of the two out.
func boundText(d graph.Day, greatest bool) string {
	switch {
	case greatest && d < graph.MinDay:
		return "" // before everything
	case greatest && d > latest && d < graph.MaxDay:
		return latest.String()
	case !greatest && d > graph.MinDay && d < earliest:
		return earliest.String()
	default:
		return dayText(d)
	}
}

func dayOf(text string) (graph.Day, error) {
	switch text {
	case firstDay:
		return graph.MinDay, nil
	case lastDay:
		return graph.MaxDay, nil
	default:
		return graph.ParseDay(text)
	}
}

func intervalOf(from, to string) (i graph.Interval, err error) {
	if i.From, err = dayOf(from); err != nil {
		return i, err
	}
	i.To, err = dayOf(to)
	return i, err
}

// Places in lists are text that sorts as the lists do: whose|start|key. A page is what lies between two of them.
// Whose list it is may not hold the bar that ends it; unbarred writes one otherwise.
func unbarred(key string) string { return strings.ReplaceAll(key, "|", "\u0002") }

func place(start graph.Day, key string) string { return dayText(start) + "|" + key }

func prefixOf(whose string) string { return unbarred(whose) + "|" }

// daysText gives an interval for comparing: an empty one shares a day with none, whatever its edges.
func daysText(i graph.Interval) (from, to string) {
	if i.Empty() {
		return lastDay, firstDay
	}
	return dayText(i.From), dayText(i.To)
}

// past comes behind every place that begins with a prefix: a bar is followed by a brace.
func past(prefix string) string { return strings.TrimSuffix(prefix, "|") + "}" }

func positionOf(place string) (at graph.Position, err error) {
	start, key, ok := strings.Cut(place, "|")
	if !ok {
		return at, fmt.Errorf("%q is not a place in a list", place)
	}
	at.Key = key
	at.Start, err = dayOf(start)
	return at, err
}

// between gives the bounds of what lies between two positions in the list that has the prefix.
func between(prefix string, after, before *graph.Position) (from, to string) {
	from, to = prefix, past(prefix)
	if after != nil {
		from = prefix + place(after.Start, after.Key)
	}
	if before != nil {
		to = prefix + place(before.Start, before.Key)
	}
	return from, to
}
