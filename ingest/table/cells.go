package table

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/entente-graph/entente/ingest"
)

var whole = regexp.MustCompile(`^-?[0-9]{1,9}$`)

// IsNumber tells whether a text is a number as datasets write their own: digits, the first not 0.
func IsNumber(text string) bool {
	return text != "" && text[0] != '0' && strings.Trim(text, "0123456789") == ""
}

// CompareNumbers orders such numbers by what they count to.
func CompareNumbers(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

// Int gives the cell of a column as a whole number: digits 0 to 9 with a minus before them or not, at most nine.
// Anything else is a mistake, never a guess: "1,914", "１９１４", "1914.0" and a blank beside it are suggested to be 1914.
func (r Row) Int(column string) (int, *ingest.Mistake) {
	text := r.Get(column)
	if whole.MatchString(text) {
		n, err := strconv.Atoi(text)
		if err == nil {
			return n, nil
		}
	}
	rule := "this is not a whole number"
	if text == "" {
		rule = "the cell is empty, and must hold a whole number"
	}
	m := r.Mistake(column, rule, digits(text))
	return 0, &m
}

var tail = regexp.MustCompile(`[.,]0*$`)

// digits gives the whole number that a text seems to mean, for a suggestion; empty if none.
func digits(text string) string {
	plain := strings.Map(func(c rune) rune {
		switch {
		case c == '\'', unicode.IsSpace(c), unicode.In(c, unicode.Cf):
			return -1
		case c == '−', c == '–':
			return '-'
		case unicode.IsDigit(c) && c > '9':
			return '0' + digit(c)
		}
		return c
	}, norm.NFKC.String(text))
	plain = tail.ReplaceAllString(plain, "")
	if grouped.MatchString(plain) {
		plain = strings.NewReplacer(",", "", ".", "").Replace(plain)
	}
	plain = strings.TrimPrefix(plain, "+")
	if !whole.MatchString(plain) || plain == text {
		return ""
	}
	return fmt.Sprintf("write %s", plain)
}

var grouped = regexp.MustCompile(`^[-+]?[0-9]{1,3}([.,][0-9]{3})+$`)

// digit gives the value of a decimal digit of any script: those of one script follow one another from a nought on.
func digit(c rune) rune {
	n := rune(0)
	for n < 9 && unicode.IsDigit(c-n-1) {
		n++
	}
	return n
}
