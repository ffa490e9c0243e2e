package graph

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Resolve finds the actors that keys, codes and bare three-letter codes name in this view, one for
// each text: of a person of several keys, the one that leads. A name never resolves: the error suggests keys.
func (v *View) Resolve(ctx context.Context, texts ...string) ([]ActorKey, error) {
	codes := make([]Code, len(texts))
	keys := make([]string, 0, len(texts))
	var held []Code
	for i, text := range texts {
		c := ParseCode(text)
		if c.Bare() {
			c.Value = strings.ToUpper(c.Value)
		}
		codes[i] = c
		if c.Scheme != "" {
			keys = append(keys, c.String())
		}
		if c.Bare() || slices.Contains(CodeSchemes, c.Scheme) {
			held = append(held, c)
		}
	}
	known := map[ActorKey]bool{}
	if len(keys) > 0 {
		rows, err := v.r.Statements(ctx, StatementQuery{Load: v.Load, Kind: StatementActor, Keys: keys})
		if err != nil {
			return nil, fmt.Errorf("the actors %s: %w", strings.Join(texts, ", "), err)
		}
		for _, row := range rows {
			known[ActorKey(row.Key)] = true
		}
	}
	var holders []Holder
	if len(held) > 0 {
		var err error
		if holders, err = v.r.Holders(ctx, HolderQuery{Load: v.Load, Codes: held}); err != nil {
			return nil, fmt.Errorf("the codes %s: %w", strings.Join(texts, ", "), err)
		}
	}
	found := make([]ActorKey, len(texts))
	var failed []*Problem
	for i, c := range codes {
		key, p := v.choose(c, known, holders)
		if p != nil {
			erased, err := v.erasedCode(ctx, c, p)
			if err == nil && erased != nil {
				p = erased
			} else if err == nil {
				err = v.explain(ctx, p, texts[i])
			}
			if err != nil {
				return nil, err
			}
			failed = append(failed, p)
		}
		found[i] = key
	}
	if len(failed) > 0 {
		return nil, joinProblems(failed)
	}
	same, err := v.sames(ctx, found)
	if err != nil {
		return nil, err
	}
	for i, key := range found {
		if found[i] = same.leader(key); found[i] != key && v.Renamed != nil {
			v.Renamed(key, found[i])
		}
	}
	return found, nil
}

// erasedCode tells whether what a code named was erased, where nobody holds it now. A bare code is one of ISO 3166-1.
func (v *View) erasedCode(ctx context.Context, c Code, p *Problem) (*Problem, error) {
	if p.Code != CodeActorNotFound {
		return nil, nil //nolint:nilnil // somebody holds it
	}
	if c.Bare() {
		c.Scheme = "iso3"
	}
	return v.gone(ctx, StatementActor, c.String())
}

// joinProblems makes one problem of several of the same question: the kind and code of the first, what is
// wrong with each, and all suggestions.
func joinProblems(ps []*Problem) *Problem {
	all := *ps[0]
	for _, p := range ps[1:] {
		all.Message += "; " + p.Message
		for _, s := range p.Suggestions {
			all.Suggestions = appendNew(all.Suggestions, s)
		}
	}
	return &all
}

// choose picks the actor that a code names.
func (v *View) choose(c Code, known map[ActorKey]bool, holders []Holder) (ActorKey, *Problem) {
	if c.Scheme != "" && known[ActorKey(c.String())] {
		return ActorKey(c.String()), nil
	}
	var mine, others []Holder
	for _, h := range holders {
		if !strings.EqualFold(h.Code.Value, c.Value) {
			continue
		}
		switch {
		case c.Scheme == h.Code.Scheme, c.Scheme == "" && h.Code.Scheme == "iso3":
			mine = append(mine, h)
		case c.Scheme == "":
			others = append(others, h)
		}
	}
	if h, ok := v.holding(mine); ok {
		return h.Actor, nil
	}
	if len(mine) == 0 {
		p := problem(ErrNotFound, CodeActorNotFound, "there is no actor %q", c)
		for _, h := range others {
			p.Suggestions = appendNew(p.Suggestions, h.Code.String())
		}
		return "", p
	}
	// The code exists, but nobody holds it on the day.
	if h, ok := v.holding(others); ok {
		if slices.ContainsFunc(mine, func(m Holder) bool { return m.Actor == h.Actor }) {
			return h.Actor, nil // another scheme's code of the same actor
		}
		p := problem(ErrAmbiguous, CodeAmbiguousCode, "%q is ambiguous as of %s", c, v.AsOf)
		p.Suggestions = []string{h.Code.String(), mine[0].Code.String()}
		p.about = []Holder{h, mine[0]}
		return "", p
	}
	p := problem(ErrNotFound, CodeActorNotFound, "nobody holds %q on %s", c, v.AsOf)
	for _, h := range mine {
		p.Message += fmt.Sprintf("; %s does %s", h.Actor, spanText(h.Valid))
		p.Suggestions = appendNew(p.Suggestions, string(h.Actor))
	}
	return "", p
}

// holding picks the holder on the view's day, or without one the latest.
func (v *View) holding(holders []Holder) (Holder, bool) {
	var best Holder
	ok := false
	for _, h := range holders {
		if v.AsOf != nil && !h.Valid.Contains(*v.AsOf) {
			continue
		}
		if !ok || h.Valid.To > best.Valid.To || h.Valid.To == best.Valid.To && h.Valid.From > best.Valid.From {
			best, ok = h, true
		}
	}
	return best, ok
}

// explain adds to a problem what it takes to mend it: the keys that a name would find, or who holds an ambiguous code.
func (v *View) explain(ctx context.Context, p *Problem, text string) error {
	if p.Code == CodeAmbiguousCode {
		return v.explainHolders(ctx, p)
	}
	if p.Code != CodeActorNotFound || len(p.Suggestions) > 0 {
		return nil
	}
	if v.Load == 0 {
		p.Message += ": before the first load the graph is empty"
		return nil
	}
	_, value, scheme := strings.Cut(text, ":")
	if !scheme {
		value = text
	}
	terms := SearchTerms(wordsOf(value))
	if len(terms) == 0 {
		return nil
	}
	page, err := v.r.Search(ctx, SearchQuery{Load: v.Load, Whole: Fold(value), Terms: terms, Kinds: []SearchKind{SearchActor}, First: 5})
	if err != nil {
		return fmt.Errorf("keys like %q: %w", text, err)
	}
	for _, states := range []bool{true, false} { // states first
		for _, h := range page.Hits {
			if slices.Contains(CodeSchemes, ParseCode(h.Key).Scheme) == states {
				p.Suggestions = appendNew(p.Suggestions, h.Key)
			}
		}
	}
	switch {
	case !scheme && len(p.Suggestions) > 0:
		p.Message = fmt.Sprintf("%q is a name, and names do not resolve: give a key", text)
	case len(p.Suggestions) == 0:
		p.Message += ": keys look like KOR, iso3:KOR, cow:732 or person:minoru-kihara"
	}
	return nil
}

// explainHolders names who holds an ambiguous code, and when.
func (v *View) explainHolders(ctx context.Context, p *Problem) error {
	var keys []ActorKey
	for _, h := range p.about {
		keys = append(keys, h.Actor)
	}
	actors, err := v.Actors(ctx, keys)
	if err != nil {
		return err
	}
	for i, h := range p.about {
		name := string(h.Actor)
		if a := actors[h.Actor]; a != nil {
			name = a.Name("en")
		}
		p.Message += fmt.Sprintf("%s %s is %s (%s)", []string{":", ","}[min(i, 1)], h.Code, name, spanText(h.Valid))
	}
	return nil
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// spanText says an interval inclusively: from 1948-08-15, to 1991-12-25, 1922-12-30 to 1991-12-25, always.
func spanText(i Interval) string {
	switch {
	case i.From <= minDay && i.To >= maxDay:
		return "always"
	case i.From <= minDay:
		return "to " + i.Last().String()
	case i.To >= maxDay:
		return "from " + i.From.String()
	default:
		return i.From.String() + " to " + i.Last().String()
	}
}
