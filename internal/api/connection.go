package api

import (
	"encoding/hex"
	"strconv"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api/model"
)

// page makes a page of items, each with its place in the order.
func page[T any](l *listing, items []T, more bool, place func(i int) []string) model.Connection[T] {
	c := model.Connection[T]{Nodes: items, Cursors: make([]string, len(items))}
	if c.Nodes == nil {
		c.Nodes = []T{}
	}
	for i := range items {
		c.Cursors[i] = cursor{load: l.Load, mark: l.mark, place: place(i)}.String()
	}
	if len(items) > 0 {
		c.Page.StartCursor, c.Page.EndCursor = c.Cursors[0], c.Cursors[len(items)-1]
	}
	if l.last > 0 {
		c.Page.HasPreviousPage, c.Page.HasNextPage = more, l.before != nil
	} else {
		c.Page.HasNextPage, c.Page.HasPreviousPage = more, l.after != nil
	}
	return c
}

// pageOf makes a page of a list that is at hand whole. Its places are numbers of items, from 0.
func pageOf[T any](l *listing, all []T) (model.Connection[T], error) {
	start, end := 0, len(all)
	for _, edge := range []struct {
		place []string
		set   func(n int)
	}{{l.after, func(n int) { start = min(n+1, len(all)) }}, {l.before, func(n int) { end = min(n, len(all)) }}} {
		if edge.place == nil {
			continue
		}
		n, err := strconv.Atoi(edge.place[0])
		if err != nil || n < 0 {
			return model.Connection[T]{}, badCursor("the cursor names no place in this list")
		}
		edge.set(n)
	}
	more := end-start > max(l.first, l.last)
	if more && l.last > 0 {
		start = end - l.last
	} else if more {
		end = start + l.first
	}
	c := page(l, all[start:end], more, func(i int) []string { return []string{strconv.Itoa(start + i)} })
	total := len(all)
	c.Total = &total
	return c, nil
}

// position reads a place by start and key; in another order than that of starts, after what that is by.
func position(place []string) (*graph.Position, error) {
	if place == nil {
		return nil, nil //nolint:nilnil // no cursor, no position
	}
	if len(place) != 2 && len(place) != 4 {
		return nil, badCursor("the cursor names no place in this list")
	}
	p := graph.Position{Key: place[1]}
	day, err := strconv.ParseInt(place[0], 36, 32)
	p.Start = graph.Day(day)
	if err == nil && len(place) == 4 {
		var title []byte
		p.Number, err = strconv.ParseInt(place[2], 36, 64)
		if err == nil {
			title, err = hex.DecodeString(place[3])
		}
		p.Title = string(title)
	}
	if err != nil {
		return nil, badCursor("the cursor names no place in this list")
	}
	return &p, nil
}

func placeOf(p graph.Position) []string {
	place := []string{strconv.FormatInt(int64(p.Start), 36), p.Key}
	if p.Number != 0 || p.Title != "" {
		place = append(place, strconv.FormatInt(p.Number, 36), hex.EncodeToString([]byte(p.Title)))
	}
	return place
}
