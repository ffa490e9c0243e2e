package ingesttest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/testneeds"
)

// chains plays random sequences of loads, undos, amendments, erasures and broken-off loads over three slices, and
// compares the digest at every number with that of a model that replays them in memory.
func chains(t *testing.T, open func(t testing.TB) graph.Store) {
	seeds := uint64(4)
	switch {
	case testneeds.Long():
		seeds = 300
	case testneeds.Whole():
		seeds = 8
	}
	for seed := range seeds {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			c := newChain(t, seed, open(t))
			defer func() {
				if t.Failed() {
					t.Logf("what was done:\n%s", strings.Join(c.done, "\n"))
				}
			}()
			for range 30 {
				if c.turn(); t.Failed() {
					return
				}
			}
			for n := range c.m.at {
				if got, want := digestAt(t, c.s, graph.LoadNumber(n)), digestAt(t, c.m, graph.LoadNumber(n)); got != want {
					t.Errorf("at load %d the digest is %s; a replay has %s", n, got, want)
				}
			}
		})
	}
}

// A chain is a store and the model beside it.
type chain struct {
	*testing.T
	*rand.Rand
	s    graph.Store
	m    *replay
	open map[graph.LoadNumber]deed // which deed began a load that was broken off
	done []string
}

// A deed is one thing to do: what it would come to, and how it is done.
type deed struct {
	name   string
	effect effect
	do     func(ctx context.Context, s graph.Store) (ingest.Report, error)
	files  fs.FS // what Resume reads again
}

func (c *chain) note(format string, args ...any) {
	c.done = append(c.done, fmt.Sprintf(format, args...))
}

func (c *chain) turn() {
	ctx := context.Background()
	switch n := c.IntN(20); {
	case n < 2:
		c.erase(ctx)
	case n == 2:
		err := c.s.RebuildIndex(ctx, nil)
		if c.note("rebuild: %v", err); err != nil && !errors.Is(err, graph.ErrConflict) {
			c.Error(err)
		}
	default:
		var d deed
		switch {
		case n < 10:
			d = c.load()
		case n < 15:
			d = c.undo()
		default:
			d = c.amend()
		}
		if d.do == nil {
			return
		}
		if c.IntN(4) == 0 {
			c.breakOff(ctx, d)
		} else {
			report, err := d.do(ctx, c.s)
			c.note("%s: load %d, %v", d.name, report.Load, err)
			c.settle(d, report, err)
		}
	}
	head := headOf(c, c.s)
	if got, want := digestAt(c, c.s, head), digestAt(c, c.m, c.m.head()); got != want || head != c.m.head() {
		c.Errorf("after %s the head is %d with digest %s; a replay has %d with %s", c.done[len(c.done)-1], head, got, c.m.head(), want)
	}
}

// settle compares what came of a deed with what the model says, and lets the model do it too.
func (c *chain) settle(d deed, report ingest.Report, err error) {
	switch {
	case (err != nil) != (d.effect.refused != ""):
		c.Errorf("%s: %v; it should be refused because of: %q", d.name, err, d.effect.refused)
	case err != nil:
	case report.Load == 0:
		if !same(d.effect.now, c.m.now) {
			c.Errorf("%s wrote nothing, and a replay changes %v to %v", d.name, c.m.now, d.effect.now)
		}
	default:
		c.m.record(report.Load, d.effect)
		page, err := c.s.Quarantine(context.Background(), graph.QuarantineQuery{Load: report.Load})
		if err != nil {
			c.Fatal(err)
		}
		c.m.entries[report.Load] = page.Items
	}
}

// breakOff lets one of the deed's orders go wrong, and then leaves it so, resumes or discards it.
func (c *chain) breakOff(ctx context.Context, d deed) {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	at, how := 1+c.IntN(4), c.IntN(ways)
	report, err := d.do(inner, &breaking{Store: c.s, at: at, how: how, cancel: cancel})
	c.note("%s, order %d %s: load %d, %v", d.name, at, wayNames[how], report.Load, err)
	u, readErr := c.s.Unfinished(ctx)
	if readErr != nil {
		c.Fatal(readErr)
	}
	if err == nil || u == nil {
		if err == nil || d.effect.refused != "" {
			c.settle(d, report, err)
		}
		return
	}
	if begun, ok := c.open[u.Number]; ok {
		d = begun // it was broken off before, and this one did not come to write
	}
	c.open[u.Number] = d
	switch c.IntN(3) {
	case 0: // left open: the next one takes it back, or goes on with it
	case 1:
		err := ingest.Discard(ctx, c.s, u.Number, true, nil)
		if c.note("discard load %d: %v", u.Number, err); err != nil {
			c.Error(err)
		}
	default:
		report, err := ingest.Resume(ctx, ingest.ResumeOptions{
			Reader: c.s, Writer: c.s, Program: "test", Force: true,
			Source: func(string) (ingest.Source, error) { return Lines{}, nil },
			Open:   func(ingest.Source, []string) (fs.FS, error) { return d.files, nil },
		})
		c.note("resume: load %d, %v", report.Load, err)
		if u.Discarding {
			if !errors.Is(err, graph.ErrConflict) {
				c.Errorf("resuming what is being discarded: %v", err)
			}
			return
		}
		c.settle(d, report, err)
	}
}

func (c *chain) load() deed {
	texts := map[string]string{}
	for _, name := range []string{"a", "b", "c"} {
		if c.IntN(2) == 0 {
			continue
		}
		var text strings.Builder
		for range c.IntN(6) {
			text.WriteString(c.line(name) + "\n")
		}
		texts[name] = text.String()
	}
	if len(c.m.texts) > 0 && c.IntN(4) == 0 { // the same files as before
		texts = c.m.texts[c.IntN(len(c.m.texts))]
	}
	if len(texts) == 0 {
		return deed{}
	}
	c.m.texts = append(c.m.texts, texts)
	files := folder(texts)
	return deed{
		name: fmt.Sprintf("load %q", texts), effect: c.m.load(texts), files: files,
		do: func(ctx context.Context, s graph.Store) (ingest.Report, error) {
			return ingest.Load(ctx, loadOptions(s, files))
		},
	}
}

// line is one of few, mostly with a key of its slice, so that lines often meet.
func (c *chain) line(slice string) string {
	switch n := c.IntN(12); {
	case n < 3:
		return fmt.Sprintf("? row %d", c.IntN(3))
	case n == 3:
		return fmt.Sprintf("x%d title %d", c.IntN(2), c.IntN(3))
	default:
		return fmt.Sprintf("%s%d title %d", slice, c.IntN(5), c.IntN(3))
	}
}

func (c *chain) undo() deed {
	n := graph.LoadNumber(c.IntN(len(c.m.at) + 1))
	if c.IntN(2) == 0 {
		n = c.m.head()
	}
	return deed{
		name: fmt.Sprintf("undo %d", n), effect: c.m.undo(n),
		do: func(ctx context.Context, s graph.Store) (ingest.Report, error) {
			return ingest.Undo(ctx, ingest.UndoOptions{Reader: s, Writer: s, Load: n, Program: "test", Force: true})
		},
	}
}

func (c *chain) amend() deed {
	loads := slices.Sorted(maps.Keys(c.m.entries))
	loads = slices.DeleteFunc(loads, func(n graph.LoadNumber) bool { return len(c.m.entries[n]) == 0 })
	if len(loads) == 0 {
		return deed{}
	}
	n := loads[c.IntN(len(loads))]
	var mended []ingest.MendedRecord
	for _, q := range c.m.entries[n] {
		for _, r := range q.Records {
			m := ingest.MendedRecord{N: q.N, File: r.File, Line: r.Line, From: r.From, Text: r.Text}
			switch c.IntN(4) {
			case 0:
				m.Text = c.line(r.File)
			case 1:
				m.Text = strings.TrimSpace(fmt.Sprintf("%s%d mended", r.File, 5+c.IntN(4)))
			case 2:
				if c.IntN(3) == 0 {
					m.Text = ""
				}
			}
			mended = append(mended, m)
		}
	}
	what := fmt.Sprintf("amend %d:", n)
	for _, m := range mended {
		what += fmt.Sprintf(" %d %s:%d %q", m.N, m.File, m.Line, m.Text)
	}
	return deed{
		name: what, effect: c.m.amend(n, mended),
		do: func(ctx context.Context, s graph.Store) (ingest.Report, error) {
			a, err := ingest.NewAmendment(ctx, s, n, mended)
			if err != nil {
				return ingest.Report{}, err
			}
			o := loadOptions(s, nil)
			o.Amend = a
			return ingest.Load(ctx, o)
		},
	}
}

func (c *chain) erase(ctx context.Context) {
	keys := slices.Sorted(maps.Keys(c.m.everHeld()))
	if len(keys) == 0 {
		return
	}
	id := graph.StatementID{Source: linesKey, Kind: graph.StatementEngagement, Key: keys[c.IntN(len(keys))]}
	u, err := c.s.Unfinished(ctx)
	if err != nil {
		c.Fatal(err)
	}
	l, err := c.s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{id}, Reason: "a test"})
	c.note("erase %s: load %d, %v", id.Key, l.Number, err)
	if u != nil {
		if !errors.Is(err, graph.ErrConflict) {
			c.Errorf("erasing beside an open load: %v", err)
		}
		return
	}
	if err != nil {
		c.Error(err)
		return
	}
	c.m.erase(l.Number, id.Key)
}
