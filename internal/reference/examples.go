package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/entente-graph/entente/graph"
)

// An example is a file of docs/questions: a comment that asks in plain words, and a document that asks in GraphQL. The
// file's name says what it is an example of: ties.graphql and ties-suspended.graphql of Query.ties, Dyad.ties.graphql of
// Dyad.ties.
type example struct {
	file     string
	of       string // as Query.ties
	asks     string // in plain words
	document string
}

var fileName = regexp.MustCompile(`^(?:([A-Z]\w*)\.)?([a-z]\w*)(?:-[a-z0-9-]+)?\.graphql$`)

// readExamples reads the examples, by what they are of and then by name. Every question has one. What is wrong is
// said all at once.
func readExamples(fsys fs.FS, schema *ast.Schema) (map[string][]example, error) {
	files, err := fs.Glob(fsys, "*.graphql")
	if err != nil {
		return nil, err
	}
	found := map[string][]example{}
	var wrong []error
	for _, file := range files {
		e, err := readExample(fsys, file, schema)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", path.Join(questions, file), err))
			continue
		}
		found[e.of] = append(found[e.of], e)
	}
	for _, f := range asked(schema.Query) {
		if len(found["Query."+f.Name]) == 0 && !named(files, f.Name) {
			wrong = append(wrong, fmt.Errorf("schema/%s:%d: the question %s has no example: write %s/%s.graphql, a comment that asks it in plain words and a document that the sample answers",
				f.Position.Src.Name, f.Position.Line, f.Name, questions, f.Name))
		}
	}
	return found, errors.Join(wrong...)
}

// named tells whether a file is there for a question, though something may be wrong with it.
func named(files []string, question string) bool {
	for _, file := range files {
		if m := fileName.FindStringSubmatch(file); m != nil && m[1] == "" && m[2] == question {
			return true
		}
	}
	return false
}

func readExample(fsys fs.FS, file string, schema *ast.Schema) (example, error) {
	text, err := fs.ReadFile(fsys, file)
	if err != nil {
		return example{}, err
	}
	m := fileName.FindStringSubmatch(file)
	if m == nil {
		return example{}, errors.New("the name is none of an example: as ties.graphql, ties-suspended.graphql, Dyad.ties.graphql")
	}
	owner, field := m[1], m[2]
	if owner == "" {
		owner = schema.Query.Name
	}
	if err := exists(schema, owner, field); err != nil {
		return example{}, err
	}
	e := example{file: file, of: owner + "." + field}
	if e.asks, e.document = split(string(text)); e.asks == "" {
		return example{}, errors.New("it does not begin with a comment that asks in plain words")
	}
	document, problems := gqlparser.LoadQueryWithRules(schema, e.document, rules.NewDefaultRules())
	if len(problems) > 0 {
		at := strings.Count(strings.TrimSuffix(string(text), e.document), "\n") // lines above the document
		for _, l := range problems[0].Locations {
			return example{}, fmt.Errorf("line %d: %s", at+l.Line, problems[0].Message)
		}
		return example{}, problems
	}
	if len(document.Operations) != 1 {
		return example{}, fmt.Errorf("it has %d operations, not one", len(document.Operations))
	}
	if !asks(document.Operations[0].SelectionSet, owner, field) {
		return example{}, fmt.Errorf("its document does not ask %s", e.of)
	}
	return e, nil
}

// exists says what would be right where a type or its field is not there.
func exists(schema *ast.Schema, owner, field string) error {
	def := schema.Types[owner]
	if def == nil {
		names := make([]string, 0, len(schema.Types))
		for name := range schema.Types {
			names = append(names, name)
		}
		return fmt.Errorf("there is no type %s; there is %s", owner, strings.Join(graph.Nearest(owner, names, 3), ", "))
	}
	if def.Fields.ForName(field) == nil {
		var names []string
		for _, f := range asked(def) {
			names = append(names, f.Name)
		}
		return fmt.Errorf("%s has no %s; it has %s", owner, field, strings.Join(names, ", "))
	}
	return nil
}

// asked gives the fields of a type that are the schema's own.
func asked(def *ast.Definition) []*ast.FieldDefinition {
	var own []*ast.FieldDefinition
	for _, f := range def.Fields {
		if !strings.HasPrefix(f.Name, "__") {
			own = append(own, f)
		}
	}
	return own
}

// split parts the comment at the top from the document below it.
func split(text string) (comment, document string) {
	var words []string
	for {
		line, rest, _ := strings.Cut(text, "\n")
		said, ok := strings.CutPrefix(strings.TrimSpace(line), "#")
		if !ok {
			break
		}
		words = append(words, strings.Fields(said)...)
		text = rest
	}
	return strings.Join(words, " "), strings.TrimLeft(text, "\n")
}

// asks tells whether a field of a type is asked anywhere in a selection.
func asks(set ast.SelectionSet, owner, field string) bool {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			if s.Name == field && s.ObjectDefinition != nil && s.ObjectDefinition.Name == owner || asks(s.SelectionSet, owner, field) {
				return true
			}
		case *ast.InlineFragment:
			if asks(s.SelectionSet, owner, field) {
				return true
			}
		case *ast.FragmentSpread:
			if s.Definition != nil && asks(s.Definition.SelectionSet, owner, field) {
				return true
			}
		}
	}
	return false
}
