package graph

// RuleSpells names the rule by which ties are concluded; docs/ties.md has it in words.
const RuleSpells = "spells/1"

// TieNature is what a tie is made of.
type TieNature string

// The natures of a tie.
const (
	Cooperation TieNature = "COOPERATION" // from effects and bearing agreements
	Contention  TieNature = "CONTENTION"  // from the periods of disputes in which the two are opposed
)

// TieStatus is how a tie stands on a day.
type TieStatus string

// The statuses of a tie.
const (
	Active    TieStatus = "ACTIVE"
	Suspended TieStatus = "SUSPENDED"
	Ended     TieStatus = "ENDED"
	None      TieStatus = "NONE"    // completely covered, and nothing is there
	NoData    TieStatus = "NO_DATA" // outside what the sources cover
)

// A Tie is what binds two actors on a topic, concluded from engagements.
type Tie struct {
	In            State
	Dyad          DyadKey
	Topic         Topic
	Nature        TieNature
	Status        TieStatus
	StatusOn      Day // the asked day, or the last day the tie's sources cover
	StatusCertain bool
	Spells        []*Spell
	Strands       []*Strand
	Effects       []*Effect       // those folded, of the topic itself, in their order
	Contested     []*Effect       // those of less preferred sources, which are not folded
	Frameworks    []EngagementKey // agreements both are party to on the topic that do not bear on the tie
	Sources       []SourceKey     // what it was concluded from
	Rule          string
	history       *History // of the topic itself
	cover         coverage
}

// A Strand is a named channel of a topic, with spells of its own; it never moves its topic.
type Strand struct {
	In            State
	Dyad          DyadKey
	Topic         Topic
	Name          string
	Status        TieStatus
	StatusCertain bool
	Spells        []*Spell
	Effects       []*Effect
}

// A Spell is one stretch of a tie with one status, ACTIVE or SUSPENDED.
type Spell struct {
	In        State
	Dyad      DyadKey
	Topic     Topic
	Nature    TieNature
	Strand    string // empty: of the topic itself
	Number    int    // from 1, in order
	Status    TieStatus
	Extent    Extent // of a suspension, where the source says
	Certain   bool   // false: an effect that bounds it overlaps another, its end is coarser than a day, or its start is presupposed
	Period    Period // both ends inclusive; a presupposed start is absent
	Duration  Duration
	Began     *Effect // nil: began by an agreement or dispute, or presupposed
	Ended     *Effect
	StartedBy EngagementKey   // the engagement that began it; empty: presupposed
	EndedBy   EngagementKey   // empty: it has not ended, or an agreement lapsed
	Phases    []*Phase        // what happened within it that changed no status
	Basis     []EngagementKey // bearing agreements in force, or disputes, during it
	begins    Interval        // the days on which it may have begun
	ends      Interval        // the days on which what ended it may have happened; empty: it has not
}

// A Phase is a stretch of a spell that an effect began without changing its status.
type Phase struct {
	Period Period
	Began  *Effect
}

// Possible gives the days on which the spell may hold.
func (s *Spell) Possible() Interval {
	i := Interval{s.begins.From, maxDay}
	if !s.ends.Empty() {
		i.To = s.ends.To - 1
	}
	return i
}
