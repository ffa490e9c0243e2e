package table

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// charset decodes the cells of a file.
type charset struct {
	of encoding.Encoding // nil for UTF-8
}

func (c charset) name() string {
	if c.of == nil {
		return "UTF-8"
	}
	return fmt.Sprint(c.of)
}

// decode gives the text of a cell; ok is false where its bytes are not of the charset, and then text is what stands
// there. European UTF-8 in a file of another charset is not of it: nobody writes Ã© or â€™.
func (c charset) decode(cell string) (text string, ok bool) {
	if ascii(cell) {
		return cell, true
	}
	if c.of == nil {
		return cell, utf8.ValidString(cell)
	}
	if european(cell) {
		return cell, false
	}
	text, err := c.of.NewDecoder().String(cell)
	if err != nil || strings.ContainsFunc(text, func(r rune) bool { return r == utf8.RuneError || r >= 0x80 && r < 0xa0 }) {
		return cell, false
	}
	return text, true
}

// complain says what is wrong with a cell that decode refused, and what to do.
func (c charset) complain(cell string) (rule, suggestion string) {
	if c.of != nil && european(cell) {
		return "the cell is UTF-8, and the file is published in " + c.name(), "save the whole file as UTF-8 with a byte order mark (in Excel: CSV UTF-8), or get it again"
	}
	for i, r := range cell {
		if r != utf8.RuneError || strings.HasPrefix(cell[i:], "\ufffd") {
			continue
		}
		rule = fmt.Sprintf("the byte 0x%02X is not %s", cell[i], c.name())
		break
	}
	if rule == "" {
		rule = "the cell is not " + c.name()
	}
	if c.of != nil {
		return rule, "get the file again: it was saved in another charset on the way"
	}
	if text, ok := (charset{charmap.Windows1252}).decode(cell); ok {
		return rule, fmt.Sprintf("save the file as UTF-8; read as Windows-1252 this is %q", short(text))
	}
	return rule, "save the file as UTF-8"
}

// european tells whether a text that is not ASCII is UTF-8 with nothing in it but Latin letters and punctuation. Other
// scripts do not count: é’” in Windows-1252 are the bytes of a Chinese character in UTF-8.
func european(cell string) bool {
	if !utf8.ValidString(cell) {
		return false
	}
	return !strings.ContainsFunc(cell, func(r rune) bool { return r >= 0x250 && (r < 0x2010 || r > 0x20ac) })
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
