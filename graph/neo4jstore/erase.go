package neo4jstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// deleteStatements removes statements by their numbers, with their rows, and what nothing is known of after that.
func (t tx) deleteStatements(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	touched := map[string]bool{}
	note := func(name string, params map[string]any) error {
		rows, err := t.ask(ctx, name, params)
		for _, r := range rows {
			touched[str(r["id"])] = true
		}
		return err
	}
	if err := note("delete_rows", map[string]any{"statements": ids}); err != nil {
		return err
	}
	if err := note("delete_statements", map[string]any{"statements": ids}); err != nil {
		return err
	}
	if err := note("delete_orphan_dyads", map[string]any{"ids": sortedKeys(touched)}); err != nil {
		return err
	}
	return t.do(ctx, "delete_orphans", map[string]any{"ids": sortedKeys(touched)})
}

// Erase removes statements from every number, in one transaction.
func (s *Store) Erase(ctx context.Context, order graph.EraseOrder) (load graph.Load, err error) {
	defer failed(ctx, &err, "erase %d statements", len(order.IDs))
	if err := order.Check(); err != nil {
		return load, err
	}
	name := newToken()
	tried := graph.LoadNumber(0) // the number that it took, if it was carried out and the answer was lost; others may have come since
	err = s.order(ctx, func(t tx) error {
		load, err = t.erase(ctx, order, name, &tried)
		return err
	})
	if err != nil {
		return graph.Load{}, err
	}
	s.sawHead(load.Number)
	s.promote(ctx)
	return load, nil
}

func (t tx) erase(ctx context.Context, order graph.EraseOrder, name string, tried *graph.LoadNumber) (load graph.Load, err error) {
	now, err := t.lockHead(ctx)
	if err != nil {
		return load, err
	}
	if done, err := t.orderDone(ctx, *tried, name); err != nil || done != nil {
		if err == nil {
			load, err = loadOf(done)
		}
		return load, err // it was carried out, and the answer was lost
	}
	if err := now.noneOpen(); err != nil {
		return load, err
	}
	if order.Head != 0 && order.Head != now.head {
		return load, fmt.Errorf("%w: load %d was recorded meanwhile; try again", graph.ErrConflict, now.head)
	}
	n := now.burned + 1
	*tried = n
	open, err := t.eraseAll(ctx, order, n)
	if err != nil {
		return load, err
	}
	props, err := infoProps(graph.LoadInfo{Source: graph.OwnSource, Slices: []graph.Slice{}, Program: order.Program, Note: order.Reason})
	if err != nil {
		return load, err
	}
	for key, value := range countProps(graph.Counts{Retracted: open}) {
		props[key] = value
	}
	props["number"], props["state"], props["token"], props["holder"], props["expires"], props["order"], props["promoted"] = int64(n), "committed", "", "", 0, name, false
	rows, err := t.ask(ctx, "add_erasing_load", map[string]any{"props": props})
	if err != nil {
		return load, err
	}
	if err := t.closeStatements(ctx, n, order.Close); err != nil {
		return load, err
	}
	add, err := newAddition(n, 0, order.Add)
	if err != nil {
		return load, err
	}
	if err := t.add(ctx, add); err != nil {
		return load, err
	}
	values, _ := rows[0]["load"].(map[string]any)
	return loadOf(values)
}

// orderDone gives a load if an order made it.
func (t tx) orderDone(ctx context.Context, number graph.LoadNumber, name string) (map[string]any, error) {
	rows, err := t.ask(ctx, "load_by_order", map[string]any{"number": int64(number), "order": name})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	values, _ := rows[0]["load"].(map[string]any)
	return values, nil
}

// eraseAll deletes all versions of what is to be erased, with its entries in quarantines, and keeps that it was. It gives
// how many were open.
func (t tx) eraseAll(ctx context.Context, order graph.EraseOrder, load graph.LoadNumber) (open int, err error) {
	var names []string
	byName := map[string]graph.StatementID{}
	for _, id := range order.IDs {
		name := nameOf(id)
		if _, twice := byName[name]; !twice {
			byName[name] = id
			names = append(names, name)
		}
	}
	versions, err := t.ask(ctx, "versions_of", map[string]any{"names": names, "open": int64(graph.OpenLoad)})
	if err != nil {
		return 0, err
	}
	entries, err := t.ask(ctx, "quarantined_as", map[string]any{"names": names})
	if err != nil {
		return 0, err
	}
	found := map[string]bool{}
	var ids []int64
	for _, v := range versions {
		ids, found[str(v["name"])] = append(ids, number(v["id"])), true
		if is, _ := v["open"].(bool); is {
			open++
		}
	}
	var places []string
	for _, e := range entries {
		places, found[str(e["name"])] = append(places, str(e["at"])), true
	}
	var erasures []map[string]any
	for _, name := range names {
		id := byName[name]
		if !found[name] {
			return 0, fmt.Errorf("%s %s of %s: %w at any load, nor in a quarantine", id.Kind, id.Key, id.Source, graph.ErrNotFound)
		}
		erasures = append(erasures, erasureProps(id, load, order.Reason))
	}
	return open, errors.Join(
		chunks(ids, func(part []int64) error { return t.deleteStatements(ctx, part) }),
		t.eraseEdits(ctx, entries),
		t.do(ctx, "delete_quarantined", map[string]any{"at": places}),
		t.do(ctx, "add_erasures", map[string]any{"erasures": erasures}))
}

// eraseEdits takes the texts out of the amendments that mended these entries. The edits stay, without a text: such a record
// is not read.
func (t tx) eraseEdits(ctx context.Context, entries []map[string]any) error {
	records := map[int64][]graph.Record{}
	var loads []int64
	for _, e := range entries {
		q, err := quarantinedOf(str(e["body"]))
		if err != nil {
			return err
		}
		load := number(e["load"])
		if records[load] == nil {
			loads = append(loads, load)
		}
		records[load] = append(records[load], q.Records...)
	}
	if len(loads) == 0 {
		return nil
	}
	rows, err := t.ask(ctx, "amendments_of", map[string]any{"loads": loads})
	if err != nil {
		return err
	}
	for _, r := range rows {
		var edits []graph.Edit
		if err := json.Unmarshal([]byte(str(r["edits"])), &edits); err != nil {
			return err
		}
		mine := false
		for i, e := range edits {
			if slices.ContainsFunc(records[number(r["amends"])], e.Mends) {
				edits[i].Text, mine = "", true
			}
		}
		if !mine {
			continue
		}
		text, err := json.Marshal(edits)
		if err != nil {
			return err
		}
		if err := t.do(ctx, "set_edits", map[string]any{"load": number(r["number"]), "edits": string(text)}); err != nil {
			return err
		}
	}
	return nil
}
