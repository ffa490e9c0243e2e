package dossier

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// states is the registry, indexed for questions of a dossier.
type states struct {
	byKey map[graph.ActorKey]graph.ActorFacts
	keys  []string
	names map[string]string // lower case, to a key
	codes map[string][]graph.ActorKey
}

func theStates(g ingest.Registry) func() (*states, error) {
	return ingest.Once(g, func(all []graph.ActorFacts) (*states, error) {
		s := &states{byKey: map[graph.ActorKey]graph.ActorFacts{}, names: map[string]string{}, codes: map[string][]graph.ActorKey{}}
		for _, a := range all {
			s.byKey[a.Key] = a
			s.keys = append(s.keys, string(a.Key))
			for _, n := range a.Names {
				s.names[strings.ToLower(n.Text)] = string(a.Key)
			}
			for _, i := range a.Identifiers {
				code := i.Scheme + ":" + i.Value
				s.codes[code] = append(s.codes[code], a.Key)
			}
		}
		sort.Strings(s.keys)
		return s, nil
	})
}

// isStateScheme tells whether keys of the scheme name states of the registry.
func isStateScheme(scheme string) bool {
	for _, s := range graph.CodeSchemes {
		if s == scheme {
			return true
		}
	}
	return false
}

// propose gives the key of a state that a text may mean: another code of it, a bare
// code, a name, a key with a slip in it.
func (s *states) propose(text string) string {
	candidates := []string{text, strings.ToUpper(text)}
	if scheme, value, ok := strings.Cut(text, ":"); ok {
		candidates = append(candidates, strings.ToLower(scheme)+":"+strings.ToUpper(value))
	} else {
		candidates = append(candidates, "iso3:"+strings.ToUpper(text), "iso2:"+strings.ToUpper(text), "cowc:"+strings.ToUpper(text))
	}
	for _, c := range candidates {
		if holders := s.codes[c]; len(holders) > 0 {
			keys := make([]string, len(holders))
			for i, h := range holders {
				keys[i] = fmt.Sprintf("%q", h)
			}
			return "write " + strings.Join(keys, " or ")
		}
	}
	if key, ok := s.names[strings.ToLower(text)]; ok {
		return fmt.Sprintf("write %q", key)
	}
	return s.slip(text)
}

// slip finds the keys that a text differs from by one letter, or by the order of its letters. With three
// letters anything wider is a guess.
func (s *states) slip(text string) string {
	scheme, value, _ := strings.Cut(text, ":")
	var near []string
	for _, key := range s.keys {
		own, v, _ := strings.Cut(key, ":")
		if own != scheme || len(v) != len(value) {
			continue
		}
		same := 0
		for i := range v {
			if v[i] == value[i] {
				same++
			}
		}
		if same == len(v)-1 || sorted(v) == sorted(value) {
			near = append(near, fmt.Sprintf("%q", key))
		}
	}
	if len(near) == 0 || len(near) > 4 {
		return ""
	}
	return "did you mean " + strings.Join(near, " or ") + "?"
}

func sorted(s string) string {
	letters := []byte(s)
	slices.Sort(letters)
	return string(letters)
}

// contradicts says what is wrong with a code that a dossier gives for a state, or "".
// A scheme that the registry does not have for the state contradicts nothing.
func (s *states) contradicts(key graph.ActorKey, code graph.Identifier) (rule, right string) {
	var others []string
	for _, own := range s.byKey[key].Identifiers {
		if own.Scheme != code.Scheme || !overlap(own.Period, code.Period) {
			continue
		}
		if own.Value == code.Value {
			return "", ""
		}
		others = append(others, own.Value)
	}
	if holders := s.codes[code.Scheme+":"+code.Value]; len(others) == 0 && len(holders) > 0 {
		for _, h := range holders {
			if h == key {
				return fmt.Sprintf("at another time %s is %s %s in the registry, but not then", key, code.Scheme, code.Value), "give the time for which the registry has it, or leave it out"
			}
		}
		return fmt.Sprintf("%s %s is %s in the registry", code.Scheme, code.Value, holders[0]), "leave it out"
	}
	if len(others) > 0 {
		return fmt.Sprintf("contradicts the registry: %s has %s %s", key, code.Scheme, strings.Join(others, ", ")), "write " + others[0] + ", or leave it out"
	}
	return "", ""
}

// overlap tells whether two periods may share a day; a zero period is always.
func overlap(a, b graph.Period) bool {
	return possible(a).Overlaps(possible(b))
}

func possible(p graph.Period) graph.Interval {
	if p.IsZero() {
		return graph.Always
	}
	return p.Bounds().Possible()
}
