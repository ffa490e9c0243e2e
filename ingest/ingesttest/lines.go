package ingesttest

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"strings"
	"testing/fstest"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// Lines is a source for tests of loading. Each file is a slice, and each line an act: "key title", or "? text" for a
// row that is not understood.
type Lines struct{}

var _ ingest.Framer = Lines{}

const linesKey graph.SourceKey = "lines"

// Info names it.
func (Lines) Info() graph.Source {
	return graph.Source{Key: linesKey, Kind: graph.SourceDataset, Title: "Lines"}
}

// Slices gives one for each file.
func (Lines) Slices(_ context.Context, files fs.FS) ([]graph.Slice, error) {
	names, err := fs.Glob(files, "*")
	var out []graph.Slice
	for _, n := range names {
		out = append(out, graph.Slice{Source: linesKey, ID: graph.SliceID(n)})
	}
	return out, err
}

// Rows gives one for each line that is not empty.
func (Lines) Rows(_ context.Context, files fs.FS, slice graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		text, err := readAll(files, string(slice.ID))
		if err != nil {
			yield(ingest.Row{}, err)
			return
		}
		at := int64(0)
		for n, line := range strings.SplitAfter(text, "\n") {
			record := ingest.Record{File: string(slice.ID), Line: n + 1, From: at, To: at + int64(len(line))}
			at = record.To
			if line = strings.TrimRight(line, "\n"); line == "" {
				continue
			}
			row, err := lineRow(slice, record, line)
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

func readAll(files fs.FS, name string) (string, error) {
	f, err := files.Open(name)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(f)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return string(text), err
}

func lineRow(slice graph.Slice, record ingest.Record, line string) (ingest.Row, error) {
	key, title, _ := strings.Cut(line, " ")
	row := ingest.Row{Records: []ingest.Record{record}}
	if key == "?" {
		row.Mistakes = ingest.Mistakes{{File: record.File, Line: record.Line, Value: title, Rule: "is not understood"}}
		return row, nil
	}
	var err error
	row.Statement, err = lineStatement(slice.ID, key, title, fmt.Sprintf("%s:%d", record.File, record.Line))
	return row, err
}

func lineStatement(slice graph.SliceID, key, title, locator string) (graph.Statement, error) {
	return graph.NewStatement(linesKey, slice, &graph.Act{EngagementBase: graph.EngagementBase{
		Key: graph.EngagementKey("lines:" + key), Kind: graph.KindAct, Titles: []graph.Name{{Text: title, Lang: "en"}},
		Participations: []graph.Participation{{Actor: "iso3:AAA", Role: graph.RoleBy}, {Actor: graph.ActorKey("iso3:" + key), Role: graph.RoleToward}},
	}, Type: "PROTEST"}, locator)
}

// Frames gives none: lines stand for themselves.
func (Lines) Frames(context.Context, fs.FS) ([]ingest.Record, error) { return nil, nil }

// folder makes a file system of texts by name.
func folder(texts map[string]string) fs.FS {
	m := fstest.MapFS{}
	for name, text := range texts {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}
