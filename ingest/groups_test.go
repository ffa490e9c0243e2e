package ingest

import (
	"context"
	"fmt"
	"runtime"
	"testing"
)

// Parts come together by key in the order in which they were added, and memory does not grow with how many there are.
func TestGroups(t *testing.T) {
	g := NewGroups()
	defer g.Close()
	const keys, each = 20_000, 10
	part := make([]byte, 1000)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range each {
		for k := range keys {
			if err := g.Add(fmt.Sprintf("key %d", (k*7919)%keys), append([]byte{byte(i)}, part...)); err != nil {
				t.Fatal(err)
			}
		}
	}
	seen, last, peak := 0, "", uint64(0)
	for group, err := range g.All(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if group.Key <= last || len(group.Parts) != each {
			t.Fatalf("behind %q comes %q with %d parts", last, group.Key, len(group.Parts))
		}
		for i, p := range group.Parts {
			if int(p[0]) != i || len(p) != 1001 {
				t.Fatalf("part %d of %s is %d, of %d bytes", i, group.Key, p[0], len(p))
			}
		}
		if seen, last = seen+1, group.Key; seen%2000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&after)
			peak = max(peak, after.HeapAlloc)
		}
	}
	if seen != keys {
		t.Errorf("%d groups", seen)
	}
	if grown := int64(peak) - int64(before.HeapAlloc); grown > 2*spoolBudget {
		t.Errorf("200 MB of parts hold %d MB", grown>>20)
	}
}
