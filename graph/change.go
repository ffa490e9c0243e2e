package graph

import (
	"cmp"
	"errors"
	"time"
)

// ChangeQuery asks what loads did: those above After, up to Upto.
type ChangeQuery struct {
	After, Upto LoadNumber
	From        *ChangePosition // only what comes behind it in the order of changes
	First       int             // at most so many; 0: all
	Bodies      bool            // what was closed is given with its body
}

// A ChangePosition is a place in the order of changes: by load, and in each by StatementID.Compare.
type ChangePosition struct {
	Load LoadNumber
	StatementID
}

// Compare orders positions.
func (p ChangePosition) Compare(q ChangePosition) int {
	return cmp.Or(cmp.Compare(p.Load, q.Load), p.StatementID.Compare(q.StatementID))
}

// Begin is the place behind which the answer begins.
func (q ChangeQuery) Begin() ChangePosition {
	begin := ChangePosition{Load: q.After + 1} // no statement has this id: it comes before all of the load
	if q.From != nil && begin.Compare(*q.From) < 0 {
		return *q.From
	}
	return begin
}

// Limit is how many changes a store reads at once, of most that it likes to: no more than are asked for.
func (q ChangeQuery) Limit(most int) int {
	if q.First > 0 {
		return min(q.First, most)
	}
	return most
}

// A Change is what one load did to one statement: it added one where none was open (Added), superseded one by another
// (both), or retracted one (Closed). What a load recorded and closed itself no number shows, and is no change; of what was
// erased since nothing is left.
type Change struct {
	StatementID
	Load   LoadNumber
	Closed *Version  // what was open before the load; nil: nothing
	Added  *Recorded // what is open since, whole; nil: nothing
	// Until is the load, up to that of the question, that closed what was added; 0: none did.
	Until LoadNumber
}

// Position is the change's place in the order of changes.
func (c Change) Position() ChangePosition { return ChangePosition{c.Load, c.StatementID} }

// A Version tells how a statement stood.
type Version struct {
	Slice SliceID
	Hash  Hash
	Load  LoadNumber // which recorded it
	Body  string     // empty, unless it was asked for
}

// VersionQuery asks for the versions that the statements of a key have had. Those that stood before Since, and no longer
// at it, are left out.
type VersionQuery struct {
	Load  LoadNumber
	Kinds []StatementKind // none: all
	Key   string
	Since LoadNumber
	First int // 0: all
}

// A Stood is a version of a statement: recorded by a load, closed by another.
type Stood struct {
	Recorded
	Until LoadNumber // the load, up to that of the question, that closed it; 0: it stands
}

// A VersionPage is a page of versions.
type VersionPage struct {
	Items []Stood
	More  bool
}

// Original is the load that a load of another store is a copy of.
type Original struct {
	Number   LoadNumber
	Recorded time.Time
}

// ErrStopped says that the one who ranges over a sequence broke off. It never leaves a store.
var ErrStopped = errors.New("stopped")

// MergeChanges puts together what loads added with what they closed, and gives what q asks for. Each half is read in pages,
// in the order of changes: what comes after a place, and whether there is more. It is ErrStopped where yield wants no more.
func MergeChanges(q ChangeQuery, added, closed func(after ChangePosition) (page []Change, more bool, err error), yield func(Change, error) bool) error {
	a, c := changePages{read: added, more: true, last: q.Begin()}, changePages{read: closed, more: true, last: q.Begin()}
	for n := 0; q.First == 0 || n < q.First; n++ {
		if err := errors.Join(a.fill(), c.fill()); err != nil {
			return err
		}
		var next Change
		switch {
		case len(a.page) == 0 && len(c.page) == 0:
			return nil
		case len(c.page) == 0 || len(a.page) > 0 && a.page[0].Position().Compare(c.page[0].Position()) < 0:
			next = a.take()
		case len(a.page) == 0 || c.page[0].Position().Compare(a.page[0].Position()) < 0:
			next = c.take()
		default:
			next = a.take()
			next.Closed = c.take().Closed
		}
		if next.Until > q.Upto {
			next.Until = 0
		}
		if !yield(next, nil) {
			return ErrStopped
		}
	}
	return nil
}

type changePages struct {
	read func(after ChangePosition) ([]Change, bool, error)
	page []Change
	last ChangePosition
	more bool
}

// fill reads a page where there is none.
func (p *changePages) fill() (err error) {
	if len(p.page) > 0 || !p.more {
		return nil
	}
	p.page, p.more, err = p.read(p.last)
	if n := len(p.page); n > 0 {
		p.last = p.page[n-1].Position()
	}
	return err
}

func (p *changePages) take() Change {
	c := p.page[0]
	p.page[0] = Change{} // what it points to is the caller's alone
	p.page = p.page[1:]
	return c
}
