package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
)

// An Office is what people hold in succession, in one state of the graph: an office of an actor, or of what is part of it,
// under one or several titles. Sources write titles in their own way, and offices are renamed.
type Office struct {
	In     State
	Key    OfficeKey
	Titles []string // as sources write them, the newest first
}

// An OfficeKey names an office by whose it is and its folded titles.
type OfficeKey struct {
	Of     ActorKey
	titles string
}

const titleSign = "\x1e" // no folded text has it

// NewOfficeKey names the office of an actor that has one of the titles, written in any way.
func NewOfficeKey(of ActorKey, titles ...string) OfficeKey {
	var folded []string
	for _, t := range titles {
		folded = append(folded, Fold(strings.ReplaceAll(t, titleSign, " ")))
	}
	slices.Sort(folded)
	return OfficeKey{of, strings.Join(slices.Compact(folded), titleSign)}
}

// CheckedOfficeKey is NewOfficeKey for titles that people gave: none of them may be empty.
func CheckedOfficeKey(of ActorKey, titles []string) (OfficeKey, error) {
	key := NewOfficeKey(of, titles...)
	if len(titles) == 0 || slices.Contains(key.Titles(), "") {
		return key, BadInput("an office without a title: give its title as sources write it, as Minister of Defense")
	}
	return key, nil
}

// Titles gives the folded titles, in order.
func (k OfficeKey) Titles() []string { return strings.Split(k.titles, titleSign) }

// Joined gives the titles as one text.
func (k OfficeKey) Joined() string { return k.titles }

// JoinedOfficeKey names an office by its titles as one text.
func JoinedOfficeKey(of ActorKey, titles string) OfficeKey {
	return NewOfficeKey(of, strings.Split(titles, titleSign)...)
}

// NewOffice makes the office that holdings, at least one, are of.
func NewOffice(in State, key OfficeKey, held []Holding) *Office {
	return &Office{in, key, titlesOf(held)}
}

// Called tells whether a source writes a title of the office so, case and accents aside.
func (o *Office) Called(title string) bool {
	return slices.ContainsFunc(o.Titles, func(t string) bool { return Fold(t) == Fold(title) })
}

// Tenures gives the tenures of those holdings that are wanted, each once.
func Tenures(held []Holding, wanted func(Holding) bool) []*Tenure {
	var found []*Tenure
	for _, h := range held {
		if wanted(h) && !slices.Contains(found, h.Tenure) {
			found = append(found, h.Tenure)
		}
	}
	return found
}

// A Holding is a tenure of an office, with the days on which it may have been held as the actor's: a ministry's office is its
// state's while the ministry is part of it.
type Holding struct {
	*Tenure
	Days Interval
	Keys []ActorKey // all that name the person, by key
}

// maxTenures bounds how many tenures a question about offices goes through.
const maxTenures = 20_000

// Holdings gives the holdings of offices, by start and key, whatever the day of the view; their persons by the keys that lead.
func (v *View) Holdings(ctx context.Context, keys []OfficeKey) (map[OfficeKey][]Holding, error) {
	var of []ActorKey
	var titles []string
	for _, k := range keys {
		of, titles = append(of, k.Of), append(titles, k.Titles()...)
	}
	slices.Sort(of)
	slices.Sort(titles)
	of, titles = slices.Compact(of), slices.Compact(titles)
	cons, err := v.Constituents(ctx, of, officeThrough)
	if err != nil {
		return nil, err
	}
	all, err := v.everyTenure(ctx, TenureQuery{Of: everyone(cons, of), Offices: titles})
	if err != nil {
		return nil, err
	}
	persons := make([]ActorKey, len(all))
	for i, t := range all {
		persons[i] = t.Person
	}
	same, err := v.sames(ctx, persons)
	if err != nil {
		return nil, err
	}
	same.name(all)
	found := make(map[OfficeKey][]Holding, len(keys))
	for _, t := range all {
		title := Fold(t.Office)
		for _, k := range keys {
			if !slices.Contains(k.Titles(), title) {
				continue
			}
			for _, c := range cons[k.Of] {
				if days := t.Period.Bounds().Possible().Intersect(c.Valid); c.Actor == t.Of && !days.Empty() {
					found[k] = append(found[k], Holding{t, days, same.all([]ActorKey{t.Person})})
				}
			}
		}
	}
	return found, nil
}

func everyone(cons map[ActorKey][]Constituent, of []ActorKey) (all []Constituent) {
	for _, key := range of {
		for _, c := range cons[key] {
			if c.Involvement = ""; !slices.Contains(all, c) {
				all = append(all, c)
			}
		}
	}
	return all
}

// everyTenure gives all tenures that a question finds, in one page.
func (v *View) everyTenure(ctx context.Context, q TenureQuery) ([]*Tenure, error) {
	if len(q.Of)+len(q.Persons) == 0 {
		return nil, nil
	}
	q.Load, q.First = v.Load, maxTenures
	page, err := v.r.Tenures(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("tenures: %w", err)
	}
	if page.More {
		return nil, BadInput("these offices have more than %d tenures: ask for fewer at once; officeHolders has them in pages", maxTenures)
	}
	return v.tenures(page.Items)
}

// Office gives the office of an actor that has one of the titles, in any spelling of case and accents. Where no source names
// one, the error suggests titles of the actor's offices.
func (v *View) Office(ctx context.Context, of ActorKey, titles []string) (*Office, error) {
	key, err := CheckedOfficeKey(of, titles)
	if err != nil {
		return nil, err
	}
	held, err := v.Holdings(ctx, []OfficeKey{key})
	if err != nil {
		return nil, err
	}
	if len(held[key]) > 0 {
		return NewOffice(v.State, key, held[key]), nil
	}
	p := problem(ErrNotFound, CodeOfficeNotFound, "no source names an office %q of %s", strings.Join(titles, ", "), of)
	all, err := v.OfficesOf(ctx, []ActorKey{of})
	if err != nil {
		return nil, err
	}
	p.Suggestions = nearTitles(all[of], titles)
	return nil, p
}

// fewTitles is how many titles an actor's offices may have to be suggested one and all: people know which they meant.
const fewTitles = 5

// nearTitles gives titles of offices that may have been meant: those near to one of the titles asked for, with those of heads of
// state and government where it is one; and all others where they are few.
func nearTitles(offices []*Office, asked []string) (near []string) {
	var known []string
	for _, o := range offices {
		for _, t := range o.Titles {
			known = appendNew(known, t)
		}
	}
	few := len(known) <= fewTitles
	for _, t := range asked {
		if headed(Fold(t)) { // sources call who leads a state by many titles
			for _, title := range known {
				if headed(Fold(title)) && len(near) < fewTitles {
					near = appendNew(near, title)
				}
			}
		}
		for _, title := range alike(t, known) {
			near = appendNew(near, title)
		}
	}
	if few {
		for _, title := range known {
			near = appendNew(near, title)
		}
	}
	return near
}

// alike gives the titles that have most words in common with a text, those with the fewest others first, or else those written
// nearly so. A word that many titles have, as of and minister, tells less than one that few have.
func alike(text string, titles []string) []string {
	words := sayingWords(text)
	has := func(title, word string) bool {
		return slices.ContainsFunc(sayingWords(title), func(w string) bool { return w == word || len(w) > 4 && distance(w, word, 1) <= 1 })
	}
	weight := map[string]float64{}
	for _, w := range words {
		if n := len(slices.DeleteFunc(slices.Clone(titles), func(t string) bool { return !has(t, w) })); n > 0 {
			weight[w] = 1 / float64(n)
		}
	}
	shared := func(title string) (sum float64) {
		for _, w := range words {
			if has(title, w) {
				sum += weight[w]
			}
		}
		return sum
	}
	common := slices.DeleteFunc(slices.Clone(titles), func(t string) bool { return shared(t) == 0 })
	slices.SortStableFunc(common, func(a, b string) int {
		return cmp.Or(cmp.Compare(shared(b), shared(a)), cmp.Compare(len(sayingWords(a)), len(sayingWords(b))))
	})
	if len(common) == 0 {
		return Nearest(text, titles, 3)
	}
	return slices.Compact(common[:min(3, len(common))])
}

// sayingWords gives the words of a title that say something.
func sayingWords(title string) []string {
	return slices.DeleteFunc(Terms(title), func(w string) bool { return slices.Contains([]string{"of", "the", "for", "and", "to"}, w) })
}

// titlesOf gives the titles of holdings as written, those of the newest first.
func titlesOf(held []Holding) []string {
	var titles []string
	for _, h := range slices.Backward(held) {
		titles = appendNew(titles, h.Office)
	}
	return titles
}

// OfficesOf gives the offices of actors and of what was part of them, each by whose it is and its title, in the order of these.
// As of a day, those that somebody possibly held on it.
func (v *View) OfficesOf(ctx context.Context, actors []ActorKey) (map[ActorKey][]*Office, error) {
	cons, err := v.Constituents(ctx, actors, officeThrough)
	if err != nil {
		return nil, err
	}
	all, err := v.everyTenure(ctx, TenureQuery{Of: everyone(cons, actors), During: v.day()})
	if err != nil {
		return nil, err
	}
	return v.offices(actors, all, func(actor ActorKey, t *Tenure) bool {
		span := t.Period.Bounds().Possible()
		if day := v.day(); day != nil {
			span = span.Intersect(*day)
		}
		return slices.ContainsFunc(cons[actor], func(c Constituent) bool { return c.Actor == t.Of && c.Valid.Overlaps(span) })
	}), nil
}

// OfficesHeld gives the offices that persons held, as OfficesOf does; as of a day, those possibly held on it.
func (v *View) OfficesHeld(ctx context.Context, persons []ActorKey) (map[ActorKey][]*Office, error) {
	same, err := v.sames(ctx, persons)
	if err != nil {
		return nil, err
	}
	all, err := v.everyTenure(ctx, TenureQuery{Persons: same.all(persons), During: v.day()})
	if err != nil {
		return nil, err
	}
	same.name(all)
	return v.offices(persons, all, func(person ActorKey, t *Tenure) bool { return t.Person == person }), nil
}

// day is the view's, as an interval; nil without one.
func (v *View) day() *Interval {
	if v.AsOf == nil {
		return nil
	}
	i := Inclusive(*v.AsOf, *v.AsOf)
	return &i
}

func (v *View) offices(actors []ActorKey, all []*Tenure, counts func(ActorKey, *Tenure) bool) map[ActorKey][]*Office {
	found := make(map[ActorKey][]*Office, len(actors))
	for _, actor := range actors {
		held := map[OfficeKey][]Holding{}
		for _, t := range all {
			if counts(actor, t) {
				key := NewOfficeKey(t.Of, t.Office)
				held[key] = append(held[key], Holding{Tenure: t})
			}
		}
		for key, of := range held {
			found[actor] = append(found[actor], NewOffice(v.State, key, of))
		}
		slices.SortFunc(found[actor], func(a, b *Office) int {
			return cmp.Or(cmp.Compare(a.Key.Of, b.Key.Of), cmp.Compare(a.Key.titles, b.Key.titles))
		})
	}
	return found
}

// Acting gives who held an office, under all their keys, each for the days on which it may have been theirs: an engagement in which
// one of them took part then is the office's.
func Acting(held []Holding) []Constituent {
	found, seen := []Constituent{}, map[Constituent]bool{}
	for _, h := range held {
		for _, key := range h.Keys {
			if c := (Constituent{Actor: key, Valid: h.Days}); !seen[c] { // two sources may say the same
				seen[c] = true
				found = append(found, c)
			}
		}
	}
	return found
}
