package main

import (
	"fmt"
	"io"
	"time"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/terminal"
)

// progress shows on a terminal how far a load is, once it takes long enough to wonder.
type progress struct {
	to    io.Writer // nil: not a terminal
	since time.Time
	last  time.Time
	shown bool
}

func newProgress(a *app) *progress {
	p := &progress{since: time.Now()}
	if terminal.Is(a.stderr) && a.getenv("TERM") != "dumb" {
		p.to = a.stderr
	}
	return p
}

func (p *progress) show(at ingest.Progress) {
	now := time.Now()
	if p.to == nil || now.Sub(p.since) < time.Second || now.Sub(p.last) < 100*time.Millisecond {
		return
	}
	p.last, p.shown = now, true
	of := ""
	if at.Total > 0 {
		of = " of " + terminal.Comma(at.Total)
	}
	fmt.Fprintf(p.to, "\r\x1b[K%s: %s%s statements", at.Stage, terminal.Comma(at.Done), of) //nolint:errcheck // a progress line is a courtesy
}

// clear takes the line away.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.to, "\r\x1b[K") //nolint:errcheck // a progress line is a courtesy
	}
}
