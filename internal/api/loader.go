package api

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// maxBatch bounds how many keys one question to the store has.
const maxBatch = 500

// A loader asks for things by key, together: what the fields of one answer want at about the same time becomes
// one question. It lives for one request and one state of the graph, and asks for each key once.
type loader[K comparable, V any] struct {
	ctx  context.Context // the request's: a question serves several fields, so no field's own will do
	wait time.Duration
	ask  func(ctx context.Context, keys []K) (map[K]V, error)

	mu      sync.Mutex
	held    map[K]*promise[V]
	waiting map[K]*promise[V] // the next question's
}

// A promise is an answer that may still be on its way.
type promise[V any] struct {
	done  chan struct{}
	value V
	found bool
	err   error
}

func newLoader[K comparable, V any](
	ctx context.Context, wait time.Duration, ask func(context.Context, []K) (map[K]V, error),
) *loader[K, V] {
	return &loader[K, V]{ctx: ctx, wait: wait, ask: ask, held: map[K]*promise[V]{}}
}

// load gives what the key names; found is false where there is nothing.
func (l *loader[K, V]) load(ctx context.Context, key K) (value V, found bool, err error) {
	p := l.promise(key)
	select {
	case <-p.done:
		return p.value, p.found, p.err
	case <-ctx.Done():
		return value, false, ctx.Err()
	}
}

// loadAll gives what the keys name, in their order, without those that name nothing.
func (l *loader[K, V]) loadAll(ctx context.Context, keys []K) ([]V, error) {
	promises := make([]*promise[V], len(keys))
	for i, k := range keys {
		promises[i] = l.promise(k)
	}
	values := make([]V, 0, len(keys))
	for _, p := range promises {
		select {
		case <-p.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if p.err != nil {
			return nil, p.err
		}
		if p.found {
			values = append(values, p.value)
		}
	}
	return values, nil
}

func (l *loader[K, V]) promise(key K) *promise[V] {
	l.mu.Lock()
	defer l.mu.Unlock()
	if p := l.held[key]; p != nil {
		return p
	}
	p := &promise[V]{done: make(chan struct{})}
	l.held[key] = p
	if l.waiting == nil {
		l.waiting = map[K]*promise[V]{}
		batch := l.waiting
		time.AfterFunc(l.wait, func() { l.take(batch) })
	}
	l.waiting[key] = p
	if len(l.waiting) == maxBatch {
		batch := l.waiting
		l.waiting = nil
		go l.answer(batch)
	}
	return p
}

// take asks for a batch whose time has come, if it was not full before.
func (l *loader[K, V]) take(batch map[K]*promise[V]) {
	l.mu.Lock()
	mine := l.waiting != nil && len(batch) < maxBatch
	if mine {
		l.waiting = nil
	}
	l.mu.Unlock()
	if mine {
		l.answer(batch)
	}
}

// answer asks the question and keeps all promises, whatever happens: it runs in a goroutine that nothing else guards.
func (l *loader[K, V]) answer(batch map[K]*promise[V]) {
	var found map[K]V
	var err error
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic while loading: %v\n%s", r, debug.Stack())
		}
		for k, p := range batch {
			p.value, p.found = found[k]
			p.err = err
			close(p.done)
		}
	}()
	keys := make([]K, 0, len(batch))
	for k := range batch {
		keys = append(keys, k)
	}
	found, err = l.ask(l.ctx, keys)
}
