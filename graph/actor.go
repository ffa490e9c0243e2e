package graph

// ActorKind is what sort of actor it is.
type ActorKind string

// The kinds of actor.
const (
	KindState        ActorKind = "STATE"
	KindOrganization ActorKind = "ORGANIZATION"
	KindPerson       ActorKind = "PERSON"
)

// A Name is text in a language (BCP 47) with the time it was used; a zero Period is always.
type Name struct {
	Text   string `json:"text"`
	Lang   string `json:"lang"`
	Period Period `json:"period,omitzero"`
}

// An Identifier is a code that an actor holds for a time; a zero Period is its whole life.
type Identifier struct {
	Scheme string `json:"scheme"`
	Value  string `json:"value"`
	Period Period `json:"period,omitzero"`
}

// Name gives the identifier as people look for it: cow-mid 4468.
func (i Identifier) Name() Name { return Name{Text: i.Scheme + " " + i.Value} }

// PartOf says that the actor is part of another for a time (the JMSDF of the Self-Defense
// Forces); a zero Period is the whole life of both.
type PartOf struct {
	Actor  ActorKey `json:"actor"`
	Period Period   `json:"period,omitzero"`
}

// Succession says that the actor succeeded another on a date.
type Succession struct {
	Actor ActorKey `json:"actor"`
	Date  Date     `json:"date,omitzero"`
	Note  string   `json:"note,omitempty"`
}

// ActorFacts is what one source says of an actor: the body of an actor statement.
// Several sources may speak of one actor; only the registry mints states.
type ActorFacts struct {
	Key         ActorKey     `json:"key"`
	Kind        ActorKind    `json:"kind"`
	Names       []Name       `json:"names,omitempty"`
	Identifiers []Identifier `json:"identifiers,omitempty"`
	Existence   []Period     `json:"existence,omitempty"` // none: not said
	PartOf      []PartOf     `json:"partOf,omitempty"`
	Succeeds    []Succession `json:"succeeds,omitempty"`
	Note        string       `json:"note,omitempty"`
	Citations   []Citation   `json:"citations,omitempty"`
}

// An Actor is a state, organisation or person as all sources together give it, in
// one state of the graph. Facts of the preferred source come first.
type Actor struct {
	In          State
	Key         ActorKey
	Kind        ActorKind
	Names       []Name
	Identifiers []Identifier
	Existence   []Period
	PartOf      []PartOf
	Succeeds    []Succession
	Note        string
	Citations   []Citation
	// Others are the keys under which sources have the same person, beside Key, by key; Identities says why.
	Others []ActorKey

	lives     windows // the days on which any source lets it have existed; none: nobody says
	everyName []Name  // also those that do not hold on the day; nil: all are in Names
}

// Name gives the actor's name in the language, or in English, or its first, or its key.
// Where the actor is seen as of a day, names that do not hold on it are not in Names.
func (a *Actor) Name(lang string) string { return NameIn(a.Names, lang, string(a.Key)) }

// Identifier gives the actor's value in a scheme, or "" if it has none in this state of the graph.
func (a *Actor) Identifier(scheme string) string {
	for i := len(a.Identifiers) - 1; i >= 0; i-- {
		if a.Identifiers[i].Scheme == scheme {
			return a.Identifiers[i].Value
		}
	}
	return ""
}

// NameIn picks the name in a language, or in English, or the first, or the fallback.
func NameIn(names []Name, lang, fallback string) string {
	for _, want := range []string{lang, "en"} {
		for _, n := range names {
			if n.Lang == want {
				return n.Text
			}
		}
	}
	if len(names) > 0 {
		return names[0].Text
	}
	return fallback
}

// A Tenure is a person holding an office of an actor for a time: the body of a tenure statement.
type Tenure struct {
	In        State       `json:"-"`
	Source    SourceKey   `json:"-"`
	Key       TenureKey   `json:"key"`
	Person    ActorKey    `json:"person"`
	Office    string      `json:"office"`
	Of        ActorKey    `json:"of"`
	At        ActorKey    `json:"at,omitempty"` // where it was held: of an envoy, the receiver
	Period    Period      `json:"period"`
	Entry     TenureEntry `json:"entry,omitempty"`   // empty: not said
	Exit      TenureExit  `json:"exit,omitempty"`    // empty: not said, or still in office
	ExitHow   string      `json:"exitHow,omitempty"` // what more its source says of the exit, in its own words
	Note      string      `json:"note,omitempty"`
	Citations []Citation  `json:"citations,omitempty"`
}

// TenureEntry is how a person came into an office.
type TenureEntry string

// The ways into an office.
const (
	EntryRegular   TenureEntry = "REGULAR"            // by the rules and customs of the place
	EntryIrregular TenureEntry = "IRREGULAR"          // against them: a coup, a revolt
	EntryImposed   TenureEntry = "FOREIGN_IMPOSITION" // another state put the person there
)

// TenureExit is how a person left an office.
type TenureExit string

// The ways out of an office.
const (
	ExitRegular   TenureExit = "REGULAR"         // by the rules and customs of the place
	ExitDeath     TenureExit = "NATURAL_DEATH"   // died in it
	ExitHealth    TenureExit = "ILL_HEALTH"      // retired because of it
	ExitSuicide   TenureExit = "SUICIDE"         // killed himself or herself
	ExitIrregular TenureExit = "IRREGULAR"       // against the rules: a coup, a revolt, an assassination
	ExitForeign   TenureExit = "FOREIGN_REMOVAL" // another state did it
)

// MembershipStatus is how an actor belongs to an organisation.
type MembershipStatus string

// The statuses of a membership.
const (
	MemberFull      MembershipStatus = "FULL"
	MemberAssociate MembershipStatus = "ASSOCIATE"
	MemberObserver  MembershipStatus = "OBSERVER"
	MemberSuspended MembershipStatus = "SUSPENDED"
)

// MembershipStatuses lists all statuses.
var MembershipStatuses = []MembershipStatus{MemberFull, MemberAssociate, MemberObserver, MemberSuspended}

// A Membership is an actor in an organisation for a time: the body of a membership statement.
type Membership struct {
	In           State            `json:"-"`
	Source       SourceKey        `json:"-"`
	Key          MembershipKey    `json:"key"`
	Member       ActorKey         `json:"member"`
	Organization ActorKey         `json:"organization"`
	Status       MembershipStatus `json:"status"`
	Period       Period           `json:"period"`
	Citations    []Citation       `json:"citations,omitempty"`
}
