package names

import (
	"regexp"
	"strings"
)

// A Word is what List found in a text: a name that the book knows, or a run of words that it does not.
type Word struct {
	Text  string
	Known bool
	Group string // the name before the bracket in which it stands: EFTA (Iceland, Norway)
}

var (
	tokenForm = regexp.MustCompile(`[\p{L}\p{M}\p{N}'’´` + "`" + `.&/-]+|[,;:()]`)
	joining   = map[string]bool{"and": true, "&": true, "et": true, "y": true, "the": true, "-": true, "": true}
)

// longest is how many tokens a name may have: "United Kingdom of Great Britain and Northern Ireland".
const longest = 14

// List reads the names in a text that lists them, however they are separated: by commas, semicolons, "and", brackets, or nothing
// at all. At each place the longest name that the book knows counts, so that "Trinidad and Tobago" is one and "Papua
// New Guinea" is not Guinea.
func (b *Book) List(text string) (words []Word) {
	tokens := tokenForm.FindAllStringIndex(text, -1)
	last, group, depth := "", "", 0
	unknown := ""
	flush := func() {
		if unknown != "" {
			words = append(words, Word{Text: unknown, Group: group})
			last, unknown = unknown, ""
		}
	}
	for i := 0; i < len(tokens); i++ {
		token := text[tokens[i][0]:tokens[i][1]]
		if j, name := b.longest(text, tokens, i); j > i {
			flush()
			words = append(words, Word{Text: name, Known: true, Group: group})
			last = name
			i = j - 1
			continue
		}
		switch {
		case token == "(":
			flush()
			if depth++; depth == 1 {
				group = last
			}
		case token == ")":
			flush()
			if depth = max(depth-1, 0); depth == 0 {
				group = ""
			}
		case strings.ContainsAny(token, ",;:"), joining[strings.ToLower(strings.Trim(token, "."))]:
			flush()
		default:
			unknown = strings.TrimSpace(unknown + " " + token)
		}
	}
	flush()
	return words
}

// longest gives the longest name that begins at a token, and the token behind it.
func (b *Book) longest(text string, tokens [][]int, i int) (next int, name string) {
	for j := min(len(tokens), i+longest); j > i; j-- {
		name := text[tokens[i][0]:tokens[j-1][1]]
		for _, n := range []string{name, strings.TrimRight(name, ".")} {
			if b.Known(n) {
				return j, strings.Join(strings.Fields(n), " ")
			}
		}
	}
	return i, ""
}
