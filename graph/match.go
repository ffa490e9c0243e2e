package graph

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A Match is a name in which a search found something, as written, cut into what was found and what stands around it.
type Match struct {
	Name
	InKey  bool // the name is a key, in which people look for words as well
	Pieces []Piece
}

// A Piece is a stretch of text; together the pieces of a match are its whole text.
type Piece struct {
	Text   string
	Marked bool // it is what was looked for
}

// Matches gives the names of the actor in which any of the terms stands, those with most of the terms first. Names
// that do not hold on the day that the actor is seen on are searched too, and are among them.
func (a *Actor) Matches(terms []Term) []Match {
	names := a.Names
	if a.everyName != nil {
		names = a.everyName
	}
	return matches(names, "", terms)
}

// Matches gives the titles and identifiers of the engagement in which any of the terms stands, those with most of the terms first,
// and last its key, if any stands in what follows the source there. Those of other sources' accounts are searched too.
func (b *EngagementBase) Matches(terms []Term) []Match {
	names := b.names()
	for _, n := range b.otherNames {
		if !slices.Contains(names, n) {
			names = append(slices.Clip(names), n)
		}
	}
	return matches(names, string(b.Key), terms)
}

func matches(names []Name, key string, terms []Term) []Match {
	type counted struct {
		Match
		terms int
	}
	var found []counted
	wanted := distinctTerms(terms)
	for _, n := range names {
		if pieces, count := mark(n.Text, wanted); count > 0 {
			found = append(found, counted{Match{Name: n, Pieces: pieces}, count})
		}
	}
	slices.SortStableFunc(found, func(a, b counted) int { return b.terms - a.terms })
	all := make([]Match, len(found))
	for i, f := range found {
		all[i] = f.Match
	}
	if scheme, own, ok := cutKey(key); ok {
		if pieces, count := mark(own, wanted); count > 0 {
			before := Piece{Text: scheme + ":"}
			if !pieces[0].Marked {
				before.Text += pieces[0].Text
				pieces = pieces[1:]
			}
			all = append(all, Match{Name: Name{Text: key}, InKey: true, Pieces: append([]Piece{before}, pieces...)})
		}
	}
	return all
}

// distinctTerms leaves each term once. One that is looked for as a word and as a prefix must be found as both: that is, as a word.
func distinctTerms(terms []Term) []Term {
	var all []Term
	for _, t := range terms {
		i := slices.IndexFunc(all, func(o Term) bool { return o.Text == t.Text })
		if i < 0 {
			all = append(all, t)
			continue
		}
		all[i].Prefix = all[i].Prefix && t.Prefix
	}
	return all
}

// mark cuts a text into pieces, and tells how many of the terms stand in it.
func mark(text string, terms []Term) (pieces []Piece, count int) {
	f := foldedWithPlaces(text)
	marked := make([]bool, len(text))
	seen := make([]bool, len(terms))
	eachNameTerm(f.text, func(word string, from, to int) {
		for i, t := range terms {
			if word != t.Text && (!t.Prefix || !strings.HasPrefix(word, t.Text)) {
				continue
			}
			seen[i] = true
			last := to
			if len(t.Text) < len(word) {
				last = from + len(t.Text)
			}
			begin, end := f.places(from, last)
			for b := begin; b < end; b++ {
				marked[b] = true
			}
		}
	})
	for at := 0; at < len(text); {
		end := at + 1
		for end < len(text) && marked[end] == marked[at] {
			end++
		}
		pieces = append(pieces, Piece{Text: text[at:end], Marked: marked[at]})
		at = end
	}
	for _, is := range seen {
		if is {
			count++
		}
	}
	return pieces, count
}

// folding is a folded text with the places in the text as written that each of its bytes comes from. Folding changes
// lengths: ß is ss, and ｶﾞ is カ.
type folding struct {
	text     string
	from, to []int // nil: each byte comes from the byte at its own place
}

// places gives the stretch of the text as written that a stretch of the folded text, not empty, comes from.
func (f folding) places(from, to int) (begin, end int) {
	if f.from == nil {
		return from, to
	}
	return f.from[from], f.to[to-1]
}

// foldedWithPlaces folds a text piece by piece, each a character with all that is combined with it. Spaces stay as they are.
func foldedWithPlaces(text string) folding {
	if isASCII(text) {
		return folding{text: foldCharacters(text)}
	}
	var f folding
	var folded strings.Builder
	add := func(from, to int) {
		piece := foldCharacters(text[from:to])
		folded.WriteString(piece)
		for range len(piece) {
			f.from, f.to = append(f.from, from), append(f.to, to)
		}
	}
	for at := 0; at < len(text); {
		n := norm.NFKC.NextBoundaryInString(text[at:], true)
		add(at, at+n)
		at += n
	}
	if f.text = folded.String(); f.text != foldCharacters(text) { // pieces that influence one another: they count as one
		f = folding{}
		folded.Reset()
		add(0, len(text))
		f.text = folded.String()
	}
	return f
}
