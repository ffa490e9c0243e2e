package graph

import (
	"encoding/json"
	"testing"
)

// A record is mended in its own bytes, whatever their encoding: they must come back from a store as they went in.
func TestRecordsKeepTheirBytes(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "plain\r\n", "K\xf6ln,\x92\r", "\x00\xff", "\ufffd"} {
		q := Quarantined{N: 1, Records: []Record{{File: "a", Line: 2, From: 3, To: 9, Text: text}}}
		e := Edit{File: "a", SHA256: "00", Line: 2, From: 3, To: 9, Text: text}
		var q2 Quarantined
		var e2 Edit
		for from, to := range map[any]any{&q: &q2, &e: &e2} {
			b, err := json.Marshal(from)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(b, to); err != nil {
				t.Fatal(err)
			}
		}
		if q2.Records[0] != q.Records[0] || e2 != e {
			t.Errorf("%q comes back as %+v and %+v", text, q2.Records[0], e2)
		}
	}
}
