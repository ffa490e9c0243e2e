package neo4jstore

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/entente-graph/entente/graph"
)

// Write records one batch in one transaction, the ledger's entry with it.
func (s *Store) Write(ctx context.Context, lease graph.Lease, b graph.Batch) (err error) {
	defer failed(ctx, &err, "write batch %d of load %d", b.Number, lease.Load)
	add, err := newAddition(lease.Load, b.Number, b.Add) // before the transaction, which holds up other orders
	if err != nil {
		return err
	}
	entries, err := quarantineEntries(lease.Load, b.Quarantine)
	if err != nil {
		return err
	}
	hash, err := b.Hash()
	if err != nil {
		return err
	}
	id := fmt.Sprintf("%s%d", ofLoad(lease.Load), b.Number)
	return s.order(ctx, func(t tx) error {
		h, err := t.hold(ctx, s, lease, id, "open")
		if err != nil {
			return err
		}
		if err := h.refusal(lease); err != nil {
			return err
		}
		if h.hash != nil {
			if !bytes.Equal(h.hash, hash[:]) {
				return fmt.Errorf("%w: it was written before and held something else then: the files, or the program, have changed; discard the load and load anew", graph.ErrConflict)
			}
			return nil
		}
		if err := t.do(ctx, "add_batch", map[string]any{"load": int64(lease.Load), "id": id, "hash": hash[:]}); err != nil {
			return err
		}
		if err := t.closeStatements(ctx, lease.Load, b.Close); err != nil {
			return err
		}
		err = chunks(entries, func(part []map[string]any) error { return t.do(ctx, "add_quarantine", map[string]any{"entries": part}) })
		if err != nil {
			return err
		}
		if err := t.erased(ctx, lease.Load, b, h.load["copied"] != nil); err != nil {
			return err
		}
		return t.add(ctx, add)
	})
}

// addition is what is to be added, with all that is derived from it.
type addition struct {
	names      []string
	statements []map[string]any
	labels     []map[string]any
	wide       []map[string]any
	grouped    *grouped
}

// Numbers of statements are made of the load, the batch and the place in it, so that a batch made again has the same.
const (
	placeBits = 16
	batchBits = 24
)

func newAddition(load graph.LoadNumber, batch int, all []graph.Statement) (*addition, error) {
	if batch < 0 || batch >= 1<<batchBits || len(all) > 1<<placeBits {
		return nil, graph.BadInput("batch %d of %d statements: a load has at most %d batches of %d", batch, len(all), 1<<batchBits, 1<<placeBits)
	}
	a := &addition{grouped: newGrouped()}
	wide := map[string]int{}
	seen := make(map[string]bool, len(all))
	for i, st := range all {
		name := nameOf(st.StatementID)
		if seen[name] {
			return nil, fmt.Errorf("add %s %s of %s: %w: it is in the batch twice", st.Kind, st.Key, st.Source, graph.ErrConflict)
		}
		seen[name] = true
		v := version{id: int64(load)<<(batchBits+placeBits) | int64(batch)<<placeBits | int64(i), from: load, to: graph.OpenLoad, Statement: st}
		d, err := derive(v)
		if err != nil {
			return nil, err
		}
		a.names = append(a.names, name)
		entry := map[string]any{"props": statementProps(v, d), "about": nil, "key": d.key}
		if d.about != "" {
			entry["about"] = d.about
			a.grouped.identities[d.about][d.key] = true
			if d.label != "" {
				a.labels = append(a.labels, map[string]any{"about": d.about, "key": d.key, "label": d.label})
			}
		}
		a.statements = append(a.statements, entry)
		a.grouped.add(d.rows)
		for _, r := range d.rows {
			if r.props["wideAt"] != nil {
				wide[r.from.(string)]++ //nolint:forcetypeassert // rows of participations begin at an actor's key
			}
		}
	}
	for _, key := range sortedKeys(wide) {
		a.wide = append(a.wide, map[string]any{"key": key, "more": wide[key]})
	}
	return a, nil
}

// statementProps gives all properties of a statement's node.
func statementProps(v version, d *derivation) map[string]any {
	props := map[string]any{
		"id": v.id, "source": string(v.Source), "slice": string(v.Slice), "kind": string(v.Kind), "key": v.Key, "hash": v.Hash[:],
		"recordedFrom": int64(v.from), "recordedTo": int64(v.to), "body": string(v.Body), "locator": v.Locator,
		"name": nameOf(v.StatementID), "ref": refOf(v.Kind, v.Key), "place": placeOf(v.Statement), "recorded": ofLoad(v.from) + nameOf(v.StatementID),
	}
	for name, value := range d.props {
		props[name] = value
	}
	return props
}

// add records what is to be added. What is open is not added again.
func (t tx) add(ctx context.Context, a *addition) error {
	err := chunks(a.names, func(part []string) error {
		rows, err := t.ask(ctx, "open_names", map[string]any{"names": part, "open": int64(graph.OpenLoad)})
		if err == nil && len(rows) > 0 {
			err = fmt.Errorf("add %s: %w: it is open already", readable(str(rows[0]["name"])), graph.ErrConflict)
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := t.addIdentities(ctx, a.grouped); err != nil {
		return err
	}
	err = chunks(a.labels, func(part []map[string]any) error { return t.do(ctx, "add_labels", map[string]any{"of": part}) })
	if err != nil {
		return err
	}
	err = chunks(a.statements, func(part []map[string]any) error {
		return t.do(ctx, "add_statements", map[string]any{"statements": part})
	})
	if err != nil {
		return err
	}
	if err := t.addRows(ctx, a.grouped); err != nil {
		return err
	}
	return chunks(a.wide, func(part []map[string]any) error { return t.do(ctx, "count_wide", map[string]any{"actors": part}) })
}

// addIdentities makes what rows are between, where it is not there yet.
func (t tx) addIdentities(ctx context.Context, g *grouped) error {
	for _, label := range identityLabels {
		err := chunks(sortedKeys(g.identities[label]), func(part []string) error {
			return t.do(ctx, "add_identities "+label, map[string]any{"keys": part})
		})
		if err != nil {
			return err
		}
	}
	var dyads []map[string]any
	for _, key := range sortedKeys(g.dyads) {
		d := g.dyads[key]
		dyads = append(dyads, map[string]any{"key": key, "a": string(d.A), "b": string(d.B), "order": dyadOrder(d)})
	}
	return chunks(dyads, func(part []map[string]any) error { return t.do(ctx, "add_dyads", map[string]any{"dyads": part}) })
}

func (t tx) addRows(ctx context.Context, g *grouped) error {
	for _, kind := range rowTypes {
		err := chunks(g.rows[kind.name], func(part []map[string]any) error {
			return t.do(ctx, "add_rows "+kind.name, map[string]any{"rows": part})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// closeStatements says that the load superseded open statements.
func (t tx) closeStatements(ctx context.Context, load graph.LoadNumber, ids []graph.StatementID) error {
	return chunks(ids, func(part []graph.StatementID) error {
		wanted := map[string]graph.StatementID{}
		var closed []map[string]any
		for _, id := range part {
			name := nameOf(id)
			wanted[name] = id
			closed = append(closed, map[string]any{"name": name, "at": ofLoad(load) + name})
		}
		rows, err := t.ask(ctx, "close_statements", map[string]any{"load": int64(load), "open": int64(graph.OpenLoad), "closed": closed})
		if err != nil {
			return err
		}
		numbers := make([]int64, 0, len(rows))
		for _, r := range rows {
			numbers = append(numbers, number(r["id"]))
			delete(wanted, str(r["name"]))
		}
		for _, id := range part {
			if _, missing := wanted[nameOf(id)]; missing || len(rows) != len(part) {
				return fmt.Errorf("close %s %s of %s: %w: no such statement is open", id.Kind, id.Key, id.Source, graph.ErrConflict)
			}
		}
		return t.do(ctx, "retime_rows", map[string]any{"statements": numbers, "to": int64(load)})
	})
}

func readable(name string) string {
	return string(bytes.ReplaceAll([]byte(name), []byte("\u0001"), []byte(" ")))
}

// entryAt is the place of an entry in quarantines.
func entryAt(load graph.LoadNumber, n int) string { return fmt.Sprintf("%s%09d", ofLoad(load), n) }

func quarantineEntries(load graph.LoadNumber, all []graph.Quarantined) ([]map[string]any, error) {
	var entries []map[string]any
	for _, q := range all {
		body, err := json.Marshal(q)
		if err != nil {
			return nil, fmt.Errorf("keep entry %d of the quarantine: %w", q.N, err)
		}
		entries = append(entries, map[string]any{"at": entryAt(load, q.N), "load": int64(load), "n": q.N, "name": nameOf(q.Of), "body": string(body)})
	}
	return entries, nil
}

func quarantinedOf(body string) (q graph.Quarantined, err error) {
	return q, json.Unmarshal([]byte(body), &q)
}

// erased keeps what the original of a copy erased.
func (t tx) erased(ctx context.Context, load graph.LoadNumber, b graph.Batch, isCopy bool) error {
	if err := b.Check(isCopy); err != nil || len(b.Erased) == 0 {
		return err
	}
	var entries []map[string]any
	for i, e := range b.Erased {
		entry := erasureProps(e.StatementID, load, e.Reason)
		entry["n"], entry["name"] = i, nameOf(e.StatementID)
		entries = append(entries, entry)
	}
	rows, err := t.ask(ctx, "known_names", map[string]any{"erasures": entries})
	if err != nil {
		return err
	}
	if len(rows) > 0 {
		e, why := b.Erased[number(rows[0]["n"])], "it was erased before"
		if is, _ := rows[0]["held"].(bool); is {
			why = "the store holds it"
		}
		return fmt.Errorf("erased, %s %s of %s: %w: %s", e.Kind, e.Key, e.Source, graph.ErrConflict, why)
	}
	for _, e := range entries {
		delete(e, "n")
		delete(e, "name")
	}
	return t.do(ctx, "add_erasures", map[string]any{"erasures": entries})
}

func erasureProps(id graph.StatementID, load graph.LoadNumber, reason string) map[string]any {
	return map[string]any{"id": nameOf(id), "source": string(id.Source), "kind": string(id.Kind), "key": id.Key, "load": int64(load), "reason": reason}
}
