package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// What an attack may come to.
const (
	attackTime   = 20 * time.Millisecond
	attackMemory = 4 << 20
	attackAnswer = 64 << 10
)

// A spent is what answering took.
type spent struct {
	time   time.Duration
	memory uint64
	answer int
}

// measured answers a request three times, and gives the least of each: what else runs on the machine only adds.
func measured(t *testing.T, h http.Handler, body string) (least spent, code string) {
	t.Helper()
	least = spent{time: time.Hour, memory: 1 << 62}
	for range 3 {
		r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", mediaGraphQL)
		w := httptest.NewRecorder()
		w.Body = bytes.NewBuffer(make([]byte, 0, 2*attackAnswer)) // the recorder's own growth is not the server's
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begun := time.Now()
		h.ServeHTTP(w, r)
		took := time.Since(begun)
		runtime.ReadMemStats(&after)
		least = spent{min(least.time, took), min(least.memory, after.TotalAlloc-before.TotalAlloc), w.Body.Len()}
		var got struct {
			Errors []replyError `json:"errors"`
		}
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
			t.Fatalf("no JSON: %v\n%.300s", err, w.Body)
		}
		code = "answered"
		if len(got.Errors) > 0 {
			code = got.Errors[0].Extensions.Code
		}
	}
	return least, code
}

// TestAttacks: each takes at most 4 MB and 64 KB of answer, whatever the machine does; its time is held to 20 ms, or where the
// machine is slower, to a multiple of what the founding question takes at the same time. The figures are told with -v.
func TestAttacks(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t), Limits: Limits{Cache: 1}}) // nothing is remembered: each is read anew
	usual, code := measured(t, h, sent(`{ dyad(a: "JPN", b: "KOR") { ties(topics: [DEFENSE]) { status spells { status contacts(first: 50) { nodes { title } } } } } }`))
	if code != "answered" {
		t.Fatalf("the founding question: %s", code)
	}
	t.Logf("the founding question: %s, %d KB, %d bytes of answer", usual.time, usual.memory>>10, usual.answer)
	allowed := max(attackTime, 10*usual.time)
	count, codes := 0, map[string]int{}
	var all []spent
	for _, f := range attacks {
		for _, n := range f.sizes {
			s, code := measured(t, h, f.body(n))
			count++
			codes[code]++
			all = append(all, s)
			t.Logf("%8.2f ms %6d KB %6d B  %-30s %s, %d", float64(s.time.Microseconds())/1000, s.memory>>10, s.answer, code, f.name, n)
			if s.time > allowed || s.memory > attackMemory || s.answer > attackAnswer || code == codeInternal || code == codeTimeout {
				t.Errorf("%s, %d: %s (at most %s), %d KB, %d bytes of answer, %s", f.name, n, s.time, allowed, s.memory>>10, s.answer, code)
			}
		}
	}
	if count < 200 {
		t.Errorf("%d attacks, fewer than 200", count)
	}
	if codes["answered"] < 20 || codes[codeCost] < 40 {
		t.Errorf("%v: some attacks should be within the limits, and many beyond", codes)
	}
	slowest := slices.MaxFunc(all, func(a, b spent) int { return int(a.time - b.time) })
	slices.SortFunc(all, func(a, b spent) int { return int(a.time - b.time) })
	largest := slices.MaxFunc(all, func(a, b spent) int { return int(a.memory) - int(b.memory) })
	longest := slices.MaxFunc(all, func(a, b spent) int { return a.answer - b.answer })
	t.Logf("%d attacks: median %s, slowest %s, most memory %d KB, longest answer %d bytes; %v",
		count, all[len(all)/2].time, slowest.time, largest.memory>>10, longest.answer, codes)
}
