package table_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// TestSheet holds that a sheet of a workbook is read as any table: its rows by their numbers, short ones filled, and what
// is wrong told by file, sheet, row and cell.
func TestSheet(t *testing.T) {
	t.Parallel()
	book := excelize.NewFile()
	for cell, value := range map[string]any{
		"A1": "id", "B1": "host", "C1": "note",
		"A2": 7, "B2": "France",
		"A5": "x", "B5": "a\nb", "C5": "c",
		"A6": 8, "E6": "too far",
	} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	name := filepath.Join(t.TempDir(), "v.xlsx")
	if err := book.SaveAs(name); err != nil {
		t.Fatal(err)
	}
	files, err := ingest.OpenPaths(ingest.DefaultLimits, name)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	var got []string
	for row, err := range table.Read(context.Background(), files, "v.xlsx/Sheet1", table.Format{Columns: []string{"id", "host", "note"}, Layout: "visits"}) {
		if err != nil {
			t.Fatal(err)
		}
		if bad := row.Bad(); bad != nil {
			got = append(got, bad.Error())
			continue
		}
		if _, bad := row.Int("id"); bad != nil {
			got = append(got, bad.Error())
			continue
		}
		got = append(got, strings.Join([]string{row.Get("id"), row.Get("host"), row.Get("note")}, "|"))
	}
	want := []string{
		"7|France|",
		`v.xlsx/Sheet1:5:1: id: "x": this is not a whole number`,
		`v.xlsx/Sheet1:6: "8,,,,too far": the row has 5 cells, where visits has 3 (there is something behind the last column: take it out)`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
