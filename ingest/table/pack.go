package table

import (
	"encoding/binary"
)

// Pack writes a sound row as bytes, from which Unpack makes it again: for rows that are put aside. The form lives as
// long as the process.
func (r Row) Pack() []byte {
	l := r.line
	b := binary.AppendVarint(nil, int64(r.Line))
	for _, n := range []int64{l.from, l.to, l.end, int64(len(l.cells))} {
		b = binary.AppendVarint(b, n)
	}
	for i, c := range l.cells {
		b = binary.AppendUvarint(b, uint64(len(c)))
		b = append(b, c...)
		p := place{line: r.Line, at: l.to}
		if i < len(l.places) {
			p = l.places[i]
		}
		b = binary.AppendVarint(b, int64(p.line))
		b = binary.AppendVarint(b, p.at)
	}
	return b
}

// Unpack makes a row of a file again that was packed.
func Unpack(name string, f Format, packed []byte) Row {
	number := func() int64 {
		n, size := binary.Varint(packed)
		packed = packed[size:]
		return n
	}
	r := Row{File: name, Line: int(number()), table: f.shape(name)}
	l := line{line: r.Line, from: number(), to: number(), end: number(), undecoded: -1}
	cells := number()
	for range cells {
		n, size := binary.Uvarint(packed)
		l.cells = append(l.cells, string(packed[size:size+int(n)]))
		packed = packed[size+int(n):]
		l.places = append(l.places, place{line: int(number()), at: number()})
	}
	r.line = l
	return r
}
