package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// loadAmendment loads what a person mended of a quarantine.
func (g *ingesting) loadAmendment(ctx context.Context, src ingest.Source) (err error) {
	files, name, done, err := g.mendedTable()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	with := g.app.changing
	if g.dryRun {
		with = g.app.reading
	}
	return with(ctx, func(store graph.Store) error {
		rows, err := readMended(ctx, files, name)
		if err != nil {
			return showPaths(err, files.Shown)
		}
		h, err := g.amendable(ctx, store, src, rows.load)
		if err != nil {
			return err
		}
		records, err := rows.records(h)
		if err != nil {
			return showPaths(err, files.Shown)
		}
		amendment, err := ingest.NewAmendment(ctx, store, rows.load, records)
		if err != nil {
			return showPaths(err, files.Shown)
		}
		return g.run(ctx, store, ingest.Options{Source: src, Amend: amendment}, func(name string) string { return name })
	})
}

// mendedLimit is how large a mended table may be on standard input.
const mendedLimit = 64 << 20

// mendedTable opens the table that --amend names; "-" is standard input.
func (g *ingesting) mendedTable() (files *ingest.Files, name string, done func() error, err error) {
	if g.amend == "-" {
		text, err := io.ReadAll(io.LimitReader(g.app.stdin, mendedLimit+1))
		switch {
		case err != nil:
			return nil, "", nil, fmt.Errorf("reading the mended table from standard input: %w", err)
		case len(text) > mendedLimit:
			return nil, "", nil, graph.BadInput("the mended table on standard input has more than %d MB: write it to a file", mendedLimit>>20)
		}
		return ingest.OneFile("standard input", text), "standard input", func() error { return nil }, nil
	}
	if files, err = ingest.OpenPaths(ingest.DefaultLimits, g.amend); err != nil {
		return nil, "", nil, err
	}
	var names []string
	err = fs.WalkDir(files, ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, p)
		}
		return err
	})
	if err == nil && len(names) != 1 {
		err = graph.BadInput("%s has %d files: give the mended table alone", g.amend, len(names))
	}
	if err != nil {
		return nil, "", nil, errors.Join(err, files.Close())
	}
	return files, names[0], files.Close, nil
}

// amendable finds the quarantine to amend, or says why it cannot be.
func (g *ingesting) amendable(ctx context.Context, r graph.Reader, src ingest.Source, n graph.LoadNumber) (*held, error) {
	h, err := readQuarantine(ctx, r, n)
	if err != nil {
		return nil, err
	}
	key := string(src.Info().Key)
	switch {
	case len(h.items) == 0:
		return nil, graph.BadInput("load %d has nothing in quarantine", n)
	case h.load.Importer != key:
		return nil, graph.BadInput("load %d is of %s, not of %s: %s", n, h.load.Importer, key, g.app.next("ingest %s --amend %s", h.load.Importer, quoted(filepath.ToSlash(g.amend))))
	case h.undone > 0:
		return nil, fmt.Errorf("load %d was undone by load %d, so that there is nothing to amend: %w", n, h.undone, graph.ErrConflict)
	case h.instead > 0:
		again := g.app.next("quarantine %d --csv", h.instead)
		return nil, &advised{
			fmt.Errorf("load %d has loaded anew, since, all that load %d loaded: amend that one: %w", h.instead, n, graph.ErrConflict),
			"print what it did not understand: " + again,
			[]string{again},
		}
	}
	return h, nil
}

// lineEndsLike writes the line ends within a text as another has them: spreadsheets and editors change them unasked.
func lineEndsLike(text, like string) string {
	lf := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	switch {
	case strings.Contains(like, "\r\n"):
		return strings.ReplaceAll(lf, "\n", "\r\n")
	case strings.Contains(like, "\r"):
		return strings.ReplaceAll(lf, "\n", "\r")
	default:
		return lf
	}
}

// asBytes writes the mended text of a record in the record's own bytes: where those are not UTF-8, in Windows-1252, as
// they were shown. It gives the first letter that cannot be written so.
func asBytes(text string, r graph.Record) (string, rune) {
	if recordText(r) == strings.TrimRight(r.Text, "\r\n") {
		return text, 0
	}
	b := make([]byte, 0, len(text))
	for _, c := range text {
		one, ok := toByte(c)
		if !ok {
			return "", c
		}
		b = append(b, one)
	}
	return string(b), 0
}
