package graph

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func marked(pieces []Piece) (text string) {
	for _, p := range pieces {
		if p.Marked {
			text += "[" + p.Text + "]"
		} else {
			text += p.Text
		}
	}
	return text
}

func TestMark(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ query, name, want string }{
		{"jap", "Japan and Japanese", "[Jap]an and [Jap]anese"},
		{"jap ", "Japan", "Japan"},
		{"coree", "Corée du Sud", "[Corée] du Sud"},
		{"coree", "Core\u0301e du Sud", "[Core\u0301e] du Sud"},
		{"stras", "Hauptstraße Straße", "Hauptstraße [Straß]e"},
		{"日韓基本", "日韓基本条約", "[日韓基本]条約"},
		{"日", "日韓 日", "[日]韓 [日]"},
		{"安倍晋三", "安倍 晋三", "[安倍 晋三]"},
		{"安倍 晋三", "安倍晋三", "[安倍晋三]"},
		{"倍", "安倍 晋三", "安[倍] 晋三"},
		{"林芳", "林　芳正", "[林　芳]正"},
		{"林 芳正", "林芳正", "[林芳正]"},
		{"박근혜", "박 근혜 대통령", "[박 근혜] 대통령"},
		{"ドナルドトランプ", "ドナルド・トランプ", "[ドナルド・トランプ]"},
		{"東西", "東, 西", "東, 西"},
		{"ガポ", "ｼﾝｶﾞﾎﾟｰﾙ", "ｼﾝ[ｶﾞﾎﾟ]ｰﾙ"},
		{"민국", "대한민국", "대한[민국]"},
		{"abe shi", "Shinzō Abe", "[Shi]nzō [Abe]"},
		{"ki ki", "Ban Ki-moon", "Ban [Ki]-moon"},
		{"asean", "ＡＳＥＡＮ!", "[ＡＳＥＡＮ]!"},
		{"ж", "Ж\u0301", "[Ж\u0301]"},
	} {
		if pieces, _ := mark(c.name, distinctTerms(SearchTerms(c.query))); marked(pieces) != c.want {
			t.Errorf("%q in %q: %s, want %s", c.query, c.name, marked(pieces), c.want)
		}
	}
}

// TestMarksAreWhatSearchFinds: the pieces are the text, whatever folding does to it; a text has a mark for a term that is
// among its own, and none for others; and what is marked holds the term.
func TestMarksAreWhatSearchFinds(t *testing.T) {
	t.Parallel()
	alphabet := []rune("aAbéE\u0301ßſİıﬁ 日本ーかﾞガｶ가각각ㄱㅏ-'ǅΣς\u200d１２1२ﷺأﻻ\ufffd\x80・") // what folds to more, to less, and into its neighbours
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom(alphabet)).Draw(t, "text")
		terms := NameTerms(text)
		pieces, _ := mark(text, nil)
		if marked(pieces) != text {
			t.Fatalf("%q without a term is %q", text, marked(pieces))
		}
		wanted := append([]string{"a", "日本", "zz"}, terms...)
		term := Term{Text: rapid.SampledFrom(wanted).Draw(t, "term"), Prefix: rapid.Bool().Draw(t, "prefix")}
		pieces, count := mark(text, []Term{term})
		whole, folded := "", ""
		for _, p := range pieces {
			if whole += p.Text; p.Marked {
				folded += strings.NewReplacer(" ", "", "・", "").Replace(Fold(p.Text)) + " "
			}
		}
		if whole != text {
			t.Fatalf("the pieces of %q are %q", text, whole)
		}
		stands := false
		for _, other := range terms {
			stands = stands || other == term.Text || term.Prefix && strings.HasPrefix(other, term.Text)
		}
		if stands != (count == 1) || stands != strings.Contains(folded, term.Text) {
			t.Fatalf("%q in %q: %d, %s", term.Text, text, count, marked(pieces))
		}
	})
}
