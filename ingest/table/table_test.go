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
		{"LF", visits, "id,host,note\n1,FRA,x\n2,DEU,\n", "2 [13,20) 2:1@14=\"1\" 2:2@16=\"FRA\" 2:3@20=\"x\"\n3 [21,27) 3:1@22=\"2\" 3:2@24=\"DEU\" 3:3@28=\"\"\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := say(c.format, c.text); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}
