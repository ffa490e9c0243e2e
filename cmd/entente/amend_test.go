package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// printedTable is a quarantine as it was printed, in cells. Thing 1 has a record with two mistakes, thing 2 is a row too
// many of a dispute.
func printedTable(t *testing.T) (store string, rows [][]string) {
	t.Helper()
	dir := t.TempDir()
	store = filepath.Join(dir, "store.db")
	a, b := filepath.Join(dir, "MIDA.csv"), filepath.Join(dir, "MIDB.csv")
	write(t, a, strings.Replace(disputesTable, "9902,1,5,194,2,5,1940,5,3,", "9902,1,5,194,2,5,1940,5,33,", 1)+
		"9903,1,5,1938,2,5,1938,5,3,0,0,2,2,7,3,0,1,1,0,5\n9903,1,6,1938,2,6,1938,5,3,0,0,2,2,7,3,0,1,1,0,5\n")
	write(t, b, participantsTable+
		"9903,\"USA\",2,1,5,1938,2,5,1938,1,0,0,-9,0,0,7,3,1,5\n9903,\"UKG\",200,1,5,1938,2,5,1938,0,0,0,-9,0,0,0,1,1,5\n")
	entente(t, "ingest", "cow-mid", a, b, "--store", store)
	rows, err := csv.NewReader(strings.NewReader(entente(t, "quarantine", "1", "--csv", "--store", store))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return store, rows
}

const recordColumn = 10

// mend changes the text of the record that has a text.
func mendCells(rows [][]string, from, to string) [][]string {
	for _, r := range rows[1:] {
		r[recordColumn] = strings.Replace(r[recordColumn], from, to, 1)
	}
	return rows
}

func asTable(rows [][]string, comma rune, crlf bool) string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = comma, crlf
	if err := w.WriteAll(rows); err != nil {
		panic(err)
	}
	return b.String()
}

func TestWhatSpreadsheetsMakeOfAMendedTable(t *testing.T) {
	t.Parallel()
	base, printed := printedTable(t)
	text, err := os.ReadFile(base)
	if err != nil {
		t.Fatal(err)
	}
	const good, wrong = "9902,1,5,1940,2,5,1940,5,3,", "9902,1,5,194,2,5,1940,5,33,"
	mended := func() [][]string {
		var rows [][]string
		for _, r := range printed {
			rows = append(rows, slices.Clone(r))
		}
		return mendCells(rows, wrong, good)
	}
	cellsMended := func(rows [][]string) [][]string { // and not the text
		mendCells(rows, good, wrong)
		for _, r := range rows {
			switch r[7] {
			case "194":
				r[7] = "1940"
			case "33":
				r[7] = "3"
			}
		}
		return rows
	}
	without := func(rows [][]string, columns ...int) [][]string {
		for i, r := range rows {
			var kept []string
			for j, cell := range r {
				if !slices.Contains(columns, j) {
					kept = append(kept, cell)
				}
			}
			rows[i] = kept
		}
		return rows
	}
	row := func(rows [][]string, nth int, part string) int { // of the nth row with such a record
		for i, r := range rows {
			if strings.HasPrefix(r[recordColumn], part) {
				if nth--; nth == 0 {
					return i
				}
			}
		}
		t.Fatalf("no row with %s in %q", part, rows)
		return 0
	}
	for _, c := range []struct {
		name string
		text func() string
		adds []string // keys that are there after it
		says string   // in the error
	}{
		{"as printed, mended", func() string { return asTable(mended(), ',', false) }, []string{"cow-mid:9902"}, ""},
		{"Windows line ends", func() string { return asTable(mended(), ',', true) }, []string{"cow-mid:9902"}, ""},
		{"semicolons and a byte order mark", func() string { return "\ufeff" + asTable(mended(), ';', true) }, []string{"cow-mid:9902"}, ""},
		{"tabs", func() string { return asTable(mended(), '\t', false) }, []string{"cow-mid:9902"}, ""},
		{"columns in another order, one more, others gone", func() string {
			var out [][]string
			for i, r := range mended() {
				more := "my note"
				if i > 0 {
					more = "checked"
				}
				out = append(out, []string{r[10], more, r[3], r[2], r[1], r[0]})
			}
			return asTable(out, ',', false)
		}, []string{"cow-mid:9902"}, ""},
		{"headings in capitals", func() string {
			rows := mended()
			for i, h := range rows[0] {
				rows[0][i] = strings.ToUpper(h) + " "
			}
			return asTable(rows, ',', false)
		}, []string{"cow-mid:9902"}, ""},
		{"only the mended row", func() string {
			rows := mended()
			i := row(rows, 1, "9902,1,5,1940")
			return asTable([][]string{rows[0], rows[i]}, ',', false)
		}, []string{"cow-mid:9902"}, ""},
		{"sorted the other way round", func() string {
			rows := mended()
			slices.Reverse(rows[1:])
			return asTable(rows, ',', false)
		}, []string{"cow-mid:9902"}, ""},
		{"without the empty cells at the end of rows", func() string {
			return regexp.MustCompile(`(?m),+$`).ReplaceAllString(asTable(mended(), ',', false), "")
		}, []string{"cow-mid:9902"}, ""},
		{"an apostrophe that was put before the text", func() string { return asTable(mendCells(mended(), "9902,1", "'9902,1"), ',', false) }, []string{"cow-mid:9902"}, ""},
		{"one of two rows taken out", func() string {
			rows := mended()
			i := row(rows, 1, "9903,1,6")
			rows[i][recordColumn] = ""
			return asTable(rows, ',', false)
		}, []string{"cow-mid:9902", "cow-mid:9903"}, ""},
		{"a row of the second mistake is not the record taken out", func() string {
			rows := mended()
			i := row(rows, 1, "9902,1,5,1940") // the second mistake of this record is in the next row
			return asTable([][]string{rows[0], rows[i+1], rows[row(rows, 1, "9903,1,6")]}, ',', false)
		}, nil, "no record differs"},
		{"mended in the cells that were wrong", func() string {
			return asTable(cellsMended(mended()), ';', true)
		}, []string{"cow-mid:9902"}, ""},
		{"mended in the cells, without the column byte", func() string {
			return asTable(without(cellsMended(mended()), 4), ',', false)
		}, []string{"cow-mid:9902"}, ""},
		{"mended in the cells, without the columns byte and field", func() string {
			return asTable(without(cellsMended(mended()), 4, 6), ',', false)
		}, nil, `mended.csv:2:6: value: "1940": several values in this line are wrong, and without the column byte it is not clear which is meant`},
		{"mended in the text, without the columns byte and field", func() string {
			return asTable(without(mended(), 4, 6), ',', false)
		}, []string{"cow-mid:9902"}, ""},
		{"a cell and the whole text, otherwise", func() string {
			rows := mended()
			rows[row(rows, 1, "9902,1,5,1940")][7] = "1939"
			return asTable(rows, ',', false)
		}, nil, `mended.csv:2:8: value: "1939": the record is mended too, and there this value does not stand`},
		{"a cell and the whole text, alike", func() string {
			rows := mended()
			rows[row(rows, 1, "9902,1,5,1940")][7] = "1940"
			return asTable(rows, ',', false)
		}, []string{"cow-mid:9902"}, ""},
		{"mended in two ways", func() string {
			rows := mended()
			i := row(rows, 1, "9902,1,5,1940")
			rows[i+1][recordColumn] = strings.Replace(rows[i][recordColumn], "1940", "1939", 1)
			return asTable(rows, ',', false)
		}, nil, "mended.csv:3:11: record: "},
		{"a column twice", func() string {
			rows := mended()
			for i := range rows {
				rows[i] = append(rows[i], rows[i][recordColumn])
			}
			return asTable(rows, ',', false)
		}, nil, "mended.csv:1: \"record\": this column stands here twice (take one out, so that it is clear which counts)"},
		{"a column missing", func() string {
			var out [][]string
			for _, r := range mended() {
				out = append(out, append(slices.Clone(r[:1]), r[2:]...))
			}
			return asTable(out, ',', false)
		}, nil, "these columns are missing: n"},
		{"another table", func() string { return disputesTable }, nil, "mended.csv:1: this is not the table that entente quarantine --csv prints"},
		{"empty", func() string { return "" }, nil, "mended.csv"},
		{"only headings", func() string { return asTable(printed[:1], ',', false) }, nil, "there are no rows in this table"},
		{"a number that was made a date", func() string {
			rows := mended()
			rows[1][1] = "1. Jan"
			return asTable(rows, ',', false)
		}, nil, `mended.csv:2:2: n: "1. Jan": this is not the number of a thing in quarantine`},
		{"a line that is none", func() string {
			rows := mended()
			rows[1][3] = "77"
			return asTable(rows, ',', false)
		}, nil, `thing 1 in the quarantine of load 1 has nothing at line 77 of "MIDA.csv"`},
		{"another load", func() string {
			rows := mended()
			for _, r := range rows[1:] {
				r[0] = "7"
			}
			return asTable(rows, ',', false)
		}, nil, "there is no load 7: the newest is 1"},
		{"two loads", func() string {
			rows := mended()
			rows[2][0] = "2"
			return asTable(rows, ',', false)
		}, nil, `mended.csv:3:1: load: "2": this is of another load than load 1 above (give a table for each load)`},
		{"not UTF-8", func() string { return strings.Replace(asTable(mended(), ',', false), "1940,5,3,", "1940,5,\xe9,", 1) }, nil, "mended.csv:2:11"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path, table := filepath.Join(dir, "store.db"), filepath.Join(dir, "mended.csv")
			write(t, path, string(text))
			write(t, table, c.text())
			var out, said bytes.Buffer
			err := run(context.Background(), []string{"ingest", "cow-mid", "--amend", table, "--store", path}, nil, &out, &said, func(string) string { return "" })
			exitCode(err, &said)
			told := strings.ReplaceAll(said.String(), dir+string(filepath.Separator), "")
			if (err == nil) != (c.says == "") || !strings.Contains(told, c.says) {
				t.Fatalf("it says %s\nit should say %q", told, c.says)
			}
			store := openStore(t, path)
			head, err := store.Head(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			found, err := store.Statements(context.Background(), graph.StatementQuery{Load: head.Load.Number, Kind: graph.StatementEngagement, Keys: []string{"cow-mid:9902", "cow-mid:9903"}})
			if err != nil {
				t.Fatal(err)
			}
			var keys []string
			for _, f := range found {
				keys = append(keys, f.Key)
			}
			if !slices.Equal(keys, c.adds) {
				t.Errorf("it added %q, not %q", keys, c.adds)
			}
		})
	}
}

// A pipe is a table too.
func TestAMendedTableOnStandardInput(t *testing.T) {
	t.Parallel()
	store, printed := printedTable(t)
	text := asTable(mendCells(printed, "9902,1,5,194,2,5,1940,5,33,", "9902,1,5,1940,2,5,1940,5,3,"), ',', false)
	var out bytes.Buffer
	err := run(context.Background(), []string{"ingest", "cow-mid", "--amend", "-", "--store", store}, strings.NewReader(text), &out, &out, func(string) string { return "" })
	if err != nil || !strings.Contains(out.String(), "load 2, which amends load 1") {
		t.Errorf("%v, %s", err, &out)
	}
	err = run(context.Background(), []string{"ingest", "states", "--amend", "-", "--store", store}, strings.NewReader(text), &out, &out, func(string) string { return "" })
	if err == nil || !strings.Contains(err.Error(), "load 1 is of cow-mid, not of states: entente ingest cow-mid --amend -") {
		t.Errorf("of another source: %v", err)
	}
}

// Whatever bytes a record has, its cell gives them back, and no spreadsheet takes it for a formula, a number or a date.
func TestCellsOfRecordsGiveTheirBytesBack(t *testing.T) {
	t.Parallel()
	all := make([]byte, 0, 256)
	for i := range 256 {
		all = append(all, byte(i))
	}
	for _, text := range []string{
		"", "plain", "=1+1", "-9,1,2", "+49", "@home", "007", "1E5", "MAR1", "TRUE", "5.10", "194", "'quoted", "''twice", "1,234", "2020-05-01", "\ttab", "Seoul\x92s \xe9lan", string(all[0x20:]), "서울, é", "a\r\nb",
	} {
		r := graph.Record{Text: text}
		cell := guarded(recordText(r))
		if cell != "" && (strings.ContainsRune("=+-@\t\r", rune(cell[0])) || changeable.MatchString(cell) && !wholeNumber.MatchString(cell)) {
			t.Errorf("%q is printed as %q", text, cell)
		}
		back, strange := asBytes(unguarded(cell), r)
		if back != text || strange != 0 {
			t.Errorf("%q comes back as %q (%q)", text, back, strange)
		}
	}
	if _, strange := asBytes("Sŏul", graph.Record{Text: "S\xe9oul"}); strange != 'ŏ' {
		t.Errorf("a letter that Windows-1252 does not have: %q", strange)
	}
	for given, like := range map[string]string{"a\r\nb": "x\ny", "a\nb": "x\r\ny", "a\rb": "x\ny"} {
		want := "a" + strings.Trim(like, "xy") + "b"
		if got := lineEndsLike(given, like); got != want {
			t.Errorf("%q like %q is %q", given, like, got)
		}
	}
}
