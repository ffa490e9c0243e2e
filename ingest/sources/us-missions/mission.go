package usmissions

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// A state is all rows of one number.
type state struct {
	code   string
	spells []*spell
}

// gather reads the file, and gives the states by number.
func gather(ctx context.Context, files fs.FS, name string) ([]*state, error) {
	known, err := levels()
	if err != nil {
		return nil, err
	}
	byCode := map[string]*state{}
	var all []*state
	for row, err := range table.Read(ctx, files, name, list.Format) {
		if err != nil {
			return nil, err
		}
		s := read(row, known)
		st := byCode[s.code]
		if st == nil {
			st = &state{code: s.code}
			byCode[s.code] = st
			all = append(all, st)
		}
		st.spells = append(st.spells, s)
	}
	slices.SortStableFunc(all, func(a, b *state) int {
		x, errX := strconv.Atoi(a.code)
		y, errY := strconv.Atoi(b.code)
		return cmp.Or(cmp.Compare(flag(errX), flag(errY)), cmp.Compare(x, y), cmp.Compare(a.code, b.code))
	})
	return all, nil
}

// flag puts what is no number behind.
func flag(err error) int {
	if err != nil {
		return 1
	}
	return 0
}

// rows makes the statements of a state, one for each actor that held its number, or puts all its rows in quarantine.
func (st *state) rows(d *table.Dataset, roster *ingest.Roster) ([]ingest.Row, error) {
	var from []table.Row
	for _, s := range st.spells {
		from = append(from, s.row)
	}
	made := st.representations(roster)
	var bad ingest.Mistakes
	for _, s := range st.spells {
		bad = append(bad, s.bad...)
	}
	if len(bad) > 0 {
		key := ""
		if number.MatchString(st.code) {
			key = string(Key) + ":" + st.code
		}
		return []ingest.Row{d.Quarantine(graph.StatementRepresentation, key, from, bad)}, nil
	}
	rows := make([]ingest.Row, len(made))
	for i, r := range made {
		if err := r.Check(); err != nil {
			return nil, err
		}
		var err error
		if rows[i], err = d.Statement(r, st.spells[0].row, from); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// representations gives what the rows say, by who held the number on their days, in the order in which they did.
func (st *state) representations(roster *ingest.Roster) []*graph.Representation {
	slices.SortStableFunc(st.spells, func(a, b *spell) int { return cmp.Compare(a.first, b.first) })
	several := roster.Outside("cow", st.code) == "" // of a number that one actor alone ever held, it says when
	byActor := map[graph.ActorKey]*graph.Representation{}
	var all []*graph.Representation
	for i, s := range st.spells {
		if len(s.bad) > 0 {
			continue
		}
		handed := i > 0 && several && s.first == st.spells[i-1].last // the last day of one holder of the number is the first of the next
		if i > 0 && s.first <= st.spells[i-1].last && !handed {
			s.mistake("date_start", fmt.Sprintf("the spell begins on %s, when the one before it (line %d) lasts until %s", s.first, st.spells[i-1].row.Line, st.spells[i-1].last), "spells of a state follow one another")
			continue
		}
		held, err := roster.Holders("cow", st.code, graph.Period{Start: graph.DateOf(s.first), End: graph.DateOf(s.last)})
		if err != nil {
			rule, suggestion := ingest.Unresolved(err)
			s.mistake("country_code_cow", rule, suggestion)
			continue
		}
		for j, h := range held {
			r := byActor[h.Actor]
			if r == nil {
				r = &graph.Representation{
					Key: keyOf(st.code, h.Actor, several), Sender: sender, Receiver: h.Actor,
					Citations: []graph.Citation{{Source: Key, Locator: "state " + st.code}},
				}
				byActor[h.Actor] = r
				all = append(all, r)
			}
			if j == len(held)-1 {
				p := s.period()
				h.Period = h.Period.EndingAs(p)
			}
			r.Records = append(r.Records, graph.RepresentationRecord{Level: s.level, Period: h.Period, Note: st.note(roster, h, s, len(held))})
		}
	}
	return all
}

// keyOf is a mission's key: the number of the state, and where several actors held it, which one.
func keyOf(code string, actor graph.ActorKey, several bool) graph.RepresentationKey {
	key := string(Key) + ":" + code
	if several {
		_, own, _ := strings.Cut(string(actor), ":")
		key += "-" + strings.ToLower(own)
	}
	return graph.RepresentationKey(key)
}

// note says what the dates of a record do not mean. A state's first row begins, and its last one ends, with the state's time in the
// list that the dataset counts by, and not with anything that happened to the mission.
func (st *state) note(roster *ingest.Roster, h ingest.Held, s *spell, parts int) string {
	var notes []string
	ever := roster.Ever("cow", st.code)
	if parts == 1 && (s.first == firstDay || slices.ContainsFunc(ever, func(e graph.Holder) bool { return e.Valid.From == s.first })) {
		notes = append(notes, "Begins with the time for which the dataset counts the state; since when it was so is not said.")
	}
	if parts == 1 && s.last != lastDay && slices.ContainsFunc(ever, func(e graph.Holder) bool { return e.Valid.Last() == s.last }) {
		notes = append(notes, "Ends with the time for which the dataset counts the state; until when it was so is not said.")
	}
	if parts > 1 {
		notes = append(notes, "One row of the dataset, divided where the number of the state passed from one to another.")
	}
	if h.Outside {
		notes = append(notes, roster.Counted(h, "cow", st.code))
	}
	return strings.Join(notes, " ")
}
