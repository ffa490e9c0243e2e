package table

import (
	"bytes"
	"strings"
)

const bom = "\xef\xbb\xbf"

// separators are what cells may be separated by, by name.
var (
	separators     = []rune{',', ';', '\t', '|'}
	separatorNames = map[rune]string{',': "commas", ';': "semicolons", '\t': "tabs", '|': "bars"}
)

const (
	asUTF8     = "save it as UTF-8 (in Excel: CSV UTF-8; elsewhere: iconv -t UTF-8)"
	asCSV      = "open it in the program that made it and save it as CSV UTF-8"
	unpackIt   = "unpack it first; a zip or a .gz is unpacked here by its name"
	getItAgain = "get the file itself: this is what was answered instead"
)

// kinds are files that are often given for a table, by how they begin.
var kinds = []struct{ begin, what, advice string }{
	{"\xff\xfe\x00\x00", "the file is UTF-32", asUTF8},
	{"\x00\x00\xfe\xff", "the file is UTF-32", asUTF8},
	{"\xff\xfe", "the file is UTF-16", asUTF8},
	{"\xfe\xff", "the file is UTF-16", asUTF8},
	{"PK\x03\x04", "the file is a zip or an Excel workbook (xlsx), not text", "a workbook must be called .xlsx, a zip .zip"},
	{"PK\x05\x06", "the file is an empty zip, not text", "get it again"},
	{"\xd0\xcf\x11\xe0", "the file is an Excel workbook of before 2007 (xls), or one with a password, not text", "save it as xlsx without a password, or the sheet as CSV UTF-8"},
	{"\x1f\x8b", "the file is packed with gzip", "a file packed with gzip must be called .gz"},
	{"BZh", "the file is packed with bzip2", unpackIt},
	{"\xfd7zXZ", "the file is packed with xz", unpackIt},
	{"7z\xbc\xaf", "the file is packed with 7-Zip", unpackIt},
	{"Rar!", "the file is packed with RAR", unpackIt},
	{"%PDF", "the file is a PDF, not a table", "look for the data beside it"},
	{"\x89PNG", "the file is a PNG picture, not a table", "look for the data beside it"},
	{"\xff\xd8\xff", "the file is a JPEG picture, not a table", "look for the data beside it"},
	{"GIF8", "the file is a GIF picture, not a table", "look for the data beside it"},
	{"<stata_dta>", "the file is a Stata data set, not text", asCSV},
	{"$FL2", "the file is an SPSS data set, not text", asCSV},
	{"RDX", "the file is an R data set, not text", "save it in R with write.csv"},
	{"PAR1", "the file is a Parquet file, not text", "a Parquet file must be called .parquet"},
	{"ARROW1", "the file is an Arrow file, not text", asCSV},
	{"SQLite format 3", "the file is an SQLite database, not text", asCSV},
	{"{\\rtf", "the file is a text document (RTF), not a table", asCSV},
	{"version https://git-lfs", "the file is a Git LFS pointer, not the data", "run git lfs pull where it came from"},
}

// sniff tells by its beginning what a file is that is no table, and what to do; what is empty if it may be one.
func sniff(begin []byte) (what, advice string) {
	for _, k := range kinds {
		if bytes.HasPrefix(begin, []byte(k.begin)) {
			return k.what, k.advice
		}
	}
	if zeroes := bytes.Count(begin, []byte{0}); zeroes > 0 && 3*zeroes >= len(begin) {
		if bytes.Count(begin, []byte{0, 0}) > 0 && bytes.Trim(begin, "\x00") == nil {
			return "the file holds nothing but NUL bytes", "get it again"
		}
		if 3*zeroes >= 2*len(begin) {
			return "the file is UTF-32 without a byte order mark, or no text", asUTF8
		}
		return "the file is UTF-16 without a byte order mark, or no text", asUTF8
	}
	text := strings.ToLower(strings.TrimLeft(strings.TrimPrefix(string(begin), bom), " \t\r\n"))
	switch {
	case strings.HasPrefix(text, "sep="):
		return "the first line tells Excel what separates the cells, and is no header", "take this line out, or get the file as it is published"
	case strings.HasPrefix(text, "<!doctype html"), strings.HasPrefix(text, "<html"), strings.HasPrefix(text, "<head"), strings.HasPrefix(text, "<body"):
		return "the file is a web page (HTML), not a table", getItAgain
	case strings.HasPrefix(text, "<?xml"), strings.HasPrefix(text, "<") && strings.Contains(text, "xmlns"):
		return "the file is XML, not a table", "is it a file of another source?"
	case strings.HasPrefix(text, "{"), strings.HasPrefix(text, "[{"):
		return "the file is JSON, not a table", "is it a file of another source?"
	}
	return "", ""
}
