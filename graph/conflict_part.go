package graph

import "slices"

// A part of an engagement that is told beside the whole, as a war between two states is beside the war of many: its dates, and how
// many died in it, are its own. It contradicts the whole only where it does not lie in it.

// partOfMore tells whether this is said to be part of an engagement, of one in which others took part as well: a part in which all did is
// the whole once more.
func (b *EngagementBase) partOfMore(whole *EngagementBase) bool {
	return slices.Contains(b.PartOf, whole.Key) && slices.ContainsFunc(whole.Participations, func(p Participation) bool {
		return !slices.ContainsFunc(b.Participations, func(own Participation) bool { return own.Actor == p.Actor })
	})
}

// comparePart compares an account of a part with one of the whole; first tells that the part's source comes first.
func (c *comparing) comparePart(whole, part *EngagementBase, first bool) {
	in := within{c, first}
	in.period("period", whole.Period, part.Period)
	for _, p := range whole.Participations {
		q := takesPartOnce(part, p)
		if takesPartOnce(whole, p) == nil || q == nil {
			continue
		}
		field := participationField(p)
		in.period(field+".period", p.Period, q.Period)
		if p.Fatalities != nil && q.Fatalities != nil && p.Fatalities.High != nil && q.Fatalities.Low != nil && *q.Fatalities.Low > *p.Fatalities.High {
			in.tell(DifferentValue, field+".fatalities", p.Fatalities.text(), q.Fatalities.text())
		}
	}
}

// within compares what is said of a part with what is said of the whole.
type within struct {
	*comparing
	first bool // what is said of the part comes first
}

func (w within) tell(t ConflictType, field, whole, part string) {
	if w.first {
		whole, part = part, whole
	}
	w.comparing.tell(t, field, whole, part)
}

// period tells where a part begins before the whole for certain, or ends after it. That it goes on contradicts that the whole ended,
// if who says so speaks of days after the end.
func (w within) period(field string, whole, part Period) {
	speaks := w.lasts[1]
	if w.first {
		speaks = w.lasts[0]
	}
	if !whole.Start.IsZero() && !part.Start.IsZero() && part.Start.PossibleLatest() < whole.Start.span().From {
		w.tell(ContradictingDate, field+".start", whole.Start.String(), part.Start.String())
	}
	if whole.End.IsZero() {
		return
	}
	switch end := whole.End.PossibleLatest(); {
	case !part.End.IsZero() && part.End.span().From > end:
		w.tell(ContradictingDate, field+".end", whole.End.String(), part.End.String())
	case part.End.IsZero() && !part.Start.IsZero() && part.Start.span().From > end:
		w.tell(ContradictingDate, field+".end", whole.End.String(), part.EDTF())
	case part.End.IsZero() && part.Why == Ongoing && end < speaks:
		w.tell(ContradictingDate, field+".end", whole.End.String(), string(part.Why))
	}
}
