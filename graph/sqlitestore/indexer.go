package sqlitestore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
)

// indexer collects the index rows of statements and writes them, each table's in the order of its primary key.
type indexer struct {
	t      *tx
	schema string // where the tables are: "" for the store's own
	actors map[graph.ActorKey]int64
	wide   map[int64]int // in how many more wide engagements an actor is
	bulks  map[string]*bulk
	held   int // values in bulks
}

// maxHeld is how many values an indexer collects before it writes them: some engagements have tens of thousands of rows.
const maxHeld = 1 << 20

// indexers are used again, for the room that their rows take.
var indexers = sync.Pool{New: func() any {
	return &indexer{actors: map[graph.ActorKey]int64{}, wide: map[int64]int{}, bulks: map[string]*bulk{}}
}}

func newIndexer(t *tx) *indexer {
	w := indexers.Get().(*indexer)
	w.t = t
	return w
}

// release gives back an indexer whose rows are written.
func (w *indexer) release() {
	w.t, w.schema = nil, ""
	clear(w.actors)
	indexers.Put(w)
}

// row adds a row, with all columns in the order of the schema: int64, string or []byte.
func (w *indexer) row(table string, values ...any) {
	b := w.bulks[table]
	if b == nil {
		b = &bulk{table: table, columns: len(values)}
		w.bulks[table] = b
	}
	b.values = append(b.values, values...)
	w.held += len(values)
}

// flush writes what was collected.
func (w *indexer) flush(ctx context.Context) error {
	if b := w.bulks["statement"]; b != nil { // first, for its rule tells of mistakes
		if err := b.flush(ctx, w.t, w.schema); err != nil {
			return err
		}
	}
	for _, b := range w.bulks {
		if err := b.flush(ctx, w.t, w.schema); err != nil {
			return err
		}
	}
	w.held = 0
	if w.schema != "" { // the store's actors count what is in the store's tables
		return nil
	}
	err := w.t.widen(ctx, w.wide)
	clear(w.wide)
	return err
}

// widen counts in how many more wide engagements actors are.
func (t *tx) widen(ctx context.Context, wide map[int64]int) error {
	for id, n := range wide {
		if _, err := t.exec(ctx, "UPDATE actor SET wide = wide + ? WHERE id = ?", int64(n), id); err != nil {
			return err
		}
	}
	return nil
}

// index adds the rows of a statement. The actors in them have their numbers.
func (w *indexer) index(ctx context.Context, s graph.Statement, rows graph.IndexRows, number int64, load, until graph.LoadNumber) error {
	var id, from, to any = number, int64(load), int64(until) // one value each, however many rows have them
	for i, c := range rows.Codes {
		w.row("code", id, int64(i), strings.ToLower(c.Code.Scheme), strings.ToLower(c.Code.Value),
			c.Code.Scheme, c.Code.Value, string(c.Actor), int64(c.Valid.From), int64(c.Valid.To), from, to)
	}
	for i, c := range rows.Parts {
		w.row("component", id, int64(i), string(c.Whole), string(c.Part), bondOf(c), int64(c.Period.From), int64(c.Period.To), from, to)
	}
	if r := rows.Actor; r != nil {
		w.row("actor_account", id, s.Key, string(s.Source), []byte(r.NameKey), int64(r.Named), actorFacts(r), from, to)
	}
	if r := rows.Tenure; r != nil {
		w.row("tenure", id, string(r.Person), string(r.Of), r.Office, int64(r.Start), s.Key,
			int64(r.Bounds.StartMin), int64(r.Bounds.StartMax), int64(r.Bounds.EndMin), int64(r.Bounds.EndMax), from, to)
	}
	if r := rows.Membership; r != nil {
		w.row("membership", id, string(r.Member), string(r.Organization), string(r.Status), int64(r.Start), s.Key,
			int64(r.Bounds.StartMin), int64(r.Bounds.StartMax), int64(r.Bounds.EndMin), int64(r.Bounds.EndMax), from, to)
	}
	if r := rows.Representation; r != nil {
		records, err := recordsOf(r)
		if err != nil {
			return err
		}
		w.row("representation", id, string(r.Sender), string(r.Receiver), int64(r.Start), s.Key, records, from, to)
	}
	if r := rows.Assertion; r != nil {
		w.row("assertion", id, string(r.About), string(r.Author), int64(r.Date), s.Key, int64(r.Possible.From), int64(r.Possible.To), from, to)
	}
	for i, l := range rows.Links {
		w.row("link", id, int64(i), string(l.Account), string(l.Lead), from, to)
	}
	err := eachRederived(number, rows, func(table string, key []any) error {
		if table == "tie" {
			span := rows.Engagement.Ties[key[len(key)-1].(int64)].Possible
			key = append(key, int64(span.From), int64(span.To))
		}
		w.row(table, append(key, from, to)...)
		return nil
	})
	if err == nil && rows.Engagement != nil {
		err = w.engagement(rows.Engagement, id, from, to)
	}
	if err == nil && w.held > maxHeld {
		err = w.flush(ctx)
	}
	return err
}

// eachRederived gives the primary keys of a statement's rows in the tables that have no index by statement. The last
// column of a tie's is its place among the ties.
func eachRederived(id int64, rows graph.IndexRows, do func(table string, key []any) error) error {
	var statement any = id
	for _, r := range rows.Terms {
		kind := slices.Index(searchKinds, r.Kind)
		if kind < 0 {
			return fmt.Errorf("%w: %q is not one of %v", graph.ErrInvalid, r.Kind, searchKinds)
		}
		if err := do("term", append(make([]any, 0, 7), flag(r.Whole), r.Term, int64(kind), r.Key, statement)); err != nil {
			return err
		}
	}
	e := rows.Engagement
	if e == nil {
		return nil
	}
	for i, r := range e.Ties {
		topic, err := bits(topicBits, []graph.Topic{r.Topic})
		if err != nil {
			return err
		}
		if err := do("tie", append(make([]any, 0, 11), string(r.Dyad.A), string(r.Dyad.B), topic, int64(e.Start), string(e.Key), statement, int64(i))); err != nil {
			return err
		}
	}
	return nil
}

func (w *indexer) engagement(e *graph.EngagementRow, id, from, to any) error {
	kind, errK := bits(kindBits, []graph.EngagementKind{e.Kind})
	level, errL := int64(0), error(nil)
	if e.Level != "" {
		level, errL = bits(levelBits, []graph.MeetingLevel{e.Level})
	}
	topics, errT := bits(topicBits, e.Topics)
	if err := errors.Join(errK, errL, errT); err != nil {
		return err
	}
	var traits, start, key any = kind<<kindShift | level<<levelShift | topics<<topicShift, int64(e.Start), string(e.Key)
	b := e.Bounds
	w.row("engagement", id, key, start, traits, int64(b.StartMin), int64(b.StartMax), int64(b.EndMin), int64(b.EndMax), factsOf(e), from, to)
	numbers := make([]int64, len(e.Parts))
	for i, p := range e.Parts {
		numbers[i] = w.actors[p.Actor]
	}
	distinct := slices.Clone(numbers)
	slices.Sort(distinct)
	distinct = slices.Compact(distinct)
	wide := e.Wide()
	if wide {
		for _, n := range distinct {
			w.wide[n]++
		}
	}
	for i, p := range e.Parts {
		var actor, n, side, first, last any = numbers[i], int64(i), p.Side, int64(p.Possible.From), int64(p.Possible.To)
		w.row("part", id, actor, n, side, first, last, flag(wide))
		w.row("actor_part", actor, start, key, id, n, side, first, last, flag(wide), traits, from, to)
	}
	for n, pair := range e.Dyads() {
		i, j := pair[0], pair[1]
		p, q := e.Parts[i], e.Parts[j]
		a, b, x, y := numbers[i], numbers[j], p.Possible, q.Possible
		if a > b {
			a, b, x, y = b, a, y, x
		}
		w.row("dyad", a, b, start, key, id, int64(n), int64(x.From), int64(x.To), int64(y.From), int64(y.To), alignment(p.Side, q.Side), traits, from, to)
	}
	return nil
}

// Alignments as dyad rows hold them.
const (
	alignmentUnknown int64 = iota
	alignmentSame
	alignmentOpposed
)

// alignment tells how two participations stand to each other.
func alignment(side, other string) int64 {
	switch graph.AlignmentOf(side, other) {
	case graph.SameSide:
		return alignmentSame
	case graph.Opposed:
		return alignmentOpposed
	default:
		return alignmentUnknown
	}
}

// maxActors is how many actors' numbers an indexer remembers while it goes from batch to batch.
const maxActors = 20_000

// number looks up the numbers of all actors in the rows of engagements, and gives new ones to those that have none.
func (w *indexer) number(ctx context.Context, rows []graph.IndexRows) error {
	if len(w.actors) > maxActors {
		clear(w.actors)
	}
	var keys []graph.ActorKey
	for _, r := range rows {
		if r.Engagement == nil {
			continue
		}
		for _, p := range r.Engagement.Parts {
			if _, ok := w.actors[p.Actor]; !ok {
				w.actors[p.Actor] = 0
				keys = append(keys, p.Actor)
			}
		}
	}
	find, err := w.t.stmt(ctx, "SELECT coalesce((SELECT id FROM actor WHERE key = ?), 0)")
	if err != nil {
		return err
	}
	for _, key := range keys {
		var id int64
		if err := find.QueryRowContext(ctx, string(key)).Scan(&id); err != nil {
			return fmt.Errorf("the number of actor %s: %w", key, err)
		}
		if id == 0 {
			add, err := w.t.stmt(ctx, "INSERT INTO actor (key) VALUES (?) RETURNING id")
			if err != nil {
				return err
			}
			if err := add.QueryRowContext(ctx, string(key)).Scan(&id); err != nil {
				return fmt.Errorf("number actor %s: %w", key, err)
			}
		}
		w.actors[key] = id
	}
	return nil
}

// Values of closed lists are stored as bits, so that "any of these" is one comparison, or as places. A place in these
// lists is in every file: append, never reorder.
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
	searchKinds = []graph.SearchKind{graph.SearchActor, graph.SearchEngagement} // hits are ordered by it: keep it sorted
)

// Where kind, level and topics stand among an engagement's traits.
const (
	kindShift  = 0
	levelShift = 8
	topicShift = 16
)

func flag(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

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
