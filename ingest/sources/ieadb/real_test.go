package ieadb_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/ieadb"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/realtest"
)

var realFiles = []string{"ieadb/treaties.csv", "ieadb/iea-memb.xlsx"}

// expected is what expected.py says of the raw files.
type expected struct {
	Treaties, Memberships           int
	Quarantined                     []string
	Parties                         map[string][]string // codes of ISO 3166-1
	Decades                         map[string]int
	Signed, Ratified, Entered, Left map[string]int      // by members, by year
	Both                            map[string][]string // in force for two on a day
	Wide                            map[string]int      // for how many states on a day
}

// TestReal holds what the graph answers of the real files against what a script counts in them.
func TestReal(t *testing.T) {
	t.Parallel()
	real := realtest.Load(t, ieadb.New(states.Actors), slices.Clone(realFiles)...)
	var want expected
	realtest.Expected(t, &want, append(slices.Clone(realFiles), "countrycode/codelist_without_cldr.csv")...)
	t.Logf("%v in %v", real.Report.Counts, real.Took)
	if diff := gocmp.Diff(ingest.Counts{Added: 1 + 5720, Quarantined: 8}, real.Report.Counts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want.Treaties != 5728 || want.Memberships != 27002 {
		t.Errorf("the files have %d treaties and %d memberships, those of which this was written 5728 and 27002", want.Treaties, want.Memberships)
	}
	quarantined := []string{}
	for _, q := range real.Report.Quarantined {
		quarantined = append(quarantined, strings.TrimPrefix(q.Of.Key, "ieadb:"))
	}
	slices.SortFunc(quarantined, func(a, b string) int { return len(a)*10000 - len(b)*10000 + strings.Compare(a, b) })
	all := realtest.Agreements(t, real.View(t, ""), graph.EngagementFilter{})
	parties, decades := map[string][]string{}, map[string]int{}
	by := map[graph.StageKind]map[string]int{graph.StageSigned: {}, graph.StageRatified: {}, graph.StageInForce: {}, graph.StageTerminated: {}}
	for _, a := range all {
		number := strings.TrimPrefix(string(a.Key), "ieadb:")
		for _, s := range a.Stages {
			switch {
			case s.Party != "":
				by[s.Stage][s.Date.EDTF()[:4]]++
			case s.Stage == graph.StageSigned:
				decades[s.Date.EDTF()[:3]+"0"]++
			}
		}
		for _, p := range a.Participations {
			code := strings.TrimPrefix(string(p.Actor), "iso3:")
			if !slices.Contains(parties[number], code) {
				parties[number] = append(parties[number], code)
			}
		}
		slices.Sort(parties[number])
		if len(parties[number]) == 0 {
			delete(parties, number)
		}
	}
	for what, diff := range map[string]string{
		"quarantined": gocmp.Diff(want.Quarantined, quarantined),
		"parties":     gocmp.Diff(want.Parties, parties),
		"decades":     gocmp.Diff(want.Decades, decades),
		"signed":      gocmp.Diff(want.Signed, by[graph.StageSigned]),
		"ratified":    gocmp.Diff(want.Ratified, by[graph.StageRatified]),
		"entered":     gocmp.Diff(want.Entered, by[graph.StageInForce]),
		"left":        gocmp.Diff(want.Left, by[graph.StageTerminated]),
	} {
		if diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	start := time.Now()
	for asked, numbers := range want.Both {
		words := strings.Fields(asked)
		of := []graph.ActorKey{graph.ActorKey("iso3:" + words[0]), graph.ActorKey("iso3:" + words[1])}
		got := []string{}
		for _, a := range realtest.Agreements(t, real.View(t, words[2]), graph.EngagementFilter{Of: of}) {
			if boundOn(a, of[0], graph.MustDay(words[2])) && boundOn(a, of[1], graph.MustDay(words[2])) {
				got = append(got, strings.TrimPrefix(string(a.Key), "ieadb:"))
			}
		}
		slices.Sort(got)
		if diff := gocmp.Diff(numbers, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", asked, diff)
		}
	}
	if each := time.Since(start) / time.Duration(len(want.Both)); each > 5*time.Second {
		t.Errorf("all agreements of two states, some with two hundred parties, take %v", each)
	}
	got := map[string]int{}
	for asked := range want.Wide {
		number, day, _ := strings.Cut(asked, " ")
		i := slices.IndexFunc(all, func(a *graph.Agreement) bool { return string(a.Key) == "ieadb:"+number })
		got[asked] = 0
		for _, p := range all[i].Participations {
			if !p.Period.IsZero() && p.Period.Holds(graph.MustDay(day), graph.Certain) {
				got[asked]++
			}
		}
	}
	if diff := gocmp.Diff(want.Wide, got); diff != "" {
		t.Errorf("in force for so many (-want +got):\n%s", diff)
	}
}

// boundOn tells whether an agreement is in force for a state on a day for certain.
func boundOn(a *graph.Agreement, who graph.ActorKey, day graph.Day) bool {
	return slices.ContainsFunc(a.Participations, func(p graph.Participation) bool {
		return p.Actor == who && !p.Period.IsZero() && p.Period.Holds(day, graph.Certain)
	})
}
