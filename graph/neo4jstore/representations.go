package neo4jstore

import (
	"context"

	"github.com/entente-graph/entente/graph"
)

// Representations pages through representations.
func (s *Store) Representations(ctx context.Context, q graph.RepresentationQuery) (page graph.RepresentationPage, err error) {
	defer failed(ctx, &err, "representations of %d senders at %d receivers, at load %d", len(q.Senders), len(q.Receivers), q.Load)
	if err := q.Check(); err != nil {
		return page, err
	}
	if q.Count {
		page.Total = new(int)
	}
	box, _, possible := boxOf(graph.EngagementQuery{During: q.During, Overlap: q.Overlap, Certainty: q.Certainty})
	if !possible || len(q.Senders)+len(q.Receivers) == 0 {
		return page, s.known(ctx, q.Load)
	}
	name := "representations_by_sender"
	params := map[string]any{"load": int64(q.Load), "levels": texted(q.Levels), "box": box, "within": q.During != nil && q.Overlap.Edged()}
	if len(q.Senders) > 0 {
		params["senders"], params["receivers"] = listsOf(ever(q.Senders), q.Count, q.After, q.Before), texted(q.Receivers)
	} else {
		name = "representations_at_receiver"
		params["receivers"] = listsOf(ever(q.Receivers), q.Count, q.After, q.Before)
	}
	if q.Count {
		params["after"], params["before"] = between("", q.After, q.Before)
	}
	v := variant{Count: q.Count, Backward: q.Last > 0}
	page.Items, page.Position, page.More, err = s.pageOf(ctx, listed{name: v.name(name), params: params, size: max(q.First, q.Last), last: q.Last > 0, total: page.Total})
	return page, err
}

// representation makes the row of a representation: beside its places, of each record its level, whether it was observed, and
// the days of its edges.
func (d *derivation) representation(v version, r *graph.RepresentationRow) {
	var levels, startMin, startMax, endMin, endMax []string
	var observed []bool
	for _, record := range r.Records {
		b := record.Bounds
		levels, observed = append(levels, string(record.Level)), append(observed, record.Observed)
		startMin, startMax = append(startMin, dayText(b.StartMin)), append(startMax, dayText(b.StartMax))
		endMin, endMax = append(endMin, dayText(b.EndMin)), append(endMax, dayText(b.EndMax))
	}
	d.add(v, "REPRESENTED_AT", string(r.Sender), string(r.Receiver), map[string]any{
		"at": prefixOf(string(r.Sender)) + place(r.Start, v.Key), "receiverAt": prefixOf(string(r.Receiver)) + place(r.Start, v.Key),
		"levels": levels, "observed": observed, "startMin": startMin, "startMax": startMax, "endMin": endMin, "endMax": endMax,
	})
}
