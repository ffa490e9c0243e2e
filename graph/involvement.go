package graph

// Involvement is why an engagement counts for an actor.
type Involvement string

// The involvements, strongest first.
const (
	Direct      Involvement = "DIRECT"      // it took part itself
	Represented Involvement = "REPRESENTED" // someone took part on its behalf
	ByComponent Involvement = "COMPONENT"   // something that was part of it that day took part
	AsMember    Involvement = "MEMBER"      // an organisation it belonged to took part
)

// Involvements lists all, strongest first.
var Involvements = []Involvement{Direct, Represented, ByComponent, AsMember}

// DefaultInvolvements count for dyads, ties, neighbourhoods, paths and series unless asked otherwise.
var DefaultInvolvements = []Involvement{Direct, Represented, ByComponent}

// Alignment is how two actors stand to each other within an engagement.
type Alignment string

// The alignments.
const (
	AnyAlignment Alignment = "ANY"
	SameSide     Alignment = "SAME_SIDE"
	Opposed      Alignment = "OPPOSED"
)

// The two sides that oppose each other. Any other side is a third position: a mediator, a neighbour with a view of
// its own. It stands with its equals and is opposed to nobody, for no source that names a third side says so.
const (
	SideA = "a"
	SideB = "b"
)

// AlignmentOf tells how two participations stand to each other by their sides: SAME_SIDE where these are equal (none and
// none too), OPPOSED where they are a and b, else ANY: neither.
func AlignmentOf(side, other string) Alignment {
	switch {
	case side == other:
		return SameSide
	case side == SideA && other == SideB, side == SideB && other == SideA:
		return Opposed
	default:
		return AnyAlignment
	}
}
