package graph

import "slices"

// Standing is what a fold says of one day.
type Standing struct {
	Status   TieStatus // ACTIVE, SUSPENDED, ENDED, or NONE where nothing is there
	Certain  bool
	Possible []TieStatus // every status the dates allow on the day, Status among them
	Spell    *Spell      // the spell it stands in; nil: none
}

// On tells how the tie stands on a day by its changes alone; what the sources cover is for the caller
// to say. An change counts from the earliest day of its date; while it may or may not have happened yet, or
// where its order against another is not known, the status is not certain.
func (h *History) On(d Day) Standing {
	s := Standing{Status: None, Certain: true}
	var made *change   // what made the status
	evidence := maxDay // of a presupposed run: from here on it had begun for certain
	for i, r := range h.runs {
		if r.start != nil && r.start.earliest() > d {
			break
		}
		s.Status, s.Spell, made = r.status, h.Spells[i], r.start
		for _, e := range r.within {
			evidence = min(evidence, e.span().Last())
		}
		if r.end == nil || r.end.earliest() > d {
			break
		}
		if r.end.kind == Ends {
			s.Status, s.Spell, made = Ended, nil, r.end
		}
	}
	s.Possible = []TieStatus{s.Status}
	or := func(t TieStatus) {
		s.Certain = s.Certain && t == s.Status
		if !slices.Contains(s.Possible, t) {
			s.Possible = append(s.Possible, t)
		}
	}
	if s.Spell != nil && made == nil && d < evidence {
		or(None) // its start is not known
	}
	if s.Spell != nil && s.Spell.Period.Why == Unknown {
		or(Ended) // nor is its end
	}
	for _, e := range h.changes {
		if e.gone && s.Status == None {
			continue
		}
		if e.moves() && (e.openOn(d) || made != nil && made.doubt && e.span().Overlaps(made.span())) {
			or(e.outcome())
		}
		if !e.moves() && s.Status == None && e.openOn(d) {
			or(Active) // if it came first, it presupposes a tie
		}
	}
	before := None
	for _, r := range h.runs {
		if r.start != nil && r.start.openOn(d) {
			or(before)
		}
		before = r.status
		if r.end != nil && r.end.kind == Ends {
			if r.end.openOn(d) {
				or(r.status)
			}
			before = Ended
		}
	}
	return s
}

// openOn tells whether the change may or may not have happened by the day.
func (e *change) openOn(d Day) bool {
	i := e.span()
	return i.From <= d && d < i.Last()
}

func (e *change) outcome() TieStatus {
	switch e.kind {
	case Suspends:
		return Suspended
	case Ends:
		return Ended
	default:
		return Active
	}
}
