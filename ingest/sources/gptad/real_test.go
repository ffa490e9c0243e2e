package gptad_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/gptad"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/realtest"
)

const realFile = "gptad/GPTAD.csv"

// expected is what expected.py says of the raw file.
type expected struct {
	Rows            int
	Parties         map[string][]string // codes of ISO 3166-1
	Quarantined     []string
	Status, Decades map[string]int
	InForce         map[string][]string // for certain, of two on a day
}

// TestReal holds what the graph answers of the real file against what a script counts in it.
func TestReal(t *testing.T) {
	t.Parallel()
	real := realtest.Load(t, gptad.New(states.Actors), realFile)
	var want expected
	realtest.Expected(t, &want, realFile, "countrycode/codelist_without_cldr.csv")
	t.Logf("%v in %v", real.Report.Counts, real.Took)
	if diff := gocmp.Diff(ingest.Counts{Added: 1 + 340, Quarantined: 9}, real.Report.Counts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want.Rows != 352 {
		t.Errorf("the file has %d rows, that of which this was written 352", want.Rows)
	}
	quarantined := []string{}
	for _, q := range real.Report.Quarantined {
		quarantined = append(quarantined, strings.TrimPrefix(q.Of.Key, "gptad:"))
	}
	slices.Sort(quarantined)
	parties, status, decades := map[string][]string{}, map[string]int{}, map[string]int{}
	for _, a := range realtest.Agreements(t, real.View(t, ""), graph.EngagementFilter{}) {
		key := strings.TrimPrefix(string(a.Key), "gptad:")
		for _, p := range a.Participations {
			parties[key] = append(parties[key], code(p.Actor))
		}
		slices.Sort(parties[key])
		status[statusOf(a)]++
		for _, s := range a.Stages {
			if s.Stage == graph.StageSigned {
				decades[s.Date.EDTF()[:3]+"0"]++
			}
		}
	}
	for what, diff := range map[string]string{
		"quarantined": gocmp.Diff(want.Quarantined, quarantined),
		"parties":     gocmp.Diff(want.Parties, parties),
		"status":      gocmp.Diff(want.Status, status),
		"decades":     gocmp.Diff(want.Decades, decades),
	} {
		if diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	for asked, keys := range want.InForce {
		words := strings.Fields(asked)
		v := real.View(t, words[2])
		of := []graph.ActorKey{graph.ActorKey("iso3:" + words[0]), graph.ActorKey("iso3:" + words[1])}
		got := []string{}
		for _, a := range realtest.Agreements(t, v, graph.EngagementFilter{Of: of}) {
			in, err := v.InForce(context.Background(), a)
			if err != nil {
				t.Fatal(err)
			}
			if in != nil && *in {
				got = append(got, strings.TrimPrefix(string(a.Key), "gptad:"))
			}
		}
		slices.Sort(got)
		if diff := gocmp.Diff(keys, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", asked, diff)
		}
	}
}

// code is a state's code of ISO 3166-1; Kosovo has none, and XKX in the script.
func code(key graph.ActorKey) string {
	if key == "cow:347" {
		return "XKX"
	}
	return strings.TrimPrefix(string(key), "iso3:")
}

// statusOf reads the status from the summary.
func statusOf(a *graph.Agreement) string {
	_, text, ok := strings.Cut(a.Summary, "Status in the database: ")
	if !ok {
		return ""
	}
	text, _, _ = strings.Cut(text, ".")
	return text
}
