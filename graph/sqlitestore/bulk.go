package sqlitestore

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
)

// bulk collects rows of one table and inserts them many at a time, in the order of their columns, which is that of the
// primary key: then neighbours meet the same page while it is at hand.
type bulk struct {
	table   string
	columns int
	values  []any
	rows    [][]any // flush's own
}

// bulkRows is how many rows one INSERT takes; what is left over goes in halves, so that the texts are few.
const bulkRows = 32

// flush inserts the rows into the table of a schema: "" is the store's own.
func (b *bulk) flush(ctx context.Context, t *tx, schema string) error {
	rows := b.rows[:0]
	for row := range slices.Chunk(b.values, b.columns) {
		rows = append(rows, row)
	}
	b.rows = rows
	if schema == "" && !slices.IsSortedFunc(rows, compareRows) {
		slices.SortFunc(rows, compareRows)
	}
	args := make([]any, 0, bulkRows*b.columns)
	for n := bulkRows; n > 0; n /= 2 {
		for len(rows) >= n {
			args = args[:0]
			for _, row := range rows[:n] {
				args = append(args, row...)
			}
			if _, err := t.exec(ctx, insertText(schema+b.table, b.columns, n), args...); err != nil {
				return fmt.Errorf("insert into %s: %w", b.table, err)
			}
			rows = rows[n:]
		}
	}
	clear(b.values) // what they point to is free at once
	b.values = b.values[:0]
	return nil
}

// insertText inserts rows, or fails at the first that breaks a rule: the transaction is rolled back then, so SQLite need
// not keep what every page was before the order.
func insertText(table string, columns, rows int) string {
	tuple := "(" + strings.Repeat("?, ", columns-1) + "?)"
	return "INSERT OR FAIL INTO " + table + " VALUES " + strings.Repeat(tuple+", ", rows-1) + tuple
}

// compareRows orders rows as SQLite orders a key of all their columns.
func compareRows(a, b []any) int {
	for i := range a {
		c := 0
		switch x := a[i].(type) {
		case int64:
			c = cmp.Compare(x, b[i].(int64))
		case string:
			c = strings.Compare(x, b[i].(string))
		case []byte:
			c = bytes.Compare(x, b[i].([]byte))
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

// indexAll derives the index rows of statements, on all processors.
func indexAll(statements []graph.Statement) ([]graph.IndexRows, error) {
	rows, errs := make([]graph.IndexRows, len(statements)), make([]error, len(statements))
	const least = 64 // statements for which a processor is asked
	part := max(least, len(statements)/runtime.GOMAXPROCS(0)+1)
	var done sync.WaitGroup
	for from := 0; from < len(statements); from += part {
		done.Go(func() {
			for i := from; i < min(from+part, len(statements)); i++ {
				rows[i], errs[i] = graph.Index(statements[i])
			}
		})
	}
	done.Wait()
	for i, err := range errs {
		if err != nil {
			s := statements[i]
			return nil, fmt.Errorf("index %s %s of %s: %w", s.Kind, s.Key, s.Source, err)
		}
	}
	return rows, nil
}
