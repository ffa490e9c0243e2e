package ingest

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// recordLimit is the longest text of a record that is kept for mending. A longer one is no row of a table but
// a file whose quotes are not closed, and is not mended by itself.
const recordLimit = 1 << 20

// stretch is a place in a file, whatever the records that stand there.
type stretch struct {
	from, to int64
	frame    bool
}

// fetch gives the records, in their order, with their text, reading each file once from its beginning. A text longer than
// recordLimit is left out. A frame gets the line end behind it as well, if it has none, because that tells how the lines
// of the file end.
func fetch(ctx context.Context, files fs.FS, records []Record) ([]Record, error) {
	wanted := map[string]map[stretch]*fetching{}
	for _, r := range records {
		if r.From < 0 || r.To < r.From {
			return nil, fmt.Errorf("a record of %s from byte %d to byte %d is none: %w", r.File, r.From, r.To, graph.ErrInvalid)
		}
		if r.To-r.From > recordLimit {
			continue
		}
		if wanted[r.File] == nil {
			wanted[r.File] = map[stretch]*fetching{}
		}
		f := &fetching{stretch: stretch{r.From, r.To, r.Frame}, until: r.To}
		if r.Frame {
			f.until += int64(len("\r\n"))
		}
		wanted[r.File][f.stretch] = f
	}
	for name, of := range wanted {
		order := slices.SortedFunc(maps.Values(of), func(a, b *fetching) int {
			return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
		})
		if err := fetchFile(ctx, files, name, order); err != nil {
			return nil, err
		}
	}
	out := slices.Clone(records)
	for i, r := range records {
		out[i].Text = ""
		if f := wanted[r.File][stretch{r.From, r.To, r.Frame}]; f != nil {
			out[i].Text = f.text
			out[i].To = r.From + int64(len(f.text))
		}
	}
	return out, nil
}

// fetching is a stretch whose text is being collected.
type fetching struct {
	stretch
	until int64 // a frame is followed a little further than to
	bytes []byte
	text  string
}

// fetchFile reads one file for what is wanted of it, which is in the order of its places.
func fetchFile(ctx context.Context, files fs.FS, name string, wanted []*fetching) (err error) {
	file, err := files.Open(name)
	if err != nil {
		return fmt.Errorf("the records in quarantine: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	var open []*fetching
	buf := make([]byte, 64<<10)
	var at int64
	for len(wanted) > 0 || len(open) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := io.ReadFull(file, buf)
		end := at + int64(n)
		for len(wanted) > 0 && wanted[0].from < end {
			open, wanted = append(open, wanted[0]), wanted[1:]
		}
		open = slices.DeleteFunc(open, func(f *fetching) bool {
			f.bytes = append(f.bytes, buf[max(f.from-at, 0):min(f.until-at, int64(n))]...)
			if f.until <= end {
				f.done()
			}
			return f.until <= end
		})
		at = end
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return fetchedAll(name, at, append(open, wanted...))
		}
		if err != nil {
			return fmt.Errorf("the records in quarantine of %s: %w", name, plain(err))
		}
	}
	return nil
}

// fetchedAll ends what reaches to the end of the file, and refuses what is beyond it.
func fetchedAll(name string, size int64, rest []*fetching) error {
	for _, f := range rest {
		if f.to > size {
			return Mistakes{{File: name, Byte: f.from + 1, Rule: itChanged}}
		}
		f.done()
	}
	return nil
}

// done makes the text, and to that of a frame adds the line end behind it.
func (f *fetching) done() {
	own, behind := f.bytes[:f.to-f.from], f.bytes[f.to-f.from:]
	n := 0
	switch {
	case len(own) == 0 || bytes.HasSuffix(own, []byte("\n")):
	case bytes.HasPrefix(behind, []byte("\r\n")):
		n = 2
	case bytes.HasPrefix(behind, []byte("\n")), bytes.HasPrefix(behind, []byte("\r")) && !bytes.HasSuffix(own, []byte("\r")):
		n = 1
	}
	f.text, f.bytes = string(f.bytes[:len(own)+n]), nil
}
