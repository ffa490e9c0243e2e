package faults

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
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
	first := firstSeed()
	for n := range uint64(kills) {
		t.Run(fmt.Sprintf("seed %d", first+n), func(t *testing.T) {
			t.Parallel()
			killed(t, s, s.store(t), newRandom(first+n))
		})
	}
}

func firstSeed() uint64 {
	if *seed != 0 {
		return *seed
	}
	return rand.Uint64N(1 << 32) //nolint:gosec // printed, so that it can be made again
}

func killed(t *testing.T, s *scene, path string, random *rand.Rand) {
	flags := []string{"-store", path, "-together", fmt.Sprint(random.IntN(2) * 500)} // every other time index rows are put off
	if isServer(path) {                                                              // which cannot see that a loader is dead, and waits for the end of its lease
		flags = append(flags, "-lease", "500ms")
	}
	// kill starts a loader and kills it, unless it has ended before.
	kill := func(order string, files ...string) {
		t.Helper()
		args := slices.Concat([]string{order}, flags, files)
		p := command(t, args...).start(t)
		after := time.Duration(random.Int64N(int64(s.whole * 5 / 4)))
		timer := time.AfterFunc(after, func() { p.Process.Kill() })
		defer timer.Stop()
		code, says := p.end()
		t.Logf("%s, killed after %s: exit code %d %s", order, after, code, says)
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
	kill("load", s.second)
	for range random.IntN(3) {
		u := unfinished(t, path)
		if u == nil {
			break
		}
		if isServer(path) {
			waitExpired(t, path)
		} else if !u.Expired {
			t.Fatalf("the loader is dead, and its lease runs on: %+v", u)
		}
		if u.Discarding || random.IntN(2) == 0 {
			kill("discard")
		} else {
			kill("resume")
		}
	}
	waitExpired(t, path)
	s.goOn(t, path, random.IntN(2) == 0)
}
