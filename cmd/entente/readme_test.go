package main

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReadme runs every example of the README on the sample and compares what stands below it, word for word; a
// block that ends with … shows only how the answer begins. UPDATE_README=1 writes the answers.
func TestReadme(t *testing.T) {
	const name = "../../README.md"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	examples := regexp.MustCompile("(?s)<!-- example: ([^\n]*) -->\n```[a-z]*\n(.*?)```").FindAllSubmatchIndex(text, -1)
	if len(examples) < 2 {
		t.Fatalf("%d examples in the README", len(examples))
	}
	updated := string(text)
	for _, at := range examples {
		line, want := string(text[at[2]:at[3]]), string(text[at[4]:at[5]])
		t.Run(line, func(t *testing.T) {
			var out, problems bytes.Buffer
			env := map[string]string{"ENTENTE_STORE": sampleStore(t), "COLUMNS": "100", "NO_COLOR": "1"}
			err := run(context.Background(), strings.Fields(line), strings.NewReader(""), &out, &problems, func(k string) string { return env[k] })
			if err != nil {
				t.Fatalf("%v\n%s", err, problems.String())
			}
			got := out.String()
			if begin, shortened := strings.CutSuffix(want, "…\n"); shortened {
				lines := strings.SplitAfter(got, "\n")
				got = strings.Join(lines[:min(len(lines), strings.Count(begin, "\n"))], "")
				want = begin
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the README (-) and the program (+) differ:\n%s", diff)
				updated = strings.Replace(updated, string(text[at[4]:at[5]]), strings.Replace(string(text[at[4]:at[5]]), want, got, 1), 1)
			}
		})
	}
	// The document of the README is the playground's first, whose answer is tested.
	tab, err := os.ReadFile("../../web/tabs/01-founding-question.graphql")
	if err != nil {
		t.Fatal(err)
	}
	_, document, found := strings.Cut(string(tab), "\n{")
	if !found || !strings.Contains(string(text), "```graphql\n{"+strings.TrimRight(document, "\n")+"\n```") {
		t.Error("the GraphQL document of the README is not that of the playground's first tab")
	}
	if os.Getenv("UPDATE_README") == "1" {
		if err := os.WriteFile(name, []byte(updated), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
