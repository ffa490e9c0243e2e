//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/fielddata"
	"github.com/entente-graph/entente/internal/ownfigures"
	"github.com/entente-graph/entente/internal/synthetic"
)

// figures are those of one step.
type figures struct {
	Seconds   float64       `json:"seconds"`
	Reading   float64       `json:"reading"` // seconds of each stage
	Comparing float64       `json:"comparing"`
	Writing   float64       `json:"writing"`
	Counts    ingest.Counts `json:"counts"`
	PeakBytes int64         `json:"peakBytes"`              // the most memory the process had
	CPU       float64       `json:"cpuSeconds"`             // of processors, which tells more than seconds where others use the machine
	Written   int64         `json:"writtenBytes,omitempty"` // handed to disks, where the system tells
}

// step does one step in this process.
func step(ctx context.Context, o options) (f figures, err error) {
	if o.cpu != "" {
		stop, err := ownfigures.Profile(o.cpu)
		if err != nil {
			return f, err
		}
		defer func() { err = errors.Join(err, stop()) }()
	}
	store, err := open(ctx, o.store)
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	begun := time.Now()
	clock := stages{at: map[ingest.Stage]time.Duration{}, last: begun}
	var report ingest.Report
	switch o.step {
	case "load":
		report, err = load(ctx, synthetic.Source{}, o.files, store, clock.progress)
	case "events":
		report, err = load(ctx, theEvents, o.files, store, clock.progress)
	case "real":
		report, err = loadReal(ctx, o, store, clock.progress)
	case "undo":
		var head graph.Head
		if head, err = store.Head(ctx); err == nil {
			report, err = ingest.Undo(ctx, ingest.UndoOptions{Reader: store, Writer: store, Load: head.Load.Number, Program: "loadbench", Progress: clock.progress})
		}
	case "copy":
		report.Counts, err = copied(ctx, store, o.to)
	default:
		err = fmt.Errorf("%q is not a step: there are load, events, real, undo and copy", o.step)
	}
	if err != nil {
		return f, err
	}
	clock.end()
	return figures{
		Seconds: time.Since(begun).Seconds(), Reading: clock.at[ingest.StageReading].Seconds(), Comparing: clock.at[ingest.StageComparing].Seconds(),
		Writing: clock.at[ingest.StageWriting].Seconds(), Counts: report.Counts, PeakBytes: ownfigures.Most(), Written: ownfigures.Written(),
	}, nil
}

func load(ctx context.Context, src ingest.Source, path string, store graph.Store, progress func(ingest.Progress)) (report ingest.Report, err error) {
	files, err := ingest.OpenPaths(ingest.DefaultLimits, path)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, files.Close()) }()
	return ingest.Load(ctx, ingest.Options{Source: src, Files: files, Reader: store, Writer: store, Program: "loadbench", Progress: progress})
}

// loadReal loads the dataset that o.files names.
func loadReal(ctx context.Context, o options, store graph.Store, progress func(ingest.Progress)) (report ingest.Report, err error) {
	d, err := fielddata.ByName(o.files)
	if err != nil {
		return report, err
	}
	src, files, err := d.Open(o.data)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, files.Close()) }()
	return ingest.Load(ctx, ingest.Options{Source: src, Files: files, Reader: store, Writer: store, Program: "loadbench", Progress: progress})
}

// copied copies a store to another, and counts what was recorded there.
func copied(ctx context.Context, from graph.Reader, to string) (c ingest.Counts, err error) {
	target, err := sqlitestore.Open(to, sqlitestore.Create())
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	report, err := ingest.Copy(ctx, ingest.CopyOptions{From: from, To: target})
	c.Added = report.Statements
	return c, err
}

// stages measures how long each stage takes: from the end of the one before to its own last word. What comes after the
// last word is the last stage's.
type stages struct {
	at    map[ingest.Stage]time.Duration
	stage ingest.Stage
	last  time.Time
}

func (s *stages) progress(p ingest.Progress) {
	if p.Stage != s.stage && s.stage == ingest.StageReading { // sorting is part of reading, and tells nothing
		s.end()
	}
	s.stage = p.Stage
	s.end()
}

func (s *stages) end() {
	now := time.Now()
	s.at[s.stage] += now.Sub(s.last)
	s.last = now
}
