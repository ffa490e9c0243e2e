package api

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/entente-graph/entente/graph"
)

// Codes that the API adds to those of graph's problems.
const (
	codeCost        = "COST_LIMIT_EXCEEDED"
	codeDepth       = "DEPTH_LIMIT_EXCEEDED"
	codeTimeout     = "QUERY_TIMEOUT"
	codeUnavailable = "UNAVAILABLE"
	codeInternal    = "INTERNAL_SERVER_ERROR"
	codeTooLarge    = "REQUEST_TOO_LARGE"
	codeNotFound    = "NOT_FOUND"
	codeParse       = errcode.ParseFailed
	codeValidation  = errcode.ValidationFailed
)

// kinds is the table from graph's kinds of error to codes, for errors that are not problems with a code of their
// own. Their texts stay inside; the outside reads these.
var kinds = []struct {
	kind          error
	code, message string
}{
	{context.DeadlineExceeded, codeTimeout, "the answer took too long: ask for less at once"},
	{context.Canceled, codeUnavailable, "the request was broken off"},
	{graph.ErrUnavailable, codeUnavailable, "the store cannot be asked now: try again later"},
	{graph.ErrGone, graph.CodeGone, "this answer is no longer held"},
}

// outward turns an error into what the outside sees: code, message, suggestions. ok is false where it is internal.
func outward(err error) (code, message string, suggestions []string, ok bool) {
	var p *graph.Problem
	if errors.As(err, &p) {
		return p.Code, p.Message, p.Suggestions, true
	}
	for _, k := range kinds {
		if errors.Is(err, k.kind) {
			return k.code, k.message, nil, true
		}
	}
	return codeInternal, "internal error", nil, false
}

// present turns every error of an answer outward. What is internal goes to the log in full, with an id that the
// answer has too.
func (s *service) present(ctx context.Context, err error) *gqlerror.Error {
	var shown *gqlerror.Error
	if !errors.As(err, &shown) {
		shown = &gqlerror.Error{Err: err}
	}
	if shown.Path == nil {
		shown.Path = graphql.GetPath(ctx)
	}
	shown.Path = responsePath(ctx, shown.Path)
	shown.Message = cutMessage(shown.Message)
	if fc := graphql.GetFieldContext(ctx); len(shown.Locations) == 0 && fc != nil && fc.Field.Field != nil && fc.Field.Position != nil {
		shown.Locations = []gqlerror.Location{{Line: fc.Field.Position.Line, Column: fc.Field.Position.Column}}
	}
	if _, coded := shown.Extensions["code"]; coded {
		return shown // of the parser, the validator, the limits, or presented already
	}
	cause := shown.Err
	if cause == nil {
		cause = err
	}
	code, message, suggestions, ok := outward(cause)
	message = cutMessage(message)
	out := &gqlerror.Error{Message: message, Path: shown.Path, Locations: shown.Locations, Extensions: map[string]any{"code": code}}
	if len(suggestions) > 0 {
		out.Extensions["suggestions"] = suggestions
	}
	if !ok {
		id := newErrorID()
		out.Extensions["id"] = id
		out.Message = "internal error " + id + ": the log of the server has it"
		s.logger.ErrorContext(ctx, "internal error", slog.String("id", id), slog.String("path", shown.Path.String()), slog.Any("error", cause))
	}
	if code == codeUnavailable && !errors.Is(cause, context.Canceled) {
		s.logger.WarnContext(ctx, "the store cannot be asked", slog.String("path", shown.Path.String()), slog.Any("error", cause))
	}
	return out
}

// responsePath leaves of a path what is a place in the answer: gqlgen goes on into arguments.
func responsePath(ctx context.Context, p ast.Path) ast.Path {
	if len(p) > 0 && p[0] == ast.PathName("variable") {
		return nil
	}
	if fc := graphql.GetFieldContext(ctx); fc != nil {
		field := fc.Path()
		if len(p) > len(field) && len(field) > 0 {
			if _, named := p[len(field)].(ast.PathName); named && slices.EqualFunc(p[:len(field)], field, func(a, b ast.PathElement) bool { return a == b }) {
				return field
			}
		}
	}
	return p
}

// maxMessage and maxErrors bound what an answer says of errors, in bytes and in number.
const (
	maxMessage = 2000
	maxErrors  = 50
)

func cutMessage(message string) string { return cutTo(message, maxMessage) }

// cutTo leaves of a text so many bytes.
func cutTo(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

// sorted gives errors in the order of the document, and within a field in that of their paths: fields are answered
// at the same time, and answers must not differ by who came first.
func sorted(errs gqlerror.List) gqlerror.List {
	place := func(e *gqlerror.Error) gqlerror.Location {
		if len(e.Locations) == 0 {
			return gqlerror.Location{}
		}
		return e.Locations[0]
	}
	slices.SortStableFunc(errs, func(a, b *gqlerror.Error) int {
		p, q := place(a), place(b)
		return cmp.Or(
			cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column),
			slices.CompareFunc(a.Path, b.Path, comparePath), cmp.Compare(a.Message, b.Message),
		)
	})
	if len(errs) > maxErrors {
		rest := gqlerror.Errorf("and %d more errors", len(errs)-maxErrors)
		rest.Extensions = map[string]any{"code": graph.CodeBadUserInput}
		errs = append(errs[:maxErrors:maxErrors], rest)
	}
	return errs
}

// comparePath orders steps of a path: items of a list by number.
func comparePath(a, b ast.PathElement) int {
	i, isIndex := a.(ast.PathIndex)
	j, alsoIndex := b.(ast.PathIndex)
	if isIndex && alsoIndex {
		return cmp.Compare(i, j)
	}
	return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b))
}

// recovered makes an internal error of a panic.
func recovered(_ context.Context, r any) error {
	return fmt.Errorf("panic: %v\n%s", r, debug.Stack())
}

func newErrorID() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails
	return hex.EncodeToString(b[:])
}

// refuse is an error of the request as a whole, before anything is executed.
func refuse(code, format string, args ...any) *gqlerror.Error {
	return &gqlerror.Error{Message: fmt.Sprintf(format, args...), Extensions: map[string]any{"code": code}}
}

// refuseMore is refuse for what asks for more of something than the limit: the extensions say in numbers how much more.
func refuseMore(code, of string, requested, limit int, format string, args ...any) *gqlerror.Error {
	err := refuse(code, format, args...)
	err.Extensions["of"], err.Extensions["requested"], err.Extensions["limit"] = of, exact(requested), limit
	err.Extensions["excess"] = exact(requested - limit)
	return err
}

// exact keeps a number to those that every client reads as they are.
func exact(n int) int { return min(n, 1<<53-1) }
