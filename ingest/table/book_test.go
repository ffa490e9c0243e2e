package table_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/ingest/table"
)

func TestBook(t *testing.T) {
	book, err := table.NewBook("column,code,becomes,why\nexit,Regular,REGULAR,\nentry,2,TWO,\nexit,Unknown,,the file says so\n")
	if err != nil {
		t.Fatal(err)
	}
	if got := book.Cells("exit"); !slices.Equal(got, []string{"Regular", "Unknown"}) {
		t.Errorf("of exit it has %q", got)
	}
	for _, c := range []struct {
		column, cell, becomes string
		has                   bool
	}{
		{"exit", "Regular", "REGULAR", true},
		{"exit", "Unknown", "", true},
		{"exit", "2", "", false},
		{"none", "2", "", false},
	} {
		if got, has := book.Becomes(c.column, c.cell), book.Has(c.column, c.cell); got != c.becomes || has != c.has {
			t.Errorf("%s %s becomes %q (%v), want %q (%v)", c.column, c.cell, got, has, c.becomes, c.has)
		}
	}
	if _, err := table.NewBook("column,code,becomes\nexit,1\n"); err == nil || !strings.Contains(err.Error(), "lookups.csv") {
		t.Errorf("a row that is too short is no error that names the table: %v", err)
	}
}
