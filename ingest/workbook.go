package ingest

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"
)

// maxWorkbook is how large a workbook may be as it lies on disk, packed: its parts are unpacked in memory.
const maxWorkbook = 128 << 20

// lineBreak stands in the text of a sheet for a line break within a cell, so that every row of the sheet is one line of
// the text, and a line number is the number of the row. To Unicode it is white space.
const lineBreak = "\u2028"

// IsWorkbook tells whether a file is an Excel workbook by its name. Files has such a file as a folder: each sheet that is
// not empty is a file in it, under the name on its tab, and its text is comma-separated UTF-8.
func IsWorkbook(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".xlsx" || ext == ".xlsm"
}

// IsSheet tells whether a file is the text of a sheet of a workbook. Its lines are the rows of the sheet, and rows
// that end in empty cells end before them.
func IsSheet(name string) bool { return IsWorkbook(path.Dir(name)) }

// addWorkbook adds the sheets of a workbook. A file that is only called so is added as it is: what it is instead, the
// source that reads it will tell.
func (f *Files) addWorkbook(name string, e fileEntry) error {
	if e.size > maxWorkbook {
		return fmt.Errorf("it has %d MB; a workbook may have at most %d MB: save the sheet as CSV UTF-8", e.size>>20, maxWorkbook>>20)
	}
	r, err := e.reader(f.limits)
	if err != nil {
		return plain(err)
	}
	packed, err := io.ReadAll(io.LimitReader(r, maxWorkbook+1))
	if err = errors.Join(err, r.Close()); err != nil {
		return damaged(plain(err))
	}
	if !bytes.HasPrefix(packed, []byte("PK\x03\x04")) {
		return f.addFile(name, e)
	}
	book, err := openWorkbook(packed, f.limits)
	if err != nil {
		return err
	}
	defer book.Close() //nolint:errcheck // it was read, and nothing of it is needed any more
	sheets := 0
	for _, sheet := range book.GetSheetList() {
		if strings.ContainsFunc(sheet, unicode.IsControl) {
			return fmt.Errorf("it has a sheet %q, which cannot be the name of a file to load", sheet)
		}
		text, size, err := f.writeSheet(book, sheet)
		if err != nil {
			return fmt.Errorf("sheet %s: %w", sheet, err)
		}
		if text == "" {
			continue
		}
		sheets++
		if err := f.addFile(name+"/"+sheet, fileEntry{shown: e.shown + "/" + sheet, disk: text, size: size, time: e.time}); err != nil {
			return err
		}
	}
	if sheets == 0 {
		return errors.New("the workbook has no sheet with anything in it")
	}
	return nil
}

func openWorkbook(packed []byte, limits Limits) (*excelize.File, error) {
	book, err := excelize.OpenReader(bytes.NewReader(packed), excelize.Options{UnzipSizeLimit: min(limits.File, limits.Ratio*int64(len(packed))+1<<20)})
	if err != nil {
		return nil, fmt.Errorf("it is not an Excel workbook that can be read: %w", damaged(err))
	}
	if _, err := book.GetStyle(0); err != nil { // reads the styles
		return nil, errors.Join(fmt.Errorf("its styles cannot be read: %w", err), book.Close())
	}
	plainNumbers(book)
	return book, nil
}

// writeSheet writes the text of a sheet to a file that is there until the load is closed. A sheet without any
// value, or of a chart alone, has none.
func (f *Files) writeSheet(book *excelize.File, sheet string) (file string, size int64, err error) {
	rows, err := book.Rows(sheet)
	var other excelize.ErrSheetNotExist
	switch {
	case errors.As(err, &other) || err != nil && strings.Contains(err.Error(), "is not a worksheet"):
		return "", 0, nil
	case err != nil:
		return "", 0, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	to, err := os.CreateTemp("", "entente-sheet-*.csv")
	if err != nil {
		return "", 0, err
	}
	defer func() {
		err = errors.Join(err, to.Close())
		if err != nil || file == "" {
			_ = os.Remove(to.Name())
		}
	}()
	count := &limited{to: to, left: f.limits.File}
	buffered := bufio.NewWriterSize(count, 64<<10)
	out := csv.NewWriter(buffered)
	any := false
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return "", 0, err
		}
		for n := len(cells); n > 0 && cells[n-1] == ""; n-- {
			cells = cells[:n-1]
		}
		for i, c := range cells {
			any = any || strings.TrimSpace(c) != ""
			cells[i] = breaks.Replace(c)
		}
		if err := out.Write(cells); err != nil {
			return "", 0, err
		}
	}
	out.Flush()
	if err := errors.Join(rows.Error(), out.Error(), buffered.Flush()); err != nil {
		return "", 0, err
	}
	if !any {
		return "", 0, nil
	}
	f.temporary = append(f.temporary, to.Name())
	return to.Name(), count.n, nil
}

var breaks = strings.NewReplacer("\r\n", lineBreak, "\n", lineBreak, "\r", lineBreak)

// limited writes as much as one file may have.
type limited struct {
	to      io.Writer
	n, left int64
}

// Write writes.
func (l *limited) Write(p []byte) (int, error) {
	if l.left -= int64(len(p)); l.left < 0 {
		return 0, errors.New("the file is larger than it may be")
	}
	n, err := l.to.Write(p)
	l.n += int64(n)
	return n, err
}

// plainNumbers changes how the workbook shows its numbers: a date as 2018-12-20 (2018-12 where the sheet shows the
// month alone), a time as 15:04:05, and everything else as the number it is. What a sheet shows depends on a person's
// settings, and 1,234.50 or 3/4/18 can be read in two ways.
func plainNumbers(book *excelize.File) {
	if book.Styles == nil || book.Styles.CellXfs == nil {
		return
	}
	codes := map[int]string{}
	if book.Styles.NumFmts != nil {
		for _, n := range book.Styles.NumFmts.NumFmt {
			codes[n.NumFmtID] = n.FormatCode
		}
	}
	plain := map[string]int{}
	for i := range book.Styles.CellXfs.Xf {
		id := 0
		xf := &book.Styles.CellXfs.Xf[i]
		if xf.NumFmtID != nil {
			id = *xf.NumFmtID
		}
		code, ok := codes[id]
		if !ok {
			code = builtIn(id)
		}
		as := dateFormat(code)
		if as == "" {
			none := noFormat
			xf.NumFmtID = &none
			continue
		}
		if _, ok := plain[as]; !ok {
			style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &as})
			if err != nil {
				continue
			}
			plain[as] = *book.Styles.CellXfs.Xf[style].NumFmtID
			xf = &book.Styles.CellXfs.Xf[i] // the list may have moved
		}
		shown := plain[as]
		xf.NumFmtID = &shown
	}
}

// noFormat is the number of a format that no workbook has: what has it is shown as it is. General would round.
const noFormat = 1 << 20

// builtIn gives what the number formats mean that have a number and no code in a workbook, as far as they show dates. Those
// from 27 on differ by language, and are dates in all where they are dates in one.
func builtIn(id int) string {
	switch {
	case id >= 14 && id <= 16, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return "yyyy-mm-dd"
	case id == 17:
		return "mmm-yy"
	case id == 22:
		return "yyyy-mm-dd hh:mm"
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47, id == 55, id == 56:
		return "hh:mm:ss"
	}
	return ""
}

// dateFormat gives the plain format for what a number format shows of a date, and nothing where it shows none.
func dateFormat(code string) string {
	var year, month, day, hour bool
	for _, c := range strings.ToLower(bare(code)) {
		switch c {
		case 'y', 'e', 'b':
			year = year || c == 'y'
		case 'm':
			month = true
		case 'd':
			day = true
		case 'h', 's':
			hour = true
		}
	}
	switch {
	case day && hour:
		return "yyyy-mm-dd hh:mm:ss"
	case day:
		return "yyyy-mm-dd"
	case hour:
		return "hh:mm:ss"
	case year && month:
		return "yyyy-mm"
	case year:
		return "yyyy"
	case month:
		return "yyyy-mm"
	}
	return ""
}

// bare takes from a number format what it shows as it stands: text in quotes, characters behind a backslash, and colours,
// conditions and languages in brackets. General, and text for numbers that are none, show no date.
func bare(code string) string {
	code, _, _ = strings.Cut(code, ";")
	if strings.EqualFold(code, "general") || strings.EqualFold(code, "@") {
		return ""
	}
	var b strings.Builder
	quoted, bracket, escaped := false, false, false
	for _, c := range code {
		switch {
		case escaped:
			escaped = false
		case c == '\\' || c == '_' || c == '*':
			escaped = true
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case !bracket:
			b.WriteRune(c)
		}
	}
	return b.String()
}
