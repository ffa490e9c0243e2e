package table_test

import (
	"context"
	"reflect"
	"testing"
	"testing/fstest"

	"github.com/entente-graph/entente/ingest/table"
)

// A row that is put aside and taken back has its cells, its record, and mistakes at the same places.
func TestPack(t *testing.T) {
	t.Parallel()
	f := table.Format{Columns: []string{"id", "host", "note"}, Header: 2}
	files := fstest.MapFS{"t.csv": {Data: []byte("a title,,\nid,host,note\n1,\"a\nb\",ü\n22,,x\n")}}
	rows := 0
	for r, err := range table.Read(context.Background(), files, "t.csv", f) {
		if err != nil || r.Bad() != nil {
			t.Fatal(err, r.Bad())
		}
		rows++
		back := table.Unpack("t.csv", f, r.Pack())
		if back.Record() != r.Record() || back.Line != r.Line || back.File != r.File || back.Bad() != nil {
			t.Errorf("%+v comes back as %+v", r.Record(), back.Record())
		}
		for _, c := range f.Columns {
			if was, is := r.Mistake(c, "wrong", "right"), back.Mistake(c, "wrong", "right"); !reflect.DeepEqual(was, is) || back.Get(c) != r.Get(c) {
				t.Errorf("a mistake in %s is %+v, and was %+v", c, is, was)
			}
		}
	}
	if rows != 2 {
		t.Errorf("%d rows below line 2", rows)
	}
}
