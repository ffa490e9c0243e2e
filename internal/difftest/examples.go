package difftest

import (
	"bytes"
	"os"
	"path/filepath"
)

// examples asks what people are shown: the examples of the schema's questions and the tabs of the playground.
// In a graph that holds nothing of it, the errors must be the same.
func (c *comparison) examples() {
	asked := 0
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
			asked++
			a, b := ask(c.a, string(text), nil), ask(c.b, string(text), nil)
			if a.status != b.status || !bytes.Equal(a.body, b.body) {
				c.t.Errorf("%s: the answers differ:\nfirst:  %d %s\nsecond: %d %s", file, a.status, cut(a.body), b.status, cut(b.body))
			}
		}
	}
	if asked < 20 {
		c.t.Errorf("only %d examples were found", asked)
	}
}
