package faults

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/entente-graph/entente/internal/neo4jtest"
	"github.com/entente-graph/entente/internal/testneeds"
)

// TestKilledOnServer kills loaders that load into a server at moments drawn over all they do, as TestKilled does for a file.
// One load follows another in the same store: each leaves what it leaves in a file.
func TestKilledOnServer(t *testing.T) {
	server := neo4jtest.Start(t)
	if err := server.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Setenv(userVariable, server.User)
	t.Setenv(passwordVariable, server.Password)
	s := newScene(t)

	// A file that is loaded in no time, beside those of the scene.
	small := filepath.Join(t.TempDir(), "a")
	var text strings.Builder
	for i := range 120 {
		fmt.Fprintf(&text, "%d s%d\n", i+250, i)
		if i%20 == 0 {
			fmt.Fprintf(&text, "? what is %d\n", i)
		}
	}
	if err := os.WriteFile(small, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	inFile := s.store(t)
	mustRun(t, "load", "-store", inFile, small)

	files := []string{s.first, small, s.second}
	digests := []string{s.digests[0], digest(t, inFile), s.digests[1]}
	takes := make([]time.Duration, len(files))
	now := -1
	for _, next := range []int{0, 2, 1, 0} { // the first load of all is slow: the server has to learn
		began := time.Now()
		mustRun(t, "load", "-store", server.URI, files[next])
		takes[next] = time.Since(began)
		if d := digest(t, server.URI); d != digests[next] {
			t.Fatalf("undisturbed, a load leaves the digest %s on the server, and %s in a file", d, digests[next])
		}
		now = next
	}
	t.Logf("undisturbed, the loads take %v", takes)
	kills := 4
	switch {
	case testneeds.Long():
		kills = 200
	case testneeds.Whole():
		kills = 20
	}
	first := firstSeed()
	for n := range uint64(kills) {
		random := newRandom(first + n)
		next := 2 // every tenth time the load of several batches
		if now == 2 || n%10 > 0 {
			next = (now + 1) % 2
			if now == 2 {
				next = random.IntN(2)
			}
		}
		t.Run(fmt.Sprintf("seed %d", first+n), func(t *testing.T) {
			killed(t, &scene{second: files[next], digests: [2]string{digests[now], digests[next]}, whole: takes[next]}, server.URI, random)
		})
		if t.Failed() {
			return
		}
		now = next
	}
}
