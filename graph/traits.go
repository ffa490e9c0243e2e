package graph

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// What filters and orders look at is derived from a statement here, beside what it is found by.

// OwedRow is an obligation: By owes it to Toward, or, where that is empty, to every other party.
type OwedRow struct {
	By, Toward ActorKey
	Type       ObligationType
	Days       Interval // on which it may bind
}

// ForceRow says that an agreement is, or is not, in force on days. On a day in no row nobody knows.
type ForceRow struct {
	Days  Interval
	Holds bool
}

// The kinds of tag, which stand before a colon.
const (
	TagKind       = "kind"
	TagTopic      = "topic"
	TagLevel      = "level"
	TagForm       = "form"
	TagFormat     = "format"
	TagSetting    = "setting"
	TagType       = "type" // of an act
	TagCAMEO      = "cameo"
	TagQuadClass  = "quad"
	TagGoldstein  = "goldstein" // tenths
	TagHostility  = "hostility"
	TagObligation = "obligation"
	TagSource     = "source"
	TagPartOf     = "part-of"
	TagAmends     = "amends"
	TagReplaces   = "replaces"
	TagRelated    = "related"    // what it says it stands beside
	TagIdentifier = "identifier" // what a dataset calls it: IdentifierTag
)

// IdentifierTag is what an engagement is called for an identifier, whose case does not count.
func IdentifierTag(c Code) string {
	return Tag(TagIdentifier, strings.ToLower(c.Scheme)+":"+strings.ToLower(c.Value))
}

// handles are the kinds of tag that few engagements share: stores find by them, among the terms.
var handles = []string{TagIdentifier, TagPartOf, TagRelated, TagAmends, TagReplaces}

// isHandle tells whether stores find by a tag.
func isHandle(tag string) bool {
	kind, _, _ := strings.Cut(tag, ":")
	return slices.Contains(handles, kind)
}

// HandleTerm is the term by which such a tag is found. No search has it, for it does not begin with a letter or a digit.
func HandleTerm(tag string) string { return "=" + tag }

// Handles gives, of each clause that asks for one of some tags by which stores find and for nothing else, which these are: what is
// asked for is found by any of the clauses.
func (q EngagementQuery) Handles() (all [][]string) {
	for _, clause := range q.Where {
		if len(clause) == 1 && clause[0].isTags(false) && len(clause[0].Tags) > 0 &&
			!slices.ContainsFunc(clause[0].Tags, func(tag string) bool { return !isHandle(tag) }) {
			all = append(all, clause[0].Tags)
		}
	}
	return all
}

// Tag is what an engagement is called for one of its traits.
func Tag(kind, value string) string { return kind + ":" + value }

// TagNumber is what an engagement is called for a number.
func TagNumber(kind string, n int) string { return Tag(kind, strconv.Itoa(n)) }

// tagged gathers tags; what is empty gives none.
type tagged []string

func (t *tagged) add(kind, value string) {
	if tag := Tag(kind, value); value != "" && !slices.Contains(*t, tag) {
		*t = append(*t, tag)
	}
}

func (t *tagged) number(kind string, n *int) {
	if n != nil {
		t.add(kind, strconv.Itoa(*n))
	}
}

// traits derives what filters look at.
func (row *EngagementRow) traits(e Engagement, source SourceKey) {
	b := e.Base()
	tags := make(tagged, 0, 8)
	tags.add(TagKind, string(b.Kind))
	for _, t := range b.Topics {
		tags.add(TagTopic, string(t))
	}
	for _, whole := range b.PartOf {
		tags.add(TagPartOf, string(whole))
	}
	for _, beside := range b.Related {
		tags.add(TagRelated, string(beside))
	}
	for _, id := range b.Identifiers {
		if tag := IdentifierTag(Code{id.Scheme, id.Value}); !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	switch e := e.(type) {
	case *Agreement:
		tags.add(TagForm, string(e.Form))
		for _, amended := range e.Amends {
			tags.add(TagAmends, string(amended))
		}
		for _, replaced := range e.Replaces {
			tags.add(TagReplaces, string(replaced))
		}
		for _, o := range e.Obligations {
			tags.add(TagObligation, string(o.Type))
			days := orAlways(o.Period)
			if o.Period.IsZero() {
				days = row.Bounds.Possible()
			}
			if owed := (OwedRow{o.By, o.Toward, o.Type, days}); !slices.Contains(row.Owed, owed) {
				row.Owed = append(row.Owed, owed)
			}
		}
		row.Force = e.forces()
	case *Dispute:
		tags.add(TagForm, string(e.Form))
		tags.number(TagHostility, e.Hostility)
	case *Meeting:
		tags.add(TagLevel, string(e.Level))
		tags.add(TagFormat, string(e.Format))
		tags.add(TagSetting, string(e.Setting))
	case *Act:
		tags.add(TagType, string(e.Type))
		tags.add(TagCAMEO, e.CAMEO)
		if e.QuadClass != 0 {
			tags.number(TagQuadClass, &e.QuadClass)
		}
		tags.number(TagGoldstein, e.Goldstein)
	}
	tags.add(TagSource, string(source))
	row.Source, row.Tags = source, tags
	shown := b.Title("en")
	for _, n := range b.Titles {
		folded := Fold(n.Text)
		switch {
		case folded == "" || slices.Contains(row.Titles, folded):
		case n.Text == shown:
			row.Titles = slices.Insert(row.Titles, 0, folded)
		default:
			row.Titles = append(row.Titles, folded)
		}
	}
}

// TitleKey gives what the engagement is ordered by in an order by title: of the title that is shown in English or else first,
// or, without one, of its key.
func (row *EngagementRow) TitleKey() string {
	if len(row.Titles) == 0 {
		return TitleKey(string(row.Key))
	}
	return foldedKey(row.Titles[0])
}

// forces gives the days on which the agreement is in force, and those on which it is not, in order.
func (a *Agreement) forces() []ForceRow {
	stages := a.inForceStages()
	edges := []Day{minDay}
	for _, s := range stages {
		edges = append(edges, s.Date.PossibleEarliest(), s.Date.PossibleLatest())
	}
	if start := a.Period.Start; !start.IsZero() {
		edges = append(edges, start.PossibleEarliest())
	}
	if end := a.Period.End; !end.IsZero() {
		edges = append(edges, end.PossibleEarliest()+1, end.PossibleLatest()+1)
	}
	slices.Sort(edges)
	edges = append(slices.Compact(edges), maxDay)
	var rows []ForceRow
	for i, from := range edges[:len(edges)-1] {
		is := a.inForce(stages, from)
		if is == nil {
			continue
		}
		if n := len(rows); n > 0 && rows[n-1].Days.To == from && rows[n-1].Holds == *is {
			rows[n-1].Days.To = edges[i+1]
			continue
		}
		rows = append(rows, ForceRow{Interval{from, edges[i+1]}, *is})
	}
	return rows
}

// inForceStages gives the dated stages that say whether the agreement as a whole is in force, by date.
func (a *Agreement) inForceStages() []Stage {
	var stages []Stage
	for _, s := range a.Stages {
		switch s.Stage {
		case StageInForce:
		case StageTerminated, StageExpired, StageReplaced, StageSuspension:
			if s.Party != "" {
				continue // one party left; the agreement goes on
			}
		default:
			continue
		}
		if !s.Date.IsZero() {
			stages = append(stages, s)
		}
	}
	slices.SortStableFunc(stages, func(x, y Stage) int { return cmp.Compare(x.Date.Earliest(), y.Date.Earliest()) })
	return stages
}

// keyedTitle is how many letters of a title order it.
const keyedTitle = 60

var collators = sync.Pool{New: func() any { return &collator{Collator: collate.New(language.Und, collate.Loose)} }}

type collator struct {
	*collate.Collator
	buffer collate.Buffer
}

// TitleKey gives what titles are ordered by: bytes that sort as the root collation of Unicode orders the first 60 characters
// of the folded title.
func TitleKey(title string) string { return foldedKey(Fold(title)) }

func foldedKey(title string) string {
	n := 0
	for i := range title {
		if n == keyedTitle {
			title = title[:i]
			break
		}
		n++
	}
	c := collators.Get().(*collator) //nolint:forcetypeassert // the pool makes no other
	defer collators.Put(c)
	c.buffer.Reset()
	return string(c.KeyFromString(&c.buffer, title))
}
