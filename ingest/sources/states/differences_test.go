package states

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// A difference is one thing that a crosswalk and the registry say differently.
type difference struct{ what, theirs, ours string }

// The registry is not made from the crosswalks of countrycode and cow2iso, but is held against them: every difference
// is explained in testdata/differences.csv, and every explanation is still needed.
func TestCrosswalks(t *testing.T) {
	found := slices.Concat(codelist(t), isoList(t), stateYears(t, "cow"), stateYears(t, "gw"), cow2iso(t))
	slices.SortFunc(found, func(a, b difference) int {
		return cmp.Or(cmp.Compare(a.what, b.what), cmp.Compare(a.theirs, b.theirs), cmp.Compare(a.ours, b.ours))
	})
	found = slices.Compact(found)

	f, err := os.Open("testdata/differences.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	r := csv.NewReader(f)
	r.FieldsPerRecord = 4
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	explained := map[difference]string{}
	for i, row := range rows[1:] {
		d := difference{row[0], row[1], row[2]}
		if row[3] == "" {
			t.Errorf("testdata/differences.csv:%d: %v has no reason", i+2, d)
		}
		if explained[d] != "" {
			t.Errorf("testdata/differences.csv:%d: %v stands twice", i+2, d)
		}
		explained[d] = row[3]
	}
	for _, d := range found {
		if explained[d] == "" {
			t.Errorf("not explained: %s,%s,%s,", field(d.what), field(d.theirs), field(d.ours))
		}
		delete(explained, d)
	}
	for d := range explained {
		t.Errorf("no longer needed: %s,%s,%s", field(d.what), field(d.theirs), field(d.ours))
	}
}

// field writes a field of a CSV file.
func field(text string) string {
	if strings.ContainsAny(text, ",\"") {
		return strconv.Quote(text)
	}
	return text
}

// book is the registry for looking codes up.
type book map[graph.ActorKey]graph.ActorFacts

// holders gives who has a code on any day of the years, by key. MinDay to MaxDay is any time.
func (b book) holders(scheme, value string, years graph.Interval) []string {
	var found []string
	for key, a := range b {
		for _, id := range a.Identifiers {
			if id.Scheme == scheme && id.Value == value && held(a, id).Overlaps(years) && !slices.Contains(found, string(key)) {
				found = append(found, string(key))
			}
		}
	}
	slices.Sort(found)
	return found
}

// held is when an identifier holds: in its period, or while its actor exists.
func held(a graph.ActorFacts, id graph.Identifier) graph.Interval {
	if !id.Period.IsZero() {
		return id.Period.Bounds().Possible()
	}
	life := graph.Interval{From: graph.MaxDay, To: graph.MinDay}
	for _, p := range a.Existence {
		i := p.Bounds().Possible()
		life = graph.Interval{From: min(life.From, i.From), To: max(life.To, i.To)}
	}
	return life
}

// values gives the codes that an actor has in a scheme at any time of the years, each once.
func (b book) values(key graph.ActorKey, scheme string, years graph.Interval) string {
	var found []string
	for _, id := range b[key].Identifiers {
		if id.Scheme == scheme && held(b[key], id).Overlaps(years) && !slices.Contains(found, id.Value) {
			found = append(found, id.Value)
		}
	}
	return strings.Join(found, " ")
}

// codelist compares the rows of countrycode: a row is one unit with its codes in every scheme; where it has
// an ISO code the registry's actor is that code's, otherwise the holder of its number.
func codelist(t *testing.T) []difference {
	b := book(actors(t))
	rows, get := readCSV(t, "countrycode/codelist_without_cldr.csv", ',')
	var found []difference
	for _, row := range rows {
		code := func(column string) string {
			v := get(row, column)
			if v == "NA" && (column != "iso2c" || get(row, "iso3c") != "NAM") { // missing, but for Namibia
				return ""
			}
			return v
		}
		name := get(row, "country.name.en")
		var key graph.ActorKey
		for _, by := range []struct{ scheme, column string }{{"iso3", "iso3c"}, {"cow", "cown"}, {"gw", "gwn"}} {
			if v := code(by.column); v != "" && key == "" {
				holders := b.holders(by.scheme, v, graph.Always)
				if len(holders) == 0 {
					found = append(found, difference{"countrycode " + name + " " + by.scheme, v, ""})
					continue
				}
				// A code with several holders stands for the one it names today.
				key = graph.ActorKey(holders[len(holders)-1])
				if _, ok := b[graph.ActorKey(by.scheme+":"+v)]; ok {
					key = graph.ActorKey(by.scheme + ":" + v)
				}
			}
		}
		if key == "" {
			if code("cowc") != "" || code("gwc") != "" {
				t.Errorf("countrycode has a row for %s with an abbreviation and no number", name)
			}
			continue
		}
		for _, c := range []struct{ scheme, column string }{
			{"iso3", "iso3c"}, {"iso2", "iso2c"}, {"ison", "iso3n"}, {"cow", "cown"}, {"cowc", "cowc"}, {"gw", "gwn"}, {"gwc", "gwc"},
		} {
			theirs, mine := code(c.column), b.values(key, c.scheme, graph.Always)
			if c.scheme == "ison" && theirs != "" { // there a number, without zeros before it
				theirs = fmt.Sprintf("%03s", theirs)
			}
			if theirs != mine {
				found = append(found, difference{fmt.Sprintf("countrycode %s %s", name, c.scheme), theirs, mine})
			}
		}
	}
	return found
}

// isoList compares countrycode's list of the standard.
func isoList(t *testing.T) []difference {
	all, err := read(Files)
	if err != nil {
		t.Fatal(err)
	}
	mine := map[string]string{}
	for _, r := range all["iso.csv"] {
		mine[r.get("alpha3")] = r.get("alpha2")
	}
	rows, get := readCSV(t, "countrycode/data_iso.csv", ',')
	var found []difference
	for _, row := range rows {
		a3, a2 := get(row, "iso3c"), get(row, "iso2c")
		if mine[a3] != a2 {
			found = append(found, difference{"countrycode iso " + a3, a2, mine[a3]})
		}
		delete(mine, a3)
	}
	for a3, a2 := range mine {
		found = append(found, difference{"countrycode iso " + a3, "", a2})
	}
	return found
}

// stateYears compares the years in which countrycode counts each number as a member with those of the registry, up to the last year
// of its table. Runs of years that differ are one difference.
func stateYears(t *testing.T, scheme string) []difference {
	rows, get := readCSV(t, "countrycode/data_"+scheme+".csv", ',')
	type unit struct{ number, abbreviation string }
	theirs := map[unit]map[int]bool{}
	last := 0
	for _, row := range rows {
		u := unit{get(row, scheme+"n"), get(row, scheme+"c")}
		year, err := strconv.Atoi(get(row, "year"))
		if err != nil {
			t.Fatal(err)
		}
		if theirs[u] == nil {
			theirs[u] = map[int]bool{}
		}
		theirs[u][year] = true
		last = max(last, year)
	}
	all, err := read(Files)
	if err != nil {
		t.Fatal(err)
	}
	mine := map[unit]map[int]bool{}
	for _, r := range all[scheme+".csv"] {
		u := unit{r.get("number"), r.get("abbreviation")}
		switch {
		case r.get("basis") == "own":
			continue
		case u.number == "": // an abbreviation whose number stands on a row of its own
			u.number = "345"
		case u.abbreviation == "":
			u.abbreviation = "SRB"
		}
		if mine[u] == nil {
			mine[u] = map[int]bool{}
		}
		to := last
		if v := r.get("to"); v != "" {
			to = min(to, graph.MustDay(v).Time().Year())
		}
		for y := graph.MustDay(r.get("from")).Time().Year(); y <= to; y++ {
			mine[u][y] = true
		}
	}
	units := map[unit]bool{}
	for u := range theirs {
		units[u] = true
	}
	for u := range mine {
		units[u] = true
	}
	var found []difference
	for u := range units {
		what := fmt.Sprintf("countrycode %s %s %s", scheme, u.number, u.abbreviation)
		for y := 1816; y <= last; y++ {
			if theirs[u][y] == mine[u][y] {
				continue
			}
			from := y
			for y < last && theirs[u][y+1] != mine[u][y+1] && theirs[u][y+1] == theirs[u][from] {
				y++
			}
			years := fmt.Sprintf("%d-%d", from, y)
			if theirs[u][from] {
				found = append(found, difference{what, years, ""})
			} else {
				found = append(found, difference{what, "", years})
			}
		}
	}
	return found
}

// cow2iso compares which ISO codes go with a number in which years: its rows give the codes of the standard for
// the years in which a number was used in trade statistics.
func cow2iso(t *testing.T) []difference {
	b := book(actors(t))
	rows, get := readCSV(t, "cow2iso/cow2iso.csv", ',')
	var found []difference
	for _, row := range rows {
		cow, iso2, iso3 := get(row, "cow_id"), get(row, "iso2"), get(row, "iso3")
		what := fmt.Sprintf("cow2iso %s %s", get(row, "cname"), get(row, "valid_from"))
		years := graph.Always
		if d, err := graph.ParseDate(get(row, "valid_from")); err == nil {
			years.From = d.Earliest()
		}
		if d, err := graph.ParseDate(get(row, "valid_until")); err == nil {
			years.To = d.Latest() + 1
		}
		known := func(code string) bool { return code != "" && !strings.HasPrefix(code, "N/") }
		switch {
		case !known(cow) && !known(iso3): // a sum in trade statistics, or a place without any code
			continue
		case !known(cow):
			holders := b.holders("iso3", iso3, years)
			if theirs := b.holders("iso2", iso2, years); len(holders) != 1 || !slices.Equal(theirs, holders) {
				found = append(found, difference{fmt.Sprintf("%s: iso3 %s, iso2 %s", what, iso3, iso2), iso3, strings.Join(holders, " ")})
				continue
			}
			if n := b.values(graph.ActorKey(holders[0]), "cow", years); n != "" {
				found = append(found, difference{fmt.Sprintf("%s: iso3 %s, cow", what, iso3), "", n})
			}
			continue
		case !known(iso3):
			for _, h := range b.holders("cow", cow, years) {
				if codes := b.values(graph.ActorKey(h), "iso3", years); codes != "" {
					found = append(found, difference{fmt.Sprintf("%s: cow %s, iso3", what, cow), "", codes})
				}
			}
			continue
		}
		holders := b.holders("cow", cow, years)
		if theirs := b.holders("iso3", iso3, years); !slices.Equal(theirs, holders) {
			found = append(found, difference{
				fmt.Sprintf("%s: cow %s, iso3 %s", what, cow, iso3), strings.Join(holders, " "), strings.Join(theirs, " "),
			})
		}
		if theirs := b.holders("iso2", iso2, years); !slices.Equal(theirs, holders) {
			found = append(found, difference{
				fmt.Sprintf("%s: cow %s, iso2 %s", what, cow, iso2), strings.Join(holders, " "), strings.Join(theirs, " "),
			})
		}
	}
	return found
}
