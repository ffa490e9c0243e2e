package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
)

// An Identity says that several keys name one person: the body of an identity statement of OwnSource. One of them leads:
// the others resolve to it, lists and searches give it alone, and what is said of any of them is said of it.
type Identity struct {
	Key     string     `json:"key"` // the lead
	Lead    ActorKey   `json:"lead"`
	Persons []ActorKey `json:"persons"` // all of them, by key
	Because []Sameness `json:"because"` // what binds them together, as far as that takes
}

// A Sameness says that two keys name one person, and by which rule.
type Sameness struct {
	A       ActorKey `json:"a"`
	B       ActorKey `json:"b"`
	Rule    string   `json:"rule"`
	Because string   `json:"because,omitempty"` // the evidence in words; of a decision, what the person gave as the reason
}

// OtherKey is a key under which sources have a person beside the one that leads, and why it is taken for the same.
type OtherKey struct {
	Key  ActorKey
	With ActorKey // the key that the rule compared it with
	Rule string
	// Because is the evidence in words; of a decision, the reason given, if any.
	Because string
}

// Others gives the keys beside the lead, in order, each with what binds it to the lead, on the way with the fewest steps.
func (i *Identity) Others() []OtherKey {
	found := []OtherKey{{Key: i.Lead}}
	for n := 0; n < len(found); n++ {
		for _, s := range i.Because {
			for _, way := range [][2]ActorKey{{s.A, s.B}, {s.B, s.A}} {
				known := slices.ContainsFunc(found, func(o OtherKey) bool { return o.Key == way[1] })
				if way[0] == found[n].Key && !known {
					found = append(found, OtherKey{Key: way[1], With: way[0], Rule: s.Rule, Because: s.Because})
				}
			}
		}
	}
	found = found[1:]
	slices.SortFunc(found, func(a, b OtherKey) int { return cmp.Compare(a.Key, b.Key) })
	return found
}

// mayBePerson tells whether a key can be a person's: codes are states', and org: says what it is.
func mayBePerson(key ActorKey) bool {
	scheme, _, ok := cutKey(string(key))
	return ok && scheme != "org" && !slices.Contains(CodeSchemes, scheme)
}

// sames knows which keys name one person, of those that were asked about.
type sames struct {
	lead   map[ActorKey]ActorKey   // of those that do not lead
	others map[ActorKey][]ActorKey // of those that lead, by key
}

// leader gives the key that leads, which mostly is the key itself.
func (s sames) leader(key ActorKey) ActorKey {
	if lead, ok := s.lead[key]; ok {
		return lead
	}
	return key
}

// all gives keys with everything that names the same persons, each once and in order.
func (s sames) all(keys []ActorKey) []ActorKey {
	found := slices.Clone(keys)
	for _, k := range keys {
		lead := s.leader(k)
		found = append(append(found, lead), s.others[lead]...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// name gives tenures to the persons by the keys that lead.
func (s sames) name(all []*Tenure) {
	for _, t := range all {
		t.Person = s.leader(t.Person)
	}
}

// knownKeys are the keys that a view was asked about, and what it learned of them.
type knownKeys struct {
	mu    sync.Mutex
	asked map[ActorKey]bool
	lives map[ActorKey]windows // of those whose lives were asked for
	sames
}

// of gives what is known of keys, and those of which nothing is.
func (k *knownKeys) of(keys []ActorKey) (s sames, unknown []ActorKey) {
	s = sames{map[ActorKey]ActorKey{}, map[ActorKey][]ActorKey{}}
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, key := range keys {
		if mayBePerson(key) && !k.asked[key] {
			unknown = append(unknown, key)
			continue
		}
		lead := k.leader(key)
		if others := k.others[lead]; len(others) > 0 {
			s.others[lead] = others
			for _, o := range others {
				s.lead[o] = lead
			}
		}
	}
	return s, unknown
}

// learn takes in the edges that were found around keys.
func (k *knownKeys) learn(keys []ActorKey, edges []Component) {
	k.mu.Lock()
	defer k.mu.Unlock()
	found := map[ActorKey][]ActorKey{}
	for _, e := range edges {
		if e.Same {
			k.lead[e.Part] = e.Whole
			found[e.Whole] = append(found[e.Whole], e.Part)
		}
	}
	for lead, others := range found { // all of one person's keys come together
		k.others[lead], k.asked[lead] = others, true
		for _, o := range others {
			k.asked[o] = true
		}
	}
	for _, key := range keys {
		k.asked[key] = true
	}
}

// sames tells which keys name the same persons as these do; nothing is asked where none can be a person's, nor twice.
func (v *View) sames(ctx context.Context, keys []ActorKey) (sames, error) {
	s, unknown := v.known.of(keys)
	if len(unknown) == 0 {
		return s, nil
	}
	edges, err := v.r.Components(ctx, ComponentQuery{Load: v.Load, Of: unknown, Wholes: true})
	if err != nil {
		return s, fmt.Errorf("who %v are: %w", unknown, err)
	}
	v.known.learn(unknown, edges)
	s, _ = v.known.of(keys)
	return s, nil
}

// accountsOf gives what is said of actors, under all their keys. Which these are is learned in the same question.
func (v *View) accountsOf(ctx context.Context, keys []ActorKey) (sames, []Recorded, error) {
	same, unknown := v.known.of(keys)
	rows, err := v.r.Statements(ctx, StatementQuery{Load: v.Load, Kind: StatementActor, Keys: texts(same.all(keys)), Same: len(unknown) > 0})
	if err != nil || len(unknown) == 0 {
		return same, rows, err
	}
	var edges []Component
	accounts := make([]Recorded, 0, len(rows))
	for _, row := range rows {
		if row.Kind != StatementIdentity {
			accounts = append(accounts, row)
			continue
		}
		i, err := Index(row.Statement)
		if err != nil {
			return same, nil, err
		}
		edges = append(edges, i.Parts...)
	}
	v.known.learn(unknown, edges)
	same, _ = v.known.of(keys)
	return same, accounts, nil
}

// Leads gives for each key the one that leads where it is a person's with several keys, and else the key itself.
func (v *View) Leads(ctx context.Context, keys []ActorKey) ([]ActorKey, error) {
	same, err := v.sames(ctx, keys)
	if err != nil {
		return nil, err
	}
	leads := make([]ActorKey, len(keys))
	for i, k := range keys {
		leads[i] = same.leader(k)
	}
	return leads, nil
}

// Identities gives what makes keys one person, by the key that leads; those that stand alone are absent.
func (v *View) Identities(ctx context.Context, leads []ActorKey) (map[ActorKey]*Identity, error) {
	rows, err := v.r.Statements(ctx, StatementQuery{Load: v.Load, Kind: StatementIdentity, Keys: texts(leads)})
	if err != nil {
		return nil, fmt.Errorf("identities: %w", err)
	}
	found := make(map[ActorKey]*Identity, len(rows))
	for _, row := range rows {
		i, err := Decode[Identity](row.Statement)
		if err != nil {
			return nil, err
		}
		found[i.Lead] = i
	}
	return found, nil
}

// Verdict is what a person decided about two keys.
type Verdict string

// The verdicts.
const (
	VerdictSame      Verdict = "SAME"
	VerdictDifferent Verdict = "DIFFERENT"
)

// A Decision is what a person decided about two persons, or two accounts of engagements: the body of a decision statement of
// OwnSource. It outranks every rule.
type Decision struct {
	Key     string  `json:"key"`
	Verdict Verdict `json:"verdict"`
	A       string  `json:"a"` // A < B
	B       string  `json:"b"`
	Because string  `json:"because,omitempty"`
}

// NewDecision makes the decision about two keys, in either order.
func NewDecision(v Verdict, a, b, because string) *Decision {
	if b < a {
		a, b = b, a
	}
	return &Decision{Key: a + " " + b, Verdict: v, A: a, B: b, Because: because}
}
