package graph

import (
	"errors"
	"time"
)

// ChangeQuery asks what loads did: those above After, up to Upto.
type ChangeQuery struct{ After, Upto LoadNumber }

// A Change is what one load did to one statement: it added one where none was open (Added), superseded one by another
// (both), or retracted one (Closed). What a load recorded and closed itself no number shows, and is no change; of what was
// erased since nothing is left.
type Change struct {
	StatementID
	Load   LoadNumber
	Closed *Version  // what was open before the load; nil: nothing
	Added  *Recorded // what is open since, whole; nil: nothing
}

// A Version tells how a statement stood, without its body.
type Version struct {
	Slice SliceID
	Hash  Hash
	Load  LoadNumber // which recorded it
}

// Original is the load that a load of another store is a copy of.
type Original struct {
	Number   LoadNumber
	Recorded time.Time
}

// ErrStopped says that the one who ranges over a sequence broke off. It never leaves a store.
var ErrStopped = errors.New("stopped")

// MergeChanges puts together what a load added with what it closed. Each half is read in pages, in the order of
// StatementID.Compare: what comes after an id, the zero id at first, and whether there is more. It is ErrStopped where yield
// wants no more.
func MergeChanges(added, closed func(after StatementID) (page []Change, more bool, err error), yield func(Change, error) bool) error {
	a, c := changePages{read: added, more: true}, changePages{read: closed, more: true}
	for {
		if err := errors.Join(a.fill(), c.fill()); err != nil {
			return err
		}
		var next Change
		switch {
		case len(a.page) == 0 && len(c.page) == 0:
			return nil
		case len(c.page) == 0 || len(a.page) > 0 && a.page[0].Compare(c.page[0].StatementID) < 0:
			next = a.take()
		case len(a.page) == 0 || c.page[0].Compare(a.page[0].StatementID) < 0:
			next = c.take()
		default:
			next = a.take()
			next.Closed = c.take().Closed
		}
		if !yield(next, nil) {
			return ErrStopped
		}
	}
}

type changePages struct {
	read func(after StatementID) ([]Change, bool, error)
	page []Change
	last StatementID
	more bool
}

// fill reads a page where there is none.
func (p *changePages) fill() (err error) {
	if len(p.page) > 0 || !p.more {
		return nil
	}
	p.page, p.more, err = p.read(p.last)
	if n := len(p.page); n > 0 {
		p.last = p.page[n-1].StatementID
	}
	return err
}

func (p *changePages) take() Change {
	c := p.page[0]
	p.page[0] = Change{} // what it points to is the caller's alone
	p.page = p.page[1:]
	return c
}
