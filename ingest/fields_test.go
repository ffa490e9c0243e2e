package ingest

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFieldChanges(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		old, fresh string
		want       []string // path: old → new
	}{
		"equal":              {`{"a":1,"b":[1,2]}`, `{"b":[1,2],"a":1}`, nil},
		"a value":            {`{"key":"x","summary":"old"}`, `{"key":"x","summary":"new"}`, []string{"summary: old → new"}},
		"a new field":        {`{}`, `{"place":"Seoul"}`, []string{"place:  → Seoul"}},
		"a field that goes":  {`{"place":"Seoul"}`, `{}`, []string{"place: Seoul → "}},
		"deeper":             {`{"period":{"start":"2018"}}`, `{"period":{"start":"2018-12"}}`, []string{"period.start: 2018 → 2018-12"}},
		"a topic more":       {`{"topics":["DEFENSE"]}`, `{"topics":["DEFENSE","TRADE"]}`, []string{"topics:  → TRADE"}},
		"an order":           {`{"topics":["A","B"]}`, `{"topics":["B","A"]}`, []string{"topics (order): A, B → B, A"}},
		"an entry inserted":  {`{"stages":[{"stage":"SIGNED","date":"1965"}]}`, `{"stages":[{"stage":"NEGOTIATION"},{"stage":"SIGNED","date":"1965"}]}`, []string{"stages[NEGOTIATION]:  → stage: NEGOTIATION"}},
		"an entry changed":   {`{"participations":[{"actor":"iso3:JPN","role":"PARTY"},{"actor":"iso3:KOR","role":"PARTY"}]}`, `{"participations":[{"actor":"iso3:KOR","role":"PARTY","side":"b"},{"actor":"iso3:JPN","role":"PARTY"}]}`, []string{"participations[iso3:KOR PARTY].side:  → b"}},
		"one of two alike":   {`{"names":[{"lang":"en","text":"A"},{"lang":"en","text":"B"}]}`, `{"names":[{"lang":"en","text":"A"},{"lang":"en","text":"C"}]}`, []string{"names[en].text: B → C"}},
		"a large number":     {`{"n":9007199254740993}`, `{"n":9007199254740992}`, []string{"n: 9007199254740993 → 9007199254740992"}},
		"a list for a value": {`{"n":"1"}`, `{"n":["1"]}`, []string{"n: 1 → 1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			changes, err := FieldChanges([]byte(c.old), []byte(c.fresh))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range changes {
				got = append(got, f.Path+": "+Plain(f.Old)+" → "+Plain(f.New))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Equal bodies have no changes, and whatever differs is seen.
func FuzzFieldChanges(f *testing.F) {
	f.Add(`{"a":[1,{"key":"x"}]}`, `{"a":[{"key":"x","y":null}]}`)
	f.Add(`{"names":[{"lang":"en"},{"lang":"en"}]}`, `{"names":[{"lang":"en"}]}`)
	f.Fuzz(func(t *testing.T, a, b string) {
		if !json.Valid([]byte(a)) || !json.Valid([]byte(b)) {
			t.Skip()
		}
		changes, err := FieldChanges([]byte(a), []byte(b))
		if err != nil {
			t.Skip() // two values behind one another
		}
		x, _ := decodeBody([]byte(a))
		y, _ := decodeBody([]byte(b))
		if (len(changes) == 0) != cmp.Equal(x, y) && !sameButNull(x, y) {
			t.Errorf("%s and %s have the changes %v", a, b, changes)
		}
	})
}

// sameButNull tells whether the two differ only in fields that are null and absent: a difference that no body has.
func sameButNull(x, y any) bool { return cmp.Equal(withoutNull(x), withoutNull(y)) }

func withoutNull(v any) any {
	switch x := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, e := range x {
			if e = withoutNull(e); e != nil {
				out[k] = e
			}
		}
		return out
	case []any:
		out := make([]any, len(x))
		for i, e := range x {
			out[i] = withoutNull(e)
		}
		return out
	}
	return v
}
