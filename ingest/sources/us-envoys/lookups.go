package usenvoys

import (
	_ "embed" // the words of the files
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/historian"
)

// rolesCSV has the title of each role id, territoriesCSV who a territory was where the Office's own names of countries
// (../../historian/countries.csv) do not say it, or say it of its visitors alone: the first row whose days have the first day of the
// tenure decides. A row without a code is a territory for which the registry has no state, with the reason in note.
var (
	//go:embed roles.csv
	rolesCSV string
	//go:embed territories.csv
	territoriesCSV string
)

type territory struct {
	code, note string
	valid      graph.Interval
}

type words struct {
	roles       map[string]string
	territories map[string][]territory
}

var theWords = sync.OnceValues(func() (*words, error) {
	w := &words{roles: map[string]string{}, territories: map[string][]territory{}}
	roles, errR := csv.NewReader(strings.NewReader(rolesCSV)).ReadAll()
	rows, errT := csv.NewReader(strings.NewReader(territoriesCSV)).ReadAll()
	if err := errors.Join(errR, errT); err != nil {
		return nil, err
	}
	for _, r := range roles[1:] {
		w.roles[r[0]] = r[1]
	}
	for i, r := range rows[1:] {
		t := territory{code: r[3], note: r[4], valid: graph.Always}
		for _, edge := range []struct {
			text string
			day  *graph.Day
			more graph.Day
		}{{r[1], &t.valid.From, 0}, {r[2], &t.valid.To, 1}} {
			if edge.text == "" {
				continue
			}
			d, err := graph.ParseDay(edge.text)
			if err != nil {
				return nil, fmt.Errorf("territories.csv:%d: %w", i+2, err)
			}
			*edge.day = d + edge.more
		}
		w.territories[r[0]] = append(w.territories[r[0]], t)
	}
	return w, nil
})

// receiver tells by the id of an appointment, where territories.csv has that, or else of its territory where the mission was on the
// days of a tenure: the actor, or why there is none, and who came after it within the tenure.
func (w *words) receiver(roster *ingest.Roster, id, place string, p graph.Period) (at graph.ActorKey, note string, err error) {
	if p.Start.IsZero() {
		p = graph.On(p.End)
	}
	day := p.Bounds().StartMin
	for _, id := range []string{id, place} {
		rows := w.territories[id]
		i := slices.IndexFunc(rows, func(t territory) bool { return t.valid.Contains(day) })
		if i < 0 {
			continue
		}
		if rows[i].code == "" {
			return "", rows[i].note, nil
		}
		code := graph.ParseCode(rows[i].code)
		held, err := roster.Holders(code.Scheme, code.Value, p)
		if err != nil {
			return "", "", err
		}
		note := passed(roster, held)
		if held[0].Outside {
			note = "The registry has " + roster.Outside(code.Scheme, code.Value) + "."
		}
		return held[0].Actor, note, nil
	}
	c, err := historian.ResolveCountry(roster, place, p)
	switch {
	case err != nil:
		return "", "", err
	case len(c.Held) == 0:
		return "", "The registry has no state of it then: " + c.Note + ".", nil
	}
	return c.Held[0].Actor, passed(roster, c.Held), nil
}

// passed says who came after the first holder of a code.
func passed(roster *ingest.Roster, held []ingest.Held) string {
	if len(held) < 2 {
		return ""
	}
	return fmt.Sprintf("The mission passed from %s to %s on %s.", roster.Name(held[0].Actor), roster.Name(held[1].Actor), held[1].Period.Start)
}

// about tells of a note beside a date that the day is not certain.
func about(note string) bool {
	note = strings.ToLower(note)
	return slices.ContainsFunc([]string{"about", "on or ", "approximately", "soon after", "shortly before", "probably", "between ", "circa"}, func(w string) bool { return strings.Contains(note, w) })
}

// near suggests the words nearest to a text, or nothing.
func near(text string, known map[string]string) string {
	var all []string
	for k := range known {
		all = append(all, k)
	}
	slices.Sort(all)
	found := graph.Nearest(text, all, 3)
	if len(found) == 0 {
		return "one of " + strings.Join(all[:4], ", ") + " …"
	}
	return "did you mean " + strings.Join(found, ", ") + "?"
}
