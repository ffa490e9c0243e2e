package api

import (
	"strings"
	"testing"
	"time"
)

// TestHostileDocumentsAreQuick: documents within the limits of size that try to make validation or execution slow.
func TestHostileDocumentsAreQuick(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	for name, document := range map[string]string{
		"one field, thousands of times":         "{ meta { " + strings.Repeat("rules ", 9_900) + "} }",
		"one object, hundreds of times":         "{ meta { " + strings.Repeat("load { number } ", 2_400) + "} }",
		"fields below fields":                   "{ " + strings.Repeat("meta { "+strings.Repeat("rules ", 95)+"} ", 95) + "}",
		"fields below fields, in fragments":     "{ " + strings.Repeat("meta { ...f } ", 95) + "} fragment f on Meta { " + strings.Repeat("rules ", 900) + "}",
		"one object with arguments":             "{ snapshot(load: 3) { " + strings.Repeat(`actor(key: "JPN") { key } `, 1_000) + "} }",
		"fragments that overlap":                "{ " + strings.Repeat("...a ...b ", 1_000) + "} fragment a on Query { meta { rules } } fragment b on Query { meta { rules } }",
		"fields that conflict":                  "{ meta { " + many("a: rules a: permalink ", 90) + "} }",
		"inline fragments side by side":         "{ " + strings.Repeat("... on Query { meta { rules } } ", 1_200) + "} ",
		"many operations":                       many("query a%d { meta { rules } } ", 1_200),
		"many variables":                        "query (" + many("$v%d: Int ", 2_400) + ") { meta { rules } }",
		"a long string":                         `{ actor(key: "` + strings.Repeat("x", 900_000) + `") { key } }`,
		"a search for everything":               `{ search(text: "` + strings.Repeat("a b c d e f g ", 10_000) + `") { nodes { __typename } } }`,
		"ties of everyone on all":               `{ ties(where: {}, first: 100) { totalCount nodes { a { name } } } }`,
		"a name asked for in a hundred tongues": `{ actor(key: "JPN") {` + many(`n%d: name(lang: "ja") `, 100) + `} }`,
	} {
		t.Run(name, func(t *testing.T) {
			begun := time.Now()
			r := post(t, h, document, nil)
			if took := time.Since(begun); took > 3*time.Second {
				t.Errorf("it took %s", took)
			} else {
				t.Logf("%s, %v", took, r.codes()[:min(1, len(r.codes()))])
			}
			for _, c := range r.codes() {
				if c == codeInternal {
					t.Errorf("%.500s", r.Raw)
				}
			}
			if len(r.Raw) > 2<<20 {
				t.Errorf("an answer of %d bytes", len(r.Raw))
			}
		})
	}
}
