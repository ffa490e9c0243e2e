package cowdiplomaticexchange

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// A pair is all rows of two states, in either order. The file has each two states twice, once in each.
type pair struct {
	a, b     int // a < b; 0: the numbers are not known
	waves    []wave
	mistakes ingest.Mistakes
}

// gather reads the file, and gives the pairs by their numbers. What has no numbers is a pair of its own.
func gather(ctx context.Context, files fs.FS, name string) ([]*pair, error) {
	byCodes := map[[2]int]*pair{}
	var all []*pair
	for row, err := range table.Read(ctx, files, name, list.Format) {
		if err != nil {
			return nil, err
		}
		w, bad, named := read(row)
		codes := [2]int{min(w.first, w.second), max(w.first, w.second)}
		p := byCodes[codes]
		switch {
		case !named:
			p = &pair{}
			all = append(all, p)
		case p == nil:
			p = &pair{a: codes[0], b: codes[1]}
			byCodes[codes] = p
			all = append(all, p)
		}
		p.waves, p.mistakes = append(p.waves, w), append(p.mistakes, bad...)
	}
	slices.SortStableFunc(all, func(x, y *pair) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	return all, nil
}

// rows makes the statements of two states, of each at the other, or puts all their rows in quarantine.
func (p *pair) rows(d *table.Dataset, roster *ingest.Roster) ([]ingest.Row, error) {
	records := make([]ingest.Record, len(p.waves))
	for i, w := range p.waves {
		records[i] = w.record
	}
	var made []*graph.Representation
	if len(p.mistakes) == 0 {
		made = p.representations(roster)
	}
	if len(p.mistakes) > 0 {
		key := ""
		if p.a > 0 {
			key = fmt.Sprintf("%s:%d-at-%d", Key, p.a, p.b)
		}
		return []ingest.Row{ingest.Quarantine(d.Slice(), graph.StatementRepresentation, key, records, p.mistakes)}, nil
	}
	if len(made) == 0 { // both numbers name one actor in every year
		return []ingest.Row{{Records: records, LeftOut: true}}, nil
	}
	rows := make([]ingest.Row, len(made))
	for i, r := range made {
		if err := r.Check(); err != nil {
			return nil, err
		}
		statement, err := graph.NewStatement(Key, d.Slice().ID, r, fmt.Sprintf("%s:%d", records[0].File, records[0].Line))
		if err != nil {
			return nil, err
		}
		rows[i] = ingest.Row{Statement: statement, Records: records}
	}
	return rows, nil
}

// representations gives what the rows say of either at the other, by who held the numbers in each year.
func (p *pair) representations(roster *ingest.Roster) []*graph.Representation {
	slices.SortStableFunc(p.waves, func(x, y wave) int { return cmp.Compare(x.year, y.year) })
	type mission struct{ sender, receiver graph.ActorKey }
	made := map[mission]*graph.Representation{}
	var all []*graph.Representation
	for i, w := range p.waves {
		if i > 0 && p.waves[i-1].year == w.year {
			p.same(p.waves[i-1], w)
			continue
		}
		a, noteA := p.holder(roster, w, p.a)
		b, noteB := p.holder(roster, w, p.b)
		if a == "" || b == "" || a == b { // two numbers of one actor: 255 and 260 are Germany in 1990
			continue
		}
		atA, atB := w.atFirst, w.atSecond
		if w.first != p.a {
			atA, atB = atB, atA
		}
		for _, side := range []struct {
			sender, receiver graph.ActorKey
			from, to, coded  int
		}{{b, a, p.b, p.a, atA}, {a, b, p.a, p.b, atB}} {
			m := mission{side.sender, side.receiver}
			r := made[m]
			if r == nil {
				r = &graph.Representation{
					Key:    graph.RepresentationKey(fmt.Sprintf("%s:%s-at-%s", Key, part(roster, side.from, side.sender), part(roster, side.to, side.receiver))),
					Sender: side.sender, Receiver: side.receiver,
					Citations: []graph.Citation{{Source: Key, Locator: fmt.Sprintf("states %d and %d", p.a, p.b)}},
				}
				made[m] = r
				all = append(all, r)
			}
			level, note := w.level(side.coded)
			note = strings.Join(slices.DeleteFunc([]string{note, noteA, noteB}, func(s string) bool { return s == "" }), " ")
			r.Records = append(r.Records, graph.RepresentationRecord{Level: level, Observed: graph.MustDate(text(w.year)), Note: note})
		}
	}
	return all
}

// same holds a second row of one year to the first: the same two states in the other order, with the same levels.
func (p *pair) same(before, w wave) {
	switch {
	case w.first == before.first:
		p.mistakes = append(p.mistakes, w.mistake("year", text(w.year), fmt.Sprintf("these two states stand twice in this order in %d; the other row is line %d", w.year, before.record.Line), "take one out"))
	case w.atFirst != before.atSecond:
		p.mistakes = append(p.mistakes, w.mistake("DR_at_1", text(w.atFirst), fmt.Sprintf("line %d, which has the two in the other order, has %d for it", before.record.Line, before.atSecond), "the same in both"))
	case w.atSecond != before.atFirst:
		p.mistakes = append(p.mistakes, w.mistake("DR_at_2", text(w.atSecond), fmt.Sprintf("line %d, which has the two in the other order, has %d for it", before.record.Line, before.atFirst), "the same in both"))
	case w.exchange != before.exchange:
		p.mistakes = append(p.mistakes, w.mistake("DE", map[bool]string{true: "1", false: "0"}[w.exchange], fmt.Sprintf("line %d, which has the two in the other order, has the contrary", before.record.Line), "the same in both"))
	}
}

// holder gives who held a number in a year, and in a note that nobody did then and only one ever did.
func (p *pair) holder(roster *ingest.Roster, w wave, code int) (graph.ActorKey, string) {
	field := "ccode1"
	if w.first != code {
		field = "ccode2"
	}
	held, err := roster.Holders("cow", text(code), graph.On(graph.MustDate(text(w.year))))
	if err != nil {
		rule, suggestion := ingest.Unresolved(err)
		p.mistakes = append(p.mistakes, w.mistake(field, text(code), rule, suggestion))
		return "", ""
	}
	return held[0].Actor, roster.Counted(held[0], "cow", text(code))
}

// part is a state's part of a key: its number, and where several actors held it, which one.
func part(roster *ingest.Roster, code int, actor graph.ActorKey) string {
	if roster.Outside("cow", text(code)) != "" { // one actor alone ever held it
		return text(code)
	}
	_, own, _ := strings.Cut(string(actor), ":")
	return text(code) + "-" + strings.ToLower(own)
}
