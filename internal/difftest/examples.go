package difftest

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
)

// shown finds the documents of a page of docs.
var shown = regexp.MustCompile("(?s)```graphql\n(.*?)```")

// examples asks what people are shown: the examples of the schema's questions, the tabs of the playground, and the documents on
// pages of docs. In a graph that holds nothing of it, the errors must be the same.
func (c *comparison) examples() {
	asked := 0
	both := func(where, text string) {
		asked++
		a, b := ask(c.a, text, nil), ask(c.b, text, nil)
		if a.status != b.status || !bytes.Equal(a.body, b.body) {
			c.t.Errorf("%s: the answers differ:\n%s\nfirst:  %d %s\nsecond: %d %s", where, text, a.status, cut(a.body), b.status, cut(b.body))
		}
	}
	for _, pattern := range []string{"docs/questions/*.graphql", "web/tabs/*.graphql"} {
		files, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(pattern)))
		if err != nil {
			c.t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				c.t.Fatal(err)
			}
			both(file, string(text))
		}
	}
	for _, page := range []string{"graphql", "filters", "history", "people", "sixty-questions"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "docs", page+".md"))
		if err != nil {
			c.t.Fatal(err)
		}
		for _, found := range shown.FindAllStringSubmatch(string(text), -1) {
			both("docs/"+page+".md", found[1])
		}
	}
	if asked < 100 {
		c.t.Errorf("only %d examples were found", asked)
	}
}
