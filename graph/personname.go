package graph

import (
	"slices"
	"strings"
	"unicode"
)

// A personName is a name as rules compare it: words without case and marks, without the title before them, and with what is
// only another spelling taken out.
type personName struct {
	words []string
	runes bool // of a script that writes no spaces: one word
}

// maxNameWords is how many words of a name are compared.
const maxNameWords = 8

// parsePersonName reads a name as written.
func parsePersonName(text string) personName {
	folded := strings.NewReplacer("'", "", "’", "", "‘", "", "ʻ", "", "ʼ", "", "`", "").Replace(Fold(text))
	words := strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if compact := strings.Join(words, ""); unspaced(compact) {
		return personName{words: []string{compact}, runes: true}
	}
	for len(words) > 1 && titleWords[words[0]] {
		words = words[1:]
	}
	var kept []string
	for i, w := range words {
		if particles[w] && len(words) > 1 || w == "i" && i > 0 && i == len(words)-1 { // the first of a name is often not counted
			continue
		}
		kept = append(kept, respelled(w))
	}
	if len(kept) > maxNameWords {
		kept = kept[:maxNameWords]
	}
	return personName{words: kept}
}

// unspaced tells whether all of a text is Han, Kana or Hangul.
func unspaced(text string) bool {
	for _, r := range text {
		if !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) && r != 'ー' {
			return false
		}
	}
	return text != ""
}

// titleWords stand before a name and are none of it.
var titleWords = wordSet("president prime minister premier chancellor king queen emperor empress crown prince princess sultan emir amir sheikh " +
	"shaikh shaykh sheik shah sir dame lord lady dr mr mrs ms miss general gen colonel col lieutenant major marshal field admiral captain " +
	"chairman chairwoman his her majesty excellency highness royal imperial hon honorable honourable archbishop cardinal pope ayatollah " +
	"grand duke duchess senator governor ambassador secretary the rt right reverend rev professor prof")

// particles bind the words of Arabic names, and are written together, apart or not at all.
var particles = wordSet("al el ul ud ad as ar bin ibn")

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}

// spellings are words of names that are often written in several ways, the first for all.
var spellings = func() map[string]string {
	all := map[string]string{}
	for _, line := range []string{
		"muhammad mohammed mohamed mohammad muhammed mohamad mohamet mehmed", "ahmad ahmed", "husayn hussein hussain husain hussayn huseyin",
		"hasan hassan", "abd abdel abdul abdal abdu", "abdullah abdallah abdulla", "yusuf yousef yousuf youssef yusef yosef",
		"umar omar", "ali aly", "said saeed sayed sayyid", "ibrahim ebrahim", "ismail ismael esmail", "khalid khaled", "faysal faisal feisal",
		"saud saoud", "qadhafi gaddafi qaddafi kadhafi khadafy qadafi", "nasir nasser naser", "rahman rehman", "nuri noori", "maliki malaki",
		"yeltsin eltsin jelzin", "gorbachev gorbachov gorbatchev", "khrushchev krushchev khruschev", "aleksandr alexander aleksander alexandr",
		"mikhail mikhael", "sergey sergei", "dmitry dmitri dmitriy", "yuri yury iurii",
		"rhee yi lee ri", "roh noh no", "park pak bak", "chung jung jeong", "choi choe", "syngman seungman",
		"nikolay nikolai nicolai", "lukashenka lukashenko", "tymoshenko timoshenko",
	} {
		words := strings.Fields(line)
		for _, w := range words[1:] {
			all[w] = words[0]
		}
	}
	return all
}()

// respelled gives the spelling that stands for all.
func respelled(word string) string {
	if other, ok := spellings[word]; ok {
		return other
	}
	// A long vowel is written long or short, and Germans write one for two.
	return strings.NewReplacer("ou", "o", "oo", "o", "oe", "o", "ue", "u", "ae", "a", "ph", "f").Replace(word)
}

// full tells whether the name has more than what a family has: two words, or three characters of a script without spaces.
func (n personName) full() bool {
	if n.runes {
		return len([]rune(n.words[0])) >= 3
	}
	long := 0
	for i, w := range n.words {
		if len(w) > 1 && (i == 0 || !numeral(w)) { // Xi Jinping is no eleventh
			long++
		}
	}
	return long >= 2 || long == 1 && len(n.words) == 2 && numeral(n.words[1])
}

func numeral(w string) bool {
	switch w {
	case "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv":
		return true
	}
	return false
}

// keys are what equal names share: the words run together from each of them on, so that it does not matter whether the family
// comes first, nor whether a given name is written in one word, in two or with a hyphen.
func (n personName) keys() []string {
	all := strings.Join(n.words, "")
	var found []string
	at := 0
	for _, w := range n.words {
		found = append(found, all[at:]+all[:at])
		at += len(w)
	}
	return found
}

// equal tells whether two names are one, whatever the order of their words.
func (n personName) equal(m personName) bool {
	if len(n.words) == 0 || n.runes != m.runes {
		return false
	}
	theirs := m.keys()
	return slices.ContainsFunc(n.keys(), func(k string) bool { return slices.Contains(theirs, k) })
}

// agrees tells whether one name may be the other with words left out or shortened: every word of the shorter stands in the
// longer, as it is, nearly so or by its first letter, and at least one of two letters or more does not by its first letter alone.
func (n personName) agrees(m personName) bool {
	if n.equal(m) {
		return true
	}
	if n.runes || m.runes || len(n.words) == 0 || len(m.words) == 0 {
		return false
	}
	if len(n.words) > len(m.words) {
		n, m = m, n
	}
	taken, solid := make([]bool, len(m.words)), false
	for _, w := range n.words {
		i := slices.IndexFunc(m.words, func(o string) bool { return likeWord(w, o) })
		for i >= 0 && taken[i] {
			next := slices.IndexFunc(m.words[i+1:], func(o string) bool { return likeWord(w, o) })
			if next < 0 {
				i = -1
				break
			}
			i += 1 + next
		}
		if i < 0 {
			return false
		}
		taken[i] = true
		solid = solid || len(w) > 1 && len(m.words[i]) > 1 && !numeral(w)
	}
	return solid
}

// shortens tells whether both names are full and begin alike, and all words of the one follow in the other, in order.
func (n personName) shortens(m personName) bool {
	if n.runes || m.runes || !n.full() || !m.full() {
		return false
	}
	if len(n.words) > len(m.words) {
		n, m = m, n
	}
	if !likeWord(n.words[0], m.words[0]) || len(n.words[0]) == 1 || len(m.words[0]) == 1 {
		return false
	}
	at := 0
	for _, w := range n.words {
		i := slices.IndexFunc(m.words[at:], func(o string) bool { return likeWord(w, o) })
		if i < 0 {
			return false
		}
		at += i + 1
	}
	return n.agrees(m)
}

// likeWord tells whether two words are one, nearly or by the first letter.
func likeWord(a, b string) bool {
	switch {
	case a == b:
		return true
	case len(a) == 1 || len(b) == 1:
		return a[0] == b[0] && (len(a) == 1 || !numeral(a)) && (len(b) == 1 || !numeral(b))
	case numeral(a) || numeral(b):
		return false
	}
	allowed := 0
	switch n := min(len(a), len(b)); {
	case n >= 8:
		allowed = 2
	case n >= 5:
		allowed = 1
	}
	return allowed > 0 && distance(a, b, allowed) <= allowed
}
