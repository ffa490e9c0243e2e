package dossier

import (
	"strings"
	"unicode/utf8"
)

const lineWidth = 100

// printTree writes a tree as YAML, as a person would: block style, short mappings of a list on one line, long
// text folded, quotes only where needed. Reading it again gives the same tree.
func printTree(root *node) []byte {
	var b strings.Builder
	for i, p := range root.fields {
		if i > 0 {
			b.WriteString("\n")
		}
		printField(&b, p, 0, p.value.is == listNode)
	}
	return []byte(b.String())
}

func printField(b *strings.Builder, p pair, indent int, apart bool) {
	pad := strings.Repeat(" ", indent)
	b.WriteString(pad + plainOrQuoted(p.key.text, false) + ":")
	v := p.value
	switch v.is {
	case emptyNode:
		b.WriteString("\n")
	case scalarNode:
		printText(b, v.text, indent+2, indent+len(p.key.text)+2)
	case mappingNode:
		b.WriteString("\n")
		for _, f := range v.fields {
			printField(b, f, indent+2, false)
		}
	case listNode:
		if flow, ok := inFlow(v); ok && !apart && indent+len(p.key.text)+2+len(flow) <= lineWidth && !hasMappings(v) {
			b.WriteString(" " + flow + "\n")
			return
		}
		b.WriteString("\n")
		for i, item := range v.items {
			if apart && i > 0 {
				b.WriteString("\n")
			}
			printItem(b, item, indent+2, apart)
		}
	}
}

func printItem(b *strings.Builder, item *node, indent int, apart bool) {
	pad := strings.Repeat(" ", indent)
	if flow, ok := inFlow(item); ok && !apart && indent+2+len(flow) <= lineWidth+20 {
		b.WriteString(pad + "- " + flow + "\n")
		return
	}
	switch item.is {
	case scalarNode:
		b.WriteString(pad + "-")
		printText(b, item.text, indent+2, indent+2)
	case mappingNode:
		var inner strings.Builder
		for _, f := range item.fields {
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

func hasMappings(n *node) bool {
	for _, item := range n.items {
		if item.is != scalarNode {
			return true
		}
	}
	return false
}

// inFlow writes a node in one line, if it holds nothing deeper than lists of text.
func inFlow(n *node) (string, bool) {
	switch n.is {
	case scalarNode:
		if strings.Contains(n.text, "\n") {
			return "", false
		}
		return plainOrQuoted(n.text, true), true
	case listNode:
		parts := make([]string, len(n.items))
		for i, item := range n.items {
			if item.is != scalarNode {
				return "", false
			}
			parts[i] = plainOrQuoted(item.text, true)
		}
		return "[" + strings.Join(parts, ", ") + "]", true
	case mappingNode:
		parts := make([]string, len(n.fields))
		for i, f := range n.fields {
			v, ok := inFlow(f.value)
			if !ok || f.value.is == mappingNode {
				return "", false
			}
			parts[i] = plainOrQuoted(f.key.text, true) + ": " + v
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
