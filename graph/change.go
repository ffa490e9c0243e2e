package graph

import "time"

// ChangeQuery asks what loads did: those above After, up to Upto.
type ChangeQuery struct{ After, Upto LoadNumber }

// A Change is what one load did to one statement: it added one where none was open (Added), superseded one by another
// (both), or retracted one (Closed). What a load recorded and closed itself no number shows, and is no change; of what was
// erased since nothing is left.
type Change struct {
	StatementID
	Load   LoadNumber
	Closed *Version  // what was open before the load; nil: nothing
	Added  *Recorded // what is open since, whole; nil: nothing
}

// A Version tells how a statement stood, without its body.
type Version struct {
	Slice SliceID
	Hash  Hash
	Load  LoadNumber // which recorded it
}

// Original is the load that a load of another store is a copy of.
type Original struct {
	Number   LoadNumber
	Recorded time.Time
}
