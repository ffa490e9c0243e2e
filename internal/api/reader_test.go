package api

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/internal/sample/sampletest"
)

// TestEveryQuestionIsCounted calls every method of a Reader: one that the request's own does not have would pass by the limits.
func TestEveryQuestionIsCounted(t *testing.T) {
	store := sampleStore(t)
	methods := reflect.TypeFor[graph.Reader]()
	for i := range methods.NumMethod() {
		name := methods.Method(i).Name
		m := &memoReader{Reader: store, limits: Limits{}.withDefaults(), over: func(error) {}}
		method := reflect.ValueOf(m).MethodByName(name)
		args := []reflect.Value{reflect.ValueOf(t.Context())}
		for j := 1; j < method.Type().NumIn(); j++ {
			args = append(args, reflect.Zero(method.Type().In(j)))
		}
		out := method.Call(args)[0]
		if out.Kind() == reflect.Func { // a sequence
			out.Call([]reflect.Value{reflect.MakeFunc(out.Type().In(0), func([]reflect.Value) []reflect.Value {
				return []reflect.Value{reflect.ValueOf(false)}
			})})
		}
		if m.questions.Load() == 0 {
			t.Errorf("%s is not counted: memoReader does not have it", name)
		}
	}
}

// TestIdenticalFieldsAreAskedOnce: under two names, in two fragments, with the same arguments in another order or in a
// variable, a field asks the store what it asks alone; with other arguments it asks anew.
func TestIdenticalFieldsAreAskedOnce(t *testing.T) {
	path := sampletest.Path(t)
	asked := func(document string) (all int, names map[string]int) {
		synctest.Test(t, func(t *testing.T) {
			c := &counting{Reader: sampletest.Open(t, path, sqlitestore.ReadOnly()), asked: map[string]int{}}
			r := post(t, New(Config{Reader: c, Logger: quiet(t)}), document, map[string]any{"n": 5})
			if len(r.Errors) > 0 {
				t.Errorf("%s\n%s", document, r.Raw)
			}
			names = c.asked
			for _, n := range c.asked {
				all += n
			}
		})
		return all, names
	}
	for _, field := range []string{
		`meetings(first: 5, where: {topics: { anyOf: [DEFENSE] }}) { totalCount nodes { title participations(first: 2) { nodes { actor { name } } } } }`,
		`dyad(a: "JPN", b: "KOR") { ties(topics: [DEFENSE]) { status spells { startedBy { title } contacts { nodes { title } } } } meetings(first: 3) { nodes { title } } }`,
		`actors(first: 5, where: {kind: {eq: STATE}}) { totalCount nodes { name summits(first: 2) { nodes { title } } } }`,
		`search(text: "japan") { nodes { __typename } }`,
		`officeHolders(of: "JPN", first: 5) { nodes { person { name } } }`,
		`ties(where: {topics: [DEFENSE]}, first: 5) { nodes { a { name } } }`,
	} {
		alone, names := asked("{ " + field + " }")
		for _, same := range []string{
			"{ a: " + field + " b: " + field + " c: " + field + " }",
			"{ ...f ...g } fragment f on Query { x: " + field + " } fragment g on Query { y: " + field + " }",
		} {
			if n, twice := asked(same); n != alone {
				t.Errorf("%s\nasks %d questions %v; alone it asks %d: %v", same, n, twice, alone, names)
			}
		}
	}
	const meetings = `meetings(first: 5, where: {topics: { anyOf: [DEFENSE] }, level: { in: [SUMMIT] }}) { nodes { key } }`
	alone, _ := asked("{ " + meetings + " }")
	for document, want := range map[string]int{
		`query ($n: Int) { a: ` + meetings + ` b: meetings(where: {level: { in: [SUMMIT] }, topics: { anyOf: [DEFENSE] }}, first: $n) { nodes { key } } }`: alone,
		`{ a: ` + meetings + ` b: ` + strings.Replace(meetings, "first: 5", "first: 6", 1) + ` }`:                                                          alone + 1,
		`{ a: ` + meetings + ` b: ` + strings.Replace(meetings, "SUMMIT", "OFFICIALS", 1) + ` }`:                                                           alone + 1,
	} {
		if got, names := asked(document); got != want {
			t.Errorf("%s\nasks %d, not %d: %v", document, got, want, names)
		}
	}
}

// TestForeseen: what the store is asked was foreseen, for every question of testdata and every nested one; and the answer
// says both, and how many rows it took.
func TestForeseen(t *testing.T) {
	path := sampletest.Path(t)
	for name, target := range asDocuments(t) {
		var f fetched
		synctest.Test(t, func(t *testing.T) { // loaders have all keys of a level
			f = fetch(t, New(Config{Reader: sampletest.Open(t, path, sqlitestore.ReadOnly()), Logger: quiet(t)}), target)
		})
		var questions, rows int
		if _, err := fmt.Sscanf(f.header.Get("Entente-Asked"), "questions=%d, rows=%d", &questions, &rows); err != nil {
			t.Fatalf("%s: Entente-Asked: %s: %v", name, f.header.Get("Entente-Asked"), err)
		}
		_, text, _ := strings.Cut(f.body, `"questions":{"foreseen":`)
		var foreseen int
		if _, err := fmt.Sscan(strings.Split(text, ",")[0], &foreseen); err != nil {
			t.Fatalf("%s: %v in %s", name, err, f.body)
		}
		if questions > foreseen || questions == 0 {
			t.Errorf("%s: %d questions were asked, %d foreseen", name, questions, foreseen)
		}
		t.Logf("%3d of %3d questions, %5d rows: %s", questions, foreseen, rows, name)
	}
}

// TestLimitsOfTheStore: an answer that takes more questions or rows than the limits is broken off, and told so in numbers.
func TestLimitsOfTheStore(t *testing.T) {
	const document = `{ actors(first: 20) { totalCount nodes { name meetings(first: 1) { nodes { title } } } } }`
	for _, c := range []struct {
		limits Limits
		of     string
		says   string
	}{
		{Limits{Questions: 90}, "questions", ""},
		{Limits{Questions: 10}, "questions", "may take"},
		{Limits{Rows: 30}, "rows", "the limit is 30"},
	} {
		r := post(t, New(Config{Reader: sampleStore(t), Logger: quiet(t), Limits: c.limits}), document, nil)
		if c.says == "" {
			if len(r.Errors) > 0 {
				t.Errorf("%+v: %s", c.limits, r.Raw)
			}
			continue
		}
		if len(r.Errors) != 1 || r.codes()[0] != codeCost || !strings.Contains(r.Errors[0].Message, c.says) || !strings.Contains(string(r.Raw), `"of":"`+c.of+`"`) {
			t.Errorf("%+v: %.500s", c.limits, r.Raw)
		}
		if c.says == "may take" != (r.Status == http.StatusBadRequest) || len(r.Data) > 4 {
			t.Errorf("%+v: status %d with data %.100s", c.limits, r.Status, r.Data)
		}
	}
	// What was not foreseen is broken off as it is asked.
	var told error
	m := &memoReader{Reader: sampleStore(t), limits: Limits{Questions: 2, Rows: 1000}, over: func(err error) { told = err }}
	for load := range graph.LoadNumber(3) {
		_, err := m.Statements(t.Context(), graph.StatementQuery{Load: load, Kind: graph.StatementSource})
		if (err != nil) != (load == 2) || (told != nil) != (load == 2) {
			t.Errorf("question %d: %v", load+1, err)
		}
	}
	if told == nil || !strings.Contains(told.Error(), "more than 2 questions") {
		t.Errorf("it is told %v", told)
	}
}

// TestExcess: what asks for too much is told how much more than the limit.
func TestExcess(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	for document, want := range map[string]string{
		"{ actor(key: \"JPN\") {" + many("a%d: key ", 101) + "} }": `"excess":1,"limit":100,"of":"aliases","requested":101`,
		doubling(300): `"excess":9007199254740991,"limit":40,"of":"fields at the root","requested":9007199254740991`,
		`{ actors(first: 100) { nodes { meetings(first: 100) { nodes { participations(first: 100) { nodes { role } } } } } } }`: `"excess":`,
	} {
		if r := post(t, h, document, nil); !strings.Contains(string(r.Raw), want) || r.Extensions.Entente.Cost.Requested == 0 && !strings.Contains(document, "key: ") {
			t.Errorf("%.100s: %s", document, r.Raw)
		}
	}
}

// TestPrints: questions have equal prints when all that they hold is equal, behind pointers too.
func TestPrints(t *testing.T) {
	day, same, other := graph.MustDay("2019-06-01"), graph.MustDay("2019-06-01"), graph.MustDay("2019-06-02")
	always := graph.Always
	for _, c := range []struct {
		a, b  any
		equal bool
	}{
		{graph.ActorQuery{AsOf: &day}, graph.ActorQuery{AsOf: &same}, true},
		{graph.ActorQuery{AsOf: &day}, graph.ActorQuery{AsOf: &other}, false},
		{graph.ActorQuery{AsOf: &day}, graph.ActorQuery{}, false},
		{graph.EngagementQuery{During: &always}, graph.EngagementQuery{During: &graph.Interval{From: graph.MinDay, To: graph.MaxDay}}, true},
		{graph.StatementQuery{Keys: nil}, graph.StatementQuery{Keys: []string{}}, false},
		{graph.StatementQuery{Keys: []string{"a", "b"}}, graph.StatementQuery{Keys: []string{"a", "b"}}, true},
		{graph.StatementQuery{Keys: []string{"ab"}}, graph.StatementQuery{Keys: []string{"a", "b"}}, false},
	} {
		a, ok := printOf("q", c.a)
		b, ok2 := printOf("q", c.b)
		if !ok || !ok2 || (a == b) != c.equal {
			t.Errorf("%+v and %+v: equal prints: %v", c.a, c.b, a == b)
		}
	}
	days := func(n ...string) graph.Condition {
		c := graph.Condition{InForceOn: map[graph.SourceKey]graph.Day{}}
		for _, key := range n {
			c.InForceOn[graph.SourceKey(key)] = day
		}
		return c
	}
	one, _ := printOf("q", days("a", "b", "c"))
	if two, ok := printOf("q", days("c", "b", "a")); !ok || one != two {
		t.Error("maps of the same entries have two prints")
	}
	if other, _ := printOf("q", days("a", "b")); other == one {
		t.Error("maps of other entries have one print")
	}
	if _, ok := printOf("q", struct{ F func() }{func() {}}); ok {
		t.Error("a function has a print")
	}
	methods := reflect.TypeFor[graph.Reader]()
	for i := range methods.NumMethod() {
		for in := range methods.Method(i).Type.Ins() {
			if in == reflect.TypeFor[context.Context]() {
				continue
			}
			if at := unprintable(in, map[reflect.Type]bool{}); at != "" {
				t.Errorf("%s has no print, for it holds a %s: asked twice it would be put twice", in, at)
			}
		}
	}
}

// TestListsAreTheCallersOwn: who sorts what he was given does not disorder what another is given.
func TestListsAreTheCallersOwn(t *testing.T) {
	m := &memoReader{Reader: sampleStore(t), limits: Limits{}.withDefaults(), over: func(error) {}}
	first, err := m.Statements(t.Context(), graph.StatementQuery{Load: 5, Kind: graph.StatementSource})
	if err != nil || len(first) < 2 {
		t.Fatalf("%d sources: %v", len(first), err)
	}
	was := first[0].Key
	slices.Reverse(first)
	again, err := m.Statements(t.Context(), graph.StatementQuery{Load: 5, Kind: graph.StatementSource})
	if err != nil || again[0].Key != was || m.questions.Load() != 1 {
		t.Errorf("it begins with %s, not %s, after %d questions: %v", again[0].Key, was, m.questions.Load(), err)
	}
	page, err := m.Engagements(t.Context(), graph.EngagementQuery{Load: 5, First: 3})
	if err != nil {
		t.Fatal(err)
	}
	key := page.Items[0].Key
	slices.Reverse(page.Items)
	slices.Reverse(page.Position)
	if page, err = m.Engagements(t.Context(), graph.EngagementQuery{Load: 5, First: 3}); err != nil || page.Items[0].Key != key {
		t.Errorf("the page begins with %s, not %s: %v", page.Items[0].Key, key, err)
	}
}

// unprintable names what a type may hold that cannot be compared, or nothing.
func unprintable(t reflect.Type, seen map[reflect.Type]bool) string {
	if seen[t] {
		return ""
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Func, reflect.Chan, reflect.UnsafePointer, reflect.Complex64, reflect.Complex128:
		return t.String()
	case reflect.Pointer, reflect.Slice, reflect.Array:
		if t == reflect.TypeFor[*time.Time]() {
			return ""
		}
		return unprintable(t.Elem(), seen)
	case reflect.Map:
		return unprintable(t.Key(), seen) + unprintable(t.Elem(), seen)
	case reflect.Struct:
		for i := range t.NumField() {
			if at := unprintable(t.Field(i).Type, seen); at != "" {
				return at
			}
		}
	default:
	}
	return ""
}
