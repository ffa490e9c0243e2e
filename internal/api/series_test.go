package api

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// TestLargeSeries: 100,000 points are read by columns within the limits; as objects with all their fields they cost too
// much, and more are refused, all before anything is read.
func TestLargeSeries(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	ask := func(last, below string) *reply {
		return post(t, h, fmt.Sprintf(`{ dyad(a: "JPN", b: "KOR") { series(measures: [MEETINGS, ACTS, TIE_STATUS, DAYS_SUSPENDED], topics: [DEFENSE], unit: DAY,
			from: "1960-01-01", to: %q) { %s } } }`, last, below), nil)
	}
	r := ask("2028-06-11", "measure values")
	if len(r.Errors) > 0 {
		t.Fatalf("%.500s", r.Raw)
	}
	var data struct {
		Dyad struct{ Series []struct{ Values []*float64 } }
	}
	if err := json.Unmarshal(r.Data, &data); err != nil {
		t.Fatal(err)
	}
	points, suspended := 0, 0.0
	for _, s := range data.Dyad.Series {
		points += len(s.Values)
	}
	for _, v := range data.Dyad.Series[3].Values {
		if v != nil {
			suspended += *v
		}
	}
	if points != graph.MaxPoints || suspended != 1990 {
		t.Errorf("%d points, on %v days suspended", points, suspended)
	}
	if got := ask("2028-06-11", "points { from to value reason }").codes(); strings.Join(got, " ") != codeCost {
		t.Errorf("100,000 points as objects: %v", got)
	}
	if got := ask("2028-06-12", "values").codes(); strings.Join(got, " ") != graph.CodeBadUserInput {
		t.Errorf("more than 100,000 points: %v", got)
	}
}
