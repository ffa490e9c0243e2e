package ingest_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/entente-graph/entente/ingest"
)

// workbook writes a workbook with what a sheet of a person may hold, and gives its path.
func workbook(t *testing.T, change func(*excelize.File)) string {
	t.Helper()
	book := excelize.NewFile()
	change(book)
	name := filepath.Join(t.TempDir(), "visits.xlsx")
	if err := book.SaveAs(name); err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}

func set(t *testing.T, book *excelize.File, sheet, cell string, value any, format string) {
	t.Helper()
	if err := book.SetCellValue(sheet, cell, value); err != nil {
		t.Fatal(err)
	}
	if format == "" {
		return
	}
	style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		t.Fatal(err)
	}
	if err := book.SetCellStyle(sheet, cell, cell, style); err != nil {
		t.Fatal(err)
	}
}

// TestWorkbook holds that a sheet is text: a row a line, numbers as they are whatever the sheet shows, dates as precise
// as they are shown and in one form, texts untouched.
func TestWorkbook(t *testing.T) {
	t.Parallel()
	day := time.Date(2018, 12, 20, 14, 30, 0, 0, time.UTC)
	name := workbook(t, func(book *excelize.File) {
		for i, c := range []struct {
			value  any
			format string
		}{
			{1234.5, "#,##0.00"},
			{0.12, "0%"},
			{123456789012.0, "0.00E+00"},
			{day, "m/d/yy"},
			{day, `dd"day"\.mm\.yyyy`},
			{day, "mmm-yy"},
			{day, "yyyy"},
			{day, "[$-409]d-mmm-yy h:mm AM/PM"},
			{day, "[Red]#,##0"},
			{true, ""},
			{"03/04/05", ""},
			{`a "quoted", cell`, ""},
			{"two\nlines", ""},
			{"0123", ""},
			{364880, "m/d/yyyy"},
			{43454, "General"},
		} {
			set(t, book, "Sheet1", fmt.Sprintf("A%d", i+1), c.value, c.format)
		}
		set(t, book, "Sheet1", "D20", "after three empty rows and cells", "")
	})
	files, err := ingest.OpenPaths(ingest.DefaultLimits, name)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	got, err := fs.ReadFile(files, "visits.xlsx/Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"1234.5", "0.12", "123456789012", "2018-12-20", "2018-12-20", "2018-12", "2018", "2018-12-20 14:30:00",
		"43454.6041666667", "TRUE", "03/04/05", `"a ""quoted"", cell"`, "two\u2028lines", "0123", "2899-01-01", "43454",
		"", "", "", ",,,after three empty rows and cells", "",
	}, "\n")
	if string(got) != want {
		t.Errorf("the text of the sheet is\n%s\nwant\n%s", got, want)
	}
}

// TestWorkbookSheets holds that each sheet with something in it is a file, by the name on its tab, that people are told its
// place, and that nothing is left on disk.
func TestWorkbookSheets(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	name := workbook(t, func(book *excelize.File) {
		set(t, book, "Sheet1", "A1", "id", "")
		for _, s := range []string{"Notes on it", "Empty"} {
			if _, err := book.NewSheet(s); err != nil {
				t.Fatal(err)
			}
		}
		set(t, book, "Notes on it", "B2", "a note", "")
	})
	files, err := ingest.OpenPaths(ingest.DefaultLimits, name)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	err = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(names, ", "); got != "visits.xlsx/Notes on it, visits.xlsx/Sheet1" {
		t.Errorf("the files are %s", got)
	}
	if got := files.Shown("visits.xlsx/Sheet1"); got != name+"/Sheet1" {
		t.Errorf("it is shown as %s", got)
	}
	if err := files.Close(); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(temp, "entente-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left on disk are %v (%v)", left, err)
	}
}

// TestWorkbookWrong holds that what is no workbook, or a hostile one, is refused with its reason.
func TestWorkbookWrong(t *testing.T) {
	t.Parallel()
	good := workbook(t, func(book *excelize.File) { set(t, book, "Sheet1", "A1", strings.Repeat("x", 30_000), "") })
	packed, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	small := ingest.DefaultLimits
	small.File = 20_000
	for _, c := range []struct {
		what   string
		text   []byte
		limits ingest.Limits
		want   string
	}{
		{"cut short", packed[:len(packed)/2], ingest.DefaultLimits, "it is not an Excel workbook that can be read"},
		{"another zip", []byte("PK\x03\x04" + strings.Repeat("x", 100)), ingest.DefaultLimits, "it is not an Excel workbook that can be read"},
		{"too large", packed, small, "it is not an Excel workbook that can be read"},
	} {
		name := filepath.Join(t.TempDir(), "a.xlsx")
		if err := os.WriteFile(name, c.text, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := ingest.OpenPaths(c.limits, name)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; it should say %q", c.what, err, c.want)
		}
	}
	// What is only called a workbook is text, and its source says what it thinks of it.
	name := filepath.Join(t.TempDir(), "a.xlsx")
	if err := os.WriteFile(name, []byte("id,host\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	files, err := ingest.OpenPaths(ingest.DefaultLimits, name)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	if text, err := fs.ReadFile(files, "a.xlsx"); err != nil || !bytes.Equal(text, []byte("id,host\n")) {
		t.Errorf("it reads %q (%v)", text, err)
	}
}
