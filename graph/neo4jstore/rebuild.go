package neo4jstore

import (
	"context"
	"encoding/json"
	"maps"

	"github.com/entente-graph/entente/graph"
)

// rebuildPage is how many statements' rows are made anew in one transaction.
const rebuildPage = 500

// RebuildIndex derives the index rows of every statement anew, and puts them in the place of those that are there: what is
// right already stays untouched, so that nobody who asks meanwhile misses it. Rows of statements that are not
// there go.
func (s *Store) RebuildIndex(ctx context.Context, progress func(done, total int)) (err error) {
	defer failed(ctx, &err, "rebuild the index rows")
	total := 0
	err = s.order(ctx, func(t tx) error {
		if err := t.idle(ctx); err != nil {
			return err
		}
		rows, err := t.ask(ctx, "count_statements", nil)
		if err == nil {
			total = int(number(rows[0]["total"]))
		}
		return err
	})
	for after, done := int64(-1), 0; err == nil && done < total; {
		var page []version
		err = s.order(ctx, func(t tx) (err error) {
			if err := t.idle(ctx); err != nil {
				return err
			}
			page, err = t.rebuild(ctx, after)
			return err
		})
		if err != nil || len(page) == 0 {
			break
		}
		if after, done = page[len(page)-1].id, done+len(page); progress != nil {
			progress(done, total)
		}
	}
	for i := 0; err == nil && i < len(rowTypes); {
		deleted := int64(0)
		err = s.order(ctx, func(t tx) error {
			rows, err := t.ask(ctx, "sweep_rows "+rowTypes[i].name, map[string]any{"limit": 10 * rebuildPage})
			if err == nil {
				deleted = number(rows[0]["deleted"])
			}
			return err
		})
		if deleted == 0 {
			i++
		}
	}
	return err
}

// idle locks the store, and is a conflict while a load is open.
func (t tx) idle(ctx context.Context) error {
	now, err := t.lockHead(ctx)
	if err != nil {
		return err
	}
	return now.noneOpen()
}

// rebuild makes the rows of some statements anew, those with the numbers that follow, and gives the statements.
func (t tx) rebuild(ctx context.Context, after int64) ([]version, error) {
	found, err := t.ask(ctx, "statements_after", map[string]any{"after": after, "limit": rebuildPage})
	if err != nil {
		return nil, err
	}
	page := make([]version, len(found))
	derived := make(map[int64]*derivation, len(found))
	ids := make([]int64, len(found))
	lost, mended, all := newGrouped(), []map[string]any{}, newGrouped()
	var about, labels []map[string]any
	for i, values := range found {
		r, err := recordedOf(values)
		if err != nil {
			return nil, err
		}
		v := version{id: number(values["id"]), from: r.Load, to: graph.LoadNumber(number(values["recordedTo"])), Statement: r.Statement}
		page[i], ids[i] = v, v.id
		d, err := derive(v)
		if err != nil {
			return nil, err
		}
		derived[v.id] = d
		all.add(d.rows)
		if d.about != "" && values["about"] == nil {
			lost.identities[d.about][d.key] = true
			about = append(about, map[string]any{"id": v.id, "about": d.about, "key": d.key})
			if d.label != "" {
				labels = append(labels, map[string]any{"about": d.about, "key": d.key, "label": d.label})
			}
		}
		props, _ := values["props"].(map[string]any)
		for name, want := range statementProps(v, d) {
			if !sameValue(props[name], want) {
				mended = append(mended, map[string]any{"id": v.id, "props": statementProps(v, d)})
				break
			}
		}
	}
	maps.Copy(lost.dyads, all.dyads)
	for label, keys := range all.identities {
		maps.Copy(lost.identities[label], keys)
	}
	if err := t.addIdentities(ctx, lost); err != nil {
		return nil, err
	}
	for name, list := range map[string][]map[string]any{"add_about": about, "add_labels": labels, "set_statement": mended} {
		if err := chunks(list, func(part []map[string]any) error { return t.do(ctx, name, map[string]any{"of": part}) }); err != nil {
			return nil, err
		}
	}
	return page, t.mendRows(ctx, page, derived, ids)
}

// mendRows deletes the rows that should not be, and adds those that are missing.
func (t tx) mendRows(ctx context.Context, page []version, derived map[int64]*derivation, ids []int64) error {
	there, err := t.ask(ctx, "rows_of", map[string]any{"statements": ids})
	if err != nil {
		return err
	}
	have := map[string][]string{} // by what the row is, the database's names of those there are
	for _, r := range there {
		props, _ := r["props"].(map[string]any)
		delete(props, "current")
		what, err := rowText(str(r["type"]), r["from"], r["to"], props)
		if err != nil {
			return err
		}
		have[what] = append(have[what], str(r["id"]))
	}
	missing := newGrouped()
	wide := map[string]int{}
	for _, v := range page {
		for _, r := range derived[v.id].rows {
			what, err := rowText(r.kind, r.from, r.to, r.props)
			if err != nil {
				return err
			}
			if names := have[what]; len(names) > 0 {
				have[what] = names[1:]
				continue
			}
			r.props["current"] = v.to == graph.OpenLoad
			missing.add([]row{r})
			if r.props["wideAt"] != nil {
				wide[r.from.(string)]++ //nolint:forcetypeassert // rows of participations begin at an actor's key
			}
		}
	}
	var extra []string
	for _, what := range sortedKeys(have) {
		extra = append(extra, have[what]...)
	}
	err = chunks(extra, func(part []string) error { return t.do(ctx, "delete_relationships", map[string]any{"ids": part}) })
	if err != nil {
		return err
	}
	if err := t.addRows(ctx, missing); err != nil {
		return err
	}
	var counts []map[string]any
	for _, key := range sortedKeys(wide) {
		counts = append(counts, map[string]any{"key": key, "more": wide[key]})
	}
	return chunks(counts, func(part []map[string]any) error { return t.do(ctx, "count_wide", map[string]any{"actors": part}) })
}

// rowText says what a row is, so that two can be compared, whichever types the driver has for its values.
func rowText(kind string, from, to any, props map[string]any) (string, error) {
	text, err := json.Marshal([]any{kind, from, to, props})
	return string(text), err
}

func sameValue(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}
