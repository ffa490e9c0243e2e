package neo4jstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/entente-graph/entente/graph"
)

// Open burns the next number and takes the lease.
func (s *Store) Open(ctx context.Context, info graph.LoadInfo) (lease graph.Lease, err error) {
	defer failed(ctx, &err, "open a load of %s", info.Source)
	if err := info.Check(); err != nil {
		return lease, err
	}
	props, err := infoProps(info)
	if err != nil {
		return lease, err
	}
	lease.Token = newToken()
	props["token"], props["order"], props["holder"], props["state"], props["batches"] = lease.Token, lease.Token, s.holder, "open", 0
	err = s.order(ctx, func(t tx) error {
		now, err := t.lockHead(ctx)
		if err != nil {
			return err
		}
		if now.load != nil {
			if str(now.load["order"]) == lease.Token { // it was carried out, and the answer was lost
				lease.Load = graph.LoadNumber(number(now.load["number"]))
				return nil
			}
			return now.heldBy()
		}
		if lease.Load, err = now.burn(info.Copy); err != nil {
			return err
		}
		props["number"] = int64(lease.Load)
		return t.do(ctx, "open_load", map[string]any{"props": props, "number": int64(lease.Load), "lease": s.o.Lease.Milliseconds()})
	})
	return lease, err
}

// infoProps gives what a load says of itself as properties; what has several values is JSON.
func infoProps(info graph.LoadInfo) (map[string]any, error) {
	props := map[string]any{
		"source": string(info.Source), "importer": info.Importer, "program": info.Program, "note": info.Note,
		"undoes": int64(info.Undoes), "amends": int64(info.Amends),
	}
	if info.Copy != nil {
		props["copied"] = info.Copy.Recorded.UnixMilli()
	}
	for name, v := range map[string]any{"slices": info.Slices, "files": info.Files, "edits": info.Edits, "paths": info.Paths} {
		text, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		props[name] = string(text)
	}
	return props, nil
}

// headNow is how the store stands for an order that holds its lock.
type headNow struct {
	burned, head graph.LoadNumber
	newest       int64          // when the newest load was recorded, in milliseconds
	load         map[string]any // the one that is open; nil: none
	now          int64          // the database's clock
}

func (t tx) lockHead(ctx context.Context) (h headNow, err error) {
	rows, err := t.ask(ctx, "lock_head", nil)
	if err != nil {
		return h, err
	}
	if len(rows) == 0 {
		return h, fmt.Errorf("%w: the database holds no store any more", graph.ErrUnavailable)
	}
	h.burned, h.head = graph.LoadNumber(number(rows[0]["burned"])), graph.LoadNumber(number(rows[0]["head"]))
	h.newest, h.now = number(rows[0]["newest"]), number(rows[0]["now"])
	h.load, _ = rows[0]["load"].(map[string]any)
	return h, nil
}

// heldBy is a conflict while a load is open.
func (h headNow) heldBy() error {
	u, err := unfinishedOf(h.load, h.now)
	if err != nil || u == nil {
		return err
	}
	return u.HeldBy()
}

func (h headNow) noneOpen() error {
	if h.load == nil {
		return nil
	}
	return h.heldBy()
}

// burn gives the next number, or that of the original.
func (h headNow) burn(original *graph.Original) (graph.LoadNumber, error) {
	if original == nil {
		return h.burned + 1, nil
	}
	switch {
	case original.Number <= h.burned:
		return 0, fmt.Errorf("%w: a copy of load %d keeps its number, and here all numbers up to %d were taken", graph.ErrConflict, original.Number, h.burned)
	case original.Recorded.UnixMilli() < h.newest:
		return 0, fmt.Errorf("%w: a copy of load %d keeps its time, %s, which is before that of the newest load here, %s", graph.ErrConflict,
			original.Number, original.Recorded.UTC().Format(time.RFC3339Nano), time.UnixMilli(h.newest).UTC().Format(time.RFC3339Nano))
	}
	return original.Number, nil
}

// TakeOver gives the open load a new lease. Who may not have it is told so without waiting for its holder.
func (s *Store) TakeOver(ctx context.Context, n graph.LoadNumber, force bool) (lease graph.Lease, err error) {
	defer failed(ctx, &err, "take over load %d", n)
	lease = graph.Lease{Load: n, Token: newToken()}
	err = s.order(ctx, func(t tx) error {
		h, err := t.hold(ctx, s, graph.Lease{Load: n}, "")
		switch {
		case err != nil:
			return err
		case h.order == lease.Token:
			return nil // it was carried out, and the answer was lost
		}
		if h.state != "open" && h.state != "discarding" {
			return notOpen(n, h.state)
		}
		u, err := unfinishedOf(h.load, h.now)
		switch {
		case err != nil:
			return err
		case !u.Expired && !force:
			return u.HeldBy()
		}
		return t.do(ctx, "take_load", map[string]any{
			"load": int64(n), "token": lease.Token, "order": lease.Token, "holder": s.holder, "lease": s.o.Lease.Milliseconds(),
		})
	})
	if err != nil {
		return graph.Lease{}, err
	}
	return lease, nil
}

// notOpen says what a load is that is not open.
func notOpen(n graph.LoadNumber, state string) error {
	switch state {
	case "":
		return fmt.Errorf("%w: there is no load %d", graph.ErrConflict, n)
	case "discarding":
		return fmt.Errorf("%w: load %d is being discarded", graph.ErrConflict, n)
	default:
		return fmt.Errorf("%w: load %d is %s", graph.ErrConflict, n, state)
	}
}

// held is how a load stands for an order that has locked it.
type held struct {
	held                        bool
	state, token, holder, order string
	hash                        []byte // of the batch asked about, if it was written
	load                        map[string]any
	now                         int64
}

// hold locks the load, so that orders of its holder and of who takes it over come one after the other, and lengthens the
// lease where that is right.
func (t tx) hold(ctx context.Context, s *Store, lease graph.Lease, batch string, states ...string) (h held, err error) {
	if states == nil {
		states = []string{}
	}
	rows, err := t.ask(ctx, "hold", map[string]any{
		"load": int64(lease.Load), "token": lease.Token, "states": states, "lease": s.o.Lease.Milliseconds(), "batch": batch,
	})
	if err != nil || len(rows) == 0 {
		return h, err
	}
	h.load, _ = rows[0]["load"].(map[string]any)
	h.held, _ = rows[0]["held"].(bool)
	h.hash, _ = rows[0]["hash"].([]byte)
	h.now = number(rows[0]["now"])
	h.state, h.token, h.holder, h.order = str(h.load["state"]), str(h.load["token"]), str(h.load["holder"]), str(h.load["order"])
	return h, nil
}

// refusal says why a lease does not hold; nil where it does.
func (h held) refusal(lease graph.Lease) error {
	switch {
	case h.held:
		return nil
	case h.state == "":
		return notOpen(lease.Load, "")
	case h.state == "committed" || h.state == "discarded" || h.token == lease.Token && h.token != "":
		return notOpen(lease.Load, h.state)
	case h.token == "":
		return fmt.Errorf("%w: the lease of load %d was given back; nothing more is written with it", graph.ErrConflict, lease.Load)
	default:
		return fmt.Errorf("%w: %s took over load %d; nothing more is written with the former lease", graph.ErrConflict, h.holder, lease.Load)
	}
}

// Renew lengthens the lease.
func (s *Store) Renew(ctx context.Context, lease graph.Lease) (err error) {
	defer failed(ctx, &err, "renew the lease of load %d", lease.Load)
	return s.order(ctx, func(t tx) error {
		h, err := t.hold(ctx, s, lease, "", "open")
		if err != nil {
			return err
		}
		return h.refusal(lease)
	})
}

// ending carries out an order after which the lease is gone: its name, kept with the load, says that it was carried out.
func (s *Store) ending(ctx context.Context, lease graph.Lease, states []string, done func(load map[string]any) error, f func(t tx, order string) (map[string]any, error)) error {
	name := newToken()
	return s.order(ctx, func(t tx) error {
		h, err := t.hold(ctx, s, lease, "", states...)
		if err != nil {
			return err
		}
		if h.order == name {
			return done(h.load)
		}
		if err := h.refusal(lease); err != nil {
			return err
		}
		load, err := f(t, name)
		if err != nil {
			return err
		}
		return done(load)
	})
}

// Release gives the lease back and leaves the load open, or half discarded.
func (s *Store) Release(ctx context.Context, lease graph.Lease) (err error) {
	defer failed(ctx, &err, "release the lease of load %d", lease.Load)
	return s.ending(ctx, lease, []string{"open", "discarding"}, func(map[string]any) error { return nil }, func(t tx, order string) (map[string]any, error) {
		return nil, t.do(ctx, "release_load", map[string]any{"load": int64(lease.Load), "order": order})
	})
}

// Commit makes the load visible, and then marks what is current for people who look into the database.
func (s *Store) Commit(ctx context.Context, lease graph.Lease, counts graph.Counts) (load graph.Load, err error) {
	defer failed(ctx, &err, "commit load %d", lease.Load)
	err = s.ending(ctx, lease, []string{"open"}, func(values map[string]any) (err error) {
		load, err = loadOf(values)
		return err
	}, func(t tx, order string) (map[string]any, error) {
		rows, err := t.ask(ctx, "commit_load", map[string]any{"load": int64(lease.Load), "order": order, "counts": countProps(counts)})
		if err != nil {
			return nil, err
		}
		if len(rows) != 1 {
			return nil, fmt.Errorf("%w: the database holds no store any more", graph.ErrUnavailable)
		}
		values, _ := rows[0]["load"].(map[string]any)
		return values, nil
	})
	if err != nil {
		return graph.Load{}, err
	}
	s.sawHead(lease.Load)
	s.promote(ctx)
	return load, nil
}

func countProps(c graph.Counts) map[string]any {
	return map[string]any{"added": c.Added, "changed": c.Changed, "retracted": c.Retracted, "unchanged": c.Unchanged, "quarantined": c.Quarantined}
}

// Discard undoes all that the open load wrote. Broken off, it can be called again.
func (s *Store) Discard(ctx context.Context, lease graph.Lease, progress func(done, total int)) (err error) {
	defer failed(ctx, &err, "discard load %d", lease.Load)
	if progress == nil {
		progress = func(int, int) {}
	}
	total := 0
	err = s.order(ctx, func(t tx) error {
		h, err := t.hold(ctx, s, lease, "", "open", "discarding")
		if err != nil {
			return err
		}
		if err := h.refusal(lease); err != nil {
			return err
		}
		rows, err := t.ask(ctx, "count_of_load", ofLoadBounds(lease.Load))
		if err != nil {
			return err
		}
		total = int(number(rows[0]["total"]))
		return t.do(ctx, "begin_discard", map[string]any{"load": int64(lease.Load)})
	})
	if err != nil {
		return err
	}
	for done := 0; ; {
		progress(min(done, total), total)
		n, err := s.discardSome(ctx, lease)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
		done += n
	}
	return s.ending(ctx, lease, []string{"discarding"}, func(map[string]any) error { return nil }, func(t tx, order string) (map[string]any, error) {
		return nil, errors.Join(
			t.do(ctx, "delete_erasures", map[string]any{"load": int64(lease.Load)}),
			t.do(ctx, "end_discard", map[string]any{"load": int64(lease.Load), "order": order}))
	})
}

func ofLoadBounds(n graph.LoadNumber) map[string]any {
	return map[string]any{"from": ofLoad(n), "to": past(ofLoad(n))}
}

// discardBatch is how many statements are taken back in one transaction.
const discardBatch = 1000

// discardSome takes back some of what a load that is being discarded wrote: what it recorded, then what it closed, then what
// it kept beside. It gives how much that was; 0 at the end.
func (s *Store) discardSome(ctx context.Context, lease graph.Lease) (n int, err error) {
	err = s.order(ctx, func(t tx) error {
		h, err := t.hold(ctx, s, lease, "", "discarding")
		if err == nil {
			err = h.refusal(lease)
		}
		if err != nil {
			return err
		}
		params := ofLoadBounds(lease.Load)
		params["limit"] = discardBatch
		ids, err := t.numbers(ctx, "recorded_by", params)
		if n = len(ids); err != nil || n > 0 {
			return errors.Join(err, t.deleteStatements(ctx, ids))
		}
		ids, err = t.numbers(ctx, "closed_by", params)
		if n = len(ids); err != nil || n > 0 {
			return errors.Join(err, t.reopen(ctx, lease.Load, ids))
		}
		rows, err := t.ask(ctx, "delete_ledger", params)
		if err == nil {
			n = int(number(rows[0]["deleted"]))
		}
		return err
	})
	return n, err
}

func (t tx) numbers(ctx context.Context, name string, params map[string]any) ([]int64, error) {
	rows, err := t.ask(ctx, name, params)
	ids := make([]int64, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, number(r["id"]))
	}
	slices.Sort(ids)
	return slices.Compact(ids), err
}

func (t tx) reopen(ctx context.Context, load graph.LoadNumber, ids []int64) error {
	err := t.do(ctx, "reopen_statements", map[string]any{"load": int64(load), "open": int64(graph.OpenLoad), "statements": ids})
	if err != nil {
		return err
	}
	return t.do(ctx, "retime_rows", map[string]any{"statements": ids, "to": int64(graph.OpenLoad)})
}
