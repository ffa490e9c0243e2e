package graph

// EffectType is what an engagement did to a tie.
type EffectType string

// The effects.
const (
	Establishes EffectType = "ESTABLISHES"
	Suspends    EffectType = "SUSPENDS"
	Resumes     EffectType = "RESUMES"
	Ends        EffectType = "ENDS"
	Upgrades    EffectType = "UPGRADES"
	Downgrades  EffectType = "DOWNGRADES"
)

// Extent is how completely a suspension took effect.
type Extent string

// The extents. Without one the source does not say.
const (
	ExtentFull    Extent = "FULL"
	ExtentPartial Extent = "PARTIAL"
)

// An Effect is what an engagement did to a tie, as a source states it.
type Effect struct {
	In        State           `json:"-"`
	Source    SourceKey       `json:"-"`
	Carrier   EngagementKey   `json:"-"` // the engagement that had the effect
	Type      EffectType      `json:"type"`
	Topic     Topic           `json:"topic"`
	Strand    string          `json:"strand,omitempty"` // a named channel of the topic, with spells of its own
	Between   []ActorKey      `json:"between"`          // two or more; the effect holds for each pair
	Date      Date            `json:"date"`
	Extent    Extent          `json:"extent,omitempty"`
	Because   []EngagementKey `json:"because,omitempty"` // the engagements that caused it
	Note      string          `json:"note,omitempty"`
	Citations []Citation      `json:"citations,omitempty"`
}

// Stance is how an author stands to a statement.
type Stance string

// The stances.
const (
	Asserts        Stance = "ASSERTS"
	Denies         Stance = "DENIES"
	Reserves       Stance = "RESERVES"
	DoesNotConfirm Stance = "DOES_NOT_CONFIRM"
)

// An Assertion is who asserts or denies what, about an engagement: the body of an
// assertion statement. The author is an actor, or else a work that says so.
type Assertion struct {
	In        State         `json:"-"`
	Source    SourceKey     `json:"-"`
	Key       AssertionKey  `json:"key"`
	About     EngagementKey `json:"about"`
	Author    ActorKey      `json:"author,omitempty"`
	Work      WorkKey       `json:"work,omitempty"` // the author, where it is a work
	Stance    Stance        `json:"stance"`
	Text      string        `json:"text"`
	Quote     string        `json:"quote,omitempty"`
	Date      Date          `json:"date,omitzero"`
	Location  *Location     `json:"location,omitempty"` // where it was, if that is what is asserted
	Citations []Citation    `json:"citations,omitempty"`
}

// A Work is what was read, or only named: the body of a work statement.
type Work struct {
	In        State     `json:"-"`
	Source    SourceKey `json:"-"`
	Key       WorkKey   `json:"key"`
	Title     string    `json:"title"`
	Publisher string    `json:"publisher,omitempty"`
	Date      Date      `json:"date,omitzero"`
	URL       string    `json:"url,omitempty"`
	Language  string    `json:"language,omitempty"`
	Read      bool      `json:"read"` // false: named, but nobody read it
	Accessed  string    `json:"accessed,omitempty"`
}

// A Citation is where a statement stands: in a work, or in a source. What has no
// citation of its own cites its source.
type Citation struct {
	Source   SourceKey `json:"source,omitempty"`
	Work     WorkKey   `json:"work,omitempty"`
	Locator  string    `json:"locator,omitempty"`  // article, paragraph, record
	Supports string    `json:"supports,omitempty"` // the field it bears on; empty: the whole entry
	Quote    string    `json:"quote,omitempty"`
}
