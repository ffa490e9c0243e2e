package faults

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/entente-graph/entente/internal/testneeds"
)

func signalTo(t *testing.T, p *process, s syscall.Signal) {
	t.Helper()
	if err := p.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

// waitExpired waits until the lease of the open load has run out.
func waitExpired(t *testing.T, path string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if u := unfinished(t, path); u == nil || u.Expired {
			return
		}
		if time.Now().After(end) {
			t.Fatal("the lease does not run out")
		}
	}
}

// TestStoppedAndWoken stops a loader in the midst of writing until its lease has run out, lets another go on with the load
// or take it back, and wakes it: it writes nothing more, and says why.
func TestStoppedAndWoken(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	for what, then := range map[string]func(t *testing.T, path string){
		"resumed": func(t *testing.T, path string) {
			mustRun(t, "resume", "-store", path)
			s.wantBoth(t, path)
		},
		"discarded": func(t *testing.T, path string) {
			mustRun(t, "discard", "-store", path)
			s.wantOnlyFirst(t, path)
		},
		"discarded, and another loaded": func(t *testing.T, path string) {
			mustRun(t, "discard", "-store", path)
			mustRun(t, "load", "-store", path, s.second)
			s.wantBoth(t, path)
		},
		"being resumed": func(t *testing.T, path string) {
			p := command(t, "resume", "-store", path, "-pause", "writing").start(t)
			p.paused(t)
			t.Cleanup(func() {
				p.goOn(t)
				if code, says := p.end(); code != 0 {
					t.Errorf("who resumed: %s", says)
				}
				s.wantBoth(t, path)
			})
		},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			path := s.store(t)
			p := command(t, "load", "-store", path, "-lease", "300ms", "-pause", "writing", s.second).start(t)
			p.paused(t)
			signalTo(t, p, syscall.SIGSTOP)
			waitExpired(t, path)
			then(t, path)
			before := digest(t, path)
			signalTo(t, p, syscall.SIGCONT)
			p.goOn(t)
			code, says := p.end()
			wantFailure(t, code, says, "load 2")
			if !strings.Contains(says, "took over load 2") && !strings.Contains(says, "load 2 is committed") && !strings.Contains(says, "load 2 is discarded") {
				t.Errorf("woken, the loader does not say why it stops: %s", says)
			}
			if now := digest(t, path); now != before {
				t.Errorf("woken, the loader has changed the digest to %s; it was %s", now, before)
			}
			wantSound(t, path)
		})
	}
}

// TestTwoAtOnce starts a loader beside another: it is told who has the lease and until when, and so is who would
// resume or discard.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	path := s.store(t)
	p := command(t, "load", "-store", path, "-pause", "writing", s.second).start(t)
	p.paused(t)
	u := unfinished(t, path)
	who := []string{fmt.Sprintf("process %d", p.Process.Pid), "load 2", u.Until.UTC().Format("2006-01-02T15:04")}
	for _, args := range [][]string{{"load", "-store", path, s.first}, {"resume", "-store", path}, {"discard", "-store", path}} {
		code, says := run(t, args...)
		wantFailure(t, code, says, who...)
	}
	p.goOn(t)
	if code, says := p.end(); code != 0 {
		t.Errorf("the first of two: %s", says)
	}
	s.wantBoth(t, path)
}

// TestTakenByForce takes a load from a loader that still runs: it writes nothing more and says why.
func TestTakenByForce(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	path := s.store(t)
	p := command(t, "load", "-store", path, "-pause", "writing", s.second).start(t)
	p.paused(t)
	mustRun(t, "discard!", "-store", path)
	p.goOn(t)
	code, says := p.end()
	wantFailure(t, code, says, "load 2 is discarded")
	s.wantOnlyFirst(t, path)
	s.goOn(t, path, true)
}

// TestInterrupted: a loader that is told to end leaves its load open, for anyone to go on with at once.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	for _, resume := range []bool{true, false} {
		if !resume && !testneeds.Whole() {
			break // TestStoppedAndWoken discards every day
		}
		path := s.store(t)
		p := command(t, "load", "-store", path, "-pause", "writing", s.second).start(t)
		p.paused(t)
		signalTo(t, p, syscall.SIGTERM)
		time.Sleep(50 * time.Millisecond)
		p.goOn(t)
		code, says := p.end()
		wantFailure(t, code, says, "load 2 was broken off", "nothing of it can be seen")
		s.wantOnlyFirst(t, path)
		if u := unfinished(t, path); u == nil || !u.Expired {
			t.Errorf("interrupted, it leaves %+v", u)
		}
		s.goOn(t, path, resume)
	}
}
