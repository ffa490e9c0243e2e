package api

import (
	"context"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// read parses, measures and validates a document, once; gqlgen takes it from the request. What is refused is refused as
// early as it can be told. size is how many fields it asks for, 0 where that is not known.
func (s *service) read(ctx context.Context, query string) (doc *ast.QueryDocument, size int, refused gqlerror.List) {
	if doc, ok := s.cache.Get(ctx, query); ok {
		return doc, 0, nil
	}
	if err := scan(query, s.limits); err != nil {
		return nil, 0, gqlerror.List{err}
	}
	doc, err := parser.ParseQuery(&ast.Source{Input: query})
	if err != nil {
		return nil, 0, coded(errcode.ParseFailed, gqlerror.WrapIfUnwrapped(err))
	}
	if len(doc.Operations) == 0 {
		return nil, 0, coded(errcode.ValidationFailed, gqlerror.Errorf("no operation provided"))
	}
	size, tooMuch := measure(doc, s.limits)
	if tooMuch != nil {
		return nil, size, gqlerror.List{tooMuch}
	}
	if errs := s.validate(doc); len(errs) > 0 {
		return nil, size, coded(errcode.ValidationFailed, errs...)
	}
	s.cache.Add(ctx, query, doc)
	return doc, size, nil
}

func coded(code string, errs ...*gqlerror.Error) gqlerror.List {
	for _, err := range errs {
		errcode.Set(err, code)
	}
	return errs
}

// maxWrong is how many mistakes of a document are told. Looking for more, with suggestions, takes time that grows with them.
const maxWrong = 5

type enough struct{}

// validate holds a document to the rules of GraphQL, up to the first few mistakes.
func (s *service) validate(doc *ast.QueryDocument) (errs gqlerror.List) {
	defer func() {
		switch r := recover(); r.(type) {
		case nil:
		case enough:
			more := gqlerror.Errorf("these are the first %d mistakes: the rest of the document was not looked at", maxWrong)
			errs = append(errs, more)
		default:
			panic(r)
		}
		for _, err := range errs {
			if s.hidden {
				err.Message = withoutSuggestions(err.Message)
			} else {
				err.Message += s.hint(err.Message)
			}
		}
	}()
	observers := &validator.Events{}
	for _, rule := range s.rules {
		rule.RuleFunc(observers, func(options ...validator.ErrorOption) {
			if len(errs) == maxWrong {
				panic(enough{})
			}
			err := &gqlerror.Error{Rule: rule.Name}
			for _, o := range options {
				o(err)
			}
			errs = append(errs, err)
		})
	}
	validator.Walk(s.schema, doc, observers)
	return errs
}

// rulesOf gives the rules of validation in a fixed order; without suggestions where the schema is hidden.
func rulesOf(hidden bool) []validator.Rule {
	standard := rules.NewDefaultRules()
	if hidden {
		standard.RemoveRule(rules.FieldsOnCorrectTypeRule.Name)
		standard.RemoveRule(rules.ScalarLeafsRule.Name)
		standard.AddRule(rules.FieldsOnCorrectTypeRuleWithoutSuggestions.Name, rules.FieldsOnCorrectTypeRuleWithoutSuggestions.RuleFunc)
		standard.AddRule(rules.ScalarLeafsRuleWithoutSuggestions.Name, rules.ScalarLeafsRuleWithoutSuggestions.RuleFunc)
	}
	var all []validator.Rule
	for name, check := range standard.GetInner() {
		all = append(all, validator.Rule{Name: name, RuleFunc: check})
	}
	slices.SortFunc(all, func(a, b validator.Rule) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// withoutSuggestions takes from a message what it guesses was meant: names of a schema that is not shown.
func withoutSuggestions(message string) string {
	before, _, _ := strings.Cut(message, " Did you mean")
	return before
}
