package names_test

import (
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/names"
)

// TestSometime: of whom it is known alone that it was a party, it was one on some day on which the registry has it: once, or in one or
// several of the stretches in which it does; and where it has it on none, on some day of all.
func TestSometime(t *testing.T) {
	t.Parallel()
	b := book(t)
	for _, c := range []struct{ actor, from, to, until, want string }{
		{"iso3:JPN", "1921-10-25", "2020-12-31", "", "[1921-10-25..2020-12-31]/"},
		{"iso3:AGO", "1921-10-25", "2020-12-31", "", "[1975-11-11..2020-12-31]/"},
		{"iso3:EST", "1921-10-25", "2020-12-31", "", "[1921-10-25..1940-06-16] [1991-09-06..2020-12-31]/"},
		{"iso3:EST", "1945-01-01", "2020-12-31", "", "[1991-09-06..2020-12-31]/"},
		{"iso3:SUN", "1972-01-01", "2020-12-31", "", "[1972-01-01..1991-12-25]"},
		{"iso3:JPN", "1950-01-01", "1960-12-31", "1970-12-31", "[1950-01-01..1960-12-31]/[1950-01-01..1970-12-31]"},
		{"iso3:JPN", "1950-01-01", "1950-01-01", "", "1950-01-01/"},
		{"iso3:AGO", "1921-10-25", "1930-12-31", "1930-12-31", "[1921-10-25..1930-12-31]"}, // named all the same
	} {
		until := names.Forever
		if c.until != "" {
			until = graph.MustDay(c.until)
		}
		var got []string
		for _, p := range b.Sometime(graph.ActorKey(c.actor), graph.Inclusive(graph.MustDay(c.from), graph.MustDay(c.to)), until) {
			if err := p.Check(); err != nil {
				t.Errorf("%s: %v", c.actor, err)
			}
			for day := graph.MustDay(c.from); day < graph.MustDay("2030-01-01"); day += 100 {
				if c.from != c.to && p.Holds(day, graph.Certain) {
					t.Errorf("%s is a party for certain on %s", c.actor, day)
				}
			}
			got = append(got, p.EDTF())
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s from %s to %s, until %s: %s, want %s", c.actor, c.from, c.to, c.until, s, c.want)
		}
	}
}

// TestUndated: whom the registry has on all the days on which something may have begun, and from then on, keeps the time of the whole.
func TestUndated(t *testing.T) {
	t.Parallel()
	began := graph.Inclusive(graph.MustDay("1950-01-01"), graph.MustDay("2014-12-31"))
	var got []string
	for _, p := range book(t).Undated([]graph.Participation{{Actor: "iso3:JPN"}, {Actor: "iso3:EST"}, {Actor: "iso3:YUG"}}, began) {
		got = append(got, string(p.Actor)+" "+p.Period.EDTF())
	}
	if s, want := strings.Join(got, ", "), "iso3:JPN /, iso3:EST [1991-09-06..2014-12-31]/, iso3:YUG [1950-01-01..2006-06-04]"; s != want {
		t.Errorf("%s, want %s", s, want)
	}
}
