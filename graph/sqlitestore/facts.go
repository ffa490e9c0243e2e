package sqlitestore

import (
	"database/sql/driver"
	"errors"
	"fmt"
	bits64 "math/bits"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	sqlite "modernc.org/sqlite"

	"github.com/entente-graph/entente/graph"
)

// Facts are what a filter looks at of an account of an engagement, in one text, beside its traits and the edges of its period. Parts of
// it, what is listed in them, and the fields of these are told apart by three signs that no key, tag or folded text has.
const (
	partSign  = "\x1d"
	itemSign  = "\x1e"
	fieldSign = "\x1f"
)

// What stands in front of a role in facts. They are in every file: append, never reorder.
var roleSigns = []graph.Role{
	graph.RoleParty, graph.RoleIssuer, graph.RoleAddressee, graph.RoleHost, graph.RoleParticipant, graph.RoleRepresentative,
	graph.RoleBy, graph.RoleToward, graph.RoleMediator, graph.RoleObserver,
}

// clean takes out of a text what tells texts apart: no source has it, but a file of one might.
func clean(text string) string {
	if strings.ContainsAny(text, partSign+itemSign+fieldSign) {
		return strings.NewReplacer(partSign, " ", itemSign, " ", fieldSign, " ").Replace(text)
	}
	return text
}

// factsOf writes the facts of an account. A participation or obligation for the whole time names no days; a participation that is not
// certain whenever the engagement is names those on which it is behind the others.
func factsOf(e *graph.EngagementRow) string {
	var b strings.Builder
	list := func(items []string, want func(string) bool) {
		some := false
		for _, item := range items {
			if !want(item) {
				continue
			}
			if some {
				b.WriteString(itemSign)
			}
			b.WriteString(clean(item))
			some = true
		}
	}
	whole := e.Bounds.Possible()
	days := func(i graph.Interval) {
		if i != whole {
			b.WriteString(fieldSign + day(i.From) + fieldSign + day(i.To))
		}
	}
	list(e.Tags, func(tag string) bool {
		kind, _, _ := strings.Cut(tag, ":")
		return kind != graph.TagKind && kind != graph.TagLevel && kind != graph.TagTopic // the traits have these
	})
	b.WriteString(partSign)
	list(e.Titles, func(string) bool { return true })
	b.WriteString(partSign)
	for i, p := range e.Parts {
		if i > 0 {
			b.WriteString(itemSign)
		}
		b.WriteByte(signOf(p))
		b.WriteString(clean(string(p.Actor)) + fieldSign + clean(p.Side))
		if p.Sure == graph.Always {
			days(p.Possible)
			continue
		}
		for _, i := range []graph.Interval{p.Possible, p.Sure} {
			b.WriteString(fieldSign + day(i.From) + fieldSign + day(i.To))
		}
	}
	if len(e.Owed)+len(e.Force) == 0 {
		return b.String()
	}
	b.WriteString(partSign)
	for i, o := range e.Owed {
		if i > 0 {
			b.WriteString(itemSign)
		}
		b.WriteString(clean(string(o.By)) + fieldSign + clean(string(o.Toward)) + fieldSign + string(o.Type))
		days(o.Days)
	}
	b.WriteString(partSign)
	for i, f := range e.Force {
		if i > 0 {
			b.WriteString(itemSign)
		}
		holds := strconv.Itoa(int(flag(f.Holds)))
		if f.Perhaps {
			holds = perhapsSign
		}
		b.WriteString(holds + fieldSign + day(f.Days.From) + fieldSign + day(f.Days.To))
	}
	return b.String()
}

// perhapsSign stands for what may be in force and may not, in place of 1 and 0.
const perhapsSign = "2"

func day(d graph.Day) string { return strconv.FormatInt(int64(d), 36) }

// signOf is a letter for a role: of who takes part a small one, of whom it acts for a capital.
func signOf(p graph.PartRow) byte {
	letter := byte('a')
	for i, r := range roleSigns {
		if r == p.Role {
			letter += byte(i)
			break
		}
	}
	if p.Involvement == graph.Represented {
		letter -= 'a' - 'A'
	}
	return letter
}

// traitTags are the tags that bits of traits stand for.
var traitTags = func() (tags [64]string) {
	put := func(shift int, kind string, values []string) {
		for i, v := range values {
			tags[shift+i] = graph.Tag(kind, v)
		}
	}
	put(kindShift, graph.TagKind, textsOf(kindBits))
	put(levelShift, graph.TagLevel, textsOf(levelBits))
	put(topicShift, graph.TagTopic, textsOf(topicBits))
	return tags
}()

func textsOf[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// readTraits begins the tags of a row, whose room it uses again, with those of its traits.
func readTraits(traits int64, e *graph.EngagementRow) {
	e.Tags = e.Tags[:0]
	for rest := uint64(traits); rest != 0; rest &= rest - 1 { //nolint:gosec // bits, of which there are 34
		e.Tags = append(e.Tags, traitTags[bits64.TrailingZeros64(rest)])
	}
}

// read reads facts into a row, whose room it uses again, behind the tags that are there.
func read(facts string, e *graph.EngagementRow) error {
	var parts [5]string
	for i := range parts {
		parts[i], facts, _ = strings.Cut(facts, partSign)
	}
	whole := e.Bounds.Possible()
	var err error
	days := func(text string) graph.Interval {
		if text == "" {
			return whole
		}
		from, to, _ := strings.Cut(text, fieldSign)
		to, _, _ = strings.Cut(to, fieldSign)
		a, errA := strconv.ParseInt(from, 36, 32)
		b, errB := strconv.ParseInt(to, 36, 32)
		if errA != nil || errB != nil {
			err = fmt.Errorf("%w: %q are no days in the facts of an engagement", graph.ErrUnavailable, text)
		}
		return graph.Interval{From: graph.Day(a), To: graph.Day(b)}
	}
	e.Titles, e.Parts, e.Owed, e.Force = e.Titles[:0], e.Parts[:0], e.Owed[:0], e.Force[:0]
	each(parts[0], func(tag string) {
		if source, is := strings.CutPrefix(tag, graph.TagSource+":"); is {
			e.Source = graph.SourceKey(source)
		}
		e.Tags = append(e.Tags, tag)
	})
	each(parts[1], func(title string) { e.Titles = append(e.Titles, title) })
	each(parts[2], func(item string) {
		p := graph.PartRow{Involvement: graph.Direct}
		letter := item[0] - 'a'
		if item[0] < 'a' {
			p.Involvement, letter = graph.Represented, item[0]-'A'
		}
		p.Role = roleSigns[letter]
		actor, rest, _ := strings.Cut(item[1:], fieldSign)
		side, rest, _ := strings.Cut(rest, fieldSign)
		p.Actor, p.Side, p.Possible, p.Sure = graph.ActorKey(actor), side, days(rest), graph.Always
		if fields := strings.SplitN(rest, fieldSign, 3); len(fields) == 3 {
			p.Sure = days(fields[2])
		}
		e.Parts = append(e.Parts, p)
	})
	each(parts[3], func(item string) {
		by, rest, _ := strings.Cut(item, fieldSign)
		toward, rest, _ := strings.Cut(rest, fieldSign)
		what, rest, _ := strings.Cut(rest, fieldSign)
		e.Owed = append(e.Owed, graph.OwedRow{By: graph.ActorKey(by), Toward: graph.ActorKey(toward), Type: graph.ObligationType(what), Days: days(rest)})
	})
	each(parts[4], func(item string) {
		e.Force = append(e.Force, graph.ForceRow{Holds: item[0] == '1', Perhaps: item[0] == perhapsSign[0], Days: days(item[2:])})
	})
	return err
}

func each(list string, do func(item string)) {
	for list != "" {
		var item string
		item, list, _ = strings.Cut(list, itemSign)
		do(item)
	}
}

// filters holds those that questions are being asked with, by number: a text names one by :where, and the function meets
// reads it.
var filters struct {
	byNumber sync.Map
	last     atomic.Int64
}

// holdFilter gives a filter a number until it is let go.
func holdFilter(f graph.Filter) (number int64, letGo func()) {
	number = filters.last.Add(1)
	filters.byNumber.Store(number, f)
	return number, func() { filters.byNumber.Delete(number) }
}

// rooms are rows that are used again.
var rooms = sync.Pool{New: func() any { return new(graph.EngagementRow) }}

// meets(where, facts, traits, startMin, startMax, endMin, endMax) is graph.Filter.Meets in SQL.
func meets(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	number, _ := args[0].(int64)
	held, ok := filters.byNumber.Load(number)
	f, _ := held.(graph.Filter)
	facts, isText := args[1].(string)
	if !ok || !isText {
		return nil, fmt.Errorf("%w: there is no filter %d, or no facts", graph.ErrInvalid, number)
	}
	e := rooms.Get().(*graph.EngagementRow) //nolint:forcetypeassert // the pool makes no other
	defer rooms.Put(e)
	var edges [4]graph.Day
	for i, a := range args[3:] {
		n, _ := a.(int64)
		edges[i] = graph.Day(n) //nolint:gosec // days are of 32 bits
	}
	e.Bounds = graph.Bounds{StartMin: edges[0], StartMax: edges[1], EndMin: edges[2], EndMax: edges[3]}
	traits, _ := args[2].(int64)
	readTraits(traits, e)
	if err := read(facts, e); err != nil {
		return nil, err
	}
	return f.Meets(e), nil
}

// titlekey(facts, key) is graph.EngagementRow.TitleKey in SQL.
func titlekey(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	facts, isFacts := args[0].(string)
	key, isKey := args[1].(string)
	if !isFacts || !isKey {
		return nil, fmt.Errorf("%w: no facts to order by", graph.ErrInvalid)
	}
	e := graph.EngagementRow{Key: graph.EngagementKey(key)}
	_, titles, _ := strings.Cut(facts, partSign)
	titles, _, _ = strings.Cut(titles, partSign)
	if shown, _, _ := strings.Cut(titles, itemSign); shown != "" {
		e.Titles = []string{shown}
	}
	return []byte(e.TitleKey()), nil
}

// registered makes these known to SQLite, once, before a connection is made.
var registered = sync.OnceValue(func() error {
	return errors.Join(
		sqlite.RegisterDeterministicScalarFunction("meets", 7, meets),
		sqlite.RegisterDeterministicScalarFunction("titlekey", 2, titlekey),
		sqlite.RegisterDeterministicScalarFunction("meets_actor", 3, meetsActor),
		sqlite.RegisterDeterministicScalarFunction("represents", 6, represents),
	)
})
