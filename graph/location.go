package graph

// A Location is where an engagement was, and the point that stands for it, as a source has them. It stands in an assertion
// about the engagement: where something was is mostly said by others than who says that it was.
type Location struct {
	In        State      `json:"-"`
	Source    SourceKey  `json:"-"`
	Citations []Citation `json:"-"` // those of the assertion
	Place     string     `json:"place"`
	Latitude  float64    `json:"latitude"`            // degrees, north is positive
	Longitude float64    `json:"longitude"`           // degrees, east is positive
	Precision string     `json:"precision,omitempty"` // how near the point is to where it was, in the source's words
	Point     string     `json:"point,omitempty"`     // which point was taken: Centroid of ADM1
}

// LocationsOf gives where an engagement was by those who assert it, in the order of the assertions.
func LocationsOf(said []*Assertion) []*Location {
	found := []*Location{}
	for _, a := range said {
		if l := a.Place(); l != nil && a.Stance == Asserts {
			found = append(found, l)
		}
	}
	return found
}

// Place gives where the engagement was, as the assertion and its source have it; nil where it is about something else.
func (a *Assertion) Place() *Location {
	if a.Location == nil {
		return nil
	}
	l := *a.Location
	l.In, l.Source, l.Citations = a.In, a.Source, a.Citations
	return &l
}
