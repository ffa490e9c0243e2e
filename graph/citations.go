package graph

import "slices"

// Cites gives an entry's citations, or where it has none, its source's.
func Cites(own []Citation, source SourceKey) []Citation {
	if len(own) == 0 {
		return []Citation{{Source: source}}
	}
	out := slices.Clone(own)
	for i := range out {
		if out[i].Source == "" {
			out[i].Source = source
		}
	}
	return out
}

// Cites gives where an effect stands: in what it cites itself, or where it cites nothing, in what the
// engagement that had it cites. Carrier may be nil where it is not at hand.
func (e *Effect) Cites(carrier Engagement) []Citation {
	own := e.Citations
	if len(own) == 0 && carrier != nil && carrier.Base().Source == e.Source {
		own = carrier.Base().Citations
	}
	return Cites(own, e.Source)
}

// RestsOn gives the engagements whose citations may stand behind the spell, each once, in order.
func (s *Spell) RestsOn() []EngagementKey {
	keys := append([]EngagementKey{s.StartedBy, s.EndedBy}, s.Basis...)
	for _, p := range s.Phases {
		keys = append(keys, p.Began.Carrier)
	}
	slices.Sort(keys)
	return slices.DeleteFunc(slices.Compact(keys), func(k EngagementKey) bool { return k == "" })
}

// Cites gives where the spell stands, each citation once, those of its beginning first: in what began and what ended it.
// A spell that no effect began rests on the agreements or disputes that bear it, or if it is
// presupposed, on the effects within it. At has the engagements of RestsOn.
func (s *Spell) Cites(at map[EngagementKey]Engagement) []Citation {
	var all []Citation
	add := func(more []Citation) {
		for _, c := range more {
			if !slices.Contains(all, c) {
				all = append(all, c)
			}
		}
	}
	bound := func(e *Effect, by EngagementKey) {
		switch carrier := at[by]; {
		case e != nil:
			add(e.Cites(carrier))
		case carrier != nil:
			add(Cites(carrier.Base().Citations, carrier.Base().Source))
		}
	}
	bound(s.Began, s.StartedBy)
	if s.Began == nil {
		for _, k := range s.Basis {
			bound(nil, k)
		}
	}
	bound(s.Ended, s.EndedBy)
	if len(all) == 0 {
		for _, p := range s.Phases {
			bound(p.Began, p.Began.Carrier)
		}
	}
	return all
}
