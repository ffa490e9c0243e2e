//go:build unix

package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// panel is of how many dyads a panel is: so many dyads, 65 years and 14 measures are 91,000 points.
const panel = 100

// days asks what the two biggest had to do with each other, day by day: 94,968 points.
func days(w *world) question {
	return series("four measures of the two biggest, by day", []graph.DyadKey{w.hubs}, graph.UnitDay,
		[]graph.Measure{graph.CountEngagements, graph.CountMeetings, graph.CountActs, graph.MeanGoldstein})
}

// years asks for all that is counted of many dyads, year by year.
func years(w *world) question {
	var counted []graph.Measure
	for _, m := range graph.Measures {
		if m != graph.StatusOfTie && m != graph.DaysSuspended { // of which a topic is asked
			counted = append(counted, m)
		}
	}
	return series(fmt.Sprintf("%d measures of %d dyads, by year", len(counted), len(w.panel)), w.panel, graph.UnitYear, counted)
}

func series(name string, of []graph.DyadKey, unit graph.Unit, measures []graph.Measure) question {
	const from, to = "1960-01-01", "2024-12-31"
	q := graph.SeriesQuery{Measures: measures, Unit: unit, From: graph.MustDay(from), To: graph.MustDay(to)}
	var document strings.Builder
	document.WriteString("query ($measures: [Measure!]!, $unit: Unit!) {")
	for i, d := range of {
		fmt.Fprintf(&document, ` d%d: dyad(a: %q, b: %q) { series(measures: $measures, unit: $unit, from: "%s", to: "%s") { measure values reasons } }`, i, d.A, d.B, from, to)
	}
	document.WriteString(" }")
	return question{
		name: name,
		ask: func(ctx context.Context, v *graph.View) (points int, err error) {
			for _, d := range of {
				all, err := v.Series(ctx, d, q)
				if err != nil {
					return 0, err
				}
				for _, s := range all {
					points += len(s.Points)
				}
			}
			return points, nil
		},
		document: document.String(), variables: map[string]any{"measures": measures, "unit": unit},
		count: func(data map[string]any) (points int, err error) {
			for i := range of {
				all, _ := below(data, fmt.Sprintf("d%d", i), "series").([]any)
				for _, s := range all {
					n, err := at("values")(map[string]any{"values": below(s, "values")})
					if err != nil {
						return 0, err
					}
					points += n
				}
			}
			return points, nil
		},
	}
}
