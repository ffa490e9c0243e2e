package sqlitestore

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// A plan is how engagements are found: by arms, each of which walks an index in the order of the page and stops
// at its limit, so that a deep page costs what the first costs. Texts are put together from fixed parts, values are
// always parameters.
type plan struct {
	with  []string // common tables: the sides of the question
	arms  []arm
	soles []string // by arm, as far as they go: where, of the one row that a side mostly has; then the walk gives a page as it is
	found string   // the table that has start and key by statement
	args  []any
}

// An arm walks table x for each row of the table named by side (empty: once); where holds for the rows found.
type arm struct{ side, table, where string }

// columns names those of a row of a side.
type columns func(name string) string

// rowOf names columns of the row that is walked for, onlyRowOf those of the one row there is.
func rowOf(side string) columns { return func(name string) string { return side + "." + name } }

func onlyRowOf(side string) columns {
	return func(name string) string { return "(SELECT " + name + " FROM " + side + ")" }
}

func planEngagements(q graph.EngagementQuery) (*plan, error) {
	p := &plan{found: "engagement", args: []any{sql.Named("load", q.Load)}}
	filter, err := p.filter(q)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(p.sides(q), p.handles(q)); err != nil {
		return nil, err
	}
	switch {
	case len(q.Keys) > 0:
		keys, err := listOf(q.Keys)
		if err != nil {
			return nil, err
		}
		p.args = append(p.args, sql.Named("keys", keys))
		p.with = append(p.with, "k(key) AS MATERIALIZED (SELECT DISTINCT value FROM json_each(:keys))")
		p.arms = []arm{{"k", "engagement x INDEXED BY engagement_key", "x.key = k.key" + involved(q) + filter}}
	case len(q.Handles()) > 0: // each is found by its statement: there are few
		p.with = append(p.with, "h(statement) AS MATERIALIZED ("+bearing("h0")+")")
		p.arms = []arm{{"h", "engagement x NOT INDEXED", "x.statement = h.statement" + involved(q) + filter}}
	case len(q.B) > 0:
		p.dyad(q, filter)
	case len(q.A) > 0:
		where := func(c columns) string { return "x.actor = " + c("actor") + " AND " + counts("x", c) + filter }
		p.arms, p.soles = []arm{{"a", "actor_part x", where(rowOf("a"))}}, []string{where(onlyRowOf("a"))}
	default:
		p.arms = []arm{{"", "engagement x INDEXED BY engagement_start", "1" + filter}}
	}
	return p, nil
}

// bearing gives the statements that bear one of the handles of a parameter.
func bearing(parameter string) string {
	return fmt.Sprintf("SELECT DISTINCT t.statement FROM json_each(:%s) j CROSS JOIN term t WHERE t.whole = 0 AND t.term = j.value AND t.kind = %d", parameter, engagementTerm)
}

// engagementTerm is how terms of engagements are told from others.
var engagementTerm = slices.Index(searchKinds, graph.SearchEngagement)

// handles are the terms of the handles that are asked for.
func (p *plan) handles(q graph.EngagementQuery) error {
	for i, tags := range q.Handles() {
		terms := make([]string, len(tags))
		for j, tag := range tags {
			terms[j] = graph.HandleTerm(tag)
		}
		list, err := list(terms)
		if err != nil {
			return err
		}
		p.args = append(p.args, sql.Named(fmt.Sprintf("h%d", i), list))
	}
	return nil
}

// filter is what is asked of each row of a table x, whatever the path to it.
func (p *plan) filter(q graph.EngagementQuery) (string, error) {
	where := " AND x.recordedFrom <= :load AND x.recordedTo > :load"
	among := func(name string, shift int, mask int64, err error) error {
		if mask != 0 {
			where += " AND (x.traits & :" + name + ") <> 0"
			p.args = append(p.args, sql.Named(name, mask<<shift))
		}
		return err
	}
	kinds, errK := bits(kindBits, q.Kinds)
	levels, errL := bits(levelBits, q.Levels)
	topics, errT := bits(topicBits, q.Topics)
	if err := errors.Join(among("kinds", kindShift, kinds, errK), among("levels", levelShift, levels, errL), among("topics", topicShift, topics, errT)); err != nil {
		return "", err
	}
	var lies []string
	if q.During != nil {
		lies = append(lies, during("e", q.Overlap, q.Certainty))
		p.args = append(p.args, sql.Named("from", q.During.From), sql.Named("to", q.During.To))
		if q.Overlap == graph.OverlapCovers {
			p.args = append(p.args, sql.Named("maxDay", graph.MaxDay))
		}
	}
	if q.BegunIn != nil {
		lies = append(lies, "e.startMin < :begunTo AND e.startMax >= :begunFrom")
		p.args = append(p.args, sql.Named("begunFrom", q.BegunIn.From), sql.Named("begunTo", q.BegunIn.To))
	}
	if len(q.Where) > 0 { // :where is the number of the filter while it is held
		lies = append(lies, "meets(:where, e.facts, e.traits, e.startMin, e.startMax, e.endMin, e.endMax)")
	}
	if len(lies) > 0 {
		where += " AND EXISTS (SELECT 1 FROM engagement e WHERE e.statement = x.statement AND " + strings.Join(lies, " AND ") + ")"
	}
	if q.Keys == nil && !q.AllAccounts {
		led := `SELECT 1 FROM link INDEXED BY link_account WHERE link.account = x.key AND link.lead <> x.key
			AND link.recordedFrom <= :load AND link.recordedTo > :load`
		in := ""
		if topics != 0 {
			in += " AND (l.traits & :topics) <> 0"
		}
		if of := q.OfSources(); len(of) > 0 {
			sources, err := list(of)
			if err != nil {
				return "", err
			}
			p.args = append(p.args, sql.Named("ofSources", sources))
			in += " AND (SELECT source FROM statement WHERE id = l.statement) IN (SELECT value FROM json_each(:ofSources))"
		}
		if len(q.OfParties()) > 0 { // :parties is its number while it is held
			in += " AND meets(:parties, l.facts, l.traits, l.startMin, l.startMax, l.endMin, l.endMax)"
		}
		for i := range q.Handles() {
			in += fmt.Sprintf(" AND l.statement IN (%s)", bearing(fmt.Sprintf("h%d", i)))
		}
		if in != "" { // the account that leads is in the list
			led += ` AND EXISTS (SELECT 1 FROM engagement l INDEXED BY engagement_key WHERE l.key = link.lead
				AND l.recordedFrom <= :load AND l.recordedTo > :load` + in + ")"
		}
		where += " AND NOT EXISTS (" + led + ")"
	}
	return where, nil
}

// during is graph.Bounds.Compare in SQL, of the edges that a table has.
func during(table string, how graph.Overlap, sure graph.Certainty) string {
	certain := sure == graph.Certain
	of := func(text string) string { return strings.ReplaceAll(text, "e.", table+".") }
	switch how {
	case graph.OverlapWithin:
		if certain {
			return of("e.startMin >= :from AND e.endMax < :to")
		}
		return of("e.startMax >= :from AND e.endMin < :to")
	case graph.OverlapCovers:
		if certain {
			return of("e.startMax <= :from AND min(e.endMin + 1, :maxDay) >= :to")
		}
		return of("e.startMin <= :from AND min(e.endMax + 1, :maxDay) >= :to")
	case graph.OverlapBegins:
		if certain {
			return of("e.startMax < :to AND e.startMin >= :from")
		}
		return of("e.startMin < :to AND e.startMax >= :from")
	case graph.OverlapEnds:
		if certain {
			return of("e.endMax < :to AND e.endMin >= :from")
		}
		return of("e.endMin < :to AND e.endMax >= :from")
	default:
		if certain {
			return of("e.startMax < :to AND e.endMin >= :from")
		}
		return of("e.startMin < :to AND e.endMax >= :from")
	}
}

// sides makes the tables a and b of constituents.
func (p *plan) sides(q graph.EngagementQuery) error {
	for _, side := range []struct {
		name string
		of   []graph.Constituent
	}{{"a", q.A}, {"b", q.B}} {
		if len(side.of) == 0 {
			continue
		}
		text, err := constituents(side.of).text()
		if err != nil {
			return err
		}
		p.args = append(p.args, sql.Named(side.name, text))
		p.with = append(p.with, side.name+`(actor, fromDay, toDay, wide) AS MATERIALIZED (
			SELECT actor.id, j.value ->> 1, j.value ->> 2, actor.wide
			FROM json_each(:`+side.name+`) j CROSS JOIN actor WHERE actor.key = j.value ->> 0)`)
	}
	return nil
}

// constituents are those that count on some day, as rows for json_each. There may be hundreds on a side, in every question.
type constituents []graph.Constituent

// text is all of them, as json_each takes it.
func (all constituents) text() (string, error) {
	text, err := all.MarshalJSON()
	return string(text), err
}

// MarshalJSON writes [[key, from, to], …].
func (all constituents) MarshalJSON() ([]byte, error) {
	text := make([]byte, 0, 2+40*len(all))
	text = append(text, '[')
	for _, c := range all {
		if c.Valid.Empty() {
			continue
		}
		if len(text) > 1 {
			text = append(text, ',')
		}
		text = append(text, '[')
		if plain(string(c.Actor)) {
			text = append(append(append(text, '"'), c.Actor...), '"')
		} else {
			key, err := json.Marshal(c.Actor)
			if err != nil {
				return nil, err
			}
			text = append(text, key...)
		}
		text = strconv.AppendInt(append(text, ','), int64(c.Valid.From), 10)
		text = append(strconv.AppendInt(append(text, ','), int64(c.Valid.To), 10), ']')
	}
	return append(text, ']'), nil
}

// plain tells whether a text is in JSON as it is.
func plain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// counts says that a part row counts for a constituent: their intervals share a day.
func counts(part string, constituent columns) string {
	return overlap(part+".fromDay", part+".toDay", constituent("fromDay"), constituent("toDay")) + " AND " + part + ".fromDay < " + part + ".toDay"
}

func overlap(from, to, otherFrom, otherTo string) string {
	return from + " < " + otherTo + " AND " + otherFrom + " < " + to
}

// aligned says how two part rows must stand to each other.
func aligned(how graph.Alignment, side, other string) string {
	switch how {
	case graph.SameSide:
		return " AND " + side + " = " + other
	case graph.Opposed:
		return " AND " + side + " IN ('a', 'b') AND " + other + " IN ('a', 'b') AND " + side + " <> " + other
	default:
		return ""
	}
}

// involved says that the constituents take part in x, for paths that did not find it by them.
func involved(q graph.EngagementQuery) string {
	switch {
	case len(q.A) == 0:
		return ""
	case len(q.B) == 0:
		return " AND EXISTS (SELECT 1 FROM a CROSS JOIN part p WHERE p.statement = x.statement AND p.actor = a.actor AND " + counts("p", rowOf("a")) + ")"
	default:
		return " AND EXISTS (SELECT 1 FROM a CROSS JOIN part p CROSS JOIN b CROSS JOIN part q WHERE p.statement = x.statement AND p.actor = a.actor AND " +
			counts("p", rowOf("a")) + " AND " + other("p", "b", q.Alignment) + ")"
	}
}

// other says that q is the part row of a constituent of a side, beside p in the same engagement.
func other(p, side string, how graph.Alignment) string {
	return "q.statement = x.statement AND q.actor = " + side + ".actor AND q.actor <> " + p + ".actor AND " + counts("q", rowOf(side)) +
		" AND " + overlap(p+".fromDay", p+".toDay", "q.fromDay", "q.toDay") + aligned(how, p+".side", "q.side")
}

// dyad finds engagements of two sides: by the dyad rows of each two constituents, and, where engagements have too many
// parties for such rows, by the part rows of the side that has fewer of them.
func (p *plan) dyad(q graph.EngagementQuery, filter string) {
	p.with = append(p.with,
		`pair(a, b, aFrom, aTo, bFrom, bTo) AS MATERIALIZED (
			SELECT a.actor, b.actor, a.fromDay, a.toDay, b.fromDay, b.toDay FROM a CROSS JOIN b WHERE a.actor < b.actor
			UNION ALL
			SELECT b.actor, a.actor, b.fromDay, b.toDay, a.fromDay, a.toDay FROM a CROSS JOIN b WHERE b.actor < a.actor)`,
		"wideA AS MATERIALIZED (SELECT * FROM a WHERE wide > 0 AND (SELECT total(wide) FROM a) <= (SELECT total(wide) FROM b))",
		"wideB AS MATERIALIZED (SELECT * FROM b WHERE wide > 0 AND (SELECT total(wide) FROM a) > (SELECT total(wide) FROM b))")
	stand := ""
	switch q.Alignment {
	case graph.SameSide, graph.Opposed:
		stand = " AND x.alignment = :alignment"
		n := alignmentSame
		if q.Alignment == graph.Opposed {
			n = alignmentOpposed
		}
		p.args = append(p.args, sql.Named("alignment", n))
	default:
	}
	where := func(c columns) string {
		return "x.a = " + c("a") + " AND x.b = " + c("b") + " AND " + overlap("x.aFrom", "x.aTo", c("aFrom"), c("aTo")) + " AND " +
			overlap("x.bFrom", "x.bTo", c("bFrom"), c("bTo")) + stand + filter
	}
	p.arms, p.soles = []arm{{"pair", "dyad x", where(rowOf("pair"))}}, []string{where(onlyRowOf("pair"))}
	for _, way := range [][2]string{{"wideA", "b"}, {"wideB", "a"}} {
		side, far := way[0], way[1]
		where := func(c columns) string {
			return "x.wide = 1 AND x.actor = " + c("actor") + " AND " + counts("x", c) +
				" AND EXISTS (SELECT 1 FROM " + far + " CROSS JOIN part q WHERE " + other("x", far, q.Alignment) + ")" + filter
		}
		p.arms = append(p.arms, arm{side, "actor_part x INDEXED BY actor_part_wide", where(rowOf(side))})
		p.soles = append(p.soles, where(onlyRowOf(side)))
	}
}

func (a arm) from() string {
	if a.side == "" {
		return " FROM " + a.table
	}
	return " FROM " + a.side + " CROSS JOIN " + a.table
}

// countText counts positions.
func (p *plan) countText() string {
	arms := make([]string, len(p.arms))
	for i, a := range p.arms {
		arms[i] = "SELECT x.start, x.key" + a.from() + " WHERE " + a.where
	}
	return p.withText() + "SELECT count(*) FROM (" + strings.Join(arms, " UNION ") + distinct(arms) + ")"
}

// distinct makes one arm a set; several are one by UNION.
func distinct(arms []string) string {
	if len(arms) == 1 {
		return " GROUP BY 1, 2"
	}
	return ""
}

func (p *plan) withText() string {
	if len(p.with) == 0 {
		return ""
	}
	return "WITH " + strings.Join(p.with, ",\n") + "\n"
}

// pageText gives the first statements between two places, or the last, in no order: sorting them here would carry
// bodies through SQLite's sorter, so pageOf does it. With a size of 0 it gives all.
func (p *plan) pageText(backward bool, size int) string {
	if size == 0 {
		return p.wholeText()
	}
	dir := direction(backward)
	order := "x.start" + dir + ", x.key" + dir + ", x.statement" + dir
	var arms []string
	for i, a := range p.arms {
		walk := func(columns, where string) string {
			return "SELECT " + columns + " FROM " + a.table + " WHERE " + where + between + " GROUP BY x.start, x.key, x.statement ORDER BY " + order + " LIMIT :limit"
		}
		if a.side == "" {
			arms = append(arms, "SELECT * FROM ("+walk(placed, a.where)+")")
			continue
		}
		sole, more := p.sole(i)
		if sole != "" {
			arms = append(arms, sole)
		}
		// Per row of the side the inner query walks its index in order and stops; IN hands on what it found.
		arms = append(arms, "SELECT g.start, g.key, g.statement FROM "+a.side+" CROSS JOIN "+p.found+" g WHERE "+more+"g.statement IN ("+walk("x.statement", a.where)+")")
	}
	first := " ORDER BY 1" + dir + ", 2" + dir + ", 3" + dir + " LIMIT :limit"
	if len(arms) == 1 {
		return p.statementsOf("SELECT DISTINCT start, key, statement FROM (" + arms[0] + ")" + first)
	}
	return p.statementsOf(strings.Join(arms, " UNION ") + first) // each walks its index in order: they are merged as far as the limit
}

// wholeText gives all statements between two places: nothing is put in order to find what comes first.
func (p *plan) wholeText() string {
	var arms []string
	for i, a := range p.arms {
		sole, more := p.sole(i)
		if sole != "" {
			arms = append(arms, sole)
		}
		arms = append(arms, "SELECT "+placed+a.from()+" WHERE "+more+a.where+between)
	}
	return p.statementsOf("SELECT DISTINCT start, key, statement FROM (" + strings.Join(arms, " UNION ALL ") + ") LIMIT :limit")
}

// What pages are made of: what of table x, and where it lies.
const (
	placed  = "x.start, x.key, x.statement"
	between = " AND (x.start, x.key) > (:afterStart, :afterKey) AND (x.start, x.key) < (:beforeStart, :beforeKey)"
)

// sole is an arm of the one row that a side mostly has, which needs no join, and whose index is in the order of pages; more is the condition
// that there are more. Both are empty where an arm has none.
func (p *plan) sole(i int) (text, more string) {
	if i >= len(p.soles) {
		return "", ""
	}
	rows := "(SELECT count(*) FROM " + p.arms[i].side + ")"
	return "SELECT " + placed + " FROM " + p.arms[i].table + " WHERE " + rows + " = 1 AND " + p.soles[i] + between, rows + " > 1 AND "
}

func (p *plan) statementsOf(found string) string {
	return p.withText() + "SELECT f.start, " + recordedColumns + " FROM (" + found + ") f CROSS JOIN statement s WHERE s.id = f.statement"
}

func direction(backward bool) string {
	if backward {
		return " DESC"
	}
	return ""
}

// orderColumns are what other orders than that of starts are by, of an engagement e.
var orderColumns = map[graph.OrderBy]string{
	graph.ByEnd:      "iif(e.endMax > :lastEnd, :maxDay, e.endMax)",
	graph.ByTitle:    "titlekey(e.facts, e.key)",
	graph.ByRecorded: "e.recordedFrom",
}

// orderedText is pageText in another order than that of starts. No index has it: what lies between the two places is found
// whole, and of that SQLite keeps the first, so that each page costs what the list has.
func (p *plan) orderedText(by graph.OrderBy, backward bool) string {
	dir := direction(backward)
	arms := make([]string, len(p.arms))
	for i, a := range p.arms {
		arms[i] = "SELECT x.statement AS found" + a.from() + " WHERE " + a.where
	}
	return p.withText() + "SELECT f.value, f.start, " + recordedColumns + " FROM (SELECT value, start, key, statement FROM (SELECT " + orderColumns[by] +
		" AS value, e.start, e.key, e.statement FROM (SELECT DISTINCT found FROM (" + strings.Join(arms, " UNION ALL ") +
		")) l CROSS JOIN engagement e WHERE e.statement = l.found)" +
		" WHERE (value, start, key) > (:afterValue, :afterStart, :afterKey) AND (value, start, key) < (:beforeValue, :beforeStart, :beforeKey)" +
		" ORDER BY value" + dir + ", start" + dir + ", key" + dir + ", statement" + dir + " LIMIT :limit) f CROSS JOIN statement s WHERE s.id = f.statement"
}
