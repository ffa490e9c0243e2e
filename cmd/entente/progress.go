package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/terminal"
)

// progress shows on standard error how far a load is, once it takes long enough to wonder: on a terminal a bar, with
// what is done, how fast, and how long it may take; elsewhere, as in a log, a line every few seconds. Nothing stays of
// a bar when it is cleared. The cursor is never hidden, so that a program that is killed leaves the terminal as it is.
type progress struct {
	to     io.Writer
	bars   bool          // it is a terminal
	after  time.Duration // quiet for so long
	every  time.Duration // and then between two looks
	begun  time.Time
	now    atomic.Pointer[ingest.Progress] // what the bar shows; it is drawn by another goroutine
	mu     sync.Mutex                      // of what follows
	over   bool
	last   time.Time // when something was shown
	stage  ingest.Stage
	since  time.Time // when the stage began
	screen *mpb.Progress
	bar    *mpb.Bar
}

// quiet is for how long nothing is shown where there is no terminal.
var quiet = 2 * time.Second

func newProgress(a *app) *progress {
	p := &progress{to: a.stderr, begun: time.Now(), after: quiet, every: 5 * time.Second}
	if p.bars = isScreen(a.stderr) && a.getenv("TERM") != "dumb"; p.bars {
		p.after, p.every = time.Second, 100*time.Millisecond
	}
	return p
}

// isScreen tells of a terminal that has a width.
func isScreen(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || !terminal.Is(w) {
		return false
	}
	width, _, err := term.GetSize(int(f.Fd()))
	return err == nil && width > 0
}

// show is told how far the load is, as often as one likes.
func (p *progress) show(at ingest.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	fresh := at.Stage != p.stage
	if fresh {
		p.stage, p.since = at.Stage, now
		p.drop()
	}
	if p.over || now.Sub(p.begun) < p.after || now.Sub(p.last) < p.every && (!fresh || !p.bars) {
		return
	}
	p.last = now
	if !p.bars {
		fmt.Fprintf(p.to, "%s: %s\n", at.Stage, done(at)) //nolint:errcheck // a progress line is a courtesy
		return
	}
	p.now.Store(&at)
	if p.bar == nil && !p.raise() {
		return
	}
	current, total := share(at)
	p.bar.SetTotal(total, false)
	p.bar.SetCurrent(current)
}

// clear takes the bar away; nothing is shown any more.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.over = true
	p.drop()
	if p.screen != nil {
		p.screen.Wait()
		p.screen = nil
	}
}

// drop takes the bar of a stage away.
func (p *progress) drop() {
	if p.bar != nil {
		p.bar.Abort(true)
		p.bar = nil
	}
}

// raise makes the bar of a stage. The bar never ends by itself: what is to be done may grow.
func (p *progress) raise() bool {
	if p.screen == nil {
		p.screen = mpb.New(mpb.WithOutput(p.to), mpb.WithRefreshRate(p.every))
	}
	begun := p.since
	after := decor.Any(func(decor.Statistics) string {
		at := *p.now.Load()
		return " " + done(at) + pace(at, time.Since(begun))
	})
	filled := mpb.BarStyle().Build()
	bar, err := p.screen.Add(0, mpb.BarFillerFunc(func(w io.Writer, s decor.Statistics) error {
		if s.Total <= 0 {
			return nil // nobody knows how much there is
		}
		return filled.Fill(w, s)
	}), mpb.BarWidth(30), mpb.PrependDecorators(decor.Name(string(p.stage)+" ")), mpb.AppendDecorators(after))
	if err != nil { // the screen was given back
		return false
	}
	p.bar = bar
	return true
}

// share is how much of a stage is done: of the bytes of the files while they are read, else of the statements.
func share(at ingest.Progress) (current, total int64) {
	if at.TotalBytes > 0 {
		return at.Bytes, at.TotalBytes
	}
	return int64(at.Done), int64(at.Total)
}

// done says how far a load is.
func done(at ingest.Progress) string {
	text := terminal.Comma(at.Done)
	if at.Total > 0 {
		text += " of " + terminal.Comma(at.Total)
	}
	text += " statements"
	if at.TotalBytes > 0 {
		unit, name := int64(1e6), "MB"
		if at.TotalBytes < 10e6 {
			unit, name = 1e3, "KB"
		}
		text += fmt.Sprintf(", %s of %s %s", terminal.Comma(int(at.Bytes/unit)), terminal.Comma(int((at.TotalBytes+unit-1)/unit)), name)
	}
	return text
}

// pace says how fast a stage goes, and how long it will take if it goes on so.
func pace(at ingest.Progress, since time.Duration) string {
	if since < time.Second/2 || at.Done == 0 {
		return ""
	}
	text := fmt.Sprintf("  %s/s", terminal.Comma(int(float64(at.Done)/since.Seconds())))
	if current, total := share(at); current > 0 && total > 0 && since >= time.Second {
		left := time.Duration(float64(since) / float64(current) * float64(max(0, total-current)))
		text += "  " + left.Round(time.Second).String() + " left"
	}
	return text
}
