// Package sample is what the program shows before anybody has loaded anything: five loads made from what ships
// with it, so that earlier knowledge has something to show.
//
//  1. the registry of states;
//  2. the dossier northeast-asia as it could have been written on 2024-05-31;
//  3. the dossier as it is;
//  4. the visits of foreign leaders to the United States;
//  5. the travels abroad of its presidents and secretaries of state.
//
// So load 2 ends with the Japan–ROK defence exchanges suspended, and load 3 shows them active again.
//
// Apply loads what a store does not hold yet, and never what would undo a person's own work; its comment says how
// it decides.
package sample

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources"
	"github.com/entente-graph/entente/ingest/sources/dossier"
)

// Earlier is the day of the dossier's earlier edition: the day before the exchanges were resumed.
const Earlier = "2024-05-31"

// Dossier is the source that the sample's second and third loads are of.
const Dossier graph.SourceKey = "northeast-asia"

// notePrefix begins the note of every load of the sample.
const notePrefix = "sample: "

// step is one load of the sample.
type step struct {
	note   string
	source graph.SourceKey // the importer's
	slice  graph.Slice     // what tells its loads: all loads of the source, or of the dossier, replace it
	files  func() (fs.FS, error)
}

// steps gives the loads in their order. Those of one slice follow one another.
func steps() []step {
	northeastAsia := graph.Slice{Source: Dossier, ID: graph.SliceID(Dossier)}
	return []step{
		{notePrefix + "the registry of states", "states", graph.Slice{Source: "states", ID: "states"}, shipped("states")},
		{notePrefix + "northeast-asia as of " + Earlier, "dossier", northeastAsia, earlierFiles},
		{notePrefix + "northeast-asia", "dossier", northeastAsia, wholeFiles},
		{notePrefix + "visits to the United States", "us-visits", graph.Slice{Source: "us-visits", ID: "us-visits"}, shipped("us-visits")},
		{notePrefix + "travels of its presidents and secretaries of state", "us-travels", graph.Slice{Source: "us-travels", ID: "us-travels"}, shipped("us-travels")},
	}
}

// shipped gives the files of a source that come with the program.
func shipped(source graph.SourceKey) func() (fs.FS, error) {
	return func() (fs.FS, error) {
		src, err := sources.ByKey(source)
		if err != nil {
			return nil, err
		}
		ships, ok := src.(ingest.Shipper)
		if !ok {
			return nil, fmt.Errorf("the files of %s do not come with the program", source)
		}
		return ships.Shipped(), nil
	}
}

// earlierFiles is made once: it takes as long as reading the dossier.
var earlierFiles = sync.OnceValues(func() (fs.FS, error) {
	edition, err := dossier.Edition(dossier.NortheastAsia, graph.MustDay(Earlier))
	if err != nil {
		return nil, fmt.Errorf("the sample's dossier as of %s: %w", Earlier, err)
	}
	return oneFile(edition), nil
})

func wholeFiles() (fs.FS, error) { return oneFile(dossier.NortheastAsia), nil }

func oneFile(text []byte) fs.FS { return ingest.OneFile(dossier.NortheastAsiaFile, text) }

// Apply loads those of the sample's loads that the store does not hold yet, in their order, and tells each. For each
// slice the newest load that touched it decides:
//
//   - none: all of the slice's loads are applied;
//   - one of the sample's: those that come after it are, so that an interrupted first run is made up for; and where
//     the last one is held but was made from other files, because the program is newer, it is applied again;
//   - any that is not the sample's: the slice is the person's own and is left alone.
//
// So a second run loads nothing, an earlier edition never replaces a later one, and other slices do not matter.
//
// Where another program has a load open, or was killed while it had, Apply waits until that is over, and tells
// that it does.
func Apply(ctx context.Context, store graph.Store, program string, tell Teller) error {
	return applySteps(ctx, store, steps(), program, tell)
}

func applySteps(ctx context.Context, store graph.Store, all []step, program string, tell Teller) error {
	patience, waiting := time.Now().Add(time.Minute), false
	for i := 0; i < len(all); {
		report, err := all[i].applyIfDue(ctx, store, program, all, i)
		switch {
		case errors.Is(err, graph.ErrConflict) && time.Now().Before(patience):
			if !waiting && tell.Waiting != nil {
				tell.Waiting(err)
			}
			waiting = true
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(time.Second):
			}
			continue // what is due may have changed meanwhile
		case err != nil:
			return fmt.Errorf("loading the sample (%s): %w", strings.TrimPrefix(all[i].note, notePrefix), err)
		case report.Load > 0 && tell.Loaded != nil:
			tell.Loaded(report)
		}
		i++
	}
	return nil
}

// applyIfDue loads it, unless the store shows that it is not to be. A report without a number loaded nothing.
func (s step) applyIfDue(ctx context.Context, store graph.Store, program string, all []step, at int) (ingest.Report, error) {
	held, err := loads(ctx, store)
	if err != nil {
		return ingest.Report{}, err
	}
	due, err := s.due(held, all, at)
	if err != nil || !due {
		return ingest.Report{}, err
	}
	src, err := sources.ByKey(s.source)
	if err != nil {
		return ingest.Report{}, err
	}
	files, err := s.files()
	if err != nil {
		return ingest.Report{}, err
	}
	return ingest.Load(ctx, ingest.Options{
		Source: src, Files: files, Reader: store, Writer: store, Program: program, Note: s.note,
	})
}

// A Teller is told what Apply does. Either may be nil.
type Teller struct {
	Loaded  func(ingest.Report) // after each load
	Waiting func(because error) // once, if another load is in the way
}

// loads gives all loads of the store, newest first.
func loads(ctx context.Context, r graph.Reader) ([]graph.Load, error) {
	var all []graph.Load
	q := graph.LoadQuery{First: 500}
	for {
		page, err := r.Loads(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("the loads of the store: %w", err)
		}
		all = append(all, page...)
		if len(page) < q.First {
			return all, nil
		}
		q.Before = page[len(page)-1].Number
	}
}

// due tells whether the load is to be applied to a store that holds these loads.
func (s step) due(held []graph.Load, all []step, at int) (bool, error) {
	i := slices.IndexFunc(held, func(l graph.Load) bool { return slices.Contains(l.Slices, s.slice) })
	if i < 0 {
		return true, nil
	}
	newest := held[i]
	done := slices.IndexFunc(all, func(o step) bool { return o.slice == s.slice && o.note == newest.Note })
	switch {
	case done < 0:
		return false, nil // a person's own
	case done < at:
		return true, nil
	case done > at || slices.ContainsFunc(all[at+1:], func(o step) bool { return o.slice == s.slice }):
		return false, nil
	}
	files, err := s.files()
	if err != nil {
		return false, err
	}
	same, err := madeFrom(newest, files)
	return !same, err
}

// madeFrom tells whether a load was made from these files.
func madeFrom(l graph.Load, files fs.FS) (bool, error) {
	same := true
	for _, f := range l.Files {
		text, err := fs.ReadFile(files, f.Name)
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		if err != nil {
			return false, fmt.Errorf("the sample's file %s: %w", f.Name, err)
		}
		sum := sha256.Sum256(text)
		same = same && hex.EncodeToString(sum[:]) == f.SHA256
	}
	return same, nil
}
