package api

import (
	"context"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/entente-graph/entente/graph"
)

// series gives series of a dyad.
func series(ctx context.Context, d *graph.Dyad, q graph.SeriesQuery) ([]*graph.Series, error) {
	w, err := in(ctx, d.In)
	if err != nil {
		return nil, err
	}
	return w.Series(ctx, d.Key, q)
}

func sourceKeys(texts []string) []graph.SourceKey {
	keys := make([]graph.SourceKey, len(texts))
	for i, text := range texts {
		keys[i] = graph.SourceKey(text)
	}
	return keys
}

// pointShare is how many values of a column cost as much as a field: a list of numbers is made in one go.
const pointShare = 20

// ofPoints tells whether a field of a series has something for each of its points.
func (p *pricer) ofPoints(f *ast.Field) bool {
	return f.Name == "points" || f.Name == "starts" || f.Name == "values" || f.Name == "reasons"
}

// point is what a point costs, in shares of a field: that of a column one, an object as many fields as it has.
func (p *pricer) point(f *ast.Field, below amount) amount {
	if f.Name != "points" {
		return amount{fields: 1}
	}
	return below.plus(amount{fields: 1}).times(pointShare)
}

// series is what series cost: their fields, and those of as many points as were asked for.
func (p *pricer) series(f *ast.Field, below price) amount {
	words := func(name string) int {
		list, _ := p.value(f, name).([]any)
		return len(list)
	}
	q := graph.SeriesQuery{Measures: make([]graph.Measure, words("measures")), Topics: make([]graph.Topic, words("topics")), Unit: graph.UnitYear}
	if unit, ok := p.value(f, "unit").(string); ok {
		q.Unit = graph.Unit(unit)
	}
	for name, day := range map[string]*graph.Day{"from": &q.From, "to": &q.To} {
		text, _ := p.value(f, name).(string)
		d, err := graph.ParseDay(text)
		if err != nil {
			return below.once // execution says what is wrong with it
		}
		*day = d
	}
	points := min(q.Points(), graph.MaxPoints) // more are refused when they are asked for
	shown := below.each.times(points)
	shown.fields /= pointShare
	return below.once.times(len(q.Measures) * max(1, len(q.Topics))).plus(shown)
}
