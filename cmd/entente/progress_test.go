//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"go.uber.org/goleak"

	"github.com/entente-graph/entente/ingest"
)

// A seen is a terminal that a person looks at.
type seen struct {
	mu   sync.Mutex
	got  bytes.Buffer
	tty  *os.File
	done chan struct{}
}

func newSeen(t *testing.T, columns uint16) *seen {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Skip("there are no pseudo-terminals: ", err)
	}
	if err := pty.Setsize(tty, &pty.Winsize{Rows: 24, Cols: columns}); err != nil {
		t.Fatal(err)
	}
	s := &seen{tty: tty, done: make(chan struct{})}
	go func() {
		defer close(s.done)
		buf := make([]byte, 4096)
		for {
			n, err := master.Read(buf)
			s.mu.Lock()
			s.got.Write(buf[:n])
			s.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() {
		tty.Close()
		<-s.done
		master.Close()
	})
	return s
}

// raw is all that was written.
func (s *seen) raw() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.got.String()
}

var escapes = regexp.MustCompile(`\x1b\[([0-9]*)([A-Za-z])|\x1b\[\?25[hl]|\r|\n|[^\x1b\r\n]+`)

// screen is what stands on it: lines, as cursor movements and deletions left them.
func (s *seen) screen() string {
	lines, row, column := []string{""}, 0, 0
	for _, m := range escapes.FindAllStringSubmatch(s.raw(), -1) {
		switch {
		case m[0] == "\r":
			column = 0
		case m[0] == "\n":
			if row++; row == len(lines) {
				lines = append(lines, "")
			}
		case m[2] == "A":
			n, _ := strconv.Atoi(m[1])
			row = max(0, row-n)
		case m[2] == "J":
			lines = append(lines[:row], lines[row][:min(column, len(lines[row]))])
		case m[0][0] == '\x1b':
		default:
			line := lines[row] + strings.Repeat(" ", max(0, column-len(lines[row])))
			lines[row] = line[:column] + m[0] + line[min(len(line), column+len(m[0])):]
			column += len(m[0])
		}
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n ")
}

// shows waits until the screen matches.
func (s *seen) shows(t *testing.T, pattern string) {
	t.Helper()
	want := regexp.MustCompile(pattern)
	for range 200 {
		if want.MatchString(s.screen()) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("the screen shows\n%s\nand never %s", s.screen(), pattern)
}

func quick(a *app) *progress {
	p := newProgress(a)
	p.after, p.every = 0, 20*time.Millisecond
	return p
}

// On a terminal a load shows a bar a stage, and leaves nothing behind.
func TestProgressOnATerminal(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := newSeen(t, 120)
	p := quick(&app{stderr: s.tty, getenv: os.Getenv})
	if !p.bars {
		t.Fatal("it is not taken for a terminal")
	}
	p.show(ingest.Progress{Stage: ingest.StageReading, Done: 1})
	time.Sleep(p.every)
	p.show(ingest.Progress{Stage: ingest.StageReading, Done: 120_000, Bytes: 34_000_000, TotalBytes: 80_000_000})
	s.shows(t, `^reading +\[=+>-+\] +120,000 statements, 34 of 80 MB`)
	p.since = p.since.Add(-time.Hour)
	p.drop() // so that it looks at the clock anew
	time.Sleep(p.every)
	p.show(ingest.Progress{Stage: ingest.StageReading, Done: 120_000, Bytes: 40_000_000, TotalBytes: 80_000_000})
	s.shows(t, `^reading +\[=+>-+\] +120,000 statements, 40 of 80 MB  33/s  1h0m\d+s left$`)
	p.show(ingest.Progress{Stage: ingest.StageWriting, Done: 2_000, Total: 8_000})
	s.shows(t, `^writing +\[=+>-+\] +2,000 of 8,000 statements`)
	time.Sleep(p.every)
	p.show(ingest.Progress{Stage: ingest.StageWriting, Done: 8_000, Total: 8_000})
	s.shows(t, `^writing +\[=+>\] +8,000 of 8,000 statements`)
	p.show(ingest.Progress{Stage: ingest.StageComparing, Done: 7})
	s.shows(t, `^comparing +7 statements`)
	p.clear()
	p.clear()
	p.show(ingest.Progress{Stage: ingest.StageWriting, Done: 9_000})
	s.shows(t, `^$`)
	if strings.Contains(s.raw(), "?25") {
		t.Errorf("the cursor is hidden: %q", s.raw())
	}
	s.tty.Close()
	<-s.done
}

// Whatever the width, a bar is a line: one that wraps would leave its beginning on the screen.
func TestProgressOnANarrowTerminal(t *testing.T) {
	s := newSeen(t, 40)
	p := quick(&app{stderr: s.tty, getenv: os.Getenv})
	for i := range 5 {
		p.show(ingest.Progress{Stage: ingest.StageReading, Done: 1_000_000 * i, Bytes: int64(i) * 100e6, TotalBytes: 500e6})
		time.Sleep(p.every)
	}
	s.shows(t, `^reading `)
	for _, line := range strings.Split(s.screen(), "\n") {
		if len([]rune(line)) > 40 {
			t.Errorf("a line has %d columns: %s", len(line), line)
		}
	}
	p.clear()
	s.shows(t, `^$`)
}

// A load that ends at once says nothing.
func TestShortLoadsShowNoProgress(t *testing.T) {
	s := newSeen(t, 80)
	p := newProgress(&app{stderr: s.tty, getenv: os.Getenv})
	for i := range 10 {
		p.show(ingest.Progress{Stage: ingest.StageReading, Done: i})
		p.show(ingest.Progress{Stage: ingest.StageWriting, Done: i})
	}
	p.clear()
	var lines bytes.Buffer
	p = newProgress(&app{stderr: &lines, getenv: os.Getenv})
	for i := range 10 {
		p.show(ingest.Progress{Stage: ingest.StageReading, Done: i})
	}
	p.clear()
	if s.raw() != "" || lines.Len() > 0 {
		t.Errorf("it shows %q and prints %q", s.raw(), &lines)
	}
}

// Where it is not a terminal, or one that cannot move its cursor, there are lines, and not many.
func TestProgressElsewhere(t *testing.T) {
	t.Parallel()
	var lines bytes.Buffer
	p := newProgress(&app{stderr: &lines, getenv: os.Getenv})
	p.begun = p.begun.Add(-time.Minute)
	for range 1000 {
		p.show(ingest.Progress{Stage: ingest.StageReading, Done: 120_000, Bytes: 33_999_999, TotalBytes: 79_000_001})
		p.show(ingest.Progress{Stage: ingest.StageComparing, Done: 1})
	}
	p.last = p.last.Add(-p.every)
	p.show(ingest.Progress{Stage: ingest.StageWriting, Done: 2_000, Total: 8_000})
	p.clear()
	p.last = time.Time{}
	p.show(ingest.Progress{Stage: ingest.StageWriting, Done: 3_000, Total: 8_000})
	if want := "reading: 120,000 statements, 33 of 80 MB\nwriting: 2,000 of 8,000 statements\n"; lines.String() != want {
		t.Errorf("it prints\n%s\nand should print\n%s", &lines, want)
	}
	s := newSeen(t, 80)
	if newProgress(&app{stderr: s.tty, getenv: func(string) string { return "dumb" }}).bars {
		t.Error("a dumb terminal gets bars")
	}
	if narrow := newSeen(t, 0); newProgress(&app{stderr: narrow.tty, getenv: os.Getenv}).bars {
		t.Error("a terminal without a width gets bars")
	}
	if newProgress(&app{stderr: io.Discard, getenv: os.Getenv}).bars {
		t.Error("what is no terminal gets bars")
	}
}

func TestPace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		at    ingest.Progress
		since time.Duration
		want  string
	}{
		{ingest.Progress{Done: 100, Total: 400}, 10 * time.Second, "  10/s  30s left"},
		{ingest.Progress{Done: 100, Total: 100}, 10 * time.Second, "  10/s  0s left"},
		{ingest.Progress{Done: 100}, 10 * time.Second, "  10/s"},
		{ingest.Progress{Done: 100, Bytes: 10, TotalBytes: 1210}, time.Minute, "  1/s  2h0m0s left"},
		{ingest.Progress{Done: 100, Total: 400}, time.Millisecond, ""},
		{ingest.Progress{Total: 400}, 10 * time.Second, ""},
	} {
		if got := pace(c.at, c.since); got != c.want {
			t.Errorf("%+v after %s goes %q and not %q", c.at, c.since, got, c.want)
		}
	}
	for want, at := range map[string]ingest.Progress{
		"5 statements, 340 of 800 KB":     {Done: 5, Bytes: 340_500, TotalBytes: 800_000},
		"5 of 7,000 statements":           {Done: 5, Total: 7000},
		"5 statements, 1 of 1 KB":         {Done: 5, Bytes: 1_000, TotalBytes: 1_000},
		"5 statements, 1,000 of 1,001 MB": {Done: 5, Bytes: 1_000_000_000, TotalBytes: 1_000_000_001},
	} {
		if got := done(at); got != want {
			t.Errorf("%+v is %q and not %q", at, got, want)
		}
	}
}
