package graph

import (
	"fmt"
	"time"
)

// A LoadNumber counts loads from 1; 0 is the empty graph before the first. Each stored
// statement carries the load that recorded it and the load, if any, that superseded it; a
// reader at n sees recordedFrom <= n and recordedTo > n.
type LoadNumber int64

// OpenLoad is the recordedTo of a statement that no load has superseded. It never leaves the program.
const OpenLoad LoadNumber = 1<<62 - 1

// OwnSource is the source of what the program itself states: conclusions, decisions, erasures.
const OwnSource SourceKey = "entente"

// A Load is what was loaded together, and what came of it.
type Load struct {
	Number   LoadNumber
	Source   SourceKey // whose statements it has; several dossiers in one load have the first one's
	Importer string    // which importer read the files: the word after "entente ingest"; empty where none did
	Slices   []Slice
	Files    []File
	Recorded time.Time // when it became visible, UTC, to the millisecond, by the store's clock
	Program  string    // the program's version
	Note     string
	Counts   Counts
	Undoes   LoadNumber // it restored its slices to what they were before that load; 0: it did not
	Amends   LoadNumber // it added mended records of that load's quarantine; 0: it did not
	Edits    []Edit     // the mended records of an amendment
}

// A Slice is what a load replaces: what is absent from a loaded slice is retracted.
type Slice struct {
	Source SourceKey
	ID     SliceID
}

// A File is one that was read, with the SHA-256 of its bytes in hex.
type File struct {
	Name   string
	SHA256 string
	Size   int64
}

// Counts is what a load did, in statements.
type Counts struct{ Added, Changed, Retracted, Unchanged, Quarantined int }

// LoadInfo is what a load says of itself when it opens.
type LoadInfo struct {
	Source   SourceKey
	Importer string
	Slices   []Slice
	Files    []File
	Program  string
	Note     string
	Undoes   LoadNumber
	Amends   LoadNumber
	Edits    []Edit
	// Paths are the files as the person typed them, for going on with a load that was broken off. They are
	// forgotten at its end.
	Paths []string
	// Copy, if set, says that this is a copy of another store's load: it gets that one's number and time.
	Copy *Original
}

// Unfinished is a load that was opened and neither committed nor discarded.
type Unfinished struct {
	Number LoadNumber
	LoadInfo
	Opened     time.Time
	Holder     string    // who writes it, or wrote it: process and machine
	Until      time.Time // when the lease runs out, unless its holder goes on, by the store's clock
	Expired    bool      // it has run out
	Discarding bool      // it is being taken back and can only be discarded
	Batches    int       // how many are written
}

// A State is a state of the graph: what was known at a load, and as of which day, if any.
// Every object that is read carries the one it was read in.
type State struct {
	Load LoadNumber
	AsOf *Day // nil: nothing is cut
	// Pinned says that the asker chose the state (a snapshot): ids then name it.
	Pinned bool
}

// HeldBy says as an ErrConflict who has an open load, and what can be done about it.
func (u *Unfinished) HeldBy() error {
	until := u.Until.Format("2006-01-02T15:04:05Z")
	if u.Expired {
		return fmt.Errorf("%w: load %d, of %s, was broken off (%s had it until %s): resume or discard it first", ErrConflict, u.Number, u.Source, u.Holder, until)
	}
	return fmt.Errorf("%w: load %d, of %s, is being written by %s (%s); its lease runs until %s unless it goes on: wait for it, or try again then",
		ErrConflict, u.Number, u.Source, u.Holder, u.Program, until)
}
