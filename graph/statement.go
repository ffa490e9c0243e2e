package graph

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// StatementKind is what a statement is about.
type StatementKind string

// The kinds of statement.
const (
	StatementSource         StatementKind = "source"
	StatementWork           StatementKind = "work"
	StatementActor          StatementKind = "actor"
	StatementTenure         StatementKind = "tenure"
	StatementMembership     StatementKind = "membership"
	StatementRepresentation StatementKind = "representation"
	StatementEngagement     StatementKind = "engagement"
	StatementAssertion      StatementKind = "assertion"
	StatementLink           StatementKind = "link"
	StatementIdentity       StatementKind = "identity"
	StatementDecision       StatementKind = "decision"
)

// StatementKinds lists all kinds.
var StatementKinds = []StatementKind{
	StatementSource, StatementWork, StatementActor, StatementTenure,
	StatementMembership, StatementRepresentation, StatementEngagement, StatementAssertion, StatementLink,
	StatementIdentity, StatementDecision,
}

// A StatementID names a statement: one source's record of one thing.
type StatementID struct {
	Source SourceKey     `json:"source"`
	Kind   StatementKind `json:"kind"`
	Key    string        `json:"key"`
}

// Compare orders ids by source, kind and key, bytewise: the order of every manifest.
func (id StatementID) Compare(other StatementID) int {
	return cmp.Or(cmp.Compare(id.Source, other.Source), cmp.Compare(id.Kind, other.Kind), cmp.Compare(id.Key, other.Key))
}

// A Hash is the SHA-256 of a statement's normalised body.
type Hash [sha256.Size]byte

// String prints the hash in hex.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// A Statement is one source's record of one thing, whole. Its body is normalised
// JSON; its hash covers the body alone, so that an inserted row does not change every later one.
type Statement struct {
	StatementID
	Slice   SliceID
	Body    []byte
	Hash    Hash
	Locator string // file and line it was read from; not part of the hash
}

// Recorded is a statement as a store holds it: with the load that recorded it.
type Recorded struct {
	Statement
	Load LoadNumber
}

// NewStatement makes the statement of a source about v: a Source, Work, ActorFacts, Tenure, Membership, Representation,
// Assertion, Link, Identity or Decision (or a pointer to one), or an Engagement.
func NewStatement(source SourceKey, slice SliceID, v any, locator string) (Statement, error) {
	id := StatementID{Source: source}
	switch t := v.(type) {
	case *Source:
		id.Kind, id.Key = StatementSource, string(t.Key)
	case *Work:
		id.Kind, id.Key = StatementWork, string(t.Key)
	case *ActorFacts:
		id.Kind, id.Key = StatementActor, string(t.Key)
	case *Tenure:
		id.Kind, id.Key = StatementTenure, string(t.Key)
	case *Membership:
		id.Kind, id.Key = StatementMembership, string(t.Key)
	case *Representation:
		id.Kind, id.Key = StatementRepresentation, string(t.Key)
	case *Assertion:
		id.Kind, id.Key = StatementAssertion, string(t.Key)
	case *Link:
		id.Kind, id.Key = StatementLink, t.Key
	case *Identity:
		id.Kind, id.Key = StatementIdentity, t.Key
	case *Decision:
		id.Kind, id.Key = StatementDecision, t.Key
	case Engagement:
		id.Kind, id.Key = StatementEngagement, string(t.Base().Key)
	default:
		return Statement{}, fmt.Errorf("a statement about a %T: %w", v, ErrInvalid)
	}
	if id.Key == "" {
		return Statement{}, fmt.Errorf("a %s statement without a key: %w", id.Kind, ErrInvalid)
	}
	body, err := json.Marshal(v)
	if err != nil {
		return Statement{}, fmt.Errorf("the body of %s %s: %w", id.Kind, id.Key, err)
	}
	return Statement{StatementID: id, Slice: slice, Body: body, Hash: sha256.Sum256(body), Locator: locator}, nil
}

// DecodeEngagement reads the body of an engagement statement into its kind.
func DecodeEngagement(body []byte) (Engagement, error) {
	var head struct {
		Kind EngagementKind `json:"kind"`
	}
	if err := json.Unmarshal(body, &head); err != nil {
		return nil, fmt.Errorf("an engagement's body: %w", err)
	}
	var e Engagement
	switch head.Kind {
	case KindAgreement:
		e = new(Agreement)
	case KindDispute:
		e = new(Dispute)
	case KindMeeting:
		e = new(Meeting)
	case KindAct:
		e = new(Act)
	default:
		return nil, fmt.Errorf("an engagement of kind %q: %w", head.Kind, ErrInvalid)
	}
	if err := json.Unmarshal(body, e); err != nil {
		return nil, fmt.Errorf("an engagement's body: %w", err)
	}
	return e, nil
}

// Decode reads the body of a statement into T, the noun of its kind.
func Decode[T any](s Statement) (*T, error) {
	v := new(T)
	if err := json.Unmarshal(s.Body, v); err != nil {
		return nil, fmt.Errorf("the body of %s %s: %w", s.Kind, s.Key, err)
	}
	return v, nil
}
