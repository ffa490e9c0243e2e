package sqlitestore

import (
	"context"
	"crypto/rand"
	"fmt"

	sqlite3 "modernc.org/sqlite/lib"

	"github.com/entente-graph/entente/graph"
)

// TakeOver gives the open load a new lease. It looks at the lease before it asks for the right to write, which a loader that
// was stopped in the middle of a batch may have for ever.
func (s *Store) TakeOver(ctx context.Context, n graph.LoadNumber, force bool) (lease graph.Lease, err error) {
	defer failed(ctx, &err, "take over load %d", n)
	if s.readOnly {
		return lease, errReadOnly
	}
	u, err := mayTake(ctx, s.reads.db, n, force)
	if err != nil {
		return lease, err
	}
	err = s.writing(ctx, func(t *tx) error {
		if _, err := mayTake(ctx, t, n, force); err != nil {
			return err
		}
		lease = graph.Lease{Load: n, Token: rand.Text()}
		_, err := t.exec(ctx, "UPDATE load SET token = ?, holder = ?, expires = "+now+" + ? WHERE number = ?", lease.Token, s.holder, s.lease.Milliseconds(), n)
		return err
	})
	if code(err) == sqlite3.SQLITE_BUSY {
		err = fmt.Errorf("%w: for more than %s a process has been in the middle of writing to the store %s, most likely %s, which has this load: "+
			"it was stopped, or is very slow; let it go on, or end it, then try again", graph.ErrUnavailable, busyWait, s.path, u.Holder)
	}
	return lease, err
}

// mayTake gives the open load, if it is the one that is meant and its lease may be taken.
func mayTake(ctx context.Context, db rowQuerier, n graph.LoadNumber, force bool) (*graph.Unfinished, error) {
	u, err := unfinished(ctx, db)
	switch {
	case err != nil:
		return nil, err
	case u == nil || u.Number != n:
		return nil, notOpen(ctx, db, n)
	case !u.Expired && !force:
		return nil, u.HeldBy()
	}
	return u, nil
}
