package api

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"reflect"
	"slices"
	"sync"
	"time"
)

// memo remembers answers by question; those who ask at the same time wait for the first.
type memo[K comparable, V any] struct {
	mu   sync.Mutex
	held map[K]func() (V, error)
}

func (m *memo[K, V]) get(key K, ask func() (V, error)) (V, error) {
	m.mu.Lock()
	if m.held == nil {
		m.held = map[K]func() (V, error){}
	}
	once, ok := m.held[key]
	if !ok {
		once = sync.OnceValues(ask)
		m.held[key] = once
	}
	m.mu.Unlock()
	return once()
}

// A print stands for a question: equal questions have equal prints.
type print [sha256.Size]byte

// printOf gives a question's print: of its type and of all that it holds, what pointers point to included. Whatever fields a
// question gains are in it. A question that holds something that cannot be compared (a function, a channel) has none.
func printOf(name string, question any) (print, bool) {
	h := sha256.New()
	p := printer{h: h, ok: true}
	p.text(name)
	p.value(reflect.ValueOf(question))
	return print(p.sum()), p.ok
}

// A printer hashes what it is told, a good piece at a time: a question has thousands of keys.
type printer struct {
	h    hash.Hash
	told []byte // and not hashed yet
	ok   bool
}

const tellAtOnce = 1 << 10

var timeType = reflect.TypeFor[time.Time]()

func (p *printer) value(v reflect.Value) {
	p.number(uint64(v.Kind()))
	switch v.Kind() {
	case reflect.Invalid:
	case reflect.Bool:
		p.text(fmt.Sprint(v.Bool()))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		p.number(uint64(v.Int())) //nolint:gosec // equal numbers stay equal
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		p.number(v.Uint())
	case reflect.Float32, reflect.Float64:
		p.text(fmt.Sprint(v.Float()))
	case reflect.String:
		p.text(v.String())
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			p.number(0)
			return
		}
		p.text(v.Elem().Type().String())
		p.value(v.Elem())
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice && v.IsNil() { // nil asks for anything, an empty list for nothing
			p.text("nil")
			return
		}
		p.number(uint64(v.Len())) //nolint:gosec // a length
		for i := range v.Len() {
			p.value(v.Index(i))
		}
	case reflect.Struct:
		if v.Type() == timeType && v.CanInterface() {
			p.text(v.Interface().(time.Time).UTC().String()) //nolint:forcetypeassert // compared above
			return
		}
		for i := range v.NumField() {
			p.value(v.Field(i))
		}
	case reflect.Map: // entries have no order: each has a print of its own
		if v.IsNil() {
			p.text("nil")
			return
		}
		entries := make([]string, 0, v.Len())
		for key, value := range v.Seq2() {
			entry := printer{h: sha256.New(), ok: true}
			entry.value(key)
			entry.value(value)
			p.ok = p.ok && entry.ok
			entries = append(entries, string(entry.sum()))
		}
		slices.Sort(entries)
		p.number(uint64(len(entries)))
		for _, e := range entries {
			p.text(e)
		}
	default: // functions have no equality
		p.ok = false
	}
}

func (p *printer) number(n uint64) {
	p.told = binary.BigEndian.AppendUint64(p.told, n)
	p.hash(tellAtOnce)
}

func (p *printer) text(s string) {
	p.number(uint64(len(s)))
	p.told = append(p.told, s...)
	p.hash(tellAtOnce)
}

// hash hashes what was told, if it is so much.
func (p *printer) hash(least int) {
	if len(p.told) >= least {
		_, _ = p.h.Write(p.told) // a hash takes everything
		p.told = p.told[:0]
	}
}

func (p *printer) sum() []byte {
	p.hash(0)
	return p.h.Sum(nil)
}

// ownCopy gives an answer whose lists are the caller's own, to be sorted or cut; what their items point to is shared.
func ownCopy[V any](v V) V {
	r := reflect.ValueOf(&v).Elem()
	own := func(list reflect.Value) {
		if list.Kind() == reflect.Slice && !list.IsNil() && list.CanSet() {
			list.Set(reflect.AppendSlice(reflect.MakeSlice(list.Type(), 0, list.Len()), list))
		}
	}
	own(r)
	if r.Kind() == reflect.Struct {
		for i := range r.NumField() {
			own(r.Field(i))
		}
	}
	return v
}
