package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	contract "github.com/entente-graph/entente/schema"
)

const introduction = `<!-- Written by internal/reference of schema/*.graphqls and docs/questions/*.graphql: mend those, then make generate. -->

# The schema

Every question that the GraphQL API answers, with an example, and then every type, input and enum. The examples are files of
[questions/](questions/), and a test asks all of them of the sample: ` + "`entente serve --sample`" + ` answers each at
` + "`/graphql`" + `, and the playground runs them as they stand here.

A question of [Query](#questions) is asked of the graph as it is known now. Asked inside [snapshot](#snapshot) it is asked of an
earlier state, or of a day, or of both. How days are compared is in [time.md](time.md), how lists are filtered and ordered in
[filters.md](filters.md), what a tie is in [ties.md](ties.md), what a key is in [keys.md](keys.md). The schema as a file, for
tools that make code of it, is at ` + "`/v1/schema.graphql`" + ` and is what ` + "`entente schema`" + ` prints; [clients/](../clients/)
shows how it is used.

`

// loadContract reads the schema. Positions in it name its files.
func loadContract() (*ast.Schema, error) {
	names, err := fs.Glob(contract.Files, "*.graphqls")
	if err != nil {
		return nil, err
	}
	sources := make([]*ast.Source, 0, len(names))
	for _, name := range names {
		text, err := contract.Files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		sources = append(sources, &ast.Source{Name: name, Input: string(text)})
	}
	return gqlparser.LoadSchema(sources...)
}

// reference makes the page, with the examples of a folder.
func reference(folder fs.FS) ([]byte, error) {
	schema, err := loadContract()
	if err != nil {
		return nil, err
	}
	examples, err := readExamples(folder, schema)
	if err != nil {
		return nil, err
	}
	w := &writer{schema: schema, examples: examples}
	w.WriteString(introduction)
	w.questions()
	w.types()
	return w.Bytes(), nil
}

// A writer writes the page.
type writer struct {
	bytes.Buffer
	schema   *ast.Schema
	examples map[string][]example
}

func (w *writer) printf(format string, args ...any) {
	_, _ = fmt.Fprintf(w, format, args...) // a buffer takes everything
}

// questions writes the fields of Query.
func (w *writer) questions() {
	w.printf("## Questions\n\n%s\n\n", prose(w.schema.Query.Description))
	fields := asked(w.schema.Query)
	for _, f := range fields {
		first, _, more := strings.Cut(line(f.Description), ". ")
		if more {
			first += "."
		}
		w.printf("- [%s](#%s): %s\n", f.Name, anchor(f.Name), first)
	}
	for _, f := range fields {
		w.printf("\n### %s\n\n%s\n\n", f.Name, prose(f.Description)+deprecated(f.Directives))
		w.printf("Answers %s.", w.link(f.Type))
		if len(f.Arguments) > 0 {
			w.WriteString(" Arguments:\n")
		}
		w.WriteString("\n")
		w.arguments(f, "")
		w.show("Query."+f.Name, len(f.Arguments) > 0)
	}
}

// show writes the examples of a field.
func (w *writer) show(of string, apart bool) {
	for _, e := range w.examples[of] {
		if apart {
			w.WriteString("\n")
		}
		apart = true
		w.printf("%s ([%s](questions/%s))\n\n```graphql\n%s\n```\n", prose(e.asks), e.file, e.file, strings.TrimRight(e.document, "\n"))
	}
}

func (w *writer) arguments(f *ast.FieldDefinition, indent string) {
	for _, a := range f.Arguments {
		w.printf("%s- `%s`: %s%s. %s\n", indent, a.Name, w.link(a.Type), standard(a.DefaultValue), line(a.Description)+deprecated(a.Directives))
	}
}

// types writes what is not a question, file by file, with an index.
func (w *writer) types() {
	var all []*ast.Definition
	for _, def := range w.schema.Types {
		if !def.BuiltIn && def != w.schema.Query {
			all = append(all, def)
		}
	}
	slices.SortFunc(all, func(a, b *ast.Definition) int { return strings.Compare(a.Name, b.Name) })
	w.WriteString("\n## Types\n\n`!` marks what is never null, `[…]` a list. By name:\n")
	for i, def := range all {
		sep := ",\n"
		if i == 0 {
			sep = "\n"
		}
		w.printf("%s[%s](#%s)", sep, def.Name, anchor(heading(def)))
	}
	w.WriteString(".\n")
	slices.SortStableFunc(all, func(a, b *ast.Definition) int {
		if by := strings.Compare(a.Position.Src.Name, b.Position.Src.Name); by != 0 {
			return by
		}
		return a.Position.Line - b.Position.Line
	})
	file := ""
	for _, def := range all {
		if name := def.Position.Src.Name; name != file {
			file = name
			w.printf("\n## In %s\n", file)
		}
		w.printf("\n### %s\n\n%s\n\n", heading(def), prose(def.Description)+deprecated(def.Directives))
		w.definition(def)
	}
}

// definition writes what a type has.
func (w *writer) definition(def *ast.Definition) {
	if len(def.Interfaces) > 0 {
		w.printf("It is: %s.\n\n", w.links(def.Interfaces))
	}
	if def.IsAbstractType() {
		var names []string
		for _, of := range w.schema.GetPossibleTypes(def) {
			names = append(names, of.Name)
		}
		slices.Sort(names)
		w.printf("One of: %s.\n\n", w.links(names))
	}
	for _, v := range def.EnumValues {
		w.printf("- `%s`: %s\n", v.Name, line(v.Description)+deprecated(v.Directives))
	}
	var same []string // as in Query
	for _, f := range asked(def) {
		if def.Kind == ast.Object && w.schema.Query.Fields.ForName(f.Name) != nil && def.Name == "Snapshot" {
			same = append(same, fmt.Sprintf("[%s](#%s)", f.Name, anchor(f.Name)))
			continue
		}
		w.printf("- `%s`: %s%s. %s\n", f.Name, w.link(f.Type), standard(f.DefaultValue), line(f.Description)+deprecated(f.Directives))
		w.arguments(f, "  ")
	}
	if len(same) > 0 {
		w.printf("\nIn its state it answers, as [Query](#questions) does: %s.\n", strings.Join(same, ", "))
	}
	for _, f := range asked(def) {
		w.show(def.Name+"."+f.Name, true)
	}
}

// link writes a type, and leads to where it is described.
func (w *writer) link(t *ast.Type) string {
	def := w.schema.Types[t.Name()]
	if def == nil || def.BuiltIn {
		return "`" + t.String() + "`"
	}
	return "[`" + t.String() + "`](#" + anchor(heading(def)) + ")"
}

func (w *writer) links(names []string) string {
	parts := make([]string, len(names))
	for i, name := range names {
		parts[i] = w.link(ast.NamedType(name, nil))
	}
	return strings.Join(parts, ", ")
}

// heading names a type with its kind, so that no type has the heading of a question.
func heading(def *ast.Definition) string {
	kind := map[ast.DefinitionKind]string{
		ast.Object: "type", ast.Interface: "interface", ast.Union: "union", ast.Enum: "enum", ast.InputObject: "input", ast.Scalar: "scalar",
	}[def.Kind]
	return kind + " " + def.Name
}

// anchor is how a heading is linked to.
func anchor(heading string) string { return strings.ReplaceAll(strings.ToLower(heading), " ", "-") }

// standard writes what holds where nothing is given.
func standard(v *ast.Value) string {
	if v == nil {
		return ""
	}
	return ", `" + v.String() + "` by default"
}

func deprecated(directives ast.DirectiveList) string {
	d := directives.ForName("deprecated")
	if d == nil {
		return ""
	}
	reason := "No longer supported"
	if a := d.Arguments.ForName("reason"); a != nil && a.Value != nil {
		reason = a.Value.Raw
	}
	return " **Deprecated:** " + prose(reason)
}

// prose writes a description so that Markdown gives nothing in it a meaning of its own.
func prose(text string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "~", `\~`, "<", `\<`, "[", `\[`).Replace(strings.TrimSpace(text))
}

// line writes a description on one line.
func line(text string) string { return strings.Join(strings.Fields(prose(text)), " ") }
