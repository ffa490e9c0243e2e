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
