package usertable

import (
	"errors"
	"strings"
)

// A piece of a template is text, or the cell of a column.
type piece struct{ text, column string }

// A template is a text with columns in braces. {{ and }} are braces themselves.
type template []piece

func parseTemplate(text string) (template, error) {
	var t template
	var plain strings.Builder
	flush := func() {
		if plain.Len() > 0 {
			t = append(t, piece{text: plain.String()})
			plain.Reset()
		}
	}
	for rest := text; rest != ""; {
		switch {
		case strings.HasPrefix(rest, "{{"), strings.HasPrefix(rest, "}}"):
			plain.WriteByte(rest[0])
			rest = rest[2:]
		case rest[0] == '}':
			return nil, errors.New("a brace is closed that was not opened")
		case rest[0] == '{':
			name, after, ok := strings.Cut(rest[1:], "}")
			if !ok || strings.Contains(name, "{") {
				return nil, errors.New("a brace is not closed")
			}
			if strings.TrimSpace(name) == "" {
				return nil, errors.New("no column is named in the braces")
			}
			flush()
			t = append(t, piece{column: name})
			rest = after
		default:
			plain.WriteByte(rest[0])
			rest = rest[1:]
		}
	}
	flush()
	return t, nil
}

// columnOf gives the first column, to which mistakes are put; empty where there is none.
func (t template) columnOf() string {
	for _, p := range t {
		if p.column != "" {
			return p.column
		}
	}
	return ""
}

// one gives the only column, of a template that is nothing else.
func (t template) one() (string, bool) {
	if len(t) == 1 && t[0].column != "" {
		return t[0].column, true
	}
	return "", false
}
