// Package cowdiplomaticexchange reads the Diplomatic Exchange data of Reşat Bayer for the Correlates of War Project, version 2006.1: at which
// level states were represented at one another, in 38 years between 1817 and 2005.
//
// source.go says what the source is and yields its rows; layout.go knows the file; wave.go reads a row, pair.go makes the statements
// of two states. README.md tells the rest.
package cowdiplomaticexchange

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "cow-diplomatic-exchange"

const version = "2006.1"

// Source reads version 2006.1. It is safe for concurrent use.
type Source struct{ *table.Dataset }

// New makes the source. The registry says who held which number when; the source asks it once, when it first reads.
func New(registry ingest.Registry) *Source {
	d := &table.Dataset{About: about, Finder: finder}
	numbers := registry.Once()
	d.Read = func(ctx context.Context, files fs.FS, have map[string]string, yield table.Yield) error {
		roster, err := numbers()
		if err != nil {
			return err
		}
		pairs, err := gather(ctx, files, have[list.Name])
		if err != nil {
			return err
		}
		for _, p := range pairs {
			rows, err := p.rows(d, roster)
			if err != nil || !yield.All(rows) {
				return err
			}
		}
		return nil
	}
	return &Source{d}
}

// about is what the source is. Its one window is selective: of the years between those in which it looked it says nothing, and
// where it found no mission its own statements say so.
var about = graph.Source{
	Key:       Key,
	Kind:      graph.SourceDataset,
	Title:     "Diplomatic Exchange",
	Version:   version,
	Publisher: "Correlates of War Project (Reşat Bayer, Koç University)",
	License:   "Free to use with citation; not to be redistributed",
	URL:       "https://correlatesofwar.org/data-sets/diplomatic-exchange",
	Language:  "en",
	BibTeX:    bibTeX,
	Coverage: []graph.Coverage{{
		Kinds: []graph.StatementKind{graph.StatementRepresentation},
		From:  graph.MustDate(fmt.Sprint(waves[0])),
		To:    graph.MustDate(fmt.Sprint(waves[len(waves)-1])),
		Note:  "representation at the level of chargé d'affaires, minister and ambassador between members of the interstate system, as it was in single years: " + waveText() + "; nothing between them",
	}},
}

const bibTeX = `@misc{bayer_2006_diplomatic_exchange,
  author = {Bayer, Re\c{s}at},
  title = {Diplomatic Exchange Data Set},
  year = {2006},
  url = {https://correlatesofwar.org/data-sets/diplomatic-exchange},
  note = {Version 2006.1}
}
`
