//go:build unix

package main

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"runtime/pprof"
	"slices"
	"syscall"
	"time"

	"github.com/entente-graph/entente/internal/ownfigures"
)

// result is what is measured of one graph in one store.
type result struct {
	Store          string    `json:"store"`
	Asked          int       `json:"size"` // participations that were asked for
	Participations int       `json:"participations"`
	Engagements    int       `json:"engagements"`
	Statements     int       `json:"statements"`
	HubShare       float64   `json:"hubShare"` // of all engagements, those of the biggest actor
	Loading        float64   `json:"loadingSeconds"`
	FileBytes      int64     `json:"fileBytes,omitempty"` // where the store is a file
	Questions      []figures `json:"questions"`
}

// figures are those of one question.
type figures struct {
	Name   string  `json:"name"`
	Things int     `json:"things"` // that it finds: engagements, actors
	Ways   []taken `json:"ways"`
}

// taken is what one way of asking takes, each time.
type taken struct {
	Way     string  `json:"way"`
	Rows    int     `json:"rows,omitempty"`  // fetched
	Asked   int     `json:"asked"`           // questions to the store, or by hand
	Bytes   int     `json:"bytes,omitempty"` // of the answer to a request
	Micros  float64 `json:"micros"`          // the median of all rounds
	Low     float64 `json:"microsLow"`       // of a quarter of the rounds it was less
	High    float64 `json:"microsHigh"`      // of a quarter of the rounds it was more
	CPU     float64 `json:"cpuMicros"`       // of this process's processors, the median
	To      string  `json:"to,omitempty"`    // the way it is compared with:
	Times   float64 `json:"times,omitempty"` // so many times its time: the median of those in one round
	CPUs    float64 `json:"timesCPU,omitempty"`
	Allocs  float64 `json:"allocs"`
	Alloced float64 `json:"allocatedBytes"`
	Peak    int64   `json:"peakBytes"` // memory that the process came to have more, at most; 0: the system does not tell
}

// a way asks a question once, and tells how much came back.
type way struct {
	name, to string
	once     func(ctx context.Context) (rows, bytes int, err error)
	asked    int

	micros, cpu []float64 // of each round
}

// waysOf makes the ways to ask, and makes sure that they find the same.
func waysOf(ctx context.Context, q question) ([]*way, error) {
	var byHand, byStore fetched
	for _, put := range q.puts {
		if err := q.at.stored.hand.fetch(ctx, put, &byHand); err != nil {
			return nil, fmt.Errorf("by hand: %w", err)
		}
		if err := again(ctx, q.at.stored.store, put, &byStore); err != nil {
			return nil, err
		}
	}
	a, b := byHand.print(), byStore.print()
	if !slices.Equal(a, b) {
		return nil, fmt.Errorf("by hand %d rows are fetched, and of the store %d, or others: %w", len(a), len(b), difference(a, b))
	}
	data, err := q.at.api.data(ctx, q.document, q.variables)
	if err != nil {
		return nil, fmt.Errorf("the request: %w", err)
	}
	if n, err := q.count(data); err != nil || n != q.want {
		return nil, fmt.Errorf("the answer to the request has %d, and the question finds %d (%w)", n, q.want, err)
	}
	posted, err := body(q.document, q.variables)
	if err != nil {
		return nil, err
	}
	hand := func(ctx context.Context, f *fetched) error {
		for _, put := range q.puts {
			if err := q.at.stored.hand.fetch(ctx, put, f); err != nil {
				return err
			}
		}
		return nil
	}
	before := q.at.api.heard.asked
	if _, err := q.at.api.post(ctx, posted); err != nil {
		return nil, err
	}
	return []*way{
		{name: "loop", asked: len(q.puts), once: func(ctx context.Context) (int, int, error) {
			var f fetched
			err := hand(ctx, &f)
			return f.rows(), 0, err
		}},
		{name: "store", to: "loop", asked: len(q.puts), once: func(ctx context.Context) (int, int, error) {
			var f fetched
			for _, put := range q.puts {
				if err := again(ctx, q.at.stored.store, put, &f); err != nil {
					return 0, 0, err
				}
			}
			return f.rows(), 0, nil
		}},
		{name: "decoded", asked: len(q.puts), once: func(ctx context.Context) (int, int, error) {
			var f fetched
			if err := hand(ctx, &f); err != nil {
				return 0, 0, err
			}
			return f.rows(), 0, f.decode()
		}},
		{name: "question", to: "decoded", asked: len(q.puts), once: func(ctx context.Context) (int, int, error) {
			_, err := q.ask(ctx, q.at.view)
			return byStore.rows(), 0, err
		}},
		{name: "request", to: "question", asked: q.at.api.heard.asked - before, once: func(ctx context.Context) (int, int, error) {
			text, err := q.at.api.post(ctx, posted)
			return 0, len(text), err
		}},
	}, nil
}

// difference is the first.
func difference(a, b []string) error {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Errorf("row %d is %q by hand, and %q of the store", i, a[i], b[i])
		}
	}
	return fmt.Errorf("one of them ends after the other")
}

// measure asks a question in all ways, in turn.
func measure(ctx context.Context, o options, q question) (f figures, err error) {
	ways, err := waysOf(ctx, q)
	if err != nil {
		return f, err
	}
	f = figures{Name: q.name, Things: q.want}
	times := make([]int, len(ways))
	for i, w := range ways {
		if times[i], err = w.often(ctx, o.batch); err != nil {
			return f, fmt.Errorf("%s: %w", w.name, err)
		}
	}
	begun := time.Now()
	for round := range o.rounds {
		if round >= 5 && time.Since(begun) > o.patience {
			break
		}
		for i := range ways { // each begins as often as the others
			n := (i + round) % len(ways)
			if err := ways[n].round(ctx, times[n]); err != nil {
				return f, fmt.Errorf("%s: %w", ways[n].name, err)
			}
		}
	}
	for i, w := range ways {
		t, err := w.taken(ctx, ways, times[i])
		if err != nil {
			return f, fmt.Errorf("%s: %w", w.name, err)
		}
		f.Ways = append(f.Ways, t)
	}
	return f, nil
}

// often tells how many times a way can ask in so long, and gets it warm.
func (w *way) often(ctx context.Context, batch time.Duration) (int, error) {
	begun := time.Now()
	for n := 1; ; n++ {
		if _, _, err := w.once(ctx); err != nil {
			return 0, err
		}
		if took := time.Since(begun); took > batch && n > 2 || took > 20*batch {
			return max(1, int(batch*time.Duration(n)/took)), nil
		}
	}
}

// round asks so many times.
func (w *way) round(ctx context.Context, times int) (err error) {
	runtime.GC() // what the way before left behind is not this one's
	pprof.Do(ctx, pprof.Labels("way", w.name), func(ctx context.Context) {
		begun, used := time.Now(), processors()
		for range times {
			if _, _, err = w.once(ctx); err != nil {
				return
			}
		}
		w.micros = append(w.micros, time.Since(begun).Seconds()*1e6/float64(times))
		w.cpu = append(w.cpu, (processors()-used).Seconds()*1e6/float64(times))
	})
	return err
}

// taken sums up the rounds, counts what is allocated, and how much memory it takes.
func (w *way) taken(ctx context.Context, all []*way, times int) (t taken, err error) {
	t = taken{Way: w.name, To: w.to, Asked: w.asked, Micros: quantile(w.micros, 0.5), Low: quantile(w.micros, 0.25), High: quantile(w.micros, 0.75), CPU: quantile(w.cpu, 0.5)}
	if w.to != "" {
		to := all[slices.IndexFunc(all, func(o *way) bool { return o.name == w.to })]
		t.Times, t.CPUs = ratio(w.micros, to.micros), ratio(w.cpu, to.cpu)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range times {
		if t.Rows, t.Bytes, err = w.once(ctx); err != nil {
			return t, err
		}
	}
	runtime.ReadMemStats(&after)
	t.Allocs, t.Alloced = float64(after.Mallocs-before.Mallocs)/float64(times), float64(after.TotalAlloc-before.TotalAlloc)/float64(times)
	t.Peak, err = ownfigures.Peak(func() error {
		_, _, err := w.once(ctx)
		return err
	})
	return t, err
}

// ratio is the median of what stands side by side in one round.
func ratio(of, to []float64) float64 {
	all := make([]float64, len(of))
	for i := range of {
		if to[i] == 0 { // less than the system counts
			return 0
		}
		all[i] = of[i] / to[i]
	}
	return quantile(all, 0.5)
}

func quantile(of []float64, q float64) float64 {
	sorted := slices.Sorted(slices.Values(of))
	at := q * float64(len(sorted)-1)
	low := sorted[int(math.Floor(at))]
	return low + (sorted[int(math.Ceil(at))]-low)*(at-math.Floor(at))
}

// processors gives the time of processors that this process had.
func processors() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
