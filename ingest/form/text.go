package form

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/entente-graph/entente/ingest"
)

var utf8BOM = []byte("\xef\xbb\xbf")

// checkText finds what keeps a file from being read as YAML at all: its encoding, tabs that indent,
// control characters, brackets beyond reason. A byte order mark of UTF-8 is no mistake.
func checkText(file string, src []byte, noun Noun) ingest.Mistakes {
	at := func(line, col int, rule, suggestion string) ingest.Mistake {
		return ingest.Mistake{File: file, Line: line, Column: col, Rule: rule, Suggestion: suggestion}
	}
	if len(src) > maxSize {
		return ingest.Mistakes{at(0, 0, fmt.Sprintf("the file has %d MB; %s is written by hand and has at most %d", len(src)>>20, noun.One, maxSize>>20), "")}
	}
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) || (len(src) > 1 && (src[0] == 0 || src[1] == 0)) {
		return ingest.Mistakes{at(1, 1, "the file is in UTF-16", "save it as UTF-8")}
	}
	src = bytes.TrimPrefix(src, utf8BOM)
	var bad ingest.Mistakes
	for i, line := range strings.Split(string(src), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if col, found := invalidByte(line); found {
			bad = append(bad, at(i+1, col, fmt.Sprintf("the byte 0x%02X is not UTF-8", line[byteAt(line, col)]), "save the file as UTF-8"))
			continue
		}
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		if tab := strings.IndexByte(indent, '\t'); tab >= 0 && strings.TrimSpace(line) != "" {
			bad = append(bad, at(i+1, tab+1, "a tab indents this line, which YAML does not allow", "use spaces"))
			continue
		}
		for j, r := range []rune(line) {
			if r < ' ' && r != '\t' || r == 0x7f {
				advice := "take it out"
				if r == '\r' {
					advice = "a carriage return alone ends no line here: save the file with the line ends LF or CRLF"
				}
				bad = append(bad, at(i+1, j+1, fmt.Sprintf("a control character (U+%04X)", r), advice))
				break
			}
		}
		if col := tooDeep(line); col > 0 {
			bad = append(bad, at(i+1, col, fmt.Sprintf("nested more than %d levels deep", maxDepth), ""))
		}
		if len(bad) >= 100 {
			break
		}
	}
	return bad
}

// invalidByte gives the column, in characters, of the first byte that is not UTF-8.
func invalidByte(line string) (col int, found bool) {
	if utf8.ValidString(line) {
		return 0, false
	}
	for i := 0; i < len(line); col++ {
		r, size := utf8.DecodeRuneInString(line[i:])
		if r == utf8.RuneError && size == 1 {
			return col + 1, true
		}
		i += size
	}
	return 0, false
}

// byteAt gives the offset of the column-th character.
func byteAt(line string, col int) int {
	i := 0
	for c := 1; c < col; c++ {
		_, size := utf8.DecodeRuneInString(line[i:])
		i += size
	}
	return i
}

// tooDeep finds a run of openings ([, {, "- ") that nests deeper than anybody writes, before the
// YAML parser recurses into it. It gives the column, or 0.
func tooDeep(line string) int {
	depth := 0
	for i, r := range []rune(line) {
		switch r {
		case '[', '{', '?':
			depth++
		case '-':
			if i+1 < len(line) && line[i+1] == ' ' {
				depth++
			}
		case ' ':
		default:
			depth = 0
		}
		if depth > maxDepth {
			return i + 1
		}
	}
	return 0
}
