package graph

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Shinzō  Abe ": "shinzo abe", "STRASSE Straße": "strasse strasse", "ＡＢＣ": "abc", "Tô Lâm": "to lam", "a\t\nB": "a b", "": "",
	} {
		if got := Fold(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// Text of ASCII alone is folded on a road of its own, to the same.
func TestFoldOfASCII(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[\x00-\x7f]*`).Draw(t, "text")
		const mark = "é" // makes it take the general road
		if got, want := Fold(text), strings.TrimSpace(strings.TrimSuffix(Fold(text+" "+mark), "e")); got != want {
			t.Fatalf("%q is %q, and with another word after it %q", text, got, want)
		}
	})
}
