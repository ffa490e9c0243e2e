package dossier

import (
	"strings"
	"unicode/utf8"

	"github.com/entente-graph/entente/ingest/form"
)

const lineWidth = 100

// printTree writes a tree as YAML, as a person would: block style, short mappings of a list on one line, long
// text folded, quotes only where needed. Reading it again gives the same tree.
func printTree(root *form.Node) []byte {
	var b strings.Builder
	for i, p := range root.Fields {
		if i > 0 {
			b.WriteString("\n")
		}
		printField(&b, p, 0, p.Value.Is == form.List)
	}
	return []byte(b.String())
}

func printField(b *strings.Builder, p form.Pair, indent int, apart bool) {
	pad := strings.Repeat(" ", indent)
	b.WriteString(pad + plainOrQuoted(p.Key.Text, false) + ":")
	v := p.Value
	switch v.Is {
	case form.Empty:
		b.WriteString("\n")
	case form.Scalar:
		printText(b, v.Text, indent+2, indent+len(p.Key.Text)+2)
	case form.Mapping:
		b.WriteString("\n")
		for _, f := range v.Fields {
			printField(b, f, indent+2, false)
		}
	case form.List:
		if flow, ok := inFlow(v); ok && !apart && indent+len(p.Key.Text)+2+len(flow) <= lineWidth && !hasMappings(v) {
			b.WriteString(" " + flow + "\n")
			return
		}
		b.WriteString("\n")
		for i, item := range v.Items {
			if apart && i > 0 {
				b.WriteString("\n")
			}
			printItem(b, item, indent+2, apart)
		}
	}
}

func printItem(b *strings.Builder, item *form.Node, indent int, apart bool) {
	pad := strings.Repeat(" ", indent)
	if flow, ok := inFlow(item); ok && !apart && indent+2+len(flow) <= lineWidth+20 {
		b.WriteString(pad + "- " + flow + "\n")
		return
	}
	switch item.Is {
	case form.Scalar:
		b.WriteString(pad + "-")
		printText(b, item.Text, indent+2, indent+2)
	case form.Mapping:
		var inner strings.Builder
		for _, f := range item.Fields {
			printField(&inner, f, indent+2, false)
		}
		b.WriteString(pad + "- " + inner.String()[indent+2:])
	default:
		b.WriteString(pad + "-\n")
	}
}

// printText writes a scalar behind its key, folded over lines where it is long.
func printText(b *strings.Builder, text string, indent, used int) {
	one := plainOrQuoted(text, false)
	words := strings.Split(text, " ")
	foldable := len(words) > 1 && !strings.ContainsAny(text, "\n\r\t") && !strings.Contains(text, "  ")
	if used+utf8.RuneCountInString(one) <= lineWidth || !foldable {
		b.WriteString(" " + one + "\n")
		return
	}
	b.WriteString(" >-\n")
	pad := strings.Repeat(" ", indent)
	line := words[0]
	for _, w := range words[1:] {
		if indent+utf8.RuneCountInString(line)+1+utf8.RuneCountInString(w) > lineWidth {
			b.WriteString(pad + line + "\n")
			line = w
			continue
		}
		line += " " + w
	}
	b.WriteString(pad + line + "\n")
}

func hasMappings(n *form.Node) bool {
	for _, item := range n.Items {
		if item.Is != form.Scalar {
			return true
		}
	}
	return false
}

// inFlow writes a node in one line, if it holds nothing deeper than lists of text.
func inFlow(n *form.Node) (string, bool) {
	switch n.Is {
	case form.Scalar:
		if strings.Contains(n.Text, "\n") {
			return "", false
		}
		return plainOrQuoted(n.Text, true), true
	case form.List:
		parts := make([]string, len(n.Items))
		for i, item := range n.Items {
			if item.Is != form.Scalar {
				return "", false
			}
			parts[i] = plainOrQuoted(item.Text, true)
		}
		return "[" + strings.Join(parts, ", ") + "]", true
	case form.Mapping:
		parts := make([]string, len(n.Fields))
		for i, f := range n.Fields {
			v, ok := inFlow(f.Value)
			if !ok || f.Value.Is == form.Mapping {
				return "", false
			}
			parts[i] = plainOrQuoted(f.Key.Text, true) + ": " + v
		}
		return "{" + strings.Join(parts, ", ") + "}", true
	default:
		return "", false
	}
}

// plainOrQuoted writes a scalar plain where YAML reads it back as it is, or quoted.
func plainOrQuoted(text string, flow bool) string {
	plain := staysPlain(text) && (!flow || !strings.ContainsAny(text, "[]{},?"))
	switch {
	case plain:
		return text
	case strings.ContainsAny(text, "\n\r\t"):
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(text) + `"`
	case strings.Contains(text, "'") && !strings.ContainsAny(text, `"\`):
		return `"` + text + `"`
	default:
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
}

// staysPlain tells whether YAML reads the unquoted text back as it is, outside brackets.
func staysPlain(text string) bool {
	switch {
	case text == "", text != strings.TrimSpace(text), isWordOfYAML(text):
		return false
	case strings.ContainsAny(text[:1], "!&*?|>@`\"'%#{}[],:~"), text == "-", strings.HasPrefix(text, "- "):
		return false
	case strings.Contains(text, ": "), strings.Contains(text, " #"), strings.HasSuffix(text, ":"):
		return false
	default:
		return !strings.ContainsAny(text, "\n\r\t\\")
	}
}

// isWordOfYAML tells whether a reader of YAML may take the text for nothing or for a truth value. The flags of
// a dossier are such words: true and false stay plain.
func isWordOfYAML(text string) bool {
	switch strings.ToLower(text) {
	case "null", "yes", "no", "on", "off", "---", "...":
		return true
	}
	return false
}
