package gdelt

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// A reader makes acts of rows.
type reader struct {
	book   *codebook
	roster *ingest.Roster
	// held remembers who held a code on a day: a file has few of either.
	held map[coded]holder
}

type coded struct{ code, day string }

type holder struct {
	actor graph.ActorKey
	rule  string // why there is none
	hint  string
}

// maxHeld bounds what is remembered.
const maxHeld = 1 << 16

var (
	number    = regexp.MustCompile(`^[1-9][0-9]{0,18}$`)
	cameoCode = regexp.MustCompile(`^(0[1-9]|1[0-9]|20)[0-9]{0,2}$`)
	scale     = regexp.MustCompile(`^-?(10(\.0+)?|[0-9](\.[0-9]0*)?)$`)
)

// between tells whether a row is of what is kept: an act of an actor of one state toward one of another. What is not, is left
// out, whatever else is in it.
func (r *reader) between(x *row) bool {
	a, b := x.cell(country1), x.cell(country2)
	return a != "" && b != "" && a != b && !r.book.regions[a] && !r.book.regions[b]
}

// act makes the act of a row, or says what is wrong with it.
func (r *reader) act(x *row, day graph.Day) (a *graph.Act, bad ingest.Mistakes) {
	wrong := func(c column, rule, suggestion string) { bad = append(bad, x.mistake(c, rule, suggestion)) }
	id := x.cell(eventID)
	if !number.MatchString(id) {
		wrong(eventID, "this is not the number of an event", "digits alone")
	}
	on, ok := dayOf(x.cell(sqlDate))
	switch {
	case !ok:
		wrong(sqlDate, "this is not a day", "YYYYMMDD")
	case on > day:
		wrong(sqlDate, fmt.Sprintf("the event is of a day after the one on which it was added, %s", day), "")
	}
	if when := x.cell(added); len(when) < 8 || !ofDay(when, day) {
		wrong(added, fmt.Sprintf("the row was added on another day than the file is of, %s", day), "rows of one day stand in files of that day")
	}
	code := x.cell(eventCode)
	kind, known := r.book.typeOf(code)
	if !known || !cameoCode.MatchString(code) {
		wrong(eventCode, "this is not a code of CAMEO", "01 to 20 with up to two more digits; codes are text: 010 and 10 differ")
	} else if root := x.cell(rootCode); root != code[:2] {
		wrong(rootCode, fmt.Sprintf("this is not the root of %s", code), code[:2])
	}
	quad := x.cell(quadClass)
	if len(quad) != 1 || quad < "1" || quad > "4" {
		wrong(quadClass, "this is not a quad class", "1 to 4")
	}
	tenths, ok := tenthsOf(x.cell(goldstein))
	if !ok {
		wrong(goldstein, "this is not on Goldstein's scale", "-10.0 to 10.0, with one decimal place")
	}
	var counts [3]int
	for i, c := range []column{mentions, sources, articles} {
		n, err := strconv.Atoi(x.cell(c))
		if err != nil || n < 0 || x.cell(c)[0] == '+' {
			wrong(c, "this is not how many there are", "digits alone")
		}
		counts[i] = n
	}
	if len(bad) > 0 {
		return nil, bad
	}
	by, toward := r.party(x, country1, type1, graph.RoleBy, on, wrong), r.party(x, country2, type2, graph.RoleToward, on, wrong)
	if len(bad) > 0 {
		return nil, bad
	}
	return &graph.Act{
		EngagementBase: graph.EngagementBase{
			Key:            graph.EngagementKey(string(Key) + ":" + id),
			Kind:           graph.KindAct,
			Titles:         []graph.Name{{Text: titleOf(kind, code), Lang: "en"}},
			Topics:         r.book.topicsOf(code),
			Period:         graph.On(graph.DateOf(on)),
			Place:          strings.TrimSpace(x.cell(place)),
			Participations: []graph.Participation{by, toward},
			Citations:      []graph.Citation{{Source: Key, Locator: strings.TrimSuffix("event "+id+", "+x.cell(url), ", ")}},
		},
		Type: kind, CAMEO: code, QuadClass: int(quad[0] - '0'), Goldstein: &tenths,
		Mentions: &graph.Mentions{Mentions: counts[0], Sources: counts[1], Articles: counts[2]},
	}, nil
}

// titleOf says what was done in words, and by which code: Visit, CAMEO 042.
func titleOf(kind graph.ActType, code string) string {
	words := strings.ToLower(strings.ReplaceAll(string(kind), "_", " "))
	return strings.ToUpper(words[:1]) + words[1:] + ", CAMEO " + code
}

// party makes the part of the state whose code the row has. What of the state acted (its government, rebels in it) is the
// capacity in which it did.
func (r *reader) party(x *row, country, roles column, as graph.Role, on graph.Day, wrong func(column, string, string)) graph.Participation {
	h := r.holder(x.cell(country), on, x.cell(sqlDate))
	if h.actor == "" {
		wrong(country, h.rule, h.hint)
	}
	var capacity []string
	for c := roles; c < roles+3; c++ {
		code := x.cell(c)
		if code == "" {
			continue
		}
		role, ok := r.book.roles[code]
		if !ok {
			wrong(c, "this role is not in the codebook", "three letters of CAMEO, as GOV or MIL")
		}
		capacity = append(capacity, role)
	}
	return graph.Participation{Actor: h.actor, Role: as, Capacity: strings.Join(capacity, ", ")}
}

// holder tells who held a country code on a day.
func (r *reader) holder(code string, on graph.Day, day string) holder {
	at := coded{code, day}
	if h, ok := r.held[at]; ok {
		return h
	}
	iso := code
	if other, ok := r.book.countries[code]; ok {
		iso = other
	}
	var h holder
	found, err := r.roster.Holders("iso3", iso, graph.On(graph.DateOf(on)))
	switch {
	case err != nil:
		h.rule, h.hint = ingest.Unresolved(err)
	case found[0].Outside:
		nobody := r.roster.Nobody("iso3", iso, graph.On(graph.DateOf(on)))
		h = holder{rule: nobody.Rule, hint: nobody.Suggestion}
	default:
		h.actor = found[0].Actor
	}
	if len(r.held) >= maxHeld {
		clear(r.held)
	}
	r.held[coded{strings.Clone(code), strings.Clone(day)}] = h
	return h
}

// dayOf reads YYYYMMDD.
func dayOf(text string) (graph.Day, bool) {
	if len(text) != 8 || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, _ := strconv.Atoi(text) // it is digits
	return graph.NewDay(n/10000, n/100%100, n%100)
}

// ofDay tells whether a time in digits is of the day.
func ofDay(text string, day graph.Day) bool {
	d, ok := dayOf(text[:8])
	return ok && d == day
}

// tenthsOf reads a score of one decimal place.
func tenthsOf(text string) (int, bool) {
	if !scale.MatchString(text) {
		return 0, false
	}
	whole, rest, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	n, _ := strconv.Atoi(whole) // it is digits
	n *= 10
	if rest != "" {
		n += int(rest[0] - '0')
	}
	if n > 100 {
		return 0, false
	}
	if strings.HasPrefix(text, "-") {
		n = -n
	}
	return n, true
}
