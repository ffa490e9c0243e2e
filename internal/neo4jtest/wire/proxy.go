package wire

import (
	"fmt"
	"maps"
	"net"
	"strings"
	"sync"
	"testing"
)

// When is a moment in the life of a message.
type When int

const (
	// Before it is passed on: the server never hears of it.
	Before When = iota
	// Within it: the server has its first half alone.
	Within
	// Forwarded whole: the server has it and may act on it, and has not answered.
	Forwarded
	// Answered by the server, which has acted on it: the driver has not heard the answer.
	Answered
)

func (w When) String() string { return [...]string{"before", "within", "forwarded", "answered"}[w] }

// Proxy passes Bolt on. It is safe for concurrent use.
type Proxy struct {
	URI string // where a driver reaches the server through it: bolt://…

	t       testing.TB
	target  string
	address string

	mu          sync.Mutex
	listener    net.Listener
	connections map[*connection]bool
	counts      map[Message]int
	roundTrips  int
	events      []*Event
	work        sync.WaitGroup
}

// Event is something that happens at a message.
type Event struct {
	message Message
	left    int // how many of them are still to come
	when    When
	cut     bool
	do      func()
	done    chan struct{}
}

// Done is closed when it has happened.
func (e *Event) Done() <-chan struct{} { return e.done }

// Happened tells whether it has.
func (e *Event) Happened() bool {
	select {
	case <-e.done:
		return true
	default:
		return false
	}
}

func (e *Event) String() string { return fmt.Sprintf("%s %s", e.when, e.message) }

// Listen stands before the server at a bolt:// or neo4j:// address until the test ends.
func Listen(t testing.TB, uri string) *Proxy {
	t.Helper()
	_, target, ok := strings.Cut(uri, "://")
	if !ok {
		t.Fatalf("%q is no address of a Neo4j server, like bolt://127.0.0.1:7687", uri)
	}
	p := &Proxy{t: t, target: target, address: "127.0.0.1:0", connections: map[*connection]bool{}, counts: map[Message]int{}}
	if err := p.listen(); err != nil {
		t.Fatal(err)
	}
	p.URI = "bolt://" + p.address
	t.Cleanup(func() {
		p.Down()
		p.work.Wait()
	})
	return p
}

func (p *Proxy) listen() error {
	listener, err := net.Listen("tcp", p.address) //nolint:noctx // it does not wait
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.listener, p.address = listener, listener.Addr().String()
	p.work.Go(func() { p.accept(listener) })
	return nil
}

func (p *Proxy) accept(listener net.Listener) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.target) //nolint:noctx // on this machine it does not wait
		if err != nil {
			_ = client.Close()
			continue
		}
		c := &connection{proxy: p, client: client, server: server}
		p.mu.Lock()
		gone := p.listener != listener
		if !gone {
			p.connections[c] = true
			p.work.Go(c.run)
		}
		p.mu.Unlock()
		if gone {
			c.close()
		}
	}
}

// Down takes the server away: every connection is cut, and new ones are refused.
func (p *Proxy) Down() {
	p.mu.Lock()
	if p.listener != nil {
		_ = p.listener.Close()
		p.listener = nil
	}
	p.mu.Unlock()
	p.CutAll()
}

// Up brings it back, under the same address.
func (p *Proxy) Up() error {
	p.mu.Lock()
	up := p.listener != nil
	p.mu.Unlock()
	if up {
		return nil
	}
	return p.listen()
}

// CutAll cuts every connection. New ones are welcome.
func (p *Proxy) CutAll() {
	p.mu.Lock()
	open := maps.Clone(p.connections)
	p.mu.Unlock()
	for c := range open {
		c.close()
	}
}

// Cut cuts the connection at the n-th message of a kind from now, on whatever connection it is, once.
func (p *Proxy) Cut(m Message, n int, when When) *Event {
	return p.add(&Event{message: m, left: n, when: when, cut: true})
}

// At calls a function at the n-th message of a kind from now, once. That connection waits until it returns.
func (p *Proxy) At(m Message, n int, when When, do func()) *Event {
	return p.add(&Event{message: m, left: n, when: when, do: do})
}

func (p *Proxy) add(e *Event) *Event {
	e.done = make(chan struct{})
	p.mu.Lock()
	defer p.mu.Unlock()
	p.events = append(p.events, e)
	return e
}

// Sent tells how many messages of a kind the driver has sent since the last Forget.
func (p *Proxy) Sent(m Message) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.counts[m]
}

// RoundTrips tells how often the driver has waited for the server since the last Forget: messages sent together, such as
// RUN and PULL, count once.
func (p *Proxy) RoundTrips() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.roundTrips
}

// Forget starts the counting anew, and drops every event that has not happened.
func (p *Proxy) Forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.roundTrips, p.events = 0, nil
	clear(p.counts)
}

// sent counts a message and returns what is to happen at it, moment by moment.
func (p *Proxy) sent(m Message, roundTrip bool) []*Event {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.counts[m]++
	if roundTrip {
		p.roundTrips++
	}
	var due []*Event
	var rest []*Event
	for _, e := range p.events {
		if e.message == m {
			e.left--
		}
		if e.message == m && e.left == 0 {
			due = append(due, e)
		} else {
			rest = append(rest, e)
		}
	}
	p.events = rest
	return due
}

func (p *Proxy) ended(c *connection) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.connections, c)
}
