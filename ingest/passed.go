package ingest

import (
	"cmp"
	"context"
	"slices"
	"sync"
)

// A PassedOver is a file that was given, is known for what it is, and was not read: what stands in it stands in what was
// read, or belongs to another source. It is told, for data that is passed over in silence is data that somebody believes to
// be loaded.
type PassedOver struct {
	File string `json:"file"`
	Why  string `json:"why"` // "a Stata data set, which is not read; read was arch_annual.txt"
}

type passedKey struct{}

// passed collects what sources pass over, once for each file: they look for their files more than once.
type passed struct {
	mu  sync.Mutex
	all map[string]string
}

// Passing gives a context in which PassOver is heard, and what was told by then, by file.
func Passing(ctx context.Context) (context.Context, func() []PassedOver) {
	p := &passed{all: map[string]string{}}
	return context.WithValue(ctx, passedKey{}, p), p.told
}

// PassOver is called by a source for a file that it knows and does not read.
func PassOver(ctx context.Context, file, why string) {
	p, ok := ctx.Value(passedKey{}).(*passed)
	if !ok {
		return // whoever reads the rows does not ask
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all[file] = why
}

func (p *passed) told() []PassedOver {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []PassedOver
	for file, why := range p.all {
		all = append(all, PassedOver{file, why})
	}
	slices.SortFunc(all, func(a, b PassedOver) int { return cmp.Compare(a.File, b.File) })
	return all
}
