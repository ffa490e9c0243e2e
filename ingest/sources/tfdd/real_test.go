package tfdd_test

import (
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/ingest/sources/tfdd"
	"github.com/entente-graph/entente/internal/realtest"
)

const realFile = "tfdd/TFDD.csv"

// expected is what expected.py says of the raw file.
type expected struct {
	Rows, Treaties  int
	Parties         map[string][]string // codes of ISO 3166-1, and keys of states without one
	Decades, Basins map[string]int
	Between         map[string][]string
}

// TestReal holds what the graph answers of the real file against what a script counts in it.
func TestReal(t *testing.T) {
	t.Parallel()
	real := realtest.Load(t, tfdd.New(states.Actors), realFile)
	var want expected
	realtest.Expected(t, &want, realFile, "countrycode/codelist_without_cldr.csv")
	t.Logf("%v in %v", real.Report.Counts, real.Took)
	if diff := gocmp.Diff(ingest.Counts{Added: 1 + 639}, real.Report.Counts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want.Rows != 2118 || want.Treaties != 639 {
		t.Errorf("the file has %d rows of %d treaties, that of which this was written 2118 of 639", want.Rows, want.Treaties)
	}
	v := real.View(t, "")
	parties, decades, basins := map[string][]string{}, map[string]int{}, map[string]int{}
	for _, a := range realtest.Agreements(t, v, graph.EngagementFilter{Topics: []graph.Topic{graph.TopicWater}}) {
		number := strings.TrimPrefix(string(a.Key), "tfdd:")
		for _, p := range a.Participations {
			parties[number] = append(parties[number], strings.TrimPrefix(string(p.Actor), "iso3:"))
		}
		slices.Sort(parties[number])
		parties[number] = slices.Compact(parties[number]) // Germany in one without a date, before and after 1945–1949
		if len(parties[number]) == 0 {
			delete(parties, number)
		}
		if len(a.Stages) > 0 {
			decades[a.Period.Start.EDTF()[:3]+"0"]++
		}
		if _, text, ok := strings.Cut(a.Summary, "Basins: "); ok {
			for _, next := range []string{" Issue: ", " Names also "} {
				text, _, _ = strings.Cut(text, next)
			}
			text = strings.TrimSuffix(text, ".")
			for _, b := range strings.Split(text, ", ") {
				basins[b]++
			}
		}
	}
	for what, diff := range map[string]string{
		"parties": gocmp.Diff(want.Parties, parties),
		"decades": gocmp.Diff(want.Decades, decades),
		"basins":  gocmp.Diff(want.Basins, basins),
	} {
		if diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	for asked, numbers := range want.Between {
		a, b, _ := strings.Cut(asked, " ")
		got := []string{}
		for _, x := range realtest.Agreements(t, v, graph.EngagementFilter{Of: []graph.ActorKey{graph.ActorKey("iso3:" + a), graph.ActorKey("iso3:" + b)}}) {
			got = append(got, strings.TrimPrefix(string(x.Key), "tfdd:"))
		}
		slices.Sort(got)
		if diff := gocmp.Diff(numbers, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", asked, diff)
		}
	}
}
