package graph

import (
	"context"
	"iter"
	"slices"
	"time"
)

// Reader answers questions about the graph at a load number. It is safe for concurrent use. What
// it returns belongs to the caller. Every order is total and stated. Each method is one
// round trip, except where it returns a sequence. A question about a load above the head, or
// a malformed one, is an ErrInvalid; a store that cannot be asked is an ErrUnavailable.
type Reader interface {
	// Head tells which store this is and the newest committed load (0 before the first).
	Head(ctx context.Context) (Head, error)

	// Loads gives committed loads, newest first.
	Loads(ctx context.Context, q LoadQuery) ([]Load, error)

	// Statements gives those of a kind with the keys asked for, all sources', open at q.Load, by key and then
	// source. Absence is not an error. Nil keys: all of the kind (for small kinds: sources); an empty list: none.
	Statements(ctx context.Context, q StatementQuery) ([]Recorded, error)

	// Holders gives the actors that ever held one of the codes, by code, then the start of validity, then key.
	// Schemes and values are compared without case.
	Holders(ctx context.Context, q HolderQuery) ([]Holder, error)

	// Components gives the partOf edges of everything that is, at any time, directly or through others, part of
	// one of q.Of; with q.Wholes also of everything that is part of what q.Of are part of; with q.Members also the membership
	// edges of q.Of themselves (Part is the member), with q.Joined those to them. Of the keys of q.Of that
	// lead others, also the edges of these; with q.Wholes, of all that name the same persons. By whole, then part, then start.
	Components(ctx context.Context, q ComponentQuery) ([]Component, error)

	// ActorKeys pages through actors in the order asked for. An actor is what any source says of it; it possibly exists when a
	// source says so, and where none says anything, always. Of the keys of one person the one that leads is given alone: it is what is
	// said of any of them, and its own accounts place it in an order by name.
	ActorKeys(ctx context.Context, q ActorQuery) (KeyPage, error)

	// Engagements pages through engagements in the order asked for. One account is given once, however many participations match. Accounts of several sources at
	// one position stand side by side, by source: they count as one item of a page and are never torn apart.
	Engagements(ctx context.Context, q EngagementQuery) (EngagementPage, error)

	// Gatherings gives the last engagements in which any of q.Of takes part, with all who take part in them: by start, then key.
	Gatherings(ctx context.Context, q GatheringQuery) (GatheringPage, error)

	// TieRecords gives the engagements that may bear on a tie of the dyads asked for (those with an effect between
	// them, agreements and disputes to which both are parties), by dyad, start and key. An engagement that bears on several
	// dyads is given for each.
	TieRecords(ctx context.Context, q TieQuery) ([]TieRecord, error)

	// TieDyads pages through the dyads, as named in statements, that have a tie record on one of q.Topics, by dyad.
	TieDyads(ctx context.Context, q TieDyadQuery) (DyadPage, error)

	// Tenures pages through tenures, by start and then key.
	Tenures(ctx context.Context, q TenureQuery) (TenurePage, error)

	// Memberships pages through memberships, by start and then key.
	Memberships(ctx context.Context, q MembershipQuery) (MembershipPage, error)

	// Representations pages through representations, by the earliest start of their records and then key.
	Representations(ctx context.Context, q RepresentationQuery) (RepresentationPage, error)

	// Assertions pages through assertions, by date (the earliest day of it as given; none first) and then key.
	Assertions(ctx context.Context, q AssertionQuery) (AssertionPage, error)

	// Links gives the links that any of q.Accounts is in, by key.
	Links(ctx context.Context, q LinkQuery) ([]Recorded, error)

	// Search pages through what the terms find, best first: by rank (exact name, then whole words, then
	// prefixes), then kind, then key. Every term must be found. A person of several keys is found by what is said under any of
	// them, and given by the key that leads.
	Search(ctx context.Context, q SearchQuery) (SearchPage, error)

	// Unfinished gives the load that is open, whoever has its lease, or nil.
	Unfinished(ctx context.Context) (*Unfinished, error)

	// Quarantine pages through what a committed load did not understand, by N.
	Quarantine(ctx context.Context, q QuarantineQuery) (QuarantinePage, error)

	// Erasures gives what was erased, by source, kind and key. An erasure holds at every load.
	Erasures(ctx context.Context, q ErasureQuery) ([]Erasure, error)

	// Manifest streams id and hash of the statements of a slice that are open at q.Load, in the order of
	// StatementID.Compare; with no slice, of all slices. Breaking off is allowed.
	Manifest(ctx context.Context, q ManifestQuery) iter.Seq2[ManifestEntry, error]

	// Versions gives every version that the statements of a key had by q.Load, of all sources, by the load that recorded it,
	// then source, then kind. What a load recorded and closed itself is no version.
	Versions(ctx context.Context, q VersionQuery) (VersionPage, error)

	// Changes streams what the committed loads of q did, load by load, and in each in the order of StatementID.Compare; each
	// statement once. No transaction is held between two of them, and memory does not grow. Breaking off is allowed.
	Changes(ctx context.Context, q ChangeQuery) iter.Seq2[Change, error]
}

// Store is what an embedded or a server store gives: both halves.
type Store interface {
	Reader
	Writer
	Close() error
}

// Head is which store it is, and the newest load that can be seen.
type Head struct {
	StoreID string     // random, made when the store was
	Load    Load       // the zero Load before the first
	Burned  LoadNumber // the newest number that was ever taken: by that load, or by one that was opened since
}

// LoadQuery asks for loads.
type LoadQuery struct {
	Before LoadNumber // only loads below; 0: from the newest
	First  int
	// KnownAt, if set, keeps loads recorded at or before it.
	KnownAt *time.Time
	Number  LoadNumber // only this one; 0: any
}

// StatementQuery asks for statements by key.
type StatementQuery struct {
	Load LoadNumber
	Kind StatementKind
	Keys []string
	Same bool // of actors: also those of all keys that name the same persons, and the identities that say so
}

// HolderQuery asks who holds codes; a Code without scheme matches the value in every scheme of CodeSchemes.
type HolderQuery struct {
	Load  LoadNumber
	Codes []Code
}

// A Holder is an actor that holds a code for a time: validity already cut to the actor's existence where the source says so.
type Holder struct {
	Code  Code // as stored
	Actor ActorKey
	Valid Interval
}

// ComponentQuery asks for what is part of actors.
type ComponentQuery struct {
	Load    LoadNumber
	Of      []ActorKey
	Members bool // also the organisations that q.Of belonged to
	Wholes  bool // also what q.Of are part of, directly or through others, and whatever is part of that
	Joined  bool // also who belonged to q.Of
}

// A Component is an edge: Part belongs to Whole for a time.
type Component struct {
	Part, Whole ActorKey
	Period      Interval // possible days
	Member      bool     // by membership, not by being part of it
	Same        bool     // both name one person, and Whole leads
}

// ActorQuery pages through actors. Its conditions are those of tags, titles (names), keys and days (existence).
type ActorQuery struct {
	Load  LoadNumber
	Kinds []ActorKind // none: all
	AsOf  *Day        // only those that possibly exist on the day
	Apart bool        // every key by itself, as if none were another's
	Where Filter      // what else is asked for
	Order Order       // by key or by name, and then key
	// Sources are in order of preference: by name, the English name of the first account that has one counts, or else any
	// name of the first. Sources that are not in it come behind, by key.
	Sources []SourceKey
	After   *Position // of this order: by name a title and a key, else a key
	Before  *Position
	First   int // the first so many after After (0: all) …
	Last    int // … or, if set, the last so many before Before, still in order
	Count   bool
}

// A KeyPage is a page of keys; Total is set where it was asked for.
type KeyPage struct {
	Keys     []ActorKey
	Position []Position
	More     bool // there is more in the direction asked
	Total    *int
}

// Cut makes a page of what was read, one more than its size at most (0: all), in the direction of the question's walk.
func (p *KeyPage) Cut(q ActorQuery) {
	if size := max(q.First, q.Last); size > 0 && len(p.Keys) > size {
		p.Keys, p.Position, p.More = p.Keys[:size], p.Position[:size], true
	}
	if q.Last > 0 {
		slices.Reverse(p.Keys)
		slices.Reverse(p.Position)
	}
}

// A Constituent is an actor through which another takes part, with the time for which it does and how. The
// graph computes constituents (View.Constituents); stores only match participations with them.
type Constituent struct {
	Actor       ActorKey
	Valid       Interval
	Involvement Involvement
}

// EngagementQuery asks for a page of engagements. Access paths: Keys; handles (Handles); one side (A); a dyad (A and B: engagements
// in which some constituent of A and some constituent of B take part, in participations that possibly overlap each other and each its
// constituent's validity; nobody is in a dyad with itself); or all by start. The list fields that are empty do not filter, except
// Keys, which when empty and not nil finds nothing.
type EngagementQuery struct {
	Load      LoadNumber
	Keys      []EngagementKey // nil: any; other filters still apply
	A, B      []Constituent
	Kinds     []EngagementKind // none: all
	Topics    []Topic          // any of; none: all
	Levels    []MeetingLevel   // meetings only, any of; none: all
	Alignment Alignment        // with A and B
	During    *Interval        // the engagement's period lies so to it …
	Overlap   Overlap          // … default ANY
	Certainty Certainty        // default POSSIBLE
	BegunIn   *Interval        // only those that possibly began in it (by day d: from MinDay to d+1)
	Where     Filter           // what else is asked for
	Order     Order
	After     *Position // of this order
	Before    *Position
	// AllAccounts lists accounts also where a link says that another leads. Without it such an account is given only where the one
	// that leads is not in the list for its topics, its source (OfSources), its handles (Handles) or those who take part in it
	// (OfParties): what only one source says of two is not lost. With Keys it is always so: what is named is given.
	AllAccounts bool
	First       int // the first so many after After (0: all) …
	Last        int // … or, if set, the last so many before Before, still in order
	Count       bool
}

// EngagementPage is a page; Total is set where it was asked for.
type EngagementPage struct {
	Items    []Recorded // statements of engagements, in order; several sources' accounts stand side by side
	Position []Position // of each item
	More     bool       // there is more in the direction asked
	Total    *int
}

// A DyadKey names an unordered pair: A < B.
type DyadKey struct{ A, B ActorKey }

// NewDyadKey orders the two.
func NewDyadKey(a, b ActorKey) DyadKey {
	if b < a {
		a, b = b, a
	}
	return DyadKey{a, b}
}

// TieQuery asks for what bears on the ties of dyads; each dyad is given by the constituents of its two actors.
type TieQuery struct {
	Load   LoadNumber
	Dyads  []TieDyad
	Topics []Topic // none: all
}

// A TieDyad is a dyad with the constituents through which its actors count.
type TieDyad struct {
	Key  DyadKey
	A, B []Constituent
}

// A TieRecord is a statement of an engagement that may bear on a tie of the dyad.
type TieRecord struct {
	Dyad DyadKey
	Recorded
}

// TieDyadQuery pages through dyads with tie records.
type TieDyadQuery struct {
	Load   LoadNumber
	Topics []Topic
	Of     []ActorKey // one of the dyad's actors is among these; none: all
	After  DyadKey
	First  int
}

// A DyadPage is a page of dyads.
type DyadPage struct {
	Dyads []DyadKey
	More  bool
}

// TenureQuery asks for tenures: by holder, by the actor whose office it is, or both. Empty lists do not filter.
type TenureQuery struct {
	Load      LoadNumber
	Persons   []ActorKey
	Of        []Constituent // whose offices: a tenure counts that is possibly held on one of the days of its actor
	Offices   []string      // folded texts, one of which the office must equal
	During    *Interval     // the tenure's period lies so to it …
	Overlap   Overlap       // … default ANY
	Certainty Certainty     // default POSSIBLE
	After     *Position
	Before    *Position
	First     int // the first so many after After (0: all) …
	Last      int // … or, if set, the last so many before Before, still in order
	Count     bool
}

// A StatementPage is a page of statements of one kind; Total is set where it was asked for.
type StatementPage struct {
	Items    []Recorded
	Position []Position
	More     bool // there is more in the direction asked
	Total    *int
}

// TenurePage is a page of tenures.
type TenurePage = StatementPage

// MembershipPage is a page of memberships.
type MembershipPage = StatementPage

// RepresentationPage is a page of representations.
type RepresentationPage = StatementPage

// AssertionPage is a page of assertions.
type AssertionPage = StatementPage

// MembershipQuery asks for memberships: by member, by organisation, or both. With neither list it finds nothing; other lists
// that are empty do not filter.
type MembershipQuery struct {
	Load          LoadNumber
	Members       []ActorKey
	Organizations []ActorKey
	Statuses      []MembershipStatus
	During        *Interval // as TenureQuery has them
	Overlap       Overlap
	Certainty     Certainty
	After         *Position
	Before        *Position
	First         int
	Last          int
	Count         bool
}

// RepresentationQuery asks for representations: of senders, at receivers, or both. With neither list it finds nothing. One is found
// by a record that has one of the levels and lies so to the days, where these are given.
type RepresentationQuery struct {
	Load      LoadNumber
	Senders   []ActorKey
	Receivers []ActorKey
	Levels    []RepresentationLevel
	During    *Interval // as TenureQuery has them
	Overlap   Overlap
	Certainty Certainty
	After     *Position
	Before    *Position
	First     int
	Last      int
	Count     bool
}

// AssertionQuery asks for assertions: about engagements, by authors, or both. With neither list it finds nothing.
type AssertionQuery struct {
	Load    LoadNumber
	About   []EngagementKey
	Authors []Constituent // who says so: an assertion counts that was possibly made on one of the days of its author
	By      *Day          // only those that may have been made by the day
	After   *Position     // by date and key
	Before  *Position
	First   int // as TenureQuery has them
	Last    int
	Count   bool
}

// LinkQuery asks which links accounts are in.
type LinkQuery struct {
	Load     LoadNumber
	Accounts []EngagementKey
}

// MaxSearchTerms is how many terms a search may have: a store looks for each of them.
const MaxSearchTerms = 64

// SearchQuery asks for what terms find.
type SearchQuery struct {
	Load  LoadNumber
	Whole string // the folded text: a name equal to it ranks first
	Terms []Term // from SearchTerms; all must be found
	Kinds []SearchKind
	After *Hit
	First int
}

// SearchPage is a page of hits.
type SearchPage struct {
	Hits []Hit
	More bool
}

// QuarantineQuery pages through what a load put in quarantine.
type QuarantineQuery struct {
	Load  LoadNumber
	After int // N of the last one had; 0: from the first
	First int // 0: all
}

// QuarantinePage is a page of a load's quarantine.
type QuarantinePage struct {
	Items []Quarantined
	More  bool
}

// ErasureQuery asks what was erased.
type ErasureQuery struct {
	Keys []string // nil: everything; empty: nothing
}

// ManifestQuery asks for what a slice holds.
type ManifestQuery struct {
	Load  LoadNumber
	Slice *Slice // nil: all
}

// A ManifestEntry is a statement's id and hash; Slice tells where it belongs.
type ManifestEntry struct {
	StatementID
	Slice SliceID
	Hash  Hash
}
