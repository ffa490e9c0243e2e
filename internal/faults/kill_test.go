package faults

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/entente-graph/entente/internal/testneeds"
)

var seed = flag.Uint64("seed", 0, "the first seed of the moments at which loaders are killed; 0: another each time")

// TestKilled kills loaders at moments drawn over all they do, resumes or discards at random, kills these too at times, and
// in the end finds what an undisturbed load leaves, every time.
func TestKilled(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	kills := 4
	switch {
	case testneeds.Long():
		kills = 200
	case testneeds.Whole():
		kills = 20
	}
	first := *seed
	if first == 0 {
		first = rand.Uint64N(1 << 32) //nolint:gosec // printed, so that it can be made again
	}
	for n := range uint64(kills) {
		t.Run(fmt.Sprintf("seed %d", first+n), func(t *testing.T) {
			t.Parallel()
			killed(t, s, newRandom(first+n))
		})
	}
}

func killed(t *testing.T, s *scene, random *rand.Rand) {
	path := s.store(t)
	// kill starts a loader and kills it, unless it has ended before.
	kill := func(args ...string) {
		t.Helper()
		p := command(t, args...).start(t)
		after := time.Duration(random.Int64N(int64(s.whole * 5 / 4)))
		timer := time.AfterFunc(after, func() { p.Process.Kill() })
		defer timer.Stop()
		code, says := p.end()
		t.Logf("%s, killed after %s: exit code %d %s", args[0], after, code, says)
		if code > 0 {
			t.Fatalf("%v failed before it was killed: %s", args, says)
		}
		switch d := digest(t, path); d {
		case s.digests[0], s.digests[1]:
		default:
			t.Fatalf("killed, it left the digest %s, which is neither that of before nor of after", d)
		}
		wantSound(t, path)
	}
	kill("load", "-store", path, s.second)
	for range random.IntN(3) {
		u := unfinished(t, path)
		if u == nil {
			break
		}
		if !u.Expired {
			t.Fatalf("the loader is dead, and its lease runs on: %+v", u)
		}
		if u.Discarding || random.IntN(2) == 0 {
			kill("discard", "-store", path)
		} else {
			kill("resume", "-store", path)
		}
	}
	s.goOn(t, path, random.IntN(2) == 0)
}
