package ingesttest

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// held is what slices hold: titles by key, by slice.
type held map[graph.SliceID]map[string]string

func (h held) clone() held {
	out := held{}
	for s, lines := range h {
		out[s] = maps.Clone(lines)
	}
	return out
}

func (h held) slice(s graph.SliceID) map[string]string {
	if h[s] == nil {
		h[s] = map[string]string{}
	}
	return h[s]
}

// owner gives the slice that holds a key.
func (h held) owner(key string) (graph.SliceID, bool) {
	for s, lines := range h {
		if _, ok := lines[key]; ok {
			return s, true
		}
	}
	return "", false
}

func same(a, b held) bool {
	for _, h := range [][2]held{{a, b}, {b, a}} {
		for s, lines := range h[0] {
			if len(lines) > 0 && !maps.Equal(lines, h[1][s]) {
				return false
			}
		}
	}
	return true
}

// A turn is a place in the history of a slice: a load that counts, on top of those before it.
type turn struct {
	load  graph.LoadNumber
	below *turn
}

// An edit is a record of a file, by the file's whole text, that an amendment mended.
type edit struct {
	text string
	line int
	as   string
}

// replay is the plainest account of loads, undos, amendments and erasures.
type replay struct {
	graph.Reader // only Manifest is answered

	now           held
	at            []held // at each number
	history       map[graph.SliceID]*turn
	before, after map[graph.LoadNumber]map[graph.SliceID]*turn
	entries       map[graph.LoadNumber][]graph.Quarantined
	files         map[graph.LoadNumber]map[string]string
	edits         map[graph.LoadNumber][]edit
	erased        map[string]bool
	texts         []map[string]string // of all loads that were tried
}

func newReplay() *replay {
	return &replay{
		now: held{}, at: []held{{}}, history: map[graph.SliceID]*turn{}, erased: map[string]bool{},
		before: map[graph.LoadNumber]map[graph.SliceID]*turn{}, after: map[graph.LoadNumber]map[graph.SliceID]*turn{},
		entries: map[graph.LoadNumber][]graph.Quarantined{}, files: map[graph.LoadNumber]map[string]string{}, edits: map[graph.LoadNumber][]edit{},
	}
}

func (m *replay) head() graph.LoadNumber { return graph.LoadNumber(len(m.at) - 1) }

// An effect is what a deed comes to: why it is refused, or what is held then.
type effect struct {
	refused string
	now     held
	of      []graph.SliceID
	undoes  graph.LoadNumber
	edits   []edit
	files   map[string]string
}

// record makes an effect a load.
func (m *replay) record(n graph.LoadNumber, e effect) {
	for graph.LoadNumber(len(m.at)) < n {
		m.at = append(m.at, m.now.clone()) // a number that was burned
	}
	m.now = e.now
	m.at = append(m.at, e.now.clone())
	m.before[n], m.after[n] = map[graph.SliceID]*turn{}, map[graph.SliceID]*turn{}
	for _, s := range e.of {
		m.before[n][s] = m.history[s]
		if e.undoes > 0 {
			m.history[s] = m.before[e.undoes][s]
		} else {
			m.history[s] = &turn{n, m.history[s]}
		}
		m.after[n][s] = m.history[s]
	}
	m.edits[n], m.files[n] = e.edits, e.files
}

// counts tells whether an amendment still stands in all its slices.
func (m *replay) counts(n graph.LoadNumber) bool {
	for s := range m.after[n] {
		found := false
		for at := m.history[s]; at != nil; at = at.below {
			found = found || at.load == n
		}
		if !found {
			return false
		}
	}
	return true
}

// parsed is what lines say: titles by slice and key, how many rows are not understood, and what keys are there twice.
type parsed struct {
	lines  held
	wrong  int
	twice  map[string]bool
	seenIn map[string]graph.SliceID
}

func newParsed() *parsed {
	return &parsed{lines: held{}, twice: map[string]bool{}, seenIn: map[string]graph.SliceID{}}
}

func (p *parsed) add(m *replay, s graph.SliceID, line string) {
	key, title, _ := strings.Cut(strings.TrimRight(line, "\n"), " ")
	switch key {
	case "":
		return
	case "?":
		p.wrong++
		return
	}
	if key = "lines:" + key; m.erased[key] {
		return
	}
	if first, ok := p.seenIn[key]; ok {
		p.twice[key] = true
		delete(p.lines.slice(first), key)
		return
	}
	p.seenIn[key] = s
	p.lines.slice(s)[key] = title
}

// put replaces or adds lines, or says why that cannot be: a key that another slice holds, which is not loaded with it.
func put(now held, of []graph.SliceID, lines held) string {
	for _, s := range of {
		for key := range lines[s] {
			if owner, ok := now.owner(key); ok && !slices.Contains(of, owner) {
				return fmt.Sprintf("%s is held by %s", key, owner)
			}
		}
	}
	return ""
}

func (m *replay) load(texts map[string]string) effect {
	p := newParsed()
	e := effect{now: m.now.clone(), files: texts}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		of := graph.SliceID(name)
		e.of = append(e.of, of)
		mended := map[int]string{}
		for _, n := range slices.Sorted(maps.Keys(m.edits)) {
			for _, d := range m.edits[n] {
				if d.text == texts[name] && m.counts(n) {
					mended[d.line] = d.as
				}
			}
		}
		for i, line := range strings.SplitAfter(texts[name], "\n") {
			if as, ok := mended[i+1]; ok {
				line = as
			}
			p.add(m, of, line)
		}
	}
	e.refused = put(m.now, e.of, p.lines)
	for _, s := range e.of {
		e.now[s] = maps.Clone(p.lines[s])
	}
	return e
}

func (m *replay) undo(n graph.LoadNumber) effect {
	e := effect{now: m.now.clone(), undoes: n}
	if n < 1 || len(m.after[n]) == 0 {
		e.refused = "there is no such load"
		return e
	}
	restored := held{}
	for _, s := range slices.Sorted(maps.Keys(m.after[n])) {
		if m.history[s] != m.after[n][s] {
			e.refused = fmt.Sprintf("load %d is not the newest of %s", n, s)
		}
		e.of = append(e.of, s)
		restored[s] = maps.Clone(m.at[n-1][s])
		e.now[s] = restored[s]
	}
	if e.refused == "" {
		e.refused = put(m.now, e.of, restored)
	}
	return e
}

func (m *replay) amend(n graph.LoadNumber, records []ingest.MendedRecord) effect {
	e := effect{now: m.now.clone()}
	things := map[int]bool{}
	texts := map[string]string{} // by file and line
	place := func(file string, line int) string { return fmt.Sprint(file, " ", line) }
	for _, q := range m.entries[n] {
		for _, r := range q.Records {
			texts[place(r.File, r.Line)] = r.Text
		}
	}
	for _, r := range records {
		p := place(r.File, r.Line)
		if r.Text == strings.TrimRight(texts[p], "\n") || r.Text == texts[p] {
			continue
		}
		texts[p], things[r.N] = r.Text, true
		e.edits = append(e.edits, edit{m.files[n][r.File], r.Line, r.Text})
	}
	if len(things) == 0 {
		e.refused = "nothing is mended"
		return e
	}
	p := newParsed()
	for _, q := range m.entries[n] {
		for _, r := range q.Records {
			if s := graph.SliceID(r.File); things[q.N] {
				if !slices.Contains(e.of, s) {
					e.of = append(e.of, s)
				}
				p.add(m, s, texts[place(r.File, r.Line)])
			}
		}
	}
	if p.wrong > 0 || len(p.twice) > 0 {
		e.refused = "what is mended is not understood"
	}
	for s, lines := range p.lines {
		for key, title := range lines {
			owner, ok := m.now.owner(key)
			if ok && (owner != s || m.now[s][key] != title) {
				e.refused = key + " is held already"
			}
			e.now.slice(s)[key] = title
		}
	}
	return e
}

func (m *replay) erase(n graph.LoadNumber, key string) {
	m.erased[key] = true
	m.record(n, effect{now: m.now})
	for _, h := range append(m.at, m.now) {
		for s := range h {
			delete(h[s], key)
		}
	}
	for n, all := range m.entries {
		m.entries[n] = slices.DeleteFunc(all, func(q graph.Quarantined) bool { return q.Of.Key == key })
	}
}

func (m *replay) everHeld() map[string]bool {
	out := map[string]bool{}
	for _, h := range m.at {
		for _, lines := range h {
			for key := range lines {
				out[key] = true
			}
		}
	}
	return out
}

// Manifest gives what is held at a number, for the digest.
func (m *replay) Manifest(_ context.Context, q graph.ManifestQuery) iter.Seq2[graph.ManifestEntry, error] {
	return func(yield func(graph.ManifestEntry, error) bool) {
		var all []graph.ManifestEntry
		for s, lines := range m.at[q.Load] {
			for key, title := range lines {
				st, err := lineStatement(s, strings.TrimPrefix(key, "lines:"), title, "")
				if err != nil {
					yield(graph.ManifestEntry{}, err)
					return
				}
				all = append(all, graph.ManifestEntry{StatementID: st.StatementID, Slice: s, Hash: st.Hash})
			}
		}
		slices.SortFunc(all, func(a, b graph.ManifestEntry) int { return a.Compare(b.StatementID) })
		for _, e := range all {
			if !yield(e, nil) {
				return
			}
		}
	}
}
