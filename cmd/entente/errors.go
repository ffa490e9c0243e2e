package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/ingest"
)

// Exit codes.
const (
	exitOK    = 0
	exitError = 1
	exitUsage = 2
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

// exitCode prints an error for people and gives the code to exit with. Mistakes in files come one a line, as
// compilers print theirs, with their number at the end.
func exitCode(err error, stderr io.Writer) int {
	if err == nil {
		return exitOK
	}
	var done reported
	if errors.As(err, &done) {
		return exitError
	}
	code := exitError
	var bad *usageError
	if errors.As(err, &bad) {
		code = exitUsage
	}
	fmt.Fprint(stderr, message(err)) //nolint:errcheck // nobody is left to tell
	return code
}

// message is what a person reads of an error.
func message(err error) string {
	var mistakes ingest.Mistakes
	if errors.As(err, &mistakes) {
		var b strings.Builder
		for _, m := range mistakes {
			fmt.Fprintln(&b, m.Error())
		}
		what := "mistakes"
		if len(mistakes) == 1 {
			what = "mistake"
		}
		fmt.Fprintf(&b, "entente: %d %s; nothing was loaded\n", len(mistakes), what)
		return b.String()
	}
	if errors.Is(err, context.Canceled) {
		return "entente: interrupted\n"
	}
	lines := strings.Split(strings.TrimRight(err.Error(), "\n"), "\n")
	return "entente: " + strings.Join(lines, "\nentente: ") + "\n"
}
