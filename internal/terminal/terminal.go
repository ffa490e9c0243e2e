// Package terminal prints text for people: tables whose columns line up also where names are Japanese, Korean
// or Chinese, wrapped paragraphs, and colours where the output is a terminal that wants them.
//
// Where the output is not a terminal it is plain: no colours, and lines as long as they are (COLUMNS sets a
// width anyway). NO_COLOR is respected. Text from data can never move the cursor or change colours: control
// characters are made visible.
//
// It knows nothing of the graph.
package terminal

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
	"golang.org/x/term"
)

// A Screen is where text for people goes. Errors of writing are kept, and given by Err.
type Screen struct {
	w     io.Writer
	width int // columns; 0: as long as lines are
	color bool
	err   error
}

// New looks at the output and the environment. Only an output that is a terminal has colours.
func New(w io.Writer, getenv func(string) string) *Screen {
	s := &Screen{w: w}
	if Is(w) {
		s.color = getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"
		s.width = 80
		if width, _, err := term.GetSize(int(w.(*os.File).Fd())); err == nil && width > 0 {
			s.width = width
		}
	}
	if n, err := strconv.Atoi(getenv("COLUMNS")); err == nil && n >= 20 {
		s.width = n
	}
	return s
}

// Is tells whether the output is a terminal.
func Is(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// Width is how many columns a line has; 0 means that lines are as long as they are.
func (s *Screen) Width() int { return s.width }

// Err is the first error of writing.
func (s *Screen) Err() error { return s.err }

// Printf prints as fmt does, with no line end of its own.
func (s *Screen) Printf(format string, args ...any) {
	if s.err == nil {
		_, s.err = fmt.Fprintf(s.w, format, args...)
	}
}

// Line prints a line.
func (s *Screen) Line(text string) { s.Printf("%s\n", text) }

// Wrapped prints text as a paragraph: its first line after first, later ones indented as far.
func (s *Screen) Wrapped(first, text string) {
	indent := strings.Repeat(" ", Width(first))
	room := 0
	if s.width > 0 {
		room = max(20, s.width-Width(first))
	}
	for i, line := range Wrap(text, room) {
		if i == 0 {
			s.Line(strings.TrimRight(first+line, " "))
		} else {
			s.Line(indent + line)
		}
	}
}

// Title prints text as a heading, wrapped.
func (s *Screen) Title(text string) {
	for _, line := range Wrap(text, s.width) {
		s.Line(s.Styled(Bold, line))
	}
}

// A Style is how a piece of text looks, where there are colours.
type Style string

// The styles.
const (
	Plain  Style = ""
	Bold   Style = "1"
	Dim    Style = "2"
	Green  Style = "32"
	Yellow Style = "33"
	Red    Style = "31"
)

// Styled gives text in a style, or as it is where there are no colours.
func (s *Screen) Styled(style Style, text string) string {
	if !s.color || style == Plain || text == "" {
		return text
	}
	return "\x1b[" + string(style) + "m" + text + "\x1b[0m"
}

// measure counts a wide letter as two columns and ambiguous ones as one, whatever the locale, so that output is the
// same everywhere.
var measure = &runewidth.Condition{EastAsianWidth: false, StrictEmojiNeutral: true}

// Width is how many columns text takes.
func Width(text string) int { return measure.StringWidth(text) }

// Clean makes control characters visible and lines one, so that text from data cannot disturb a terminal.
func Clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// Wrap breaks text into lines of at most so many columns: at spaces, between wide letters, and inside a word only
// where it does not fit a line. An address is never broken, for it is there to be followed. With no width the text is
// one line.
func Wrap(text string, width int) []string {
	text = strings.Join(strings.Fields(Clean(text)), " ")
	if width <= 0 || Width(text) <= width {
		return []string{text}
	}
	var lines []string
	line, used := strings.Builder{}, 0
	flush := func() {
		lines = append(lines, strings.TrimRight(line.String(), " "))
		line.Reset()
		used = 0
	}
	for _, piece := range pieces(text) {
		w := Width(piece)
		if used > 0 && used+Width(strings.TrimRight(piece, " ")) > width {
			flush()
		}
		for used == 0 && Width(strings.TrimRight(piece, " ")) > width && !strings.Contains(piece, "://") { // a word longer than a line
			head := measure.Truncate(piece, width, "")
			if head == "" {
				break
			}
			line.WriteString(head)
			flush()
			piece = piece[len(head):]
			w = Width(piece)
		}
		line.WriteString(piece)
		used += w
	}
	if line.Len() > 0 {
		flush()
	}
	return lines
}

// pieces splits text where a line may break: after spaces, and around every wide letter. No line begins with
// closing punctuation.
func pieces(text string) []string {
	var out []string
	start := 0
	var before rune
	for i, r := range text {
		if i > start && (before == ' ' || wide(before) || wide(r)) && !closing(r) && r != ' ' {
			out = append(out, text[start:i])
			start = i
		}
		before = r
	}
	return append(out, text[start:])
}

func wide(r rune) bool { return measure.RuneWidth(r) == 2 }

func closing(r rune) bool {
	return strings.ContainsRune("、。，．・：；！？）〕］｝〉》」』】,.;:!?)]}’”ー", r)
}

// Comma prints a number with its thousands apart: 1,990.
func Comma(n int) string {
	digits := strconv.Itoa(n)
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(digits) - 3; i > first; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
