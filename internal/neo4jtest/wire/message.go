package wire

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Message is a kind of Bolt message, named by its signature.
type Message byte

// What a driver sends.
const (
	Hello     Message = 0x01
	Goodbye   Message = 0x02
	Reset     Message = 0x0F
	Run       Message = 0x10
	Begin     Message = 0x11
	Commit    Message = 0x12
	Rollback  Message = 0x13
	Discard   Message = 0x2F
	Pull      Message = 0x3F
	Telemetry Message = 0x54
	Route     Message = 0x66
	Logon     Message = 0x6A
	Logoff    Message = 0x6B
)

// What a server answers. Every message but Goodbye has one answer, which for Pull comes after any number of records.
const (
	success Message = 0x70
	record  Message = 0x71
	ignored Message = 0x7E
	failure Message = 0x7F
)

var names = map[Message]string{
	Hello: "HELLO", Goodbye: "GOODBYE", Reset: "RESET", Run: "RUN", Begin: "BEGIN", Commit: "COMMIT", Rollback: "ROLLBACK",
	Discard: "DISCARD", Pull: "PULL", Telemetry: "TELEMETRY", Route: "ROUTE", Logon: "LOGON", Logoff: "LOGOFF",
	success: "SUCCESS", record: "RECORD", ignored: "IGNORED", failure: "FAILURE",
}

func (m Message) String() string {
	if name, ok := names[m]; ok {
		return name
	}
	return fmt.Sprintf("message %#x", byte(m))
}

// A message is sent in chunks: two bytes of length, then as many bytes; a chunk of length 0 ends it. Its first byte
// tells a structure and the second its signature. Between messages, a chunk of length 0 means nothing.

// chunk reads one, with its length. It is of use until the next is read.
func chunk(r io.Reader, buffer []byte) ([]byte, error) {
	if _, err := io.ReadFull(r, buffer[:2]); err != nil {
		return nil, err
	}
	size := 2 + int(binary.BigEndian.Uint16(buffer))
	_, err := io.ReadFull(r, buffer[2:size])
	return buffer[:size], err
}

const largestChunk = 2 + 1<<16

// kind tells of which kind a message is, by its first chunk.
func kind(first []byte) (Message, error) {
	if len(first) < 4 || first[2]&0xF0 != 0xB0 {
		return 0, fmt.Errorf("no Bolt message begins with % x", first[:min(len(first), 8)])
	}
	return Message(first[3]), nil
}

// handshake passes on what the two sides say before the first message.
func handshake(client, server io.ReadWriter) error {
	if _, err := io.CopyN(server, client, 20); err != nil {
		return err
	}
	var version [4]byte
	if _, err := io.ReadFull(server, version[:]); err != nil {
		return err
	}
	if _, err := client.Write(version[:]); err != nil {
		return err
	}
	if version != [4]byte{0, 0, 1, 0xFF} {
		return nil // chosen by the server
	}
	// The server offers versions and capabilities, and the client chooses.
	offers, err := number(client, server)
	if err != nil {
		return err
	}
	if _, err := io.CopyN(client, server, 4*offers); err != nil {
		return err
	}
	if _, err := number(client, server); err != nil {
		return err
	}
	if _, err := io.CopyN(server, client, 4); err != nil {
		return err
	}
	_, err = number(server, client)
	return err
}

// number passes on one number, seven bits a byte, the lowest first.
func number(to io.Writer, from io.Reader) (int64, error) {
	var value int64
	var b [1]byte
	for shift := 0; shift < 63; shift += 7 {
		if _, err := io.ReadFull(from, b[:]); err != nil {
			return 0, err
		}
		if _, err := to.Write(b[:]); err != nil {
			return 0, err
		}
		value |= int64(b[0]&0x7F) << shift
		if b[0] < 0x80 {
			return value, nil
		}
	}
	return 0, errors.New("a number of the handshake does not end")
}
