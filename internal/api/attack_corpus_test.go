package api

import (
	"encoding/json"
	"fmt"
	"strings"
)

func sent(document string) string { return posted(document, nil) }

func posted(document string, variables any) string {
	b, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		panic(err) // of texts, numbers, lists and maps
	}
	return string(b)
}

// A family makes attacks of one kind: bodies of requests that try to make the server work, remember or say more than what they
// cost to send. Each is of a size: some within the limits, most beyond them, a few far beyond.
type family struct {
	name  string
	sizes []int
	body  func(n int) string
}

func repeated(before, inside, after string) func(int) string {
	return func(n int) string { return sent(before + strings.Repeat(inside, n) + after) }
}

func numbered(before, format, after string) func(int) string {
	return func(n int) string { return sent(before + many(format, n) + after) }
}

func nest(before, open, inner, shut, after string) func(int) string {
	return func(n int) string {
		return sent(before + strings.Repeat(open, n) + inner + strings.Repeat(shut, n) + after)
	}
}

// fan makes n fragments that each spread the next so many times.
func fan(root, on, field string, spreads int) func(int) string {
	return func(n int) string {
		var b strings.Builder
		b.WriteString(root)
		for i := range n {
			fmt.Fprintf(&b, " fragment f%d on %s { %s}", i, on, strings.Repeat(fmt.Sprintf("...f%d ", i+1), spreads))
		}
		fmt.Fprintf(&b, " fragment f%d on %s { %s }", n, on, field)
		return sent(b.String())
	}
}

// circle makes n fragments that spread one another in a circle.
func circle(root, on string) func(int) string {
	return func(n int) string {
		var b strings.Builder
		b.WriteString(root)
		for i := range n {
			fmt.Fprintf(&b, " fragment f%d on %s { __typename ...f%d }", i, on, (i+1)%n)
		}
		return sent(b.String())
	}
}

const actorPages = `actors(first: 100) { nodes { key name kind } }`

var attacks = []family{
	// Aliases.
	{"aliases of a text", []int{100, 101, 1000, 3000}, numbered(`{ actor(key: "JPN") { `, "a%d: key ", "} }")},
	{"aliases of __typename", []int{40, 41, 101, 1000}, numbered("{ ", "alias%d: __typename ", "}")},
	{"aliases of a field with arguments", []int{100, 101, 1000}, numbered(`{ actor(key: "JPN") { `, `n%d: name(lang: "ja") `, "} }")},
	{"aliases of one question", []int{3, 4, 6, 40, 41, 300}, numbered("{ ", `a%d: dyad(a: "JPN", b: "KOR") { ties { status } } `, "}")},
	{"aliases of one page", []int{2, 4, 6, 20, 40, 200}, numbered("{ ", "a%d: "+actorPages+" ", "}")},
	{"aliases of different pages", []int{10, 20, 40, 100}, func(n int) string {
		return sent("{ " + many("a%d: actors(first: 1) { totalCount } b%[1]d: meetings(first: 1) { nodes { key } } ", n) + "}")
	}},
	{"aliases below a snapshot", []int{6, 50, 100}, numbered("{ snapshot(load: 3) { ", `a%d: meetings(first: 100) { nodes { title participations { nodes { role } } } } `, "} }")},
	{"aliases of all ties", []int{4, 6, 40}, numbered("{ ", "a%d: ties(where: {}, first: 100) { totalCount nodes { status } } ", "}")},
	{"aliases of states", []int{5, 40, 41, 300}, numbered("{ ", "a%d: snapshot(load: %[1]d) { load } ", "}")},

	// Fragments.
	{"fragments that double", []int{5, 12, 16, 30, 300}, fan("{ ...f0 }", "Query", "meta { rules }", 2)},
	{"fragments that grow tenfold", []int{3, 5, 30}, fan("{ ...f0 }", "Query", "__typename", 10)},
	{"fragments that double below a page", []int{5, 16, 30}, fan("{ actors(first: 100) { nodes { ...f0 } } }", "Actor", "key", 2)},
	{"fragments that double without a field", []int{12, 16, 30}, fan("{ __typename ...f0 }", "Query", "...e } fragment e on Query { __typename", 2)},
	{"fragments that double in the schema", []int{5, 12, 16, 30}, fan("{ __schema { types { ...f0 } } }", "__Type", "name", 2)},
	{"a circle of fragments", []int{1, 2, 3, 10, 100, 1000}, circle("{ ...f0 }", "Query")},
	{"a circle in the schema", []int{1, 2, 100}, circle("{ __schema { ...f0 } }", "__Schema")},
	{"a fragment spread often", []int{100, 1000, 4000}, repeated("{ ", "...f ", "} fragment f on Query { meta { rules } }")},
	{"fragments that nobody uses", []int{100, 1000}, numbered("{ __typename } ", "fragment f%d on Query { __typename } ", "")},
	{"fragments of one name", []int{100, 1000}, repeated("{ ...f } ", "fragment f on Query { __typename } ", "")},
	{"inline fragments side by side", []int{100, 1000, 1400}, repeated("{ ", "... on Query { meta { rules } } ", "}")},
	{"inline fragments on types that are not there", []int{100, 1400}, repeated("{ ", "... on Nothing { x } ", "}")},

	// Fields again and again.
	{"one field", []int{41, 500, 5000, 9900}, repeated("{ ", "__typename ", "}")},
	{"one field below", []int{100, 500, 5000, 9900}, repeated("{ meta { ", "rules ", "} }")},
	{"one object", []int{50, 500, 2400}, repeated("{ meta { ", "load { number } ", "} }")},
	{"one object with arguments", []int{50, 500, 1000}, repeated("{ snapshot(load: 3) { ", `actor(key: "JPN") { key } `, "} }")},
	{"fields below fields", []int{20, 60, 95}, func(n int) string {
		return sent("{ " + strings.Repeat("meta { "+strings.Repeat("rules ", n)+"} ", n) + "}")
	}},
	{"fields that conflict", []int{10, 50, 90}, numbered("{ meta { ", "a: rules a: permalink ", "} }")},
	{"arguments that conflict", []int{10, 100, 1000}, numbered("{ ", `actor(key: "a%d") { key } `, "}")},
	{"one page", []int{50, 500}, repeated("{ ", actorPages+" ", "}")},

	// Depth.
	{"objects below objects", []int{9, 10, 100, 1000}, nest(`{ dyad(a: "JPN", b: "KOR") `, "{ a { dyad ", "{ id }", "} }", " }")},
	{"wholes of wholes", []int{9, 10, 100, 1000}, nest(`{ actor(key: "org:jmsdf") { `, "partOf { actor { ", "key", "} }", " } }")},
	{"pages of pages", []int{2, 3, 5, 9}, nest("{ actors(first: 10) { nodes { ", "meetings(first: 10) { nodes { participations(first: 10) { nodes { actor { ", "key", "} } } } }", " } } }")},
	{"inline fragments in inline fragments", []int{20, 50, 3000}, nest("{ ", "... on Query { ", "__typename", "} ", "}")},
	{"braces", []int{10_000, 60_000}, repeated("", "{a", "")},
	{"lists in lists", []int{20, 50, 4000}, nest(`{ actors(where: {kind: `, "[", "STATE", "]", "}) { totalCount } }")},
	{"inputs in inputs", []int{20, 50, 3000}, nest(`{ actors(where: `, "{kind: ", "STATE", "}", ") { totalCount } }")},
	{"types in types", []int{10, 100}, func(n int) string {
		return sent("query ($v: " + strings.Repeat("[", n) + "Int" + strings.Repeat("]", n) + ") { __typename }")
	}},

	// Width, and what is not there.
	{"fields that are not there", []int{1, 100, 5000}, numbered("{ ", "nothing%d ", "}")},
	{"fields that are nearly there", []int{1, 100, 5000}, numbered("{ ", "actorz%d ", "}")},
	{"arguments that are not there", []int{100, 2000}, numbered(`{ actor(key: "JPN" `, "keyz%d: 1 ", ") { key } }")},
	{"values that are not there", []int{50, 2000}, numbered("{ ties(where: {topics: [", "DEFENCE%d ", "]}) { nodes { id } } }")},
	{"input fields that are not there", []int{50, 2000}, numbered("{ ties(where: {", "topicz%d: 1 ", "}) { nodes { id } } }")},
	{"operations", []int{100, 1000, 1600}, numbered("", "query a%d { meta { rules } } ", "")},
	{"operations of one name", []int{100, 1600}, repeated("", "query a { meta { rules } } ", "")},

	// Directives.
	{"directives on a field", []int{10, 100, 101, 2000}, repeated("{ meta { rules ", "@include(if: true) ", "} }")},
	{"directives that are not there", []int{10, 100, 101, 3000}, repeated("{ __typename ", "@aa ", "}")},
	{"directives on fragments", []int{50, 101, 1000}, repeated("{ ", "... @skip(if: false) { __typename } ", "}")},
	{"directives on the operation", []int{50, 101, 3000}, repeated("query ", "@aa ", "{ __typename }")},
	{"directives on variables", []int{50, 3000}, repeated("query ($v: Int ", "@aa ", ") { __typename }")},
	{"directives by variables", []int{50, 100, 500}, func(n int) string {
		return posted("query ($b: Boolean!) { meta { "+strings.Repeat("rules @include(if: $b) ", n)+"} }", map[string]any{"b": true})
	}},

	// Large literals.
	{"a long text", []int{2_000, 2_001, 100_000, 900_000}, func(n int) string { return sent(`{ actor(key: "` + strings.Repeat("x", n) + `") { key } }`) }},
	{"a long block of text", []int{2_000, 100_000}, func(n int) string { return sent(`{ actor(key: """` + strings.Repeat("x\n ", n/3) + `""") { key } }`) }},
	{"escapes", []int{300, 15_000}, repeated(`{ actor(key: "`, `\u0041`, `") { key } }`)},
	{"a long text not of ASCII", []int{600, 30_000}, repeated(`{ search(text: "`, "日", `") { nodes { __typename } } }`)},
	{"a search of many words", []int{100, 900}, repeated(`{ search(text: "`, "a ", `") { nodes { __typename } } }`)},
	{"a long number", []int{30, 1_000, 100_000}, repeated("{ actors(first: 1", "0", ") { nodes { key } } }")},
	{"a long fraction", []int{30, 100_000}, repeated("{ actors(first: 1.", "0", ") { nodes { key } } }")},
	{"a long name", []int{100, 100_000}, repeated("{ ", "a", " }")},
	{"a long alias", []int{100, 100_000}, repeated("{ ", "a", ": __typename }")},
	{"a long list", []int{100, 101, 5000}, repeated("{ ties(where: {topics: [", "DEFENSE ", "]}, first: 1) { nodes { id } } }")},
	{"many ids", []int{100, 101, 5000}, repeated("{ nodes(ids: [", `"x" `, "]) { id } }")},
	{"many parties", []int{100, 101, 5000}, repeated("{ meetings(where: {parties: {allOf: [", `"JPN" `, "]}}) { nodes { key } } }")},
	{"white space", []int{100_000, 900_000}, repeated("{", " ", " __typename }")},
	{"commas", []int{100_000, 900_000}, repeated("{", ",", " __typename }")},
	{"a remark", []int{100_000, 900_000}, repeated("{ __typename } #", "x", "")},
	{"remarks", []int{30_000, 200_000}, repeated("{ __typename } ", "#\n", "")},

	// Variables.
	{"variables", []int{100, 2400}, numbered("query (", "$v%d: Int ", ") { __typename }")},
	{"variables of one name", []int{100, 2400}, repeated("query (", "$v: Int ", ") { __typename }")},
	{"variables that are not there", []int{100, 2400}, numbered("{ ", "a: actors(first: $v%d) { totalCount } ", "}")},
	{"a long text in a variable", []int{2_000, 100_000, 900_000}, func(n int) string {
		return posted("query ($k: String!) { actor(key: $k) { key } }", map[string]any{"k": strings.Repeat("x", n)})
	}},
	{"a long list in a variable", []int{101, 9_000, 200_000}, func(n int) string {
		return `{"query":"query ($k: [ID!]!) { nodes(ids: $k) { id } }","variables":{"k":["x"` + strings.Repeat(`,"x"`, n-1) + `]}}`
	}},
	{"empty lists in variables", []int{1_000, 300_000}, func(n int) string {
		return `{"query":"{ __typename }","variables":{"k":[[]` + strings.Repeat(`,[]`, n-1) + `]}}`
	}},
	{"deep variables", []int{30, 1_000, 400_000}, func(n int) string {
		return `{"query":"{ __typename }","variables":{"k":` + strings.Repeat("[", n) + strings.Repeat("]", n) + `}}`
	}},
	{"many variables given", []int{1_000, 50_000}, func(n int) string {
		return `{"query":"{ __typename }","variables":{` + strings.TrimSuffix(many(`"v%d":1,`, n), ",") + `}}`
	}},
	{"extensions", []int{1_000, 50_000}, func(n int) string {
		return `{"query":"{ __typename }","extensions":{` + strings.TrimSuffix(many(`"v%d":{},`, n), ",") + `}}`
	}},
	{"a body with more in it", []int{1_000, 50_000}, func(n int) string {
		return `{"query":"{ __typename }",` + many(`"v%d":[{}],`, n) + `"x":1}`
	}},
	{"a batch", []int{2, 11, 10_000}, func(n int) string {
		return "[" + strings.TrimSuffix(strings.Repeat(`{"query":"{ __typename }"},`, n), ",") + "]"
	}},
	{"a body that is too large", []int{1 << 20, 8 << 20}, func(n int) string { return `{"query":"` + strings.Repeat("x", n) + `"}` }},

	// The schema.
	{"the schema by aliases", []int{2, 11, 40}, numbered("{ ", "a%d: __schema { types { name description } } ", "}")},
	{"a type by aliases", []int{20, 40, 100}, numbered("{ ", `a%d: __type(name: "Query") { name } `, "}")},
	{"types of fields", []int{2, 3, 10}, nest("{ __schema { types { ", "fields { type { ofType { ", "name kind description ", "} } }", "} } }")},
	{"types of types", []int{3, 8, 15}, nest("{ __schema { types { fields { args { type { ", "name description fields { name } ofType { ", "name", "} ", "} } } } } }")},
	{"possible types", []int{2, 3, 8}, nest(`{ __type(name: "Node") { `, "possibleTypes { name interfaces { ", "name", "} }", "} }")},
	{"the schema in fragments", []int{1, 2, 10}, func(n int) string {
		return sent("{ __schema { types { " + strings.Repeat("...F ", n) + "} } } fragment F on __Type { fields { type { ...O ofType { ...O ofType { ...O } } } } } fragment O on __Type { fields { name description args { name description } } }")
	}},

	// Filters.
	{"denials of denials", []int{1, 8, 15, 19, 40, 1000}, nest("{ meetings(first: 1, where: ", "{NOT: ", "{kind: {eq: MEETING}}", "}", ") { nodes { key } } }")},
	{"alternatives in alternatives", []int{4, 9, 40}, nest("{ meetings(first: 1, where: ", "{OR: [{level: {eq: SUMMIT}}, ", "{topics: {anyOf: [DEFENSE]}}", "]}", ") { nodes { key } } }")},
	{"alternatives of conjunctions", []int{2, 3, 8, 9, 12, 30, 100}, func(n int) string { // in conjunctive form it doubles with each
		return sent("{ meetings(first: 1, where: {OR: [" + strings.Repeat("{level: {eq: SUMMIT}, topics: {anyOf: [DEFENSE]}} ", n) + "]}) { nodes { key } } }")
	}},
	{"different alternatives of conjunctions", []int{2, 3, 8, 9, 12, 30, 90}, func(n int) string {
		return sent("{ meetings(first: 1, where: {OR: [" + many(`{title: {contains: "a%d"}, source: {eq: "b%[1]d"}} `, n) + "]}) { nodes { key } } }")
	}},
	{"denied conjunctions of alternatives", []int{2, 8, 30}, func(n int) string {
		return sent("{ meetings(first: 1, where: {NOT: {AND: [" + many(`{OR: [{title: {contains: "a%d"}}, {source: {eq: "b%[1]d"}}]} `, n) + "]}}) { nodes { key } } }")
	}},
	{"conditions", []int{8, 9, 100, 101}, func(n int) string {
		return sent("{ engagements(first: 1, where: {AND: [" + many(`{title: {contains: "a%d"}} `, n) + "]}) { nodes { key } } }")
	}},
	{"a title of many words", []int{10, 400}, func(n int) string {
		return sent(`{ engagements(first: 1, where: {title: {contains: "` + strings.Repeat("a b ", n) + `"}}) { nodes { key } } }`)
	}},
	{"a filter in a variable, deep", []int{5, 19, 39, 1000}, func(n int) string {
		return `{"query":"query ($w: EngagementWhere) { meetings(first: 1, where: $w) { nodes { key } } }","variables":{"w":` +
			strings.Repeat(`{"NOT":`, n) + `{"kind":{"eq":"MEETING"}}` + strings.Repeat("}", n) + `}}`
	}},
	{"a filter in a variable, wide", []int{8, 100, 101, 3000}, func(n int) string {
		return `{"query":"query ($w: EngagementWhere) { meetings(first: 1, where: $w) { nodes { key } } }","variables":{"w":{"OR":[{}` +
			strings.Repeat(`,{"level":{"eq":"SUMMIT"},"topics":{"anyOf":["DEFENSE"]}}`, n-1) + `]}}}`
	}},

	// Walks.
	{"neighbourhoods", []int{4, 20, 40}, numbered("{ ", `n%d: neighborhood(of: ["JPN"], hops: 3, limit: 1%02[1]d) { nodes { degree } links { count } } `, "}")},
	{"the neighbourhood of many", []int{101, 5000}, repeated("{ neighborhood(of: [", `"JPN" `, "], hops: 3, limit: 500) { nodes { degree } } }")},
	{"neighbourhoods of everyone, with what is below", []int{1, 2}, numbered("{ ", `n%d: neighborhood(of: ["JPN"], hops: 3, limit: 500) { links { a { name names { text } } engagements(first: 25) { title } } } `, "}")},
	{"paths", []int{5, 21, 40}, numbered("{ ", `p%d: paths(from: "JPN", to: "KOR", maxHops: 6, first: %[1]d) { paths { links { engagements(first: 25) { title participations(first: 100) { nodes { role } } } } } } `, "}")},

	// Together.
	{"aliases of fragments that double", []int{6, 16, 30}, func(n int) string { return sent(doublingByAlias(n)) }},
	{"aliases with directives on pages", []int{6, 20, 40}, numbered("{ ", "a%d: actors(first: 100) @include(if: true) { nodes { name @skip(if: false) names { text } } } ", "}")},
	{"deep pages in fragments", []int{2, 3, 9}, func(n int) string {
		return sent("{ actors(first: 100) { ...p } } fragment p on ActorConnection { nodes { " +
			strings.Repeat("meetings(first: 100) { nodes { participations(first: 100) { nodes { actor { ", n) + "key" + strings.Repeat("} } } } }", n) + " } }")
	}},
	{"fields, aliases and remarks", []int{100, 1000, 3000}, numbered("{ meta { ", "rules a%d: rules #x\n", "} }")},
	{"both ends of a page", []int{1, 100}, repeated("{ ", "meetings(first: 100, last: 100) { nodes { title } } ", "}")},
	{"pages of a million", []int{1_000_000, 2_147_483_647}, func(n int) string { return sent(fmt.Sprintf("{ actors(first: %d) { nodes { key } } }", n)) }},
	{"totals of everything", []int{5, 20, 40}, numbered("{ ", "a%d: loads { totalCount } b%[1]d: engagements { totalCount } ", "}")},
}
