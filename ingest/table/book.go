package table

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
)

// A Book says what cells become, by column and cell: the codebook of a dataset as a table of its own that anybody can check.
type Book struct {
	becomes map[string]map[string]string
	cells   map[string][]string // in the order of the table
}

// NewBook reads a table lookups.csv: column, cell, what it becomes and why.
func NewBook(lookups string) (*Book, error) {
	rows, err := csv.NewReader(strings.NewReader(lookups)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("lookups.csv: %w", err)
	}
	b := &Book{map[string]map[string]string{}, map[string][]string{}}
	for _, r := range rows[1:] {
		column, cell, becomes := r[0], r[1], r[2]
		if b.becomes[column] == nil {
			b.becomes[column] = map[string]string{}
		}
		b.becomes[column][cell] = becomes
		b.cells[column] = append(b.cells[column], cell)
	}
	return b, nil
}

// Becomes gives what a cell becomes; empty for nothing, and where the book does not have it.
func (b *Book) Becomes(column, cell string) string { return b.becomes[column][cell] }

// Has tells whether the book has a cell.
func (b *Book) Has(column, cell string) bool {
	_, ok := b.becomes[column][cell]
	return ok
}

// Cells gives those that the book has of a column, in its order.
func (b *Book) Cells(column string) []string { return slices.Clone(b.cells[column]) }
