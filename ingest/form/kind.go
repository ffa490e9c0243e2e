package form

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/entente-graph/entente/graph"
)

// A Kind is what a field holds. Sources make their own beside those of this package.
type Kind struct {
	// Any says that Check takes nodes of all forms; else it is given texts alone, never empty ones.
	Any bool
	// Refers says that the text is a name that must lead somewhere: it is kept in Checker.Refs.
	Refers bool
	Check  func(c *Checker, v *Node, f *Field) // nil: any text will do
	// Schema is the JSON Schema of one value; nil: any text. Shapes that it refers to are put into defs.
	Schema func(f *Field, defs Defs) map[string]any
}

// A Field of a shape. One table serves the reader, the JSON Schema and the documentation's test.
type Field struct {
	Name     string
	Is       *Kind
	List     bool
	Lone     bool // of a list: a single mapping may stand without the list
	Required bool
	Words    []string // of Word
	Of       *Shape   // of Fields
	Doc      string
}

// A Shape is a kind of mapping. Where Bare is set, the value of that field alone may stand for the
// whole mapping: "- iso3:JPN" for "- {actor: iso3:JPN}".
type Shape struct {
	Name   string
	Bare   string
	Fields []Field
	Root   bool // it is the whole file: a list in it may be begun and still be empty
}

// Field gives the field of a name, or nil.
func (s *Shape) Field(name string) *Field {
	for i := range s.Fields {
		if s.Fields[i].Name == name {
			return &s.Fields[i]
		}
	}
	return nil
}

// Names gives the names of the fields.
func (s *Shape) Names() []string {
	names := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		names[i] = f.Name
	}
	return names
}

// Say is how a file writes a word of the model: in-force for IN_FORCE.
func Say[T ~string](w T) string { return strings.ToLower(strings.ReplaceAll(string(w), "_", "-")) }

// Model is the model's word for the file's.
func Model[T ~string](w string) T { return T(strings.ToUpper(strings.ReplaceAll(w, "-", "_"))) }

// Words are those of a closed list, as a file writes them.
func Words[T ~string](list ...T) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = Say(w)
	}
	return out
}

// Words that stand for an absent end.
const (
	EndOngoing = "ongoing"
	EndUnknown = "unknown"
)

// The kinds of value that files of all kinds have.
var (
	Text = &Kind{}
	// ID is an own name within the file.
	ID = &Kind{Check: checkID, Schema: Pattern(`[a-z0-9]+(-[a-z0-9]+)*`)}
	// Date is a date of the model, and End one or a word for why there is none.
	Date     = &Kind{Check: checkDate, Schema: func(*Field, Defs) map[string]any { return dateSchema() }}
	End      = &Kind{Check: checkEnd, Schema: endSchema}
	Flag     = &Kind{Check: checkFlag, Schema: func(*Field, Defs) map[string]any { return map[string]any{"type": "boolean"} }}
	Language = &Kind{Check: func(c *Checker, v *Node, f *Field) { c.Language(v, f.Name) }, Schema: Pattern(`[A-Za-z]{2,3}(-[A-Za-z0-9]+)*`)}
	URL      = &Kind{Check: checkURL, Schema: Pattern(`https?://.+`)}
	// Word is one of the closed list Words.
	Word = &Kind{Check: checkWord, Schema: func(f *Field, _ Defs) map[string]any { return map[string]any{"enum": f.Words} }}
	// Fields is a mapping of the shape Of.
	Fields = &Kind{Any: true, Check: func(c *Checker, v *Node, f *Field) { c.Mapping(v, f.Of, what(f, v)) }, Schema: fieldsSchema}
)

// OwnName is what an own name may look like.
var OwnName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Slug is the own name that a text comes closest to.
func Slug(text string) string {
	s := strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(text), "-"), "-")
	if s == "" {
		return "a-name"
	}
	return s
}

func checkID(c *Checker, v *Node, f *Field) {
	if !OwnName.MatchString(v.Text) {
		c.Addf(v, strconv.Quote(Slug(v.Text)), "%s may hold small letters, digits and single hyphens", f.Name)
	}
}

func checkEnd(c *Checker, v *Node, f *Field) {
	if v.Text != EndOngoing && v.Text != EndUnknown {
		c.date(v, f, NearestOnly(v.Text, []string{EndOngoing, EndUnknown}))
	}
}

func checkFlag(c *Checker, v *Node, f *Field) {
	if v.Text != "true" && v.Text != "false" {
		c.Addf(v, "", "%s is true or false", f.Name)
	}
}

func checkURL(c *Checker, v *Node, f *Field) {
	if u, err := url.Parse(v.Text); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		c.Addf(v, "https://...", "%s is not an address on the web", f.Name)
	}
}

func checkWord(c *Checker, v *Node, f *Field) {
	if !slices.Contains(f.Words, v.Text) {
		c.Addf(v, Nearest(v.Text, f.Words), "not a word for %s", f.Name)
	}
}

func checkDate(c *Checker, v *Node, f *Field) { c.date(v, f, "") }

func (c *Checker) date(v *Node, f *Field, suggestion string) {
	_, err := graph.ParseDate(v.Text)
	if err == nil {
		return
	}
	_, reason, _ := strings.Cut(err.Error(), " is not a date: ")
	if strings.Contains(v.Text, "/") {
		reason, suggestion = "it is a stretch of time", `write "from" and "to"`
	}
	c.Addf(v, suggestion, "%s is not a date: %s", f.Name, reason)
}

// Language checks the tag of a language.
func (c *Checker) Language(v *Node, name string) {
	if _, err := language.Parse(v.Text); err != nil {
		c.Addf(v, "two letters of ISO 639, as en, ja, ko, zh", "%s is not a language", name)
	}
}

// Nearest proposes the words closest to the text, or, where none is close, all of them.
func Nearest(text string, words []string) string {
	if s := NearestOnly(text, words); s != "" {
		return s
	}
	return "one of " + strings.Join(words, ", ")
}

// NearestOnly proposes the words closest to the text, in small letters, or nothing.
func NearestOnly(text string, words []string) string {
	return DidYouMean(strings.ToLower(text), words)
}

// DidYouMean proposes the words closest to the text, or nothing.
func DidYouMean(text string, words []string) string {
	near := graph.Nearest(text, words, 2)
	for i, n := range near {
		near[i] = strconv.Quote(n)
	}
	if len(near) == 0 {
		return ""
	}
	return "did you mean " + strings.Join(near, " or ") + "?"
}

// what names an entry for a message: the agreement "gsomia-2016".
func what(f *Field, v *Node) string {
	if id := v.Str("id"); id != "" {
		return fmt.Sprintf("the %s %q", f.Of.Name, id)
	}
	if key := v.Str("key"); key != "" {
		return fmt.Sprintf("the %s %q", f.Of.Name, key)
	}
	if f.List {
		return Article(f.Of.Name)
	}
	return "the " + f.Of.Name
}

// Article puts an article before a noun.
func Article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}
