package graph

import "slices"

// RepresentationLevel is at which level a sender was represented at a receiver: by what mission, or by whom at its head. What a
// dataset tells of the one is not made into the other.
type RepresentationLevel string

// The levels.
const (
	MissionNone       RepresentationLevel = "NONE" // a source says that there was no mission
	MissionEmbassy    RepresentationLevel = "EMBASSY"
	MissionLegation   RepresentationLevel = "LEGATION"
	MissionLiaison    RepresentationLevel = "LIAISON"
	MissionInterests  RepresentationLevel = "INTERESTS"
	MissionConsulate  RepresentationLevel = "CONSULATE"
	MissionAmbassador RepresentationLevel = "AMBASSADOR" // from here on by its head
	MissionMinister   RepresentationLevel = "MINISTER"
	MissionCharge     RepresentationLevel = "CHARGE"
	AmbassadorAbroad  RepresentationLevel = "AMBASSADOR_NONRESIDENT"
	EnvoyAbroad       RepresentationLevel = "ENVOY_NONRESIDENT"
	ConsulAbroad      RepresentationLevel = "CONSUL_NONRESIDENT"
	MissionOther      RepresentationLevel = "OTHER"   // there was a mission; its level is another, or not known
	MissionUnknown    RepresentationLevel = "UNKNOWN" // the source does not tell whether there was one
)

// RepresentationLevels lists all levels.
var RepresentationLevels = []RepresentationLevel{
	MissionNone, MissionEmbassy, MissionLegation, MissionLiaison, MissionInterests, MissionConsulate, MissionAmbassador, MissionMinister,
	MissionCharge, AmbassadorAbroad, EnvoyAbroad, ConsulAbroad, MissionOther, MissionUnknown,
}

// A Representation is what one source says of a sender's mission at a receiver, whole: the body of a representation statement.
type Representation struct {
	In        State                  `json:"-"`
	Source    SourceKey              `json:"-"`
	Key       RepresentationKey      `json:"key"`
	Sender    ActorKey               `json:"sender"`
	Receiver  ActorKey               `json:"receiver"`
	Records   []RepresentationRecord `json:"records"` // by start
	Citations []Citation             `json:"citations,omitempty"`
}

// A RepresentationRecord says at which level the sender was represented over a period; or at some time in a year, or whatever
// the date is, in which that was Observed. Of before, between and after what was observed it says nothing.
type RepresentationRecord struct {
	Level    RepresentationLevel `json:"level"`
	Period   Period              `json:"period,omitzero"`
	Observed Date                `json:"observed,omitzero"`
	Note     string              `json:"note,omitempty"`
}

// When gives the record's period, or the date in which it was observed.
func (r RepresentationRecord) When() Period {
	if !r.Observed.IsZero() {
		return On(r.Observed)
	}
	return r.Period
}

// row is what the record is found by.
func (r RepresentationRecord) row() RecordRow {
	return RecordRow{Level: r.Level, Bounds: r.When().Bounds(), Observed: !r.Observed.IsZero()}
}

// Lies tells whether the record has one of the levels (none: any), and lies so to days (nil: to any).
func (r RepresentationRecord) Lies(levels []RepresentationLevel, days *Interval, how Overlap, sure Certainty) bool {
	return r.row().Lies(levels, days, how, sure)
}

// RepresentationRow is what representations are found by.
type RepresentationRow struct {
	Sender, Receiver ActorKey
	Start            Day // the earliest of its records
	Records          []RecordRow
}

// A RecordRow is what a record is found by.
type RecordRow struct {
	Level    RepresentationLevel
	Bounds   Bounds
	Observed bool
}

// Lies tells whether the record has one of the levels (none: any), and lies so to days (nil: to any). What was observed at
// some time lies within nothing, begins and ends nowhere: when it began and ended is not said.
func (r RecordRow) Lies(levels []RepresentationLevel, days *Interval, how Overlap, sure Certainty) bool {
	if len(levels) > 0 && !slices.Contains(levels, r.Level) {
		return false
	}
	return days == nil || (!r.Observed || !how.Edged()) && r.Bounds.Compare(*days, how, sure)
}

func (r *Representation) row() *RepresentationRow {
	row := &RepresentationRow{Sender: r.Sender, Receiver: r.Receiver, Start: maxDay, Records: make([]RecordRow, len(r.Records))}
	for i, record := range r.Records {
		row.Records[i] = record.row()
		row.Start = min(row.Start, startDay(record.When()))
	}
	return row
}

// Check says what is wrong with the representation.
func (r *Representation) Check() error {
	switch {
	case r.Sender == "" || r.Receiver == "" || r.Sender == r.Receiver:
		return BadInput("the representation %s is of %q at %q: name two actors", r.Key, r.Sender, r.Receiver)
	case len(r.Records) == 0:
		return BadInput("the representation %s has no records: it says nothing", r.Key)
	}
	for _, record := range r.Records {
		switch {
		case !slices.Contains(RepresentationLevels, record.Level):
			return BadInput("%q is no level of a representation: it is one of %v", record.Level, RepresentationLevels)
		case record.Observed.IsZero() == record.Period.IsZero():
			return BadInput("a record of the representation %s must have a period, or a date in which it was observed, and not both", r.Key)
		}
		if err := record.Period.Check(); err != nil {
			return err
		}
	}
	return nil
}
