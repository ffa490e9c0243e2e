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

// TestSeriesOfASource: what one source says is counted, and what it covers is told, of it alone.
func TestSeriesOfASource(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	r := post(t, h, `{ dyad(a: "USA", b: "JPN") { meetings(where: {source: {eq: "us-visits"}}) { totalCount }
		of: series(measures: [MEETINGS], sources: ["us-visits"], from: "1940-01-01", to: "2029-12-31") { values coverage { source { key } } }
		all: series(measures: [MEETINGS], from: "1940-01-01", to: "2029-12-31") { values } } }`, nil)
	var data struct {
		Dyad struct {
			Meetings struct{ TotalCount int }
			Of       []struct {
				Values   []*float64
				Coverage []struct{ Source struct{ Key string } }
			}
			All []struct{ Values []*float64 }
		}
	}
	if err := json.Unmarshal(r.Data, &data); err != nil || len(r.Errors) > 0 {
		t.Fatalf("%v: %.500s", err, r.Raw)
	}
	sum := func(values []*float64) (n int) {
		for _, v := range values {
			if v != nil {
				n += int(*v)
			}
		}
		return n
	}
	if of, all := sum(data.Dyad.Of[0].Values), sum(data.Dyad.All[0].Values); of == 0 || of != data.Dyad.Meetings.TotalCount || of >= all {
		t.Errorf("%d meetings of the source in its series, %d in its list, %d in the series of all", of, data.Dyad.Meetings.TotalCount, all)
	}
	for _, c := range data.Dyad.Of[0].Coverage {
		if c.Source.Key != "us-visits" {
			t.Errorf("the series of us-visits tells what %s covers", c.Source.Key)
		}
	}
	for asked, code := range map[string]string{
		`measures: [MEETINGS], sources: ["us-visit"]`:                       "SOURCE_NOT_FOUND",
		`measures: [TIE_STATUS], topics: [DEFENSE], sources: ["us-visits"]`: "BAD_USER_INPUT",
	} {
		r := post(t, h, `{ dyad(a: "USA", b: "JPN") { series(`+asked+`, from: "1990-01-01", to: "1999-12-31") { values } } }`, nil)
		if got := strings.Join(r.codes(), " "); got != code {
			t.Errorf("series(%s): %s, not %s", asked, got, code)
		}
	}
}
