package states

import (
	"fmt"
	"slices"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/entente-graph/entente/graph"
)

// Languages are the languages in which every state of today has a name.
var Languages = []string{"en", "ja", "ko", "zh", "fr", "ar", "ru", "es"}

// correction is a name that replaces CLDR's from a day on.
type correction struct {
	text string
	from graph.Date
}

// addNames gives the actors their names, the one to show first: the corrections of CLDR, CLDR's, the names of
// names.csv, and the English name of actors.csv where it is none of these.
func (r *registry) addNames(all tables) {
	corrections := map[*actor]map[string]correction{}
	for _, row := range all["cldr-corrections.csv"] {
		a := r.actor(row, "actor")
		if a == nil || !r.language(row) {
			continue
		}
		if corrections[a] == nil {
			corrections[a] = map[string]correction{}
		}
		corrections[a][row.get("lang")] = correction{row.get("text"), r.date(row, "from")}
	}
	written := map[*actor][]graph.Name{}
	periods := map[*actor][]graph.Period{}
	for _, row := range all["names.csv"] {
		a := r.actor(row, "actor")
		if a == nil {
			continue
		}
		p := r.period(row, "")
		if !p.Start.IsZero() && p.End.IsZero() {
			p.Why = graph.Ongoing
		}
		if row.get("lang") == "*" { // how long the names of CLDR hold
			if a.region == "" || row.get("text") != "" {
				r.wrong(row.mistake("lang", "stands for the names of CLDR, and has no text of its own", "give the actor a region in actors.csv, or name a language"))
			}
			periods[a] = append(periods[a], p)
			continue
		}
		if r.language(row) {
			written[a] = append(written[a], graph.Name{Text: row.get("text"), Lang: row.get("lang"), Period: p})
		}
	}
	// CLDR folds states of the past into others (DD into Germany): only codes of today name a region, and Kosovo's.
	regions := map[string]bool{"": true, "XK": true}
	for _, row := range all["iso.csv"] {
		regions[row.get("alpha2")] = true
	}
	for _, a := range r.actors {
		if !regions[a.region] {
			r.wrong(a.row.mistake("region", "is not a code of iso.csv", "leave it empty for a polity of the past, and write its names in names.csv"))
			continue
		}
		names := r.cldr(a, periods[a], corrections[a])
		names = append(names, written[a]...)
		if !slices.ContainsFunc(names, func(n graph.Name) bool { return n.Lang == "en" && n.Text == a.name }) {
			english := graph.Name{Text: a.name, Lang: "en"}
			for _, p := range orWhole(periods[a]) {
				english.Period = p
				names = append(names, english)
			}
		}
		for _, n := range names {
			if last := a.facts.Existence; n.Period.Why == graph.Ongoing && len(last) > 0 { // to the end of the actor
				n.Period = n.Period.EndingAs(last[len(last)-1])
			}
			if !slices.Contains(a.facts.Names, n) {
				a.facts.Names = append(a.facts.Names, n)
			}
		}
	}
}

// language holds a row with a name to the eight languages, and to having a text.
func (r *registry) language(row row) bool {
	if !slices.Contains(Languages, row.get("lang")) {
		r.wrong(row.mistake("lang", "is not one of the registry's languages", fmt.Sprintf("write one of %v", Languages)))
		return false
	}
	if row.get("text") == "" {
		r.wrong(row.mistake("text", "is empty", "write the name"))
		return false
	}
	return true
}

// cldr gives the names that CLDR has for the actor's region, each for the periods given, with corrections.
func (r *registry) cldr(a *actor, periods []graph.Period, corrections map[string]correction) []graph.Name {
	if a.region == "" {
		return nil
	}
	region, err := language.ParseRegion(a.region)
	if err != nil || region.String() != a.region {
		r.wrong(a.row.mistake("region", "is not a region of CLDR", "write the two letters of ISO 3166-1, or nothing for a polity of the past"))
		return nil
	}
	var first, names []graph.Name
	for _, lang := range Languages {
		text := namer(lang).Name(region)
		if text == "" {
			r.wrong(a.row.mistake("region", "has no name in CLDR in the language "+lang, "leave the region empty and write names by hand"))
			continue
		}
		fix, corrected := corrections[lang]
		corrected = corrected && fix.text != text
		if corrected {
			first = append(first, graph.Name{Text: fix.text, Lang: lang, Period: graph.Period{Start: fix.from, Why: graph.Ongoing}})
		}
		for _, p := range orWhole(periods) {
			if corrected && p.End.IsZero() {
				p.End, p.Why = fix.from.DayBefore(), ""
			}
			names = append(names, graph.Name{Text: text, Lang: lang, Period: p})
		}
	}
	return append(first, names...)
}

// orWhole gives the periods, or where there are none the one that is always.
func orWhole(periods []graph.Period) []graph.Period {
	if len(periods) == 0 {
		return []graph.Period{{}}
	}
	return periods
}

// namer gives CLDR's names of regions in a language.
func namer(lang string) display.Namer { return display.Regions(language.MustParse(lang)) }
