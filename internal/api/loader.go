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

// maxWaits bounds how long a question waits while more keys keep coming.
const maxWaits = 20

// A loader asks for things by key, together: what the fields of one answer want at about the same time becomes
// one question. It waits as long as keys keep coming, and then a moment. It lives for one request and one state of
// the graph, and asks for each key once.
type loader[K comparable, V any] struct {
	ctx  context.Context // the request's: a question serves several fields, so no field's own will do
	wait time.Duration
	ask  func(ctx context.Context, keys []K) (map[K]V, error)

	mu      sync.Mutex
	held    map[K]*promise[V]
	waiting *batch[K, V] // the next question
}

// A batch is a question in the making.
type batch[K comparable, V any] struct {
	promises map[K]*promise[V]
	seen     int // how many there were when it was last looked at
	waits    int
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
		b := &batch[K, V]{promises: map[K]*promise[V]{}}
		l.waiting = b
		time.AfterFunc(l.wait, func() { l.look(b) })
	}
	l.waiting.promises[key] = p
	if len(l.waiting.promises) == maxBatch {
		go l.answer(l.waiting.promises)
		l.waiting = nil
	}
	return p
}

// look asks the question, unless keys came since it was last looked at: then more may be on their way.
func (l *loader[K, V]) look(b *batch[K, V]) {
	l.mu.Lock()
	if l.waiting != b { // it was full, and asked
		l.mu.Unlock()
		return
	}
	if n := len(b.promises); n > max(b.seen, 1) && b.waits < maxWaits {
		b.seen = n
		b.waits++
		time.AfterFunc(l.wait, func() { l.look(b) })
		l.mu.Unlock()
		return
	}
	l.waiting = nil
	l.mu.Unlock()
	l.answer(b.promises)
}

// answer asks the question and keeps all promises, whatever happens: it runs in a goroutine that nothing else guards.
func (l *loader[K, V]) answer(promises map[K]*promise[V]) {
	var found map[K]V
	var err error
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic while loading: %v\n%s", r, debug.Stack())
		}
		for k, p := range promises {
			p.value, p.found = found[k]
			p.err = err
			close(p.done)
		}
	}()
	keys := make([]K, 0, len(promises))
	for k := range promises {
		keys = append(keys, k)
	}
	found, err = l.ask(l.ctx, keys)
}
