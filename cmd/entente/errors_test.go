package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/config"
)

// TestAnInterruptedDiscard says that it is not at its end, and how to bring it there.
func TestAnInterruptedDiscard(t *testing.T) {
	t.Parallel()
	a := &app{config: &config.Config{}}
	for _, c := range []struct {
		err  error
		code int
		says string
	}{
		{context.Canceled, exitInterrupted, "entente: load 5 is not wholly taken back, and nothing of it can be seen: interrupted; take back the rest of it: entente discard 5\n"},
		{
			errors.Join(errors.New("there is no room"), fmt.Errorf("taking back what it wrote: %w", context.Canceled)), exitInterrupted,
			"entente: load 5 is not wholly taken back, and nothing of it can be seen: there is no room\nentente: taking back what it wrote: interrupted; take back the rest of it: entente discard 5\n",
		},
		{
			errors.New("there is no room"), exitError,
			"entente: load 5 is not wholly taken back, and nothing of it can be seen: there is no room; take back the rest of it, once what stands in the way is gone: entente discard 5\n",
		},
	} {
		var said bytes.Buffer
		code := exitCode(a.advise(&ingest.BrokenOffError{Load: 5, Discarding: true, Err: c.err}), &said)
		if code != c.code || said.String() != c.says {
			t.Errorf("it exits with %d and says\n%s\nnot with %d and\n%s", code, said.String(), c.code, c.says)
		}
	}
}
