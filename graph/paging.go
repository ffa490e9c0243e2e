package graph

import (
	"cmp"
	"slices"
)

// Placed is a statement at its place in the order of a page: what a store reads to make a page of.
type Placed struct {
	At   Position
	Item Recorded
}

// PageOf makes a page of the first size positions (0: all) of what a store read, in any order, when it asked for up to
// limit statements (0: all). With last, these are the last before a place; the page is in the order's direction all the same.
// Several sources' accounts at one position are never torn apart: the last position read may have more accounts than were
// read, so where the page would end with it, enough is false and the store has to ask again with a greater limit.
func PageOf(read []Placed, size, limit int, descending, last bool) (items []Recorded, at []Position, more, enough bool) {
	slices.SortFunc(read, func(a, b Placed) int {
		c := a.At.Compare(b.At)
		if descending != last {
			c = -c
		}
		return cmp.Or(c, cmp.Compare(a.Item.Source, b.Item.Source))
	})
	n, positions := cutPage(read, size)
	if size > 0 && limit > 0 && len(read) >= limit && positions <= size {
		return nil, nil, false, false
	}
	more, read = n < len(read), read[:n]
	if last {
		read = turned(read)
	}
	items, at = make([]Recorded, n), make([]Position, n)
	for i, r := range read {
		items[i], at[i] = r.Item, r.At
	}
	return items, at, more, true
}

// cutPage tells how many rows the first size places take, and how many places there are in all.
func cutPage(rows []Placed, size int) (n, places int) {
	n = len(rows)
	for i := range rows {
		if i > 0 && rows[i].At == rows[i-1].At {
			continue
		}
		if places == size && size > 0 {
			n = i
		}
		places++
	}
	return n, places
}

// turned turns a page read from its end around; accounts at one place stay in their order.
func turned(rows []Placed) []Placed {
	out := make([]Placed, 0, len(rows))
	for end := len(rows); end > 0; {
		begin := end - 1
		for begin > 0 && rows[begin-1].At == rows[end-1].At {
			begin--
		}
		out = append(out, rows[begin:end]...)
		end = begin
	}
	return out
}
