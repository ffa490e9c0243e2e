package sqlitestore

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// maxDyadActors is up to how many actors an engagement has dyad rows. Beyond it the rows would grow with the square
// of the parties; its dyads are found by intersecting part rows.
const maxDyadActors = 20

// indexer writes the index rows of statements.
type indexer struct {
	t         *tx
	load, to  graph.LoadNumber
	statement int64
	actors    map[graph.ActorKey]int64
	bulks     map[string]*bulk
}

// row adds a row, with all columns in the order of the schema.
func (w *indexer) row(ctx context.Context, table string, values ...any) error {
	b := w.bulks[table]
	if b == nil {
		b = &bulk{table: table, columns: len(values)}
		w.bulks[table] = b
	}
	b.args = append(b.args, values...)
	if len(b.args) == bulkRows*b.columns {
		return b.flush(ctx, w.t)
	}
	return nil
}

func (w *indexer) flush(ctx context.Context) error {
	for _, b := range w.bulks {
		if err := b.flush(ctx, w.t); err != nil {
			return err
		}
	}
	return nil
}

func insertText(table string, columns, rows int) string {
	tuple := "(" + strings.Repeat("?, ", columns-1) + "?)"
	return "INSERT INTO " + table + " VALUES " + strings.Repeat(tuple+", ", rows-1) + tuple
}

func (w *indexer) index(ctx context.Context, s graph.Statement, rows graph.IndexRows) error {
	id, from, to := w.statement, w.load, w.to
	for i, c := range rows.Codes {
		if err := w.row(ctx, "code", id, i, strings.ToLower(c.Code.Scheme), strings.ToLower(c.Code.Value),
			c.Code.Scheme, c.Code.Value, c.Actor, c.Valid.From, c.Valid.To, from, to); err != nil {
			return err
		}
	}
	for i, c := range rows.Parts {
		if err := w.row(ctx, "component", id, i, c.Whole, c.Part, c.Member, c.Period.From, c.Period.To, from, to); err != nil {
			return err
		}
	}
	for i, e := range rows.Exists {
		if err := w.row(ctx, "existence", id, i, s.Key, rows.ActorKind, e != graph.Always, e.From, e.To, from, to); err != nil {
			return err
		}
	}
	for i, r := range rows.Terms {
		if err := w.row(ctx, "term", id, i, r.Whole, r.Term, r.Kind, r.Key, from, to); err != nil {
			return err
		}
	}
	if r := rows.Tenure; r != nil {
		if err := w.row(ctx, "tenure", id, r.Person, r.Of, r.Office, r.Start, s.Key, r.Possible.From, r.Possible.To, from, to); err != nil {
			return err
		}
	}
	if rows.About != "" {
		if err := w.row(ctx, "assertion", id, rows.About, rows.Date, s.Key, from, to); err != nil {
			return err
		}
	}
	for i, l := range rows.Links {
		if err := w.row(ctx, "link", id, i, l.Account, l.Lead, from, to); err != nil {
			return err
		}
	}
	if rows.Engagement == nil {
		return nil
	}
	return w.engagement(ctx, rows.Engagement)
}

func (w *indexer) engagement(ctx context.Context, e *graph.EngagementRow) error {
	id, from, to := w.statement, w.load, w.to
	kind, err := bits(kindBits, []graph.EngagementKind{e.Kind})
	if err != nil {
		return err
	}
	level := int64(0)
	if e.Level != "" {
		if level, err = bits(levelBits, []graph.MeetingLevel{e.Level}); err != nil {
			return err
		}
	}
	topics, err := bits(topicBits, e.Topics)
	if err != nil {
		return err
	}
	b := e.Bounds
	if err := w.row(ctx, "engagement", id, e.Key, e.Start, kind, level, topics, b.StartMin, b.StartMax, b.EndMin, b.EndMax, from, to); err != nil {
		return err
	}
	for i, r := range e.Ties {
		topic, err := bits(topicBits, []graph.Topic{r.Topic})
		if err != nil {
			return err
		}
		if err := w.row(ctx, "tie", id, i, r.Dyad.A, r.Dyad.B, topic, e.Start, e.Key, r.Possible.From, r.Possible.To, from, to); err != nil {
			return err
		}
	}
	numbers := make([]int64, len(e.Parts))
	for i, p := range e.Parts {
		if numbers[i], err = w.actor(ctx, p.Actor); err != nil {
			return err
		}
	}
	distinct := slices.Clone(numbers)
	slices.Sort(distinct)
	distinct = slices.Compact(distinct)
	wide := len(distinct) > maxDyadActors
	if wide {
		for _, n := range distinct {
			if _, err := w.t.exec(ctx, "UPDATE actor SET wide = wide + 1 WHERE id = ?", n); err != nil {
				return err
			}
		}
	}
	for i, p := range e.Parts {
		if err := w.row(ctx, "part", id, numbers[i], i, p.Involvement, p.Side, p.Possible.From, p.Possible.To,
			e.Start, e.Key, wide, kind, level, topics, from, to); err != nil {
			return err
		}
	}
	if wide {
		return nil
	}
	n := 0
	for i, p := range e.Parts {
		for j := i + 1; j < len(e.Parts); j++ {
			q := e.Parts[j]
			if numbers[i] == numbers[j] || !p.Possible.Overlaps(q.Possible) {
				continue
			}
			a, b, x, y := numbers[i], numbers[j], p.Possible, q.Possible
			if a > b {
				a, b, x, y = b, a, y, x
			}
			if err := w.row(ctx, "dyad", a, b, e.Start, e.Key, id, n, x.From, x.To, y.From, y.To, alignment(p.Side, q.Side),
				kind, level, topics, from, to); err != nil {
				return err
			}
			n++
		}
	}
	return nil
}

// Alignments as dyad rows hold them.
const (
	alignmentUnknown = iota
	alignmentSame
	alignmentOpposed
)

// alignment tells how two participations stand to each other.
func alignment(side, other string) int {
	switch graph.AlignmentOf(side, other) {
	case graph.SameSide:
		return alignmentSame
	case graph.Opposed:
		return alignmentOpposed
	default:
		return alignmentUnknown
	}
}

// actor gives an actor's number, a new one where it has none.
func (w *indexer) actor(ctx context.Context, key graph.ActorKey) (int64, error) {
	if id, ok := w.actors[key]; ok {
		return id, nil
	}
	st, err := w.t.stmt(ctx, "INSERT INTO actor (key) VALUES (?) ON CONFLICT (key) DO UPDATE SET key = key RETURNING id")
	if err != nil {
		return 0, err
	}
	var id int64
	if err := st.QueryRowContext(ctx, key).Scan(&id); err != nil {
		return 0, fmt.Errorf("number actor %s: %w", key, err)
	}
	w.actors[key] = id
	return id, nil
}

// Values of closed lists are stored as bits, so that "any of these" is one comparison. A place in these lists
// is in every file: append, never reorder.
var (
	kindBits  = []graph.EngagementKind{graph.KindAgreement, graph.KindDispute, graph.KindMeeting, graph.KindAct}
	levelBits = []graph.MeetingLevel{
		graph.LevelSummit, graph.LevelMinisterial, graph.LevelOfficials, graph.LevelMilitary, graph.LevelMixed,
	}
	topicBits = []graph.Topic{
		graph.TopicDefense, graph.TopicIntelligence, graph.TopicDiplomacy, graph.TopicTrade, graph.TopicFinance,
		graph.TopicTerritory, graph.TopicFisheries, graph.TopicHistory, graph.TopicEnvironment, graph.TopicWater,
		graph.TopicNuclear, graph.TopicCulture, graph.TopicHumanitarian, graph.TopicEnergy, graph.TopicTransport,
		graph.TopicMigration, graph.TopicJustice, graph.TopicTechnology,
	}
)

func bits[T ~string](list, values []T) (int64, error) {
	mask := int64(0)
	for _, v := range values {
		i := slices.Index(list, v)
		if i < 0 {
			return 0, fmt.Errorf("%w: %q is not one of %v", graph.ErrInvalid, v, list)
		}
		mask |= 1 << i
	}
	return mask, nil
}
