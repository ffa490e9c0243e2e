package graph

import (
	"errors"
	"fmt"
	"strings"
)

// The kinds of error that leave this package and every store. Test with
// errors.Is; the text says what was asked, then the kind, then the reason.
var (
	// ErrNotFound says that what was named does not exist in the state asked about.
	ErrNotFound = errors.New("not found")
	// ErrInvalid says that the question itself is wrong: a date that is no day, a page of 101.
	ErrInvalid = errors.New("invalid")
	// ErrAmbiguous says that a code names more than one actor.
	ErrAmbiguous = errors.New("ambiguous")
	// ErrConflict says that a write lost against another, or refers to a load that is no longer open.
	ErrConflict = errors.New("conflict")
	// ErrUnavailable says that the store cannot be asked now.
	ErrUnavailable = errors.New("store unavailable")
	// ErrGone says that an answer existed and is no longer held: an erased state, a rule no longer known.
	ErrGone = errors.New("gone")
)

// A Problem is an error a person can act on: its code is stable and public
// (GraphQL shows it in extensions.code), its text holds nothing internal.
type Problem struct {
	Kind        error  // one of the kinds above
	Code        string // ACTOR_NOT_FOUND, AMBIGUOUS_CODE, INVALID_DATE …
	Message     string // what was wrong, with the value, and what would be right
	Suggestions []string

	about []Holder // who an ambiguous code may mean
}

// Error gives the message with its suggestions.
func (p *Problem) Error() string {
	if len(p.Suggestions) == 0 {
		return p.Message
	}
	return p.Message + "; did you mean " + strings.Join(p.Suggestions, ", ") + "?"
}

// Unwrap gives the kind, for errors.Is.
func (p *Problem) Unwrap() error { return p.Kind }

func problem(kind error, code, format string, args ...any) *Problem {
	return &Problem{Kind: kind, Code: code, Message: fmt.Sprintf(format, args...)}
}

// Codes of problems, as the outside sees them.
const (
	CodeActorNotFound      = "ACTOR_NOT_FOUND"
	CodeEngagementNotFound = "ENGAGEMENT_NOT_FOUND"
	CodeSourceNotFound     = "SOURCE_NOT_FOUND"
	CodeOfficeNotFound     = "OFFICE_NOT_FOUND"
	CodeAmbiguousCode      = "AMBIGUOUS_CODE"
	CodeInvalidDate        = "INVALID_DATE"
	CodeInvalidCursor      = "INVALID_CURSOR"
	CodePageSizeExceeded   = "PAGE_SIZE_EXCEEDED"
	CodeBadUserInput       = "BAD_USER_INPUT"
	CodeGone               = "GONE"
)

// BadInput is a problem of the asker's making, with code BAD_USER_INPUT.
func BadInput(format string, args ...any) *Problem {
	return problem(ErrInvalid, CodeBadUserInput, format, args...)
}
