package api

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"reflect"
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
	return print(h.Sum(nil)), p.ok
}

type printer struct {
	h  hash.Hash
	ok bool
}

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
	default: // maps have no order, and functions no equality: no question has one
		p.ok = false
	}
}

func (p *printer) number(n uint64) {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], n)
	_, _ = p.h.Write(b[:]) // a hash takes everything
}

func (p *printer) text(s string) {
	p.number(uint64(len(s)))
	_, _ = p.h.Write([]byte(s))
}
