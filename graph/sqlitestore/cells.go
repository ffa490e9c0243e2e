package sqlitestore

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/entente-graph/entente/graph"
)

// cells are those of a row, as the driver gives them: integers, texts, bytes. The places they are read into are made once for all
// rows of a question, and nothing is fitted into other types by reflection, which for a row of a statement takes as long as the
// driver does.
type cells struct {
	values []cell
	at     []any // the places
	err    error // the first cell that was not what it was taken for
}

// A cell takes what the driver gives, which holds till the next row where it is bytes.
type cell struct {
	value any
	word  string
}

// Scan is sql.Scanner.
func (c *cell) Scan(value any) error {
	c.value = value
	return nil
}

// ask runs a read and calls take for each row.
func (s *Store) ask(ctx context.Context, text string, args []any, take func(*cells) error) error {
	var row *cells
	return s.query(ctx, text, args, func(r *sql.Rows) error {
		if row == nil {
			names, err := r.Columns()
			if err != nil {
				return err
			}
			row = newCells(len(names))
		}
		if err := r.Scan(row.at...); err != nil {
			return err
		}
		if err := take(row); err != nil {
			return err
		}
		return row.err
	})
}

func newCells(n int) *cells {
	c := &cells{values: make([]cell, n), at: make([]any, n)}
	for i := range c.values {
		c.at[i] = &c.values[i]
	}
	return c
}

func (c *cells) wrong(n int, not string) {
	if c.err == nil {
		c.err = fmt.Errorf("column %d is a %T, not %s", n, c.values[n].value, not)
	}
}

func (c *cells) text(n int) string {
	text, ok := c.values[n].value.(string)
	if !ok {
		c.wrong(n, "a text")
	}
	return text
}

// word is a text that is mostly the same from row to row: while it is, all rows have one copy of it.
func (c *cells) word(n int) string {
	if text := c.text(n); text != c.values[n].word {
		c.values[n].word = text
	}
	return c.values[n].word
}

func (c *cells) number(n int) int64 {
	number, ok := c.values[n].value.(int64)
	if !ok {
		c.wrong(n, "an integer")
	}
	return number
}

func (c *cells) day(n int) graph.Day { return graph.Day(c.number(n)) } //nolint:gosec // days were written as days

// bytes are those of a blob, until the next row.
func (c *cells) bytes(n int) []byte {
	b, ok := c.values[n].value.([]byte)
	if !ok {
		c.wrong(n, "bytes")
	}
	return b
}

// recordedColumns are those of a statement aliased s, as recorded reads them.
const recordedColumns = "s.source, s.slice, s.kind, s.key, s.hash, s.body, s.locator, s.recordedFrom"

// recorded reads a statement whose columns begin at n.
func (c *cells) recorded(n int, into *graph.Recorded) error {
	into.Source, into.Slice, into.Kind = graph.SourceKey(c.word(n)), graph.SliceID(c.word(n+1)), graph.StatementKind(c.word(n+2))
	into.Key, into.Body, into.Locator, into.Load = c.text(n+3), []byte(c.text(n+5)), c.text(n+6), graph.LoadNumber(c.number(n+7))
	if hash := c.bytes(n + 4); copy(into.Hash[:], hash) != len(into.Hash) {
		return fmt.Errorf("the hash of %s %s has %d bytes, not %d", into.Kind, into.Key, len(hash), len(into.Hash))
	}
	return nil
}

// place gives the place of one more at the end of a list, which doubles when it is full: the lists of a question have one row or many
// thousands, and to grow by a quarter copies each of these five times.
func place[T any](list *[]T) *T {
	if n := len(*list); n == cap(*list) {
		more := make([]T, n, max(4, 2*n))
		copy(more, *list)
		*list = more
	}
	*list = (*list)[:len(*list)+1]
	return &(*list)[len(*list)-1]
}
