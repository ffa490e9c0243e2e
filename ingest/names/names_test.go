package names_test

import (
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/names"
	"github.com/entente-graph/entente/ingest/sources/states"
)

func book(t *testing.T, tables ...string) *names.Book {
	t.Helper()
	b, err := names.New(states.Actors, append([]string{names.English}, tables...)...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestFind holds who is meant by a name: the registry's own, one decided for a time, a number's holder on the day; and
// that what is not known comes with candidates.
func TestFind(t *testing.T) {
	t.Parallel()
	b := book(t, "name,code,until,why\nAustria,cow:300,1918-11-11,\nAustria,iso3:AUT,,\n")
	for _, c := range []struct{ name, day, want string }{
		{"Japan", "1960", "iso3:JPN"},
		{"  jaPAN ", "1960", "iso3:JPN"},
		{"Russia", "1960", "iso3:SUN"},
		{"Russian Federation", "1995-01-01", "iso3:RUS"},
		{"Soviet Union", "1921", "iso3:RUS"},
		{"Yemen", "1985", "cow:678"},
		{"Austria", "1906", "cow:300"},
		{"Austria", "1930", "iso3:AUT"},
		{"Czech Republic", "1972", "iso3:CZE outside"},
		{"European Union", "1995", ""},
		{"Swedn", "1995", `the name "Swedn" is not known (did you mean "Sweden" (iso3:SWE)?)`},
		{"JPN", "1995", `the name "JPN" is not known (this is a code where names stand: write "Japan")`},
		{"Russia", "", "the cow code 365 cannot be resolved without a date"},
		{"Japan", "", "iso3:JPN"},
	} {
		p := graph.Period{}
		if c.day != "" {
			p = graph.On(graph.MustDate(c.day))
		}
		held, err := b.Find(c.name, p)
		got := ""
		for _, h := range held {
			got = string(h.Actor)
			if h.Outside {
				got += " outside"
			}
		}
		if err != nil {
			got = err.Error()
		}
		if got != c.want && (err == nil || !strings.HasPrefix(got, c.want)) {
			t.Errorf("%q in %s is %s; want %s", c.name, c.day, got, c.want)
		}
	}
}

// TestList holds that names are found in a text however they are separated, the longest first.
func TestList(t *testing.T) {
	t.Parallel()
	b := book(t)
	for text, want := range map[string]string{
		"Japan, Mongolia":                      "Japan|Mongolia",
		"Trinidad and Tobago and Guinea":       "Trinidad and Tobago|Guinea",
		"Papua New Guinea; Guinea-Bissau":      "Papua New Guinea|Guinea-Bissau",
		"Finland France":                       "Finland|France",
		"EFTA (Iceland, Norway), the Bahamas.": "EFTA|Iceland<EFTA|Norway<EFTA|Bahamas",
		"Germany, Federal Republic of, France": "Germany, Federal Republic of|France",
		"Norway, Lower Atlantis and Sweden":    "Norway|?Lower Atlantis|Sweden",
		"":                                     "",
	} {
		var got []string
		for _, w := range b.List(text) {
			one := w.Text
			if !w.Known {
				one = "?" + one
			}
			if w.Group != "" {
				one += "<" + w.Group
			}
			got = append(got, one)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q names %s; want %s", text, strings.Join(got, "|"), want)
		}
	}
}

// TestTables holds that a table that contradicts itself, or names a code that nobody has, is refused.
func TestTables(t *testing.T) {
	t.Parallel()
	for table, want := range map[string]string{
		"name,code\n":                                    "has not the columns",
		"name,code,until,why\nA,iso3:XYZ,,\n":            "nobody ever held",
		"name,code,until,why\nA,iso3:JPN,,\nA,cow:2,,\n": "is decided above",
		"name,code,until,why\nA,iso3:JPN,soon,\n":        "is not a date",
	} {
		if _, err := names.New(states.Actors, table); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; want %s", table, err, want)
		}
	}
}
