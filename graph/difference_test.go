package graph

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestDifferences(t *testing.T) {
	for _, c := range []struct{ name, before, after, want string }{
		{"nothing", `{"a":1}`, `{"a":1}`, ""},
		{
			"a date as given", `{"period":{"start":"2018","end":"2019"}}`, `{"period":{"start":"2018","why":"ONGOING"}}`,
			"period.end: 2019 -> ; period.why:  -> ONGOING",
		},
		{"all that was added", "", `{"kind":"ACT","period":{"start":"2018-12-20~"}}`, "kind:  -> ACT; period.start:  -> 2018-12-20~"},
		{"all that was retracted", `{"kind":"ACT"}`, "", "kind: ACT -> "},
		{"a number", `{"hostility":4}`, `{"hostility":5}`, "hostility: 4 -> 5"},
		{
			"a part that changes its side", `{"participations":[{"actor":"A","role":"PARTY","side":"a"},{"actor":"B","role":"PARTY"}]}`,
			`{"participations":[{"actor":"B","role":"PARTY"},{"actor":"A","role":"PARTY","side":"b"}]}`,
			`participations: ["A PARTY","B PARTY"] -> ["B PARTY","A PARTY"]; participations[A PARTY].side: a -> b`,
		},
		{
			"who left and came back", `{"participations":[{"actor":"A","role":"PARTY","period":{"start":"1950"}}]}`,
			`{"participations":[{"actor":"A","role":"PARTY","period":{"start":"1950","end":"1960"}},{"actor":"A","role":"PARTY","period":{"start":"1970"}}]}`,
			`participations[A PARTY #1].period.end:  -> 1960; participations[A PARTY #2]:  -> {"actor":"A","period":{"start":"1970"},"role":"PARTY"}`,
		},
		{
			"a stage", `{"stages":[{"stage":"SIGNED","date":"2016"}]}`, `{"stages":[{"stage":"SIGNED","date":"2016-11-23"},{"stage":"NOTICE"}]}`,
			`stages[NOTICE]:  -> {"stage":"NOTICE"}; stages[SIGNED].date: 2016 -> 2016-11-23`,
		},
		{
			"texts", `{"topics":["DEFENSE","TRADE"]}`, `{"topics":["HISTORY","DEFENSE"]}`,
			"topics[HISTORY]:  -> HISTORY; topics[TRADE]: TRADE -> ",
		},
		{"an order alone", `{"topics":["DEFENSE","TRADE"]}`, `{"topics":["TRADE","DEFENSE"]}`, `topics: ["DEFENSE","TRADE"] -> ["TRADE","DEFENSE"]`},
		{"the same twice", `{"topics":["A"]}`, `{"topics":["A","A"]}`, "topics[A #2]:  -> A"},
		{"what is empty", `{"a":{}}`, `{"b":[]}`, "a: {} -> ; b:  -> []"},
		{"another kind of value", `{"a":{"b":1}}`, `{"a":"b"}`, `a: {"b":1} -> b`},
	} {
		found, err := Differences(c.before, c.after)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		var got []string
		for _, d := range found {
			got = append(got, d.Path+": "+d.Before+" -> "+d.After)
		}
		if text := strings.Join(got, "; "); text != c.want {
			t.Errorf("%s:\n %s\nnot\n %s", c.name, text, c.want)
		}
	}
	if _, err := Differences(`{`, `{}`); err == nil {
		t.Error("half a body is read")
	}
}

// TestDifferencesTellEverything changes random bodies at random: they differ in something if and only if they are not the
// same, and the other way round in the same places.
func TestDifferencesTellEverything(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1)) //nolint:gosec // a test wants the same bodies again, not secrets
	var make func(depth int) any
	make = func(depth int) any {
		switch n := r.IntN(6); {
		case n == 0 || depth == 0:
			return fmt.Sprint("v", r.IntN(3))
		case n == 1:
			return float64(r.IntN(3))
		case n < 4:
			list := []any{}
			for range r.IntN(4) {
				list = append(list, make(depth-1))
			}
			return list
		default:
			m := map[string]any{}
			for range r.IntN(4) {
				name := []string{"actor", "role", "participations", "stage", "stages", "topics"}[r.IntN(6)]
				m[name] = make(depth - 1)
			}
			return m
		}
	}
	whole := func() string {
		body, err := json.Marshal(map[string]any{"participations": make(3), "period": make(2), "topics": make(2)})
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	same := 0
	for range 20000 {
		a, b := whole(), whole()
		if r.IntN(3) == 0 {
			b = a
		}
		there, err1 := Differences(a, b)
		back, err2 := Differences(b, a)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if (len(there) == 0) != (a == b) {
			t.Fatalf("%s\n%s\ndiffer in %v", a, b, there)
		}
		if len(there) == 0 {
			same++
		}
		for _, d := range there {
			if d.Before == d.After && !strings.ContainsAny(d.Before, "0123456789[{") {
				t.Fatalf("%s\n%s\n%+v is no difference", a, b, d)
			}
		}
		if !slices.IsSortedFunc(there, func(x, y Difference) int { return strings.Compare(x.Path, y.Path) }) || len(there) == 0 != (len(back) == 0) {
			t.Fatalf("%s\n%s\n%v and back %v", a, b, there, back)
		}
	}
	if same < 1000 {
		t.Errorf("only %d of the bodies were the same", same)
	}
}
