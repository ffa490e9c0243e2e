//go:build unix

package ingest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/ownfigures"
)

// TestSortMany is what that process does.
func TestSortMany(t *testing.T) {
	n := os.Getenv(spoolChild)
	if n == "" {
		return // not such a process
	}
	if err := sortMany(n); err != nil {
		t.Fatal(err)
	}
	fmt.Println(most, ownfigures.Most())
}

// most begins the line in which that process says how much memory it had.
const most = "memory at most:"

// sortMany does with a spool what a load does: fills it in random order, moves it in order into a second, reads that twice.
func sortMany(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil {
		return err
	}
	ctx := context.Background()
	first, second := newSpool("", spoolBudget), newSpool("", spoolBudget)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range n {
		body := []byte(strings.Repeat("x", 200+random.IntN(1200)))
		e := entry{Statement: graph.Statement{
			StatementID: graph.StatementID{Source: "synthetic", Kind: graph.StatementEngagement, Key: fmt.Sprintf("synthetic:%08d", random.IntN(1<<30))},
			Slice:       "synthetic", Body: body, Locator: fmt.Sprintf("synthetic.csv:%d", i),
		}, Records: []Record{{File: "synthetic.csv", Line: i + 1, From: int64(i) * 100, To: int64(i)*100 + 100}}}
		if err := first.add(e); err != nil {
			return err
		}
	}
	for e, err := range first.sorted(ctx) {
		if err != nil {
			return err
		}
		if err := second.add(e); err != nil {
			return err
		}
	}
	if err := first.close(); err != nil {
		return err
	}
	for range 2 {
		read := 0
		var before graph.StatementID
		for e, err := range second.sorted(ctx) {
			if err != nil {
				return err
			}
			if read++; before.Compare(e.StatementID) > 0 {
				return fmt.Errorf("%s comes after %s", e.Key, before.Key)
			}
			before = e.StatementID
		}
		if read != n {
			return fmt.Errorf("%d of %d come back", read, n)
		}
	}
	return second.close()
}

// peak runs sortMany in a process of its own and gives the most memory it held, in MB, and how long it took.
func peak(t testing.TB, n int, env ...string) (mb float64, took time.Duration) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), self, "-test.run=^TestSortMany$")
	child.Env = append(os.Environ(), append(env, spoolChild+"="+strconv.Itoa(n), "TMPDIR="+t.TempDir())...)
	begun := time.Now()
	out, err := child.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	took = time.Since(begun)
	_, line, _ := strings.Cut(string(out), most)
	var bytes int64
	if _, err := fmt.Sscan(line, &bytes); err != nil {
		t.Fatalf("%v in\n%s", err, out)
	}
	if bytes == 0 { // the system's own figure, in which what started the process may be counted
		usage, ok := child.ProcessState.SysUsage().(*syscall.Rusage)
		if !ok {
			t.Fatal("the system does not say how much memory a process held")
		}
		bytes = usage.Maxrss
	}
	return float64(bytes) / (1 << 20), took
}

// BenchmarkSpool sorts a million statements of a gigabyte within GOMEMLIMIT=256MiB.
func BenchmarkSpool(b *testing.B) {
	const n = 1_000_000
	for b.Loop() {
		mb, took := peak(b, n, "GOMEMLIMIT=256MiB")
		b.ReportMetric(mb, "peak-MB")
		b.ReportMetric(n/took.Seconds(), "statements/s")
	}
}

// Three times the statements take no more memory.
func TestASpoolHasFlatMemory(t *testing.T) {
	t.Parallel()
	n := 40_000 // past the budgets of both spools
	// The collector runs often, so that little of it is what lies about before it comes round.
	often := []string{"GOMEMLIMIT=off", "GOGC=25"}
	small, _ := peak(t, n, often...)
	large, _ := peak(t, 3*n, often...)
	t.Logf("%d statements: %.0f MB at most; %d: %.0f MB", n, small, 3*n, large)
	if large > small*1.35+20 {
		t.Errorf("%d statements take %.0f MB, %d take %.0f MB", n, small, 3*n, large)
	}
}
