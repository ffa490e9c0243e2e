package ingest

import "github.com/entente-graph/entente/graph"

// records counts the stretches of files that a row was read from.
func (t *tally) records(of []Record) {
	for _, r := range of {
		if r.Frame {
			continue
		}
		if t.files[r.File] == nil {
			t.files[r.File] = &recordsRead{}
		}
		t.files[r.File].add(r)
	}
}

// filesRead gives the files that a load read with how many of their records were.
func (t *tally) filesRead(files []graph.File) []FileRead {
	out := make([]FileRead, len(files))
	for i, f := range files {
		out[i] = FileRead{Name: f.Name, Size: f.Size}
		if read := t.files[f.Name]; read != nil {
			out[i].Records = read.n
		}
	}
	return out
}

// toldApart is up to which line several records that begin in one line are told apart, as elements of XML may. A longer
// file is a table, with a record a line, and takes a bit a line.
const toldApart = 1 << 20

// recordsRead counts the distinct records of one file in little memory.
type recordsRead struct {
	n       int
	first   []int64                // by line, where the first record begins that was seen in it, from 1; 0: none was
	others  map[int]map[int64]bool // by line, where others begin
	further []uint64               // the lines from toldApart on in which a record was seen
}

func (c *recordsRead) add(r Record) {
	switch {
	case r.Line < 0:
		return
	case r.Line >= toldApart:
		word, bit := (r.Line-toldApart)/64, uint64(1)<<(r.Line%64)
		c.further = upTo(c.further, word)
		if c.further[word]&bit != 0 {
			return
		}
		c.further[word] |= bit
	default:
		c.first = upTo(c.first, r.Line)
		switch c.first[r.Line] {
		case r.From + 1:
			return
		case 0:
			c.first[r.Line] = r.From + 1
		default:
			if c.others[r.Line][r.From] {
				return
			}
			if c.others == nil {
				c.others = map[int]map[int64]bool{}
			}
			if c.others[r.Line] == nil {
				c.others[r.Line] = map[int64]bool{}
			}
			c.others[r.Line][r.From] = true
		}
	}
	c.n++
}

// upTo makes a list long enough to have an entry of that number.
func upTo[T any](list []T, n int) []T {
	if n < len(list) {
		return list
	}
	return append(list, make([]T, n+1-len(list))...)
}
