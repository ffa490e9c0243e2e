package desta_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/desta"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/realtest"
)

const realFile = "desta/DESTA.csv"

// expected is what expected.py says of the raw file.
type expected struct {
	Rows                    int
	Kinds                   map[string]int
	Stays                   map[string][][3]string // number, first and last year, where they are not the treaty's
	Accessions, Withdrawals map[string]int         // by year
	InForce                 map[string][]string    // of two on a day
	Decades, Entered        map[string]int
}

// TestReal holds what the graph answers of the real file against what a script counts in it.
func TestReal(t *testing.T) {
	t.Parallel()
	real := realtest.Load(t, desta.New(states.Actors), realFile)
	var want expected
	realtest.Expected(t, &want, realFile)
	v := real.View(t, "")
	all := realtest.Agreements(t, v, graph.EngagementFilter{})
	t.Logf("%v in %v", real.Report.Counts, real.Took)

	if diff := gocmp.Diff(ingest.Counts{Added: 1 + 956, Quarantined: 2}, real.Report.Counts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want.Rows != 1217 {
		t.Errorf("the file has %d rows, that of which this was written 1217", want.Rows)
	}
	var quarantined []string
	for _, q := range real.Report.Quarantined {
		quarantined = append(quarantined, fmt.Sprintf("%s %s", q.Of.Key, q.Mistakes[0].Field))
	}
	if got := strings.Join(quarantined, ", "); got != "desta:419 entryforceyear, desta:1011 entryforceyear" {
		t.Errorf("in quarantine are %s", got)
	}
	kinds, decades, entered := map[string]int{}, map[string]int{}, map[string]int{}
	accessions, withdrawals := map[string]int{}, map[string]int{}
	stays := map[string][][3]string{}
	for _, a := range all {
		n := strings.TrimPrefix(string(a.Key), "desta:")
		kinds[kind(a)]++
		undated := a.Period.Start == graph.MustDate("[1945-01-01..2020-12-31]")
		if !undated {
			decades[a.Period.Start.EDTF()[:3]+"0"]++
		} else if kind(a) != "negotiation" || a.Period.Why != graph.Unknown {
			t.Errorf("%s is of %s", a.Key, a.Period.EDTF())
		}
		for _, s := range a.Stages {
			switch {
			case s.Stage == graph.StageInForce && s.Party == "":
				entered[s.Date.EDTF()]++
			case s.Stage == graph.StageSigned && s.Party != "":
				accessions[s.Date.EDTF()]++
			case s.Stage == graph.StageTerminated:
				withdrawals[s.Date.EDTF()]++
			}
		}
		stays[n] = [][3]string{}
		for _, p := range a.Participations {
			from, to := p.Period.Start.EDTF(), p.Period.End.EDTF()
			if undated { // the times in which the registry has it
				from, to = "", ""
			}
			if p.Period.Start == a.Period.Start {
				from = ""
			}
			if one := [3]string{string(p.Actor), from, to}; undated && slices.Contains(stays[n], one) {
				continue // Germany, before and after 1945–1949
			}
			stays[n] = append(stays[n], [3]string{string(p.Actor), from, to})
		}
		slices.SortFunc(stays[n], compare)
	}
	wanted := map[string][][3]string{}
	for n, of := range want.Stays {
		wanted[n] = [][3]string{}
		for _, s := range of {
			one := [3]string{whoIs(t, v, s[0], n), s[1], s[2]}
			if !slices.Contains(wanted[n], one) {
				wanted[n] = append(wanted[n], one)
			}
		}
		slices.SortFunc(wanted[n], compare)
	}
	for what, diff := range map[string]string{
		"kinds":       gocmp.Diff(want.Kinds, kinds),
		"decades":     gocmp.Diff(want.Decades, decades),
		"entered":     gocmp.Diff(want.Entered, entered),
		"accessions":  gocmp.Diff(want.Accessions, accessions),
		"withdrawals": gocmp.Diff(want.Withdrawals, withdrawals),
		"stays":       gocmp.Diff(wanted, stays),
	} {
		if diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	for asked, numbers := range want.InForce {
		words := strings.Fields(asked)
		day := graph.MustDay(words[2])
		a, b := realtest.Resolve(t, v, code(words[0])), realtest.Resolve(t, v, code(words[1]))
		got := []string{}
		for _, x := range realtest.Agreements(t, real.View(t, words[2]), graph.EngagementFilter{Of: []graph.ActorKey{a, b}}) {
			if inForce(x, a, b, day) {
				got = append(got, strings.TrimPrefix(string(x.Key), "desta:"))
			}
		}
		slices.Sort(got)
		if diff := gocmp.Diff(numbers, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", asked, diff)
		}
	}
}

// TestRealNegotiation holds that a negotiation is not in force, and ties nobody.
func TestRealNegotiation(t *testing.T) {
	t.Parallel()
	real := realtest.Load(t, desta.New(states.Actors), realFile)
	v := real.View(t, "2019-01-01")
	n := 0
	for _, a := range realtest.Agreements(t, real.View(t, ""), graph.EngagementFilter{}) {
		if kind(a) != "negotiation" {
			continue
		}
		n++
		in, err := v.InForce(context.Background(), a)
		if err != nil || in != nil && *in {
			t.Errorf("%s is in force: %v %v", a.Key, in, err)
		}
	}
	if n != 82 {
		t.Errorf("there are %d negotiations", n)
	}
}

func kind(a *graph.Agreement) string {
	switch {
	case a.Stages[0].Stage == graph.StageNegotiation:
		return "negotiation"
	case a.Form == graph.FormProtocol:
		return "protocol or amendment"
	default:
		return "base_treaty"
	}
}

func compare(a, b [3]string) int {
	return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]), cmp.Compare(a[2], b[2]))
}

func code(number string) string { return fmt.Sprintf("ison:%03s", number) }

// inForce tells whether an agreement had entered into force by a day to which both were party then, as far as is said.
func inForce(a *graph.Agreement, x, y graph.ActorKey, day graph.Day) bool {
	party := func(who graph.ActorKey) bool {
		return slices.ContainsFunc(a.Participations, func(p graph.Participation) bool {
			return p.Actor == who && (p.Period.IsZero() || p.Period.Holds(day, graph.Possible))
		})
	}
	return party(x) && party(y) && slices.ContainsFunc(a.Stages, func(s graph.Stage) bool {
		return s.Stage == graph.StageInForce && s.Party == "" && s.Date.Latest() < day
	})
}

// whoIs gives whom a number of the file names. The exceptions are those of the README.
func whoIs(t *testing.T, v *graph.View, number, treaty string) string {
	t.Helper()
	switch {
	case number == "900":
		return "cow:347"
	case number == "203" && treaty == "290":
		return "iso3:CSK"
	case number == "643" && treaty == "451":
		return "iso3:SUN"
	case number == "296" && treaty == "585": // Lomé, 1975
		return "iso3:GEL"
	case number == "887" && treaty == "496":
		return "cow:678"
	case number == "688" && slices.Contains([]string{"14", "134", "157", "261", "359", "461", "591", "619", "647", "648", "651", "682", "760"}, treaty):
		return "iso3:YUG"
	}
	return string(realtest.Resolve(t, v, code(number)))
}
