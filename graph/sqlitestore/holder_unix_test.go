//go:build unix

package sqlitestore

import (
	"context"
	"fmt"
	"os/exec"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// TestALoadOfAProcessThatEnded can be taken over before its lease has run out; one of a process of another machine not.
func TestALoadOfAProcessThatEnded(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := newStore(t)
	lease, err := s.Open(ctx, graph.LoadInfo{Source: "a"})
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("sh", "-c", "exit 0")
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	for holder, want := range map[string]bool{
		fmt.Sprintf("process %d on %s", c.Process.Pid, hostName()):         true,
		fmt.Sprintf("process %d on another-%s", c.Process.Pid, hostName()): false,
		fmt.Sprintf("the process %d on %s", c.Process.Pid, hostName()):     false,
		holderName(): false,
	} {
		if _, err := s.writes.db.Exec("UPDATE load SET holder = ? WHERE number = ?", holder, lease.Load); err != nil {
			t.Fatal(err)
		}
		if u, err := s.Unfinished(ctx); err != nil || u.Expired != want {
			t.Errorf("the load of %s: %+v, %v", holder, u, err)
		}
	}
}
