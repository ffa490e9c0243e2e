package table_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/charmap"

	"github.com/entente-graph/entente/ingest/table"
)

var visits = table.Format{Columns: []string{"id", "host", "note"}, Layout: "visits 1"}

// say reads a file called t.csv and prints its rows, their places and all mistakes, one a line.
func say(f table.Format, text string) string {
	var b strings.Builder
	files := fstest.MapFS{"t.csv": {Data: []byte(text)}}
	for r, err := range table.Read(context.Background(), files, "t.csv", f) {
		if err != nil {
			fmt.Fprintf(&b, "fatal %v\n", err)
			continue
		}
		rec := r.Record()
		if bad := r.Bad(); bad != nil {
			fmt.Fprintf(&b, "bad [%d,%d) byte %d %v\n", rec.From, rec.To, bad.Byte, bad)
			continue
		}
		fmt.Fprintf(&b, "%d [%d,%d)", r.Line, rec.From, rec.To)
		for _, c := range f.Columns {
			m := r.Mistake(c, "", "")
			fmt.Fprintf(&b, " %d:%d@%d=%q", m.Line, m.Column, m.Byte, r.Get(c))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestRead(t *testing.T) {
	t.Parallel()
	latin := visits
	latin.Charset = charmap.Windows1252
	tabs := visits
	tabs.Comma = '\t'
	for _, c := range []struct {
		name   string
		format table.Format
		text   string
		want   string
	}{
		{
			"LF", visits, "id,host,note\n1,FRA,x\n2,DEU,\n",
			"2 [13,20) 2:1@14=\"1\" 2:2@16=\"FRA\" 2:3@20=\"x\"\n3 [21,27) 3:1@22=\"2\" 3:2@24=\"DEU\" 3:3@28=\"\"\n",
		},
		{"CRLF, no final newline", visits, "id,host,note\r\n1,FRA,x", "2 [14,21) 2:1@15=\"1\" 2:2@17=\"FRA\" 2:3@21=\"x\"\n"},
		{
			"CR only", visits, "id,host,note\r1,FRA,x\r2,DEU,\"y\rz\"\r3,POL,w",
			"2 [13,20) 2:1@14=\"1\" 2:2@16=\"FRA\" 2:3@20=\"x\"\n" +
				"3 [21,32) 3:1@22=\"2\" 3:2@24=\"DEU\" 3:3@28=\"y\\nz\"\n5 [33,40) 5:1@34=\"3\" 5:2@36=\"POL\" 5:3@40=\"w\"\n",
		},
		{"CR only, CR at the very end", visits, "id,host,note\r1,FRA,x\r", "2 [13,20) 2:1@14=\"1\" 2:2@16=\"FRA\" 2:3@20=\"x\"\n"},
		{"BOM", visits, "\ufeffid,host,note\n1,é,x\n", "2 [16,22) 2:1@17=\"1\" 2:2@19=\"é\" 2:3@22=\"x\"\n"},
		{"a newline in quotes", visits, "id,host,note\n1,\"a\nb\",x\n", "2 [13,22) 2:1@14=\"1\" 2:2@16=\"a\\nb\" 3:3@22=\"x\"\n"},
		{"blank lines keep their numbers", visits, "\nid,host,note\n\n\r\n , ,\n1,FRA,x\n\n", "6 [22,29) 6:1@23=\"1\" 6:2@25=\"FRA\" 6:3@29=\"x\"\n"},
		{"Windows-1252", latin, "id,host,note\n1,C\xf4te d\x92Ivoire,\x80\n", "2 [13,30) 2:1@14=\"1\" 2:2@16=\"Côte d’Ivoire\" 2:3@30=\"€\"\n"},
		{"a BOM outranks the charset", latin, "\ufeffid,host,note\n1,Côte,x\n", "2 [16,25) 2:1@17=\"1\" 2:2@19=\"Côte\" 2:3@25=\"x\"\n"},
		{
			"UTF-8 in Windows-1252", latin, "id,host,note\n1,Côte,x\n",
			"bad [13,22) byte 16 t.csv:2:2: host: \"Côte\": the cell is UTF-8, and the file is published in Windows 1252 (save the whole file as UTF-8 with a byte order mark (in Excel: CSV UTF-8), or get it again)\n",
		},
		{
			"a byte that Windows-1252 has not", latin, "id,host,note\n1,C\x81te,x\n",
			"bad [13,21) byte 16 t.csv:2:2: host: \"C\ufffdte\": the byte 0x81 is not Windows 1252 (get the file again: it was saved in another charset on the way)\n",
		},
		{
			"Latin-1 in UTF-8", visits, "id,host,note\n1,C\xf4te,x\n",
			"bad [13,21) byte 16 t.csv:2:2: host: \"C\ufffdte\": the byte 0xF4 is not UTF-8 (save the file as UTF-8; read as Windows-1252 this is \"Côte\")\n",
		},
		{"tabs", tabs, "id\thost\tnote\n1\tFRA\ta,b\n", "2 [13,22) 2:1@14=\"1\" 2:2@16=\"FRA\" 2:3@20=\"a,b\"\n"},
		{"only a header", visits, "id,host,note\n", ""},
		{
			"ragged rows", visits, "id,host,note\n1,FRA\n2,DEU,x,y\n3;POL;z\n4,FRA,z\n",
			"bad [13,18) byte 14 t.csv:2: \"1,FRA\": the row has 2 cells, where visits 1 has 3 (the row is cut short, or a comma is missing)\n" +
				"bad [19,28) byte 20 t.csv:3: \"2,DEU,x,y\": the row has 4 cells, where visits 1 has 3 (a cell that has a comma in it must stand in quotes)\n" +
				"bad [29,36) byte 30 t.csv:4: \"3;POL;z\": the row has 1 cell, where visits 1 has 3 (its cells are separated by semicolons: write commas)\n" +
				"5 [37,44) 5:1@38=\"4\" 5:2@40=\"FRA\" 5:3@44=\"z\"\n",
		},
		{
			"NUL", visits, "id,host,note\n1,F\x00A,x\n",
			"bad [13,20) byte 16 t.csv:2:2: host: \"F\\x00A\": the cell has a NUL byte in it, which no text has (the file is damaged, or was written by a program that failed: get it again)\n",
		},
		{
			"quotes inside", visits, "id,host,note\n1,F\"R\",x\n2,\"DE\"U,y\n3,POL,z\n",
			"bad [13,21) byte 16 t.csv:2:2: host: \"F\\\"R\\\",x\": there is a quote inside a cell that does not begin with one (put the whole cell in quotes and write \"\" for each quote inside it)\n" +
				"bad [22,31) byte 25 t.csv:3:2: host: \"\\\"DE\\\"U,y\": there is text behind the quote that closes the cell (put the whole cell in quotes and write \"\" for each quote inside it)\n" +
				"4 [32,39) 4:1@33=\"3\" 4:2@35=\"POL\" 4:3@39=\"z\"\n",
		},
		{
			"the header again", visits, "id,host,note\n1,FRA,x\n\ufeffid,host,note\n",
			"2 [13,20) 2:1@14=\"1\" 2:2@16=\"FRA\" 2:3@20=\"x\"\nbad [21,36) byte 22 t.csv:3: the header stands here again: two files were put together (take this line out, or load the files separately)\n",
		},
		{
			"a quote that nothing closes", visits, "id,host,note\n1,FRA,x\n2,\"D\nE\",\"y\n3,POL,z\n",
			"2 [13,20) 2:1@14=\"1\" 2:2@16=\"FRA\" 2:3@20=\"x\"\n" +
				"fatal t.csv:4:3: \"\\\"y\": the quote opened here is not closed before the end of the file (close it, or write \"\" for a quote inside a cell)\n",
		},
		{
			"a quote that a later one closes", visits, "id,host,note\n1,\"FRA,x\n2,\"DEU\",y\n",
			"fatal t.csv:2:2: \"\\\"FRA,x\": the quote opened here is not closed rightly: the next quote, in line 3, has no separator behind it (close it, or write \"\" for a quote inside a cell)\n",
		},
		{"empty", visits, "", "fatal t.csv: the file is empty (the first line must be id,host,note)\n"},
		{"blank", visits, "\n\r\n", "fatal t.csv:1: there is nothing in the file but blank lines (the first line must be id,host,note)\n"},
		{"nothing but a BOM", visits, "\ufeff", "fatal t.csv:1: there is nothing in the file but blank lines (the first line must be id,host,note)\n"},
		{"UTF-16", visits, "\xff\xfei\x00d\x00", "fatal t.csv:1: the file is UTF-16 (save it as UTF-8 (in Excel: CSV UTF-8; elsewhere: iconv -t UTF-8))\n"},
		{"UTF-16 without BOM", visits, "\x00i\x00d\x00,", "fatal t.csv:1: the file is UTF-16 without a byte order mark, or no text (save it as UTF-8 (in Excel: CSV UTF-8; elsewhere: iconv -t UTF-8))\n"},
		{"semicolons", visits, "id;host;note\n", "fatal t.csv:1: \"id;host;note\": the cells are separated by semicolons, where those of visits 1 are by commas (get the file as it is published, or save it with commas)\n"},
		{"another table", visits, "a,b\n", "fatal t.csv:1: \"a,b\": these are not the columns of visits 1 (they are id,host,note)\n"},
		{"a letter of another script", visits, "id,hоst,note\n", "fatal t.csv:1:2: host: \"hоst\": this column is called otherwise in visits 1 (it is \"host\" there; the letter о here is U+043E)\n"},
		{"capitals", visits, "ID,Host,note \n", "fatal t.csv:1:1: id: \"ID\": this column and 2 others are written otherwise in visits 1 (it is \"id\" there)\n"},
		{"one blank", visits, "id,host,note \n", "fatal t.csv:1:3: note: \"note \": this column is written otherwise in visits 1 (it is \"note\" there)\n"},
		{"a line for Excel", visits, "sep=;\nid;host;note\n", "fatal t.csv:1: the first line tells Excel what separates the cells, and is no header (take this line out, or get the file as it is published)\n"},
		{"renamed", visits, "ID,hosts,note\n", "fatal t.csv:1:1: id: \"ID\": this column is called otherwise in visits 1 (it is \"id\" there)\nt.csv:1:2: host: \"hosts\": this column is called otherwise in visits 1 (it is \"host\" there)\n"},
		{
			"new, missing, doubled", visits, "id,id,weather,note\n",
			"fatal t.csv:1:2: \"id\": this column stands here twice (take one out; visits 1 has it once)\nt.csv:1:3: \"weather\": this column is new: visits 1 does not have it (another version of the dataset has another layout)\nt.csv:1: host: this column of visits 1 is missing (it stands behind \"id\")\n",
		},
		{"swapped", visits, "id,note,host\n", "fatal t.csv:1:2: host: \"note\": the columns stand in another order than in visits 1 (\"host\" stands here, and \"note\" is column 3)\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := say(c.format, c.text); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}
