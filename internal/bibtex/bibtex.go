// Package bibtex writes what is to be cited: entries for sources, for works, and for the state of the graph that an answer
// stands on. BibTeX and biblatex both read them.
package bibtex

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// A Bibliography writes entries, each under a key of its own.
type Bibliography struct {
	w    io.Writer
	used map[string]bool
	err  error
}

// New begins a bibliography.
func New(w io.Writer) *Bibliography { return &Bibliography{w: w, used: map[string]bool{}} }

// Err is the first error of the writer.
func (b *Bibliography) Err() error { return b.err }

// Comment writes lines that BibTeX passes over.
func (b *Bibliography) Comment(format string, args ...any) {
	for line := range strings.SplitSeq(fmt.Sprintf(format, args...), "\n") {
		b.printf("%% %s\n", strings.ReplaceAll(line, "@", "(at)")) // BibTeX takes an @ in a comment for an entry
	}
}

func (b *Bibliography) printf(format string, args ...any) {
	if b.err == nil {
		_, b.err = fmt.Fprintf(b.w, format, args...)
	}
}

// State writes the graph itself, in the state that an answer stands on: its load, when that became visible, the day if
// there is one, and the rules. where is the address at which the answer can be had again.
func (b *Bibliography) State(l graph.Load, asOf *graph.Day, rules []string, where string) {
	note := fmt.Sprintf("Load %d", l.Number)
	key := fmt.Sprintf("entente-load-%d", l.Number)
	if asOf != nil {
		note += ", as of " + asOf.String()
		key += "-" + asOf.String()
	}
	note += ", rules " + strings.Join(rules, " ")
	if where != "" {
		note += ", answered again at the path " + where
	}
	fields := []field{
		{"title", "{Entente: a knowledge graph of diplomatic relations}"},
	}
	if !l.Recorded.IsZero() {
		day := l.Recorded.UTC()
		fields = append(fields, field{"date", day.Format("2006-01-02")}, field{"year", day.Format("2006")}, field{"month", strings.ToLower(day.Format("Jan"))})
	}
	fields = append(fields, field{"note", escaped(note)})
	b.entry("misc", b.key(key), fields)
}

// keyHead finds the type and the key of an entry that a source brings along.
var keyHead = regexp.MustCompile(`^\s*@([A-Za-z]+)\s*\{\s*([^\s,{}]+)\s*,`)

// Source writes the entry that the source asks to be cited with, or where it has none, one made of what it says.
func (b *Bibliography) Source(s *graph.Source) {
	key := b.key(string(s.Key))
	if m := keyHead.FindStringSubmatchIndex(s.BibTeX); m != nil && balanced(s.BibTeX) {
		own := strings.TrimSpace(s.BibTeX[:m[4]] + key + s.BibTeX[m[5]:])
		b.printf("\n%s\n", own)
		return
	}
	b.entry("misc", key, []field{
		{"title", "{" + escaped(s.Title) + "}"},
		{"author", braced(s.Publisher)},
		{"howpublished", escapedWith("Version ", s.Version)},
		{"url", address(s.URL)},
		{"note", escapedWith("Licence: ", s.License)},
	})
}

// Work writes a work. One that nobody read says so, for that must not be lost on the way into a paper.
func (b *Bibliography) Work(w *graph.Work) {
	fields := []field{
		{"title", "{" + escaped(w.Title) + "}"},
		{"author", braced(w.Publisher)},
	}
	fields = append(fields, dateFields(w.Date)...)
	fields = append(fields, field{"url", address(w.URL)}, field{"urldate", plainDay(w.Accessed)}, field{"language", escaped(w.Language)})
	if !w.Read {
		fields = append(fields, field{"note", "Named by others; not read by those who cite it here"})
	}
	b.entry("misc", b.key(string(w.Key)), fields)
}

// A field of an entry; without a value it is left out.
type field struct{ name, value string }

func (b *Bibliography) entry(kind, key string, fields []field) {
	b.printf("\n@%s{%s", kind, key)
	for _, f := range fields {
		switch {
		case f.value == "", f.value == "{}":
		case f.name == "month": // a macro, which stands without braces
			b.printf(",\n  %-12s = %s", f.name, f.value)
		default:
			b.printf(",\n  %-12s = {%s}", f.name, f.value)
		}
	}
	b.printf("\n}\n")
}

// key makes a citation key of ours fit for BibTeX, and unlike those used already.
func (b *Bibliography) key(own string) string {
	key := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune(":-._/+", r):
			return r
		}
		return '-'
	}, own)
	unique := key
	for n := 2; b.used[strings.ToLower(unique)]; n++ { // BibTeX folds case
		unique = fmt.Sprintf("%s-%d", key, n)
	}
	b.used[strings.ToLower(unique)] = true
	return unique
}

// dateFields gives year and month for BibTeX, and for biblatex the date as it is known.
func dateFields(d graph.Date) []field {
	if d.IsZero() {
		return nil
	}
	date := d.EDTF()
	if d.Precision() == graph.PrecisionSet {
		date = d.Earliest().String() + "/" + d.Latest().String()
	}
	fields := []field{{"date", date}, {"year", d.Earliest().String()[:4]}}
	if p := d.Precision(); p == graph.PrecisionDay || p == graph.PrecisionMonth {
		fields = append(fields, field{"month", strings.ToLower(d.Earliest().Time().Format("Jan"))})
	}
	return fields
}

// plainDay lets through a date of digits; what else people write of when they read something is left out.
func plainDay(text string) string {
	if d, err := graph.ParseDate(text); err == nil && d.Precision() != graph.PrecisionSet {
		return d.EDTF()
	}
	return ""
}

var specials = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `$`, `\$`, `&`, `\&`, `#`, `\#`, `_`, `\_`, `%`, `\%`,
	`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`, `"`, `{"}`, "\r", " ", "\n", " ", "\t", " ",
)

// escaped writes text so that TeX prints it. Letters stay what they are: the file is UTF-8.
func escaped(text string) string { return strings.TrimSpace(specials.Replace(text)) }

func escapedWith(before, text string) string {
	if text == "" {
		return ""
	}
	return before + escaped(text)
}

// braced keeps a body's name whole: without braces BibTeX takes its last word for a family name.
func braced(text string) string { return "{" + escaped(text) + "}" }

var urlSpecials = strings.NewReplacer(`\`, "%5C", `{`, "%7B", `}`, "%7D", " ", "%20", `"`, "%22", "\n", "", "\r", "", "\t", "")

// address writes a URL, which is read verbatim.
func address(text string) string { return urlSpecials.Replace(text) }

// balanced tells whether the braces of an entry match, and nothing follows it.
func balanced(entry string) bool {
	depth := 0
	trimmed := strings.TrimSpace(entry)
	for i, r := range trimmed {
		switch r {
		case '{':
			depth++
		case '}':
			if depth--; depth < 0 || depth == 0 && i != len(trimmed)-1 {
				return false
			}
		}
	}
	return depth == 0
}
