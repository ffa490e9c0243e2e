package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// describer turns steps into what a person reviews. It fetches the old bodies a group at a time, and makes
// sure that nothing to be added already stands in a slice that is not part of the load.
type describer struct {
	reader  graph.Reader
	at      graph.LoadNumber
	slices  []graph.Slice
	details bool
	each    func(Change) error // told instead of keeping; nil: keep
	tally   *tally
	pending []step
	changes []Change
}

// describeGroup is how many old bodies are fetched at once.
const describeGroup = 500

func (d *describer) add(ctx context.Context, s step) error {
	if s.Action == Unchanged {
		if len(s.Statement.Body) > 0 { // an undo does not fetch what stays
			d.tally.count(Unchanged, s.Statement)
		}
		return nil
	}
	if len(d.pending) > 0 && (d.pending[0].ID.Kind != s.ID.Kind || len(d.pending) == describeGroup) {
		if err := d.flush(ctx); err != nil {
			return err
		}
	}
	d.pending = append(d.pending, s)
	return nil
}

func (d *describer) flush(ctx context.Context) error {
	if len(d.pending) == 0 {
		return nil
	}
	q := graph.StatementQuery{Load: d.at, Kind: d.pending[0].ID.Kind}
	for _, s := range d.pending {
		q.Keys = append(q.Keys, s.ID.Key)
	}
	held := map[graph.StatementID]graph.Statement{}
	if d.at > 0 {
		found, err := d.reader.Statements(ctx, q)
		if err != nil {
			return fmt.Errorf("what the store holds of %d %s statements: %w", len(q.Keys), q.Kind, err)
		}
		for _, r := range found {
			held[r.StatementID] = r.Statement
		}
	}
	for _, s := range d.pending {
		old, ok := held[s.ID]
		if ok && s.Action == Added && !slices.Contains(d.slices, graph.Slice{Source: old.Source, ID: old.Slice}) {
			return graph.BadInput("%s %s stands in slice %s of %s, which is not part of this load: load both together", s.ID.Kind, s.ID.Key, old.Slice, old.Source)
		}
		c, err := d.describe(s, old)
		if err != nil {
			return err
		}
		if !d.details {
			continue
		}
		if d.each != nil {
			if err := d.each(c); err != nil {
				return err
			}
			continue
		}
		d.changes = append(d.changes, c)
	}
	d.pending = d.pending[:0]
	return nil
}

// describe counts a step, and says what it does where that is asked for.
func (d *describer) describe(s step, old graph.Statement) (Change, error) {
	c := Change{Action: s.Action, Source: s.ID.Source, Kind: s.ID.Kind, Key: s.ID.Key}
	st := s.Statement
	if s.Action == Retracted {
		st = old
		st.StatementID = s.ID
	}
	if d.details {
		c.Title = titleOf(st.Body)
	}
	if s.Action != Changed {
		d.tally.count(s.Action, st)
		return c, nil
	}
	var err error
	if c.Fields, err = FieldChanges(old.Body, s.Statement.Body); err != nil {
		return c, fmt.Errorf("%s %s: %w", s.ID.Kind, s.ID.Key, err)
	}
	if len(c.Fields) == 0 && old.Slice != s.Statement.Slice {
		c.Fields = []FieldChange{{Path: "(slice)", Old: string(old.Slice), New: string(s.Statement.Slice)}}
	}
	d.tally.countChange(s.Statement, c.Fields)
	return c, nil
}

// titleOf gives a person's name for what a body is about, or nothing.
func titleOf(body []byte) string {
	var b struct {
		Title  string                  `json:"title"`
		Titles []struct{ Text string } `json:"titles"`
		Names  []struct{ Text string } `json:"names"`
		Office string                  `json:"office"`
		Text   string                  `json:"text"`
	}
	if len(body) == 0 || json.Unmarshal(body, &b) != nil {
		return "" // a title is a help, never a reason to fail
	}
	switch {
	case b.Title != "":
		return b.Title
	case len(b.Titles) > 0:
		return b.Titles[0].Text
	case len(b.Names) > 0:
		return b.Names[0].Text
	case b.Office != "":
		return b.Office
	default:
		return b.Text
	}
}
