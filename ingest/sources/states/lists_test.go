package states

import (
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/testneeds"
)

// readCSV reads a file of the field's data; get gives a field by its column's name.
func readCSV(t *testing.T, name string, comma rune) (rows [][]string, get func(row []string, column string) string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(testneeds.Data(t), filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	if comma == '\t' { // Windows-1252
		if text, err = charmap.Windows1252.NewDecoder().Bytes(text); err != nil {
			t.Fatal(err)
		}
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff")))
	r.Comma = comma
	r.LazyQuotes = true
	all, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	header := all[0]
	return all[1:], func(row []string, column string) string {
		i := slices.Index(header, column)
		if i < 0 {
			t.Fatalf("%s has no column %s", name, column)
		}
		return strings.TrimSpace(row[i])
	}
}

// A spell is a stretch of days on which a code holds, whoever has it.
type spell struct{ code, from, to string }

// ours gives the registry's spells of a scheme, with those of one code that touch joined: where a code
// changes its holder the list has one spell and the registry two. The registry's own additions are left out.
func ours(t *testing.T, scheme string) []spell {
	t.Helper()
	byCode := map[string][]graph.Interval{}
	for _, a := range actors(t) {
		for _, id := range a.Identifiers {
			if id.Scheme != scheme || a.Key == "cow:300" && id.Value == "AUS" {
				continue
			}
			i := graph.Interval{From: id.Period.Start.Earliest(), To: graph.MaxDay}
			if !id.Period.End.IsZero() {
				i.To = id.Period.End.Latest() + 1
			}
			byCode[id.Value] = append(byCode[id.Value], i)
		}
	}
	var spells []spell
	for code, all := range byCode {
		slices.SortFunc(all, func(a, b graph.Interval) int { return int(a.From) - int(b.From) })
		for i := 0; i < len(all); {
			whole := all[i]
			for i++; i < len(all) && all[i].From == whole.To; i++ {
				whole.To = all[i].To
			}
			s := spell{code: code, from: whole.From.String()}
			if whole.To < graph.MaxDay {
				s.to = whole.Last().String()
			}
			spells = append(spells, s)
		}
	}
	return spells
}

// compareSpells tells every spell that only one side has.
func compareSpells(t *testing.T, list string, theirs, ours []spell) {
	t.Helper()
	for _, s := range theirs {
		if !slices.Contains(ours, s) {
			t.Errorf("%s: the registry lacks %v", list, s)
		}
	}
	for _, s := range ours {
		if !slices.Contains(theirs, s) {
			t.Errorf("%s: only the registry has %v", list, s)
		}
	}
}

// Every row of the Correlates of War list, with the same numbers, abbreviations and days.
func TestCOWList2024(t *testing.T) {
	rows, get := readCSV(t, "cow-state-system/cow_statelist2024.csv", ',')
	if len(rows) != 244 {
		t.Errorf("%d rows, want 244", len(rows))
	}
	var numbers, abbreviations []spell
	for _, r := range rows {
		s := cowSpell(get, r, "2024-12-31")
		s.code = get(r, "stateabb")
		abbreviations = append(abbreviations, s)
		s.code = get(r, "ccode")
		// The list has one day, 2006-06-03, under number 345 both for Yugoslavia and for Serbia; the registry
		// lets the first keep its last day, and joined they are one spell.
		switch s {
		case spell{"345", "1944-10-20", "2006-06-03"}:
			s.to = ""
		case spell{"345", "2006-06-03", ""}:
			continue
		}
		numbers = append(numbers, s)
	}
	compareSpells(t, "COW v2024", numbers, ours(t, "cow"))
	compareSpells(t, "COW v2024", abbreviations, ours(t, "cowc"))
}

// The list of 2016 differs from that of 2024 in one thing: Serbia goes on under the abbreviation YUG.
func TestCOWList2016(t *testing.T) {
	rows, get := readCSV(t, "cow-state-system/states2016.csv", ',')
	if len(rows) != 243 {
		t.Errorf("%d rows, want 243", len(rows))
	}
	var numbers, abbreviations []spell
	for _, r := range rows {
		s := cowSpell(get, r, "2016-12-31")
		s.code = get(r, "ccode")
		numbers = append(numbers, s)
		s.code = get(r, "stateabb")
		if s == (spell{"YUG", "1944-10-20", ""}) {
			s.to = "2006-06-03"
			abbreviations = append(abbreviations, spell{"SRB", "2006-06-03", ""})
		}
		abbreviations = append(abbreviations, s)
	}
	compareSpells(t, "COW v2016", numbers, ours(t, "cow"))
	compareSpells(t, "COW v2016", abbreviations, ours(t, "cowc"))
}

func cowSpell(get func([]string, string) string, r []string, last string) spell {
	day := func(prefix string) string {
		var n [3]int
		for i, part := range []string{"year", "month", "day"} {
			if _, err := fmt.Sscan(get(r, prefix+part), &n[i]); err != nil {
				return err.Error()
			}
		}
		return fmt.Sprintf("%04d-%02d-%02d", n[0], n[1], n[2])
	}
	s := spell{from: day("st"), to: day("end")}
	if s.to == last { // still a member
		s.to = ""
	}
	return s
}

// Every row of the Gleditsch–Ward list, with the same numbers, abbreviations and days.
func TestGleditschWardList(t *testing.T) {
	rows, get := readCSV(t, "gw-state-list/ksgmdw.txt", '\t')
	if len(rows) != 216 {
		t.Errorf("%d rows, want 216", len(rows))
	}
	var numbers, abbreviations []spell
	for _, r := range rows {
		s := spell{from: get(r, "start"), to: get(r, "end")}
		if s.to == "2020-12-31" {
			s.to = ""
		}
		s.code = get(r, "statenumber")
		numbers = append(numbers, s)
		s.code = get(r, "stateid")
		abbreviations = append(abbreviations, s)
	}
	compareSpells(t, "Gleditsch-Ward", numbers, ours(t, "gw"))
	compareSpells(t, "Gleditsch-Ward", abbreviations, ours(t, "gwc"))
}

// What the registry adds to the lists, and nothing else.
func TestOwnCodes(t *testing.T) {
	all, err := read(Files)
	if err != nil {
		t.Fatal(err)
	}
	own := map[string]bool{}
	for _, name := range []string{"cow.csv", "gw.csv"} {
		for _, r := range all[name] {
			if r.get("basis") == "own" {
				own[name+" "+strings.Join(r.fields, ",")] = true
			}
		}
	}
	want := []string{"cow.csv ,AUS,1816-01-01,1918-11-12,cow:300,own"}
	if got := slices.Sorted(maps.Keys(own)); !slices.Equal(got, want) {
		t.Errorf("own codes: %v, want %v", got, want)
	}
}
