package api

import (
	"strings"
	"testing"
)

// TestWhatIsWrongIsTold: what is wrong with a variable, or a literal, is told with its place and what would be right, unless the schema is hidden.
func TestWhatIsWrongIsTold(t *testing.T) {
	t.Parallel()
	const filtered = `query ($w: EngagementWhere) { agreements(where: $w) { totalCount } }`
	const topics = `query ($t: [Topic!]) { agreements(where: {topics: {anyOf: $t}}) { totalCount } }`
	where := func(field string, value any) map[string]any { return map[string]any{"w": map[string]any{field: value}} }
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	hidden := New(Config{Reader: sampleStore(t), Logger: quiet(t), HideSchema: true})
	for _, c := range []struct {
		document  string
		variables map[string]any
		want      string
	}{
		{topics, map[string]any{"t": []string{"DEFENSE", "DEFENCE"}}, `$t[1]: value "DEFENCE" does not exist in "Topic" enum. Did you mean the enum value "DEFENSE"?`},
		{topics, map[string]any{"t": "defense"}, `$t: value "defense" does not exist in "Topic" enum. Did you mean the enum value "DEFENSE"?`},
		{topics, map[string]any{"t": []string{"WEATHER AND WIND"}}, `$t[0]: value "WEATHER AND WIND" does not exist in "Topic" enum.`},
		{filtered, where("topic", nil), `$w: field "topic" is not defined by type "EngagementWhere". Did you mean "topics"?`},
		{filtered, where("topics", map[string]any{"anyOf": []string{"Trade"}}), `$w.topics.anyOf[0]: value "Trade" does not exist in "Topic" enum. Did you mean the enum value "TRADE"?`},
		{filtered, where("OR", []any{map[string]any{}, map[string]any{"level": map[string]any{"eq": "SUMMITS"}}}), `$w.OR[1].level.eq: value "SUMMITS" does not exist in "MeetingLevel" enum. Did you mean the enum value "SUMMIT"?`},
		{filtered, where("topics", []string{"TRADE"}), `$w.topics: "TopicsWhere" is an object, with fields such as anyOf, allOf, only.`},
		{filtered, where("topics", "TRADE"), `$w.topics: "TopicsWhere" is an object, with fields such as anyOf, allOf, only.`},
		{`query ($k: String!) { actor(key: $k) { key } }`, nil, `$k: must be defined`},
	} {
		r := post(t, h, c.document, c.variables)
		if len(r.Errors) != 1 || r.Errors[0].Message != c.want || r.Errors[0].Path != nil || r.Errors[0].Extensions.Code != codeValidation || r.Data != nil {
			t.Errorf("%v: %s\nwant %s", c.variables, r.Raw, c.want)
		}
		r = post(t, hidden, c.document, c.variables)
		if before, _, _ := strings.Cut(c.want, " Did you"); len(r.Errors) != 1 || r.Errors[0].Message != before {
			t.Errorf("hidden, %v: %s", c.variables, r.Raw)
		}
	}
	for document, want := range map[string]string{
		`{ agreements(where: {topics: [DEFENSE]}) { totalCount } }`:                         `Expected value of type "TopicsWhere", found [DEFENSE]. It is an object, with fields such as anyOf, allOf, only.`,
		`{ agreements(where: {form: TREATY}) { totalCount } }`:                              `Expected value of type "EngagementFormWhere", found TREATY. It is an object, with fields such as eq, in.`,
		`{ meetings(orderBy: {field: DATE}) { totalCount } }`:                               `Value "DATE" does not exist in "EngagementOrderField!" enum. Its values are START, END, TITLE, RECORDED.`,
		`{ paths(from: "JPN", to: "KOR", where: {topics: {anyOf: [TRADE]}}) { complete } }`: `Field "anyOf" is not defined by type "Topic". It is one of its values, as DEFENSE, and no object.`,
		`{ dyad(a: "JPN", b: "KOR", asOf: "2019-01-01") { id } }`:                           `Unknown argument "asOf" on field "Query.dyad". The day and what was known are arguments of snapshot, and hold for all that is below it.`,
	} {
		if r := post(t, h, document, nil); len(r.Errors) == 0 || r.Errors[0].Message != want {
			t.Errorf("%s: %s\nwant %s", document, r.Raw, want)
		}
		if r := post(t, hidden, document, nil); len(r.Errors) == 0 || r.Errors[0].Message == want || !strings.HasPrefix(want, r.Errors[0].Message) {
			t.Errorf("hidden: %s: %s", document, r.Raw)
		}
	}
	right := map[string]any{"w": map[string]any{"__typename": "EngagementWhere", "topics": map[string]any{"anyOf": "TRADE"}, "kind": nil}}
	if r := post(t, h, filtered, right); len(r.Errors) > 0 {
		t.Errorf("what is right is refused: %s", r.Raw)
	}
}
