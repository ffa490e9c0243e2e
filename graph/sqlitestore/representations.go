package sqlitestore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"strings"

	sqlite "modernc.org/sqlite"

	"github.com/entente-graph/entente/graph"
)

// Representations pages through representations.
func (s *Store) Representations(ctx context.Context, q graph.RepresentationQuery) (page graph.RepresentationPage, err error) {
	defer failed(ctx, &err, "representations of %d senders at %d receivers, at load %d", len(q.Senders), len(q.Receivers), q.Load)
	if err := errors.Join(q.Check(), s.at(ctx, q.Load)); err != nil {
		return page, err
	}
	if len(q.Senders)+len(q.Receivers) == 0 || empty(q.During) {
		return graph.RepresentationPage{Total: none(q.Count)}, nil
	}
	p, err := planRepresentations(q)
	if err != nil {
		return page, err
	}
	page.Items, page.Position, page.More, page.Total, err = s.countedPage(ctx, p, q.After, q.Before, q.First, q.Last, q.Count)
	return page, err
}

func planRepresentations(q graph.RepresentationQuery) (*plan, error) {
	p := &plan{found: "representation", args: []any{sql.Named("load", q.Load)}}
	filter := " AND x.recordedFrom <= :load AND x.recordedTo > :load"
	levels, err := bits(repBits, q.Levels)
	if err != nil {
		return nil, err
	}
	if len(q.Levels) > 0 || q.During != nil {
		days := graph.Always
		if q.During != nil {
			days = *q.During
		} else {
			q.Overlap, q.Certainty = graph.OverlapAny, graph.Possible
		}
		filter += " AND represents(x.records, :levels, :from, :to, :how, :sure)"
		p.args = append(p.args, sql.Named("levels", levels), sql.Named("from", int64(days.From)), sql.Named("to", int64(days.To)),
			sql.Named("how", string(q.Overlap)), sql.Named("sure", string(q.Certainty)))
	}
	senders, errS := list(q.Senders)
	receivers, errR := list(q.Receivers)
	if len(q.Receivers) > 0 {
		p.args = append(p.args, sql.Named("receivers", receivers))
	}
	const each = "(key) AS MATERIALIZED (SELECT DISTINCT value FROM json_each(:"
	if len(q.Senders) == 0 {
		p.with = []string{"receiver" + each + "receivers))"}
		p.arms = []arm{{"receiver", "representation x INDEXED BY representation_receiver", "x.receiver = receiver.key" + filter}}
		return p, errors.Join(errS, errR)
	}
	p.args = append(p.args, sql.Named("senders", senders))
	p.with = []string{"sender" + each + "senders))"}
	if len(q.Receivers) > 0 {
		filter = " AND x.receiver IN (SELECT value FROM json_each(:receivers))" + filter
	}
	p.arms = []arm{{"sender", "representation x INDEXED BY representation_sender", "x.sender = sender.key" + filter}}
	return p, errors.Join(errS, errR)
}

// repBits are the levels in the order of their bits. They are in every file: append, never reorder.
var repBits = []graph.RepresentationLevel{
	graph.MissionNone, graph.MissionEmbassy, graph.MissionLegation, graph.MissionLiaison, graph.MissionInterests, graph.MissionConsulate,
	graph.MissionAmbassador, graph.MissionMinister, graph.MissionCharge, graph.AmbassadorAbroad, graph.EnvoyAbroad, graph.ConsulAbroad,
	graph.MissionOther, graph.MissionUnknown,
}

// recordsOf writes the records of a representation: of each the bit of its level, whether it was observed, and the days of
// its edges.
func recordsOf(r *graph.RepresentationRow) (string, error) {
	var b strings.Builder
	for i, record := range r.Records {
		level, err := bits(repBits, []graph.RepresentationLevel{record.Level})
		if err != nil {
			return "", err
		}
		if i > 0 {
			b.WriteString(itemSign)
		}
		b.WriteString(strconv.FormatInt(level, 36) + fieldSign + strconv.FormatInt(flag(record.Observed), 36))
		for _, d := range []graph.Day{record.Bounds.StartMin, record.Bounds.StartMax, record.Bounds.EndMin, record.Bounds.EndMax} {
			b.WriteString(fieldSign + day(d))
		}
	}
	return b.String(), nil
}

// represents(records, levels, from, to, how, sure) tells in SQL whether any record has one of the levels (0: any) and lies so to
// the days, as graph.RecordRow.Lies does.
func represents(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	records, _ := args[0].(string)
	levels, _ := args[1].(int64)
	from, _ := args[2].(int64)
	to, isDay := args[3].(int64)
	how, _ := args[4].(string)
	sure, isText := args[5].(string)
	if !isDay || !isText {
		return nil, fmt.Errorf("%w: represents is asked without days", graph.ErrInvalid)
	}
	days := graph.Interval{From: graph.Day(from), To: graph.Day(to)}
	for more := true; more; {
		var record string
		record, records, more = strings.Cut(records, itemSign)
		var n [6]int64
		for i := range n {
			var field string
			field, record, _ = strings.Cut(record, fieldSign)
			var err error
			if n[i], err = strconv.ParseInt(field, 36, 64); err != nil {
				return nil, fmt.Errorf("%w: %q is no number in the records of a representation", graph.ErrUnavailable, field)
			}
		}
		row := graph.RecordRow{
			Observed: n[1] == 1,
			Bounds:   graph.Bounds{StartMin: graph.Day(n[2]), StartMax: graph.Day(n[3]), EndMin: graph.Day(n[4]), EndMax: graph.Day(n[5])},
		}
		if (levels == 0 || levels&n[0] != 0) && row.Lies(nil, &days, graph.Overlap(how), graph.Certainty(sure)) {
			return true, nil
		}
	}
	return false, nil
}
