package cow

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// eras divide the time that the datasets cover; each begins where the one before ends. They are short where states were
// many and new.
var eras = []int{
	1816, 1820, 1830, 1840, 1850, 1860, 1870, 1880, 1890, 1900, 1910, 1920, 1930, 1940,
	1945, 1950, 1955, 1960, 1965, 1970, 1975, 1980, 1985, 1990, 1995, 2000, 2005, 2010, 2015,
}

// BetweenMembers gives complete windows for a dataset that has every militarized dispute between members of the COW state
// system up to a year, and no other: each is complete for the states that were members in all of it, which is known of
// each from its number. A state that joined or left within an era is in the next or the last: we claim too little for a
// few years and never too much.
func BetweenMembers(actors []graph.ActorFacts, last int) (windows []graph.Coverage) {
	for i, from := range eras[:len(eras)-1] {
		if from > last {
			break
		}
		w := graph.Coverage{
			Kinds: []graph.StatementKind{graph.StatementEngagement}, Forms: []graph.EngagementKind{graph.KindDispute}, Topics: []graph.Topic{graph.TopicDefense},
			From: Year(from), To: Year(min(eras[i+1]-1, last)), Complete: true, Note: "militarized disputes between members of the COW state system",
		}
		if w.Actors = members(actors, w.Days()); len(w.Actors) > 0 {
			windows = append(windows, w)
		}
	}
	return windows
}

// members gives who held a COW number on every day of an interval.
func members(all []graph.ActorFacts, days graph.Interval) []graph.ActorKey {
	var keys []graph.ActorKey
	for _, a := range all {
		var held []graph.Interval
		for _, id := range a.Identifiers {
			if id.Scheme == "cow" {
				held = append(held, id.Period.Bounds().Possible())
			}
		}
		slices.SortFunc(held, func(x, y graph.Interval) int { return cmp.Compare(x.From, y.From) })
		covered := days.From
		for _, h := range held {
			if h.From <= covered {
				covered = max(covered, h.To)
			}
		}
		if covered >= days.To {
			keys = append(keys, a.Key)
		}
	}
	slices.Sort(keys)
	return keys
}

// LastDay is the last day of data that ends with a year.
func LastDay(y int) graph.Day { return Year(y).Latest() }

// Year is a year as a date.
func Year(y int) graph.Date { return graph.MustDate(fmt.Sprintf("%04d", y)) }
