package ingest

import "sort"

// A span is a stretch of a file as it is read, and the stretch of the original file that it stands for. A place in
// the one is as far from the beginning of the other, but never beyond its end: where the text was mended nothing finer
// can be said.
type span struct {
	from, to       int64 // in the file as it is read
	filled         int64 // from here to its end it is empty lines, that keep the lines behind it in their places
	orig, origTo   int64
	line, lastLine int // the lines of its first byte and of the byte after it, in the file as it is read
	origLine       int
	origLast       int
}

// spans are those of a file, in order. Between them the file as it is read is the original, or empty lines that stand for
// what was left out.
type spans []span

// at gives the last span that is not beyond a place, and the one after it; nil where there is none.
func (s spans) at(beyond func(span) bool) (found *span, next *span) {
	n := sort.Search(len(s), func(i int) bool { return beyond(s[i]) })
	if n > 0 {
		found = &s[n-1]
	}
	if n < len(s) {
		next = &s[n]
	}
	return found, next
}

// offset gives the place in the original of a byte in the file as it is read, both from 0.
func (s spans) offset(at int64) int64 {
	found, next := s.at(func(x span) bool { return x.from > at })
	switch {
	case found == nil:
		return at
	case at < found.to:
		return min(found.orig+at-found.from, found.origTo)
	default:
		at = found.origTo + at - found.to
	}
	if next != nil {
		at = min(at, next.orig)
	}
	return at
}

// end gives the place in the original behind the last byte of a stretch of the file as it is read.
func (s spans) end(at int64) int64 {
	if at == 0 {
		return 0
	}
	last := at - 1
	if found, _ := s.at(func(x span) bool { return x.from > last }); found != nil && found.filled <= at && at <= found.to {
		return found.origTo
	}
	return s.offset(last) + 1
}

// lineOf gives the line in the original of a line of the file as it is read.
func (s spans) lineOf(line int) int {
	found, next := s.at(func(x span) bool { return x.line > line })
	switch {
	case found == nil:
		return line
	case line <= found.lastLine:
		return min(found.origLine+line-found.line, found.origLast)
	default:
		line = found.origLast + line - found.lastLine
	}
	if next != nil {
		line = min(line, next.origLine)
	}
	return line
}

// record gives a record with its place in the original.
func (s spans) record(r Record) Record {
	if len(s) > 0 {
		from := s.offset(r.From)
		r.From, r.To, r.Line = from, max(from, s.end(r.To)), s.lineOf(r.Line)
	}
	return r
}

// mistake gives a mistake with its place in the original. Its Byte counts from 1.
func (s spans) mistake(m Mistake) Mistake {
	if len(s) == 0 {
		return m
	}
	if m.Byte > 0 {
		m.Byte = s.offset(m.Byte-1) + 1
	}
	if m.Line > 0 {
		m.Line = s.lineOf(m.Line)
	}
	return m
}
