package graph

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
)

// Writer records loads. It compares nothing: it adds and closes what it is told to.
// Nothing of a load is visible before Commit, all of it after; a batch twice is a batch once.
type Writer interface {
	// Open burns the next number and takes the lease. A store holds one open load at a time: while there is another,
	// be it being written or broken off, this is ErrConflict. A copy (info.Copy) takes the number of its original, and burns
	// all below: it must be above every burned number, and its time not before the newest load's, else this is ErrConflict.
	Open(ctx context.Context, info LoadInfo) (Lease, error)
	// TakeOver gives the open load a new lease, so that it can be gone on with or discarded; its former holder can write
	// nothing more. While the lease still runs this is ErrConflict, unless force is set.
	TakeOver(ctx context.Context, n LoadNumber, force bool) (Lease, error)
	// Renew lengthens the lease, as every batch does.
	Renew(ctx context.Context, lease Lease) error
	// Release gives the lease back and leaves the load open, for anyone to take over at once.
	Release(ctx context.Context, lease Lease) error
	// Write records one batch in one transaction. A batch number that was written before is not written again; if it held
	// anything else then, that is ErrConflict.
	Write(ctx context.Context, lease Lease, b Batch) error
	// Commit makes the load visible, whole, and gives back the lease. A copy is recorded at the time of its original.
	Commit(ctx context.Context, lease Lease, counts Counts) (Load, error)
	// Discard undoes all that the open load wrote and gives back the lease; its number stays burned. Broken off, it can be
	// called again, after a TakeOver if need be. progress, if not nil, is told how many statements are done of how many.
	Discard(ctx context.Context, lease Lease, progress func(done, total int)) error
	// Erase removes statements from every number, and their entries from every quarantine, at once and for good, leaving
	// an Erasure of each. It is a load of its own, in which what follows from it is closed and added. What the store holds
	// at no number and in no quarantine is ErrNotFound; an open load, a head other than order.Head, and to close what is
	// not open, or add what is, once the others are gone, are ErrConflict. Then nothing is erased.
	Erase(ctx context.Context, order EraseOrder) (Load, error)
	// RebuildIndex drops every index row and derives it anew from the statements. No answer changes, before, during
	// or after. An open load is ErrConflict. progress, if not nil, is told how many statements are done of how many.
	RebuildIndex(ctx context.Context, progress func(done, total int)) error
}

// A Lease is the right to write one load. The token is random; every batch checks it.
type Lease struct {
	Load  LoadNumber
	Token string
}

// A Batch is a fixed range of a load's sorted difference: batch i is the same whenever it is made again.
type Batch struct {
	Number int // from 0
	Close  []StatementID
	Add    []Statement
	// Quarantine is what the load did not understand, to be kept with it.
	Quarantine []Quarantined
	// Erased is what the original of a copy erased; only a copy may have it, else the batch is ErrInvalid. It removes nothing:
	// a statement that the store holds, at any number, or that was erased in it, is ErrConflict. Their Load is that of
	// the copy.
	Erased []Erasure
}

// Hash is over all that the batch holds: equal hashes mean the same batch.
func (b Batch) Hash() (Hash, error) {
	h := sha256.New()
	e := json.NewEncoder(h)
	put := func(id StatementID, hash Hash, more ...string) error {
		return e.Encode([]any{id, hash, more})
	}
	var errs []error
	for _, id := range b.Close {
		errs = append(errs, put(id, Hash{}, "close"))
	}
	for _, s := range b.Add {
		errs = append(errs, put(s.StatementID, s.Hash, "add", string(s.Slice)))
	}
	for _, q := range b.Quarantine {
		errs = append(errs, e.Encode(q))
	}
	for _, gone := range b.Erased {
		errs = append(errs, put(gone.StatementID, Hash{}, "erased", gone.Reason))
	}
	return Hash(h.Sum(nil)), errors.Join(errs...)
}

// An EraseOrder says what to erase, and why. An id that is in it twice counts once.
type EraseOrder struct {
	IDs     []StatementID
	Reason  string
	Program string
	// Head is the newest load that whoever gives the order has seen; 0: any.
	Head LoadNumber
	// Close and Add are what the graph concludes otherwise without the others: its load closes and records them. They are
	// not in its counts.
	Close []StatementID
	Add   []Statement
}
