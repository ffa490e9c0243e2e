package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/terminal"
)

// Exit codes.
const (
	exitOK          = 0
	exitError       = 1
	exitUsage       = 2
	exitInterrupted = 130 // as shells have it: 128 and the number of the signal
)

// usageError is a command line that the program does not understand.
type usageError struct {
	message string
	command string
}

func (e *usageError) Error() string {
	return e.message + " (" + e.command + " --help says more)"
}

func usage(c *cobra.Command, format string, args ...any) error {
	return &usageError{message: fmt.Sprintf(format, args...), command: c.CommandPath()}
}

// reported is an error that a command has already printed in its own form.
type reported struct{ error }

func (r reported) Unwrap() error { return r.error }

// advised is an error with what to do about it.
type advised struct {
	error
	advice string   // in words
	next   []string // the commands in it, one after the other or to choose from
}

func (a *advised) Unwrap() error { return a.error }

// exitCode prints an error for people and gives the code to exit with. Mistakes in files come one a line, as
// compilers print theirs, with their number at the end.
func exitCode(err error, stderr io.Writer) int {
	if err == nil {
		return exitOK
	}
	code := exitError
	var bad *usageError
	switch {
	case errors.As(err, &bad):
		code = exitUsage
	case errors.Is(err, context.Canceled):
		code = exitInterrupted
	}
	var done reported
	if !errors.As(err, &done) {
		fmt.Fprint(stderr, message(err)) //nolint:errcheck // nobody is left to tell
	}
	return code
}

// message is what a person reads of an error.
func message(err error) string {
	mistakes, text := explain(err)
	var b strings.Builder
	for i, m := range mistakes {
		if tooMany(err) != nil && i == shownMistakes || i == maxMistakes {
			fmt.Fprintf(&b, "… and %s more\n", terminal.Comma(len(mistakes)-i))
			break
		}
		fmt.Fprintln(&b, m.Error())
	}
	b.WriteString("entente: " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\nentente: "))
	var a *advised
	if errors.As(err, &a) {
		b.WriteString("; " + a.advice)
	}
	return b.String() + "\n"
}

// shownMistakes is how many mistakes are printed where there are too many to load the rest; --json has them all.
const shownMistakes = 20

// maxMistakes is how many mistakes are ever printed: of a file that is wrong all over, the rest tells nothing new.
const maxMistakes = 200

func tooMany(err error) *ingest.TooManyError {
	var many *ingest.TooManyError
	errors.As(err, &many)
	return many
}

// explain gives the mistakes of an error, and what it says beside them.
func explain(err error) (ingest.Mistakes, string) {
	var mistakes ingest.Mistakes
	errors.As(err, &mistakes)
	var broken *ingest.BrokenOffError
	many := tooMany(err)
	switch {
	case many != nil:
		text, _, _ := strings.Cut(many.Error(), "\n")
		return mistakes, text
	case len(mistakes) == 1:
		return mistakes, "1 mistake; nothing was loaded"
	case len(mistakes) > 0:
		return mistakes, fmt.Sprintf("%d mistakes; nothing was loaded", len(mistakes))
	case errors.As(err, &broken) && broken.Discarding:
		return nil, strings.ReplaceAll(plain(err), context.Canceled.Error(), "interrupted")
	case broken != nil && errors.Is(err, context.Canceled):
		return nil, fmt.Sprintf("interrupted: load %d was broken off, and nothing of it can be seen", broken.Load)
	case errors.Is(err, context.Canceled):
		return nil, "interrupted"
	default:
		return nil, plain(err)
	}
}

// plain is an error's text without the kind at its end, where that adds nothing to what was said.
func plain(err error) string {
	text := err.Error()
	for _, kind := range []error{graph.ErrNotFound, graph.ErrConflict, graph.ErrInvalid, graph.ErrGone} {
		text = strings.TrimSuffix(text, ": "+kind.Error())
	}
	return text
}
