package ingest

import (
	"container/heap"
	"context"
	"errors"
	"iter"
	"os"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// An entry is what a spool keeps: a statement, and the records it was read from.
type entry struct {
	graph.Statement
	Records []Record
}

// size is about how many bytes of memory the entry takes.
func (e entry) size() int {
	n := 256 + len(e.Source) + len(e.Kind) + len(e.Key) + len(e.Slice) + len(e.Body) + len(e.Locator)
	for _, r := range e.Records {
		n += 80 + len(r.File) + len(r.Text)
	}
	return n
}

func compareEntries(a, b entry) int { return a.Compare(b.StatementID) }

// spoolBudget is how many bytes of statements a spool keeps in memory.
const spoolBudget = 32 << 20

// A spool takes the statements of a load in any order and gives them back in the order of a manifest, as often as
// asked, in flat memory: up to its budget it keeps them as they are, beyond it sorts what it holds and writes
// it behind one another into one temporary file, as sorted runs that are merged when they are read. What comes in order
// already, however much, is one run and is not sorted again.
//
// The file has no name once it is made, where the system allows that: then nothing of it is left even by a
// process that is killed. Elsewhere it is removed by close; it is in a folder of its own that others cannot read.
type spool struct {
	dir    string // where the temporary file goes; "": os.TempDir()
	budget int
	held   []entry
	bytes  int // about how much memory held takes
	file   *spillFile
	runs   []run
}

// newSpool makes a spool that keeps up to budget bytes in memory, and the rest in a temporary file below dir ("" is
// os.TempDir()). Close it after use.
func newSpool(dir string, budget int) *spool { return &spool{dir: dir, budget: budget} }

// add keeps an entry. What it is given must not be changed afterwards.
func (s *spool) add(e entry) error {
	s.held = append(s.held, e)
	if s.bytes += e.size(); s.bytes <= s.budget {
		return nil
	}
	return s.spill()
}

// sorted gives the entries in the order of StatementID.Compare, and those of one id in the order they were added. An
// error, also that of a cancelled context, ends the sequence. Nothing may be added before it has ended.
func (s *spool) sorted(ctx context.Context) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		if s.file != nil && len(s.held) > 0 {
			if err := s.spill(); err != nil {
				yield(entry{}, err)
				return
			}
		}
		s.sortHeld()
		all := s.merged()
		if s.file == nil {
			all = inMemory(s.held)
		}
		n := 0
		for e, err := range all {
			if n++; err == nil && n%1024 == 1 {
				err = ctx.Err()
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// close forgets what it holds and gives back the temporary file.
func (s *spool) close() error {
	file := s.file
	*s = spool{dir: s.dir, budget: s.budget}
	if file == nil {
		return nil
	}
	return file.close()
}

func (s *spool) sortHeld() {
	if !slices.IsSortedFunc(s.held, compareEntries) {
		slices.SortStableFunc(s.held, compareEntries)
	}
}

// spill writes what is held as a sorted run, or behind the last one where it goes on from there.
func (s *spool) spill() error {
	if s.file == nil {
		f, err := newSpillFile(s.dir)
		if err != nil {
			return err
		}
		s.file = f
	}
	s.sortHeld()
	from := s.file.size
	for _, e := range s.held {
		if err := s.file.write(e); err != nil {
			return err
		}
	}
	if err := s.file.flush(); err != nil {
		return err
	}
	first, last := s.held[0].StatementID, s.held[len(s.held)-1].StatementID
	if n := len(s.runs); n > 0 && s.runs[n-1].last.Compare(first) <= 0 {
		s.runs[n-1].to, s.runs[n-1].last = s.file.size, last
	} else {
		s.runs = append(s.runs, run{from: from, to: s.file.size, last: last})
	}
	clear(s.held) // the memory of what was written is free at once
	s.held, s.bytes = s.held[:0], 0
	return nil
}

func inMemory(held []entry) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		for _, e := range held {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// A run is a stretch of the temporary file that is in order.
type run struct {
	from, to int64
	last     graph.StatementID
}

// merged reads all runs together, in order.
func (s *spool) merged() iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		var heads cursors
		for i, r := range s.runs {
			c := &cursor{run: i, reader: s.file.reader(r, s.budget/(4*len(s.runs)))}
			more, err := c.next()
			if err != nil {
				yield(entry{}, err)
				return
			}
			if more {
				heads = append(heads, c)
			}
		}
		heap.Init(&heads)
		for len(heads) > 0 {
			if !yield(heads[0].entry, nil) {
				return
			}
			more, err := heads[0].next()
			switch {
			case err != nil:
				yield(entry{}, err)
				return
			case more:
				heap.Fix(&heads, 0)
			default:
				heap.Pop(&heads)
			}
		}
	}
}

// A cursor stands at an entry of a run.
type cursor struct {
	entry  entry
	run    int
	reader *spillReader
}

func (c *cursor) next() (more bool, err error) {
	c.entry, more, err = c.reader.next()
	return more, err
}

// cursors is a heap: the least entry first, and of one id that of the earliest run.
type cursors []*cursor

// Len, Less, Swap, Push and Pop are what package heap asks for.
func (c cursors) Len() int { return len(c) }

// Less orders by id, then by run.
func (c cursors) Less(i, j int) bool {
	if order := compareEntries(c[i].entry, c[j].entry); order != 0 {
		return order < 0
	}
	return c[i].run < c[j].run
}

// Swap changes the places of two.
func (c cursors) Swap(i, j int) { c[i], c[j] = c[j], c[i] }

// Push puts one at the end.
func (c *cursors) Push(x any) { *c = append(*c, x.(*cursor)) }

// Pop takes the last.
func (c *cursors) Pop() any {
	old := *c
	last := old[len(old)-1]
	old[len(old)-1] = nil
	*c = old[:len(old)-1]
	return last
}

// removeAll removes files and the folder they are in; what is gone already is no error.
func removeAll(paths ...string) error {
	var errs []error
	for _, p := range paths {
		if err := os.Remove(p); err != nil && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
