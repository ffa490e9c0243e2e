package graph

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// SearchKind is what sort of thing a search finds.
type SearchKind string

// What search finds.
const (
	SearchActor      SearchKind = "ACTOR"
	SearchEngagement SearchKind = "ENGAGEMENT"
)

// A Term is a folded piece of text that search looks for.
type Term struct {
	Text   string
	Prefix bool // the last word of a query also finds words it begins
}

// TermRow says that a term stands in a name of a thing.
type TermRow struct {
	Term  string
	Kind  SearchKind
	Key   string
	Whole bool // the term is the whole folded name
}

// A Hit is what a search found. Rank: 0 the whole name, 1 whole words, 2 a prefix.
type Hit struct {
	Rank int
	Kind SearchKind
	Key  string
}

// SearchRank says how well a text fits what it found: a hit's rank in words.
type SearchRank string

// The ranks, best first.
const (
	RankWholeName  SearchRank = "WHOLE_NAME"
	RankWholeWords SearchRank = "WHOLE_WORDS"
	RankBeginning  SearchRank = "BEGINNING"
)

// Ranked gives the hit's rank in words.
func (h Hit) Ranked() SearchRank {
	return [...]SearchRank{RankWholeName, RankWholeWords, RankBeginning}[min(max(h.Rank, 0), 2)]
}

// Fold makes text comparable: compatibility forms, case and combining marks folded, spaces collapsed.
func Fold(text string) string { return strings.Join(strings.Fields(foldCharacters(text)), " ") }

// foldCharacters folds everything but spaces.
func foldCharacters(text string) string {
	if isASCII(text) { // most text, and nothing but its case can differ
		return strings.ToLower(text)
	}
	t := transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), cases.Fold(), norm.NFKC)
	folded, _, err := transform.String(t, text)
	if err != nil {
		return strings.ToLower(text)
	}
	return folded
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Terms splits text into its terms: words of letters and digits; of Chinese characters and kana overlapping pairs (a
// lone character is its own); of Hangul the syllables' overlapping pairs as well. Each once, in order.
func Terms(text string) []string {
	var terms []string
	folded := Fold(text)
	eachTerm(folded, func(from, to int) {
		if term := folded[from:to]; !slices.Contains(terms, term) {
			terms = append(terms, term)
		}
	})
	return terms
}

// eachTerm tells where the terms of a folded text stand in it, in order, each as often as it is there.
func eachTerm(folded string, do func(from, to int)) {
	var run []int // where the characters of a run begin
	cjk := false
	flush := func(end int) {
		switch n := len(run); {
		case n == 0:
		case !cjk || n == 1:
			do(run[0], end)
		default:
			run = append(run, end)
			for i := range n - 1 {
				do(run[i], run[i+2])
			}
		}
		run = run[:0]
	}
	for at, r := range folded {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			flush(at)
			continue
		}
		if isCJK(r) != cjk {
			flush(at)
			cjk = !cjk
		}
		run = append(run, at)
	}
	flush(len(folded))
}

// eachNameTerm tells the terms of a folded name: those of any text, and also the pairs of characters between which there is
// nothing but a space or a middle dot, for 安倍 晋三 is written 安倍晋三 as well. The term may be shorter than the stretch it stands in.
func eachNameTerm(folded string, do func(term string, from, to int)) {
	eachTerm(folded, func(from, to int) { do(folded[from:to], from, to) })
	before, end, apart := -1, 0, false // the character before, and whether it stands apart
	for at, r := range folded {
		next := at + utf8.RuneLen(r)
		switch {
		case isCJK(r) && unicode.IsLetter(r):
			if before >= 0 && apart {
				do(folded[before:end]+folded[at:next], before, next)
			}
			before, end, apart = at, next, false
		case unicode.IsSpace(r) || r == '・' || r == '·':
			apart = true
		default:
			before = -1
		}
	}
}

func isCJK(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r == 'ー'
}

// SearchTerms splits what a person typed into the terms a store looks for; the last is also a prefix, unless
// the text ends with a space. So is a lone Chinese character, kana or syllable, for a name has it in a pair: 林 芳正 finds 林芳正.
func SearchTerms(text string) []Term {
	words := Terms(text)
	terms := make([]Term, len(words))
	for i, w := range words {
		first, size := utf8.DecodeRuneInString(w)
		terms[i] = Term{Text: w, Prefix: size == len(w) && isCJK(first)}
	}
	if len(terms) > 0 && !strings.HasSuffix(text, " ") {
		terms[len(terms)-1].Prefix = true
	}
	return terms
}

// NameTerms splits a name into the terms by which it is found. Each once, in order.
func NameTerms(name string) []string {
	var terms []string
	eachNameTerm(Fold(name), func(term string, _, _ int) {
		if !slices.Contains(terms, term) {
			terms = append(terms, term)
		}
	})
	return terms
}

// nameTerms gives the index rows of a name: its terms, and for text of one run of two or more characters its
// lone characters are not kept. The whole folded name is a row of its own.
func nameTerms(n Name, kind SearchKind, key string) []TermRow {
	whole := Fold(n.Text)
	rows := []TermRow{{Term: whole, Kind: kind, Key: key, Whole: true}}
	for _, t := range NameTerms(n.Text) {
		rows = append(rows, TermRow{Term: t, Kind: kind, Key: key})
	}
	return rows
}

// compactTerms leaves each row once, sorted.
func compactTerms(rows []TermRow) []TermRow {
	slices.SortFunc(rows, func(a, b TermRow) int {
		if c := strings.Compare(a.Term, b.Term); c != 0 {
			return c
		}
		switch {
		case a.Whole == b.Whole:
			return 0
		case a.Whole:
			return -1
		default:
			return 1
		}
	})
	return slices.Compact(rows)
}
