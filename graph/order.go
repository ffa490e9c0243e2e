package graph

import "cmp"

// OrderBy is what a list of engagements is ordered by; start and key follow, so that every order is total.
type OrderBy string

// The orders. The zero value is ByStart.
const (
	ByStart    OrderBy = "START"    // the earliest day of the start as given; an unknown start first
	ByEnd      OrderBy = "END"      // the last day on which it may have ended; without an end last
	ByTitle    OrderBy = "TITLE"    // the title that is shown, in the root collation of Unicode
	ByRecorded OrderBy = "RECORDED" // the load that recorded it
	ByKey      OrderBy = "KEY"      // of actors
	ByName     OrderBy = "NAME"     // of actors: the name that is shown in English or else first, as titles
)

// An Order is one of them, in one direction: descending, all of it is the other way round.
type Order struct {
	By         OrderBy
	Descending bool
}

// Own tells whether the order is another than that of starts, in which stores keep their lists.
func (o Order) Own() bool { return o.By != "" && o.By != ByStart }

// A Position is a place in the order of engagements or tenures: what a cursor holds. Of Number (an end, as a day, or a
// load) and Title it has what its order is by.
type Position struct {
	Start  Day
	Key    string
	Number int64
	Title  string
}

// Compare orders positions of one order, ascending.
func (p Position) Compare(q Position) int {
	return cmp.Or(cmp.Compare(p.Number, q.Number), cmp.Compare(p.Title, q.Title), cmp.Compare(p.Start, q.Start), cmp.Compare(p.Key, q.Key))
}

// LastEnd is the last day that can be written; what may end later ends last.
var LastEnd = MustDay("9999-12-31")

// EndDay is the day that orders by end.
func (b Bounds) EndDay() Day {
	if b.EndMax > LastEnd {
		return maxDay
	}
	return b.EndMax
}

// PositionIn gives the place of an account of an engagement, recorded by a load, in an order.
func (e *EngagementRow) PositionIn(o Order, recorded LoadNumber) Position {
	p := Position{Start: e.Start, Key: string(e.Key)}
	switch o.By {
	case ByEnd:
		p.Number = int64(e.Bounds.EndDay())
	case ByTitle:
		p.Title = e.TitleKey()
	case ByRecorded:
		p.Number = int64(recorded)
	default:
	}
	return p
}

// Walk tells how a page is read, which is the first or the last of a list between two places: whether from the
// greatest, and between which.
func (q EngagementQuery) Walk() (backward bool, after, before *Position) {
	if q.Order.Descending {
		return q.Last == 0, q.Before, q.After
	}
	return q.Last > 0, q.After, q.Before
}
