package server

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// A tieTable is the ties of dyads laid out for analysts: a row for every spell, in the order of dyads (by ccode),
// topics (as docs/model.md lists them) and spells. The two actors of a dyad are ordered by ccode, the lower first.
//
// A tie without spells has one row, with its status (NONE, NO_DATA …) and no dates, so that a topic that was asked
// for is never silently absent. Spells of strands have no row: they never move their topic.
type tieTable struct {
	View   *graph.View
	Ties   []*graph.Tie // in the order of the rows
	Actors map[graph.ActorKey]*graph.Actor
	Rows   []tieRow
}

// tieColumns are the columns, in their order; the same names stand in JSON.
var tieColumns = []string{
	"ccode1", "ccode2", "iso3c1", "iso3c2", "topic", "status", "extent", "certain",
	"start", "start_earliest", "start_latest", "end", "end_earliest", "end_latest", "end_why",
	"started_by", "ended_by", "sources",
}

// A tieRow is one row. What is unknown is empty in CSV and null in JSON.
type tieRow struct {
	CCode1        number   `json:"ccode1"`
	CCode2        number   `json:"ccode2"`
	ISO3C1        text     `json:"iso3c1"`
	ISO3C2        text     `json:"iso3c2"`
	Topic         text     `json:"topic"`
	Status        text     `json:"status"`
	Extent        text     `json:"extent"`
	Certain       bool     `json:"certain"`
	Start         text     `json:"start"` // EDTF, as the source has it
	StartEarliest text     `json:"start_earliest"`
	StartLatest   text     `json:"start_latest"`
	End           text     `json:"end"` // the last day, not the first after it
	EndEarliest   text     `json:"end_earliest"`
	EndLatest     text     `json:"end_latest"`
	EndWhy        text     `json:"end_why"` // why there is no end: ONGOING, UNKNOWN, CENSORED
	StartedBy     text     `json:"started_by"`
	EndedBy       text     `json:"ended_by"`
	Sources       []string `json:"sources"` // keys of works; of a source, where it cites no work
}

// cells gives the row for CSV, in the order of tieColumns.
func (r *tieRow) cells() []string {
	return []string{
		r.CCode1.String(), r.CCode2.String(), string(r.ISO3C1), string(r.ISO3C2), string(r.Topic), string(r.Status),
		string(r.Extent), strconv.FormatBool(r.Certain), string(r.Start), string(r.StartEarliest), string(r.StartLatest),
		string(r.End), string(r.EndEarliest), string(r.EndLatest), string(r.EndWhy), string(r.StartedBy), string(r.EndedBy),
		strings.Join(r.Sources, ";"),
	}
}

// text is a cell whose emptiness means unknown.
type text string

// MarshalJSON prints null where it is empty.
func (t text) MarshalJSON() ([]byte, error) {
	if t == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(t))
}

// number is a code; 0 is none.
type number int

func (n number) String() string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(int(n))
}

// MarshalJSON prints null where there is none.
func (n number) MarshalJSON() ([]byte, error) {
	if n == 0 {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, int64(n), 10), nil
}

// newTieTable asks for the ties of dyads and lays them out.
func newTieTable(ctx context.Context, v *graph.View, dyads []graph.DyadKey, f graph.TieFilter) (*tieTable, error) {
	t := &tieTable{View: v}
	ties, err := v.Ties(ctx, dyads, f)
	if err != nil {
		return nil, err
	}
	if t.Actors, err = actorsOf(ctx, v, dyads); err != nil {
		return nil, err
	}
	pairs := make([]pair, len(dyads))
	for i, d := range dyads {
		pairs[i] = t.pair(d)
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(compareSides(a.first, b.first), compareSides(a.second, b.second))
	})
	for _, p := range pairs {
		t.Ties = append(t.Ties, ties[p.dyad]...)
	}
	carriers, err := carriersOf(ctx, v, t.Ties)
	if err != nil {
		return nil, err
	}
	for _, p := range pairs {
		for _, tie := range ties[p.dyad] {
			if len(tie.Spells) == 0 {
				r := p.row(tie.Topic, tie.Status, tie.StatusCertain)
				t.Rows = append(t.Rows, r)
			}
			for _, s := range tie.Spells {
				t.Rows = append(t.Rows, p.spell(s, carriers))
			}
		}
	}
	return t, nil
}

// actorsOf gives the actors of dyads with all the codes that they ever held: a day on which one had none must not
// leave a column empty by which tables are joined.
func actorsOf(ctx context.Context, v *graph.View, dyads []graph.DyadKey) (map[graph.ActorKey]*graph.Actor, error) {
	var keys []graph.ActorKey
	for _, d := range dyads {
		keys = append(keys, d.A, d.B)
	}
	slices.Sort(keys)
	whole, err := graph.In(ctx, v.Reader(), graph.State{Load: v.Load})
	if err != nil {
		return nil, err
	}
	return whole.Actors(ctx, slices.Compact(keys))
}

// carriersOf gives the engagements whose citations stand behind spells.
func carriersOf(ctx context.Context, v *graph.View, ties []*graph.Tie) (map[graph.EngagementKey]graph.Engagement, error) {
	var keys []graph.EngagementKey
	for _, t := range ties {
		for _, s := range t.Spells {
			keys = append(keys, s.RestsOn()...)
		}
	}
	slices.Sort(keys)
	found, err := v.EngagementsByKey(ctx, slices.Compact(keys))
	if err != nil {
		return nil, fmt.Errorf("the engagements that bound spells: %w", err)
	}
	return found, nil
}

// A side is one actor of a dyad with its codes.
type side struct {
	key   graph.ActorKey
	ccode number // its Correlates of War number; 0: none
	iso3c text
}

// compareSides orders by ccode, those without one last and by key.
func compareSides(a, b side) int {
	if (a.ccode == 0) != (b.ccode == 0) {
		return cmp.Compare(b.ccode, a.ccode)
	}
	return cmp.Or(cmp.Compare(a.ccode, b.ccode), cmp.Compare(a.key, b.key))
}

// A pair is a dyad in the order of tables.
type pair struct {
	dyad          graph.DyadKey
	first, second side
}

func (t *tieTable) pair(d graph.DyadKey) pair {
	p := pair{d, t.side(d.A), t.side(d.B)}
	if compareSides(p.second, p.first) < 0 {
		p.first, p.second = p.second, p.first
	}
	return p
}

func (t *tieTable) side(key graph.ActorKey) side {
	s := side{key: key}
	a := t.Actors[key]
	if a == nil {
		return s
	}
	if n, err := strconv.Atoi(t.code(a, "cow")); err == nil {
		s.ccode = number(n)
	}
	s.iso3c = text(t.code(a, "iso3"))
	return s
}

// code gives the value of a scheme that the actor holds on the view's day, or else the one it held latest: a table
// needs a single code for all its rows.
func (t *tieTable) code(a *graph.Actor, scheme string) string {
	value := ""
	var best graph.Interval
	for _, id := range a.Identifiers {
		if id.Scheme != scheme {
			continue
		}
		valid := graph.Always
		if !id.Period.IsZero() {
			valid = id.Period.Bounds().Possible()
		}
		if t.View.AsOf != nil && valid.Contains(*t.View.AsOf) {
			return id.Value
		}
		if value == "" || valid.To > best.To || valid.To == best.To && valid.From > best.From {
			value, best = id.Value, valid
		}
	}
	return value
}

func (p pair) row(topic graph.Topic, status graph.TieStatus, certain bool) tieRow {
	return tieRow{
		CCode1: p.first.ccode, CCode2: p.second.ccode, ISO3C1: p.first.iso3c, ISO3C2: p.second.iso3c,
		Topic: text(topic), Status: text(status), Certain: certain, Sources: []string{},
	}
}

func (p pair) spell(s *graph.Spell, carriers map[graph.EngagementKey]graph.Engagement) tieRow {
	r := p.row(s.Topic, s.Status, s.Certain)
	r.Extent = text(s.Extent)
	r.Start, r.StartEarliest, r.StartLatest = dateCells(s.Period.Start)
	r.End, r.EndEarliest, r.EndLatest = dateCells(s.Period.End)
	r.EndWhy = text(s.Period.Why)
	r.StartedBy, r.EndedBy = text(s.StartedBy), text(s.EndedBy)
	r.Sources = behind(s, carriers)
	return r
}

// dateCells gives a date as its source has it, and the first and last day that it names (~ and ? do not widen them).
func dateCells(d graph.Date) (edtf, earliest, latest text) {
	if d.IsZero() {
		return "", "", ""
	}
	return text(d.EDTF()), text(d.Earliest().String()), text(d.Latest().String())
}

// behind gives the works behind a spell, each once, those of its beginning first. Where no work is cited stands the source.
func behind(s *graph.Spell, carriers map[graph.EngagementKey]graph.Engagement) []string {
	keys := []string{}
	for _, c := range s.Cites(carriers) {
		if key := cmp.Or(string(c.Work), string(c.Source)); key != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}
