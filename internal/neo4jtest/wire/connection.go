package wire

import (
	"bufio"
	"errors"
	"io"
	"net"
	"sync"
)

// connection is one between a driver and the server.
type connection struct {
	proxy          *Proxy
	client, server net.Conn
	once           sync.Once

	mu      sync.Mutex
	waiting []request // in the order in which the server answers them
	last    Message   // what the driver sent last
}

// request is a message without an answer, and what is to happen at the answer.
type request struct {
	events []*Event
}

// errCut ends a connection because a test wants it.
var errCut = errors.New("cut")

func (c *connection) close() {
	c.once.Do(func() {
		_ = c.client.Close()
		_ = c.server.Close()
	})
}

func (c *connection) run() {
	defer c.proxy.ended(c)
	defer c.close()
	fromClient, fromServer := bufio.NewReaderSize(c.client, largestChunk), bufio.NewReaderSize(c.server, largestChunk)
	err := handshake(both{fromClient, c.client}, both{fromServer, c.server})
	if err != nil {
		return
	}
	var work sync.WaitGroup
	for _, pump := range []func() error{
		func() error { return c.ask(fromClient) },
		func() error { return c.answer(fromServer) },
	} {
		work.Go(func() {
			defer c.close() // which ends the other
			// An error here is the end of either side's connection, or ours by a cut; the driver says what it makes of it.
			if err := pump(); errors.Is(err, errProtocol) {
				c.proxy.t.Errorf("between driver and server: %v", err)
			}
		})
	}
	work.Wait()
}

type both struct {
	io.Reader
	io.Writer
}

// errProtocol is something that we do not understand.
var errProtocol = errors.New("not understood")

// happen does what is due at a moment.
func happen(events []*Event, when When) error {
	var cut error
	for _, e := range events {
		if e.when != when {
			continue
		}
		if e.do != nil {
			e.do()
		}
		if e.cut {
			cut = errCut
		}
		defer close(e.done)
	}
	return cut
}

// within tells whether a message is to be sent by half.
func within(events []*Event) bool {
	for _, e := range events {
		if e.when == Within {
			return true
		}
	}
	return false
}

// ask passes messages from the driver to the server.
func (c *connection) ask(from io.Reader) error {
	buffer := make([]byte, largestChunk)
	for {
		part, err := chunk(from, buffer)
		if err != nil {
			return err
		}
		if len(part) == 2 { // between messages: nothing
			if _, err := c.server.Write(part); err != nil {
				return err
			}
			continue
		}
		m, err := kind(part)
		if err != nil {
			return errors.Join(errProtocol, err)
		}
		events := c.sent(m)
		if err := happen(events, Before); err != nil {
			return err
		}
		if within(events) {
			half := len(part) / 2
			if _, err := c.server.Write(part[:half]); err != nil {
				return err
			}
			if err := happen(events, Within); err != nil {
				return err
			}
			part = part[half:]
		}
		if err := c.rest(from, part, buffer); err != nil {
			return err
		}
		if err := happen(events, Forwarded); err != nil {
			return err
		}
	}
}

// rest passes on what is left of a chunk, and then the chunks until the message ends.
func (c *connection) rest(from io.Reader, part, buffer []byte) error {
	for {
		if _, err := c.server.Write(part); err != nil {
			return err
		}
		if len(part) == 2 && part[0] == 0 && part[1] == 0 {
			return nil
		}
		var err error
		if part, err = chunk(from, buffer); err != nil {
			return err
		}
	}
}

// sent notes a message before it is passed on.
func (c *connection) sent(m Message) []*Event {
	c.mu.Lock()
	defer c.mu.Unlock()
	// PULL is sent together with its RUN, also where the server answered RUN before we had read PULL.
	together := m == Pull && c.last == Run || m == Discard && c.last == Run
	roundTrip := m != Goodbye && len(c.waiting) == 0 && !together
	c.last = m
	events := c.proxy.sent(m, roundTrip)
	if m != Goodbye {
		c.waiting = append(c.waiting, request{events})
	}
	return events
}

// answer passes answers from the server to the driver.
func (c *connection) answer(from io.Reader) error {
	buffer := make([]byte, largestChunk)
	inside := false
	for {
		part, err := chunk(from, buffer)
		if err != nil {
			return err
		}
		if len(part) > 2 && !inside {
			inside = true
			m, err := kind(part)
			if err != nil {
				return errors.Join(errProtocol, err)
			}
			if m != record {
				if err := c.answered(); err != nil {
					return err
				}
			}
		} else if len(part) == 2 {
			inside = false
		}
		if _, err := c.client.Write(part); err != nil {
			return err
		}
	}
}

// answered finds the message that an answer is to, and does what is to happen then.
func (c *connection) answered() error {
	c.mu.Lock()
	if len(c.waiting) == 0 {
		c.mu.Unlock()
		return errors.Join(errProtocol, errors.New("an answer to nothing"))
	}
	events := c.waiting[0].events
	c.waiting = c.waiting[1:]
	c.mu.Unlock()
	return happen(events, Answered)
}
