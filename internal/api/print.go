package api

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// printed is an operation as a document of its own: with the fragments that it fills in, by name, and without white space
// that nothing needs. Equal questions, however they were laid out, print equal.
func printed(op *ast.OperationDefinition) string {
	p := &documentPrinter{used: map[string]*ast.FragmentDefinition{}}
	if op.Name != "" || len(op.VariableDefinitions) > 0 || len(op.Directives) > 0 {
		p.WriteString("query")
		if op.Name != "" {
			p.WriteString(" " + op.Name)
		}
	}
	p.variables(op.VariableDefinitions)
	p.directives(op.Directives)
	p.set(op.SelectionSet)
	done := map[string]bool{}
	for len(done) < len(p.used) {
		var next string
		for name := range p.used {
			if !done[name] && (next == "" || name < next) {
				next = name
			}
		}
		done[next] = true
		f := p.used[next]
		p.WriteString("fragment " + f.Name + " on " + f.TypeCondition)
		p.directives(f.Directives)
		p.set(f.SelectionSet)
	}
	return p.String()
}

type documentPrinter struct {
	strings.Builder
	used map[string]*ast.FragmentDefinition
}

func (p *documentPrinter) variables(defs ast.VariableDefinitionList) {
	for i, v := range defs {
		p.WriteString(opening(i))
		p.WriteString("$" + v.Variable + ":" + v.Type.String())
		if v.DefaultValue != nil {
			p.WriteString("=" + v.DefaultValue.String())
		}
		p.directives(v.Directives)
	}
	p.WriteString(closing(len(defs)))
}

func (p *documentPrinter) directives(all ast.DirectiveList) {
	for _, d := range all {
		p.WriteString("@" + d.Name)
		p.arguments(d.Arguments)
	}
}

func (p *documentPrinter) arguments(args ast.ArgumentList) {
	byName := slices.Clone(args) // their order means nothing
	slices.SortFunc(byName, func(a, b *ast.Argument) int { return strings.Compare(a.Name, b.Name) })
	for i, arg := range byName {
		p.WriteString(opening(i))
		p.WriteString(arg.Name + ":" + arg.Value.String())
	}
	p.WriteString(closing(len(args)))
}

func opening(i int) string {
	if i == 0 {
		return "("
	}
	return ","
}

func closing(n int) string {
	if n == 0 {
		return ""
	}
	return ")"
}

func (p *documentPrinter) set(selections ast.SelectionSet) {
	for i, s := range selections {
		if i == 0 {
			p.WriteString("{")
		} else {
			p.WriteString(" ")
		}
		switch s := s.(type) {
		case *ast.Field:
			if s.Alias != s.Name {
				p.WriteString(s.Alias + ":")
			}
			p.WriteString(s.Name)
			p.arguments(s.Arguments)
			p.directives(s.Directives)
			p.set(s.SelectionSet)
		case *ast.InlineFragment:
			p.WriteString("...")
			if s.TypeCondition != "" {
				p.WriteString("on " + s.TypeCondition)
			}
			p.directives(s.Directives)
			p.set(s.SelectionSet)
		case *ast.FragmentSpread:
			p.WriteString("..." + s.Name)
			p.directives(s.Directives)
			if s.Definition != nil {
				p.used[s.Name] = s.Definition
			}
		}
	}
	if len(selections) > 0 {
		p.WriteString("}")
	}
}
