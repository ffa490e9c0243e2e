package ingest_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// TestRosterHolders holds who a number names in a period: its holder on the days, cut where it changes hands, and only
// there.
func TestRosterHolders(t *testing.T) {
	code := func(from, to string) graph.Identifier {
		id := graph.Identifier{Scheme: "cow", Value: "365", Period: graph.Observed(graph.MustDate(from), graph.MustDay("2024-12-31"))}
		if to != "" {
			id.Period = id.Period.EndingOn(graph.MustDate(to))
		}
		return id
	}
	france := func(from, to string) graph.Identifier {
		id := code(from, to)
		id.Value = "220"
		return id
	}
	roster, err := ingest.NewRoster([]graph.ActorFacts{
		{Key: "iso3:SUN", Kind: graph.KindState, Identifiers: []graph.Identifier{code("1922-12-30", "1991-12-25")}},
		{Key: "iso3:RUS", Kind: graph.KindState, Identifiers: []graph.Identifier{code("1816-01-01", "1922-12-29"), code("1991-12-26", "1999-12-31"), code("2002-01-01", "")}},
		{Key: "iso3:FRA", Kind: graph.KindState, Identifiers: []graph.Identifier{france("1816-01-01", "1942-11-11"), france("1944-08-25", "")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		number     string
		start, end string
		want       []string
	}{
		{"365", "1970-05-06", "1990-01-01", []string{"iso3:SUN 1970-05-06/1990-01-01"}},
		{"365", "1970-05-06", "1992-12-31", []string{"iso3:SUN 1970-05-06/1991-12-25", "iso3:RUS 1991-12-26/1992-12-31"}},
		{"365", "1900", "", []string{"iso3:RUS 1900/1922-12-29", "iso3:SUN 1922-12-30/1991-12-25", "iso3:RUS 1991-12-26/.."}},
		{"365", "2000-02-01", "2000-03-01", []string{"nobody held the cow code 365 in 2000-02-01/2000-03-01 (held by iso3:RUS (iso3:RUS) 1816-01-01..1922-12-29, iso3:SUN (iso3:SUN) 1922-12-30..1991-12-25, iso3:RUS (iso3:RUS) 1991-12-26..1999-12-31, iso3:RUS (iso3:RUS) 2002-01-01..)"}},
		{"365", "1991", "1991", []string{"iso3:SUN 1991"}}, // nobody can say that it ran across
		{"220", "1939-03-17", "1977-11-22", []string{"iso3:FRA 1939-03-17/1977-11-22"}},
		{"220", "1943", "1943", []string{"iso3:FRA 1943 outside"}}, // nobody else ever had it
		{"220", "1942", "1943", []string{"iso3:FRA 1942/1943"}},    // held on some of the days
		{"220", "1815-11-20", "1815-12-01", []string{"iso3:FRA 1815-11-20/1815-12-01 outside"}},
		{"999", "1943", "1943", []string{"nobody has the cow code 999"}},
	} {
		p := graph.Observed(graph.MustDate(c.start), graph.MustDay("2010-12-31"))
		if c.end != "" {
			p = p.EndingOn(graph.MustDate(c.end))
		}
		held, err := roster.Holders("cow", c.number, p)
		var got []string
		var nobody *ingest.NobodyError
		if errors.As(err, &nobody) {
			got = append(got, nobody.Error())
		} else if err != nil {
			t.Fatal(err)
		}
		for _, h := range held {
			outside := ""
			if h.Outside {
				outside = " outside"
			}
			got = append(got, fmt.Sprintf("%s %s%s", h.Actor, h.Period.EDTF(), outside))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s in %s (-want +got):\n%s", c.number, p.EDTF(), diff)
		}
	}
	for _, c := range []struct{ number, want string }{
		{"220", "iso3:FRA from 1816-01-01 to 1942-11-11 and from 1944-08-25"},
		{"365", ""}, // of several
		{"999", ""}, // of nobody
	} {
		if got := roster.Outside("cow", c.number); got != c.want {
			t.Errorf("%s is held by %q, and should be by %q", c.number, got, c.want)
		}
	}
}
