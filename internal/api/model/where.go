package model

import "github.com/entente-graph/entente/graph"

// EngagementWhere says which engagements are wanted.
type EngagementWhere struct {
	AND, OR     []*EngagementWhere
	NOT         *EngagementWhere
	Kind        *EngagementKindWhere
	Topics      *TopicsWhere
	Parties     *PartiesWhere
	By, Toward  *ActorKeyWhere
	Period      *DuringInput
	Form        *EngagementFormWhere
	Level       *MeetingLevelWhere
	Format      *MeetingFormatWhere
	Setting     *MeetingSettingWhere
	Type        *ActTypeWhere
	QuadClass   *IntWhere
	Goldstein   *FloatWhere
	Cameo       *StringWhere
	Hostility   *IntWhere
	Obligations *ObligationsWhere
	InForce     *InForceWhere
	Title       *TextWhere
	Source      *StringWhere
	Identifier  *IdentifierWhere
	PartOf      *EngagementKeyWhere
	Amends      *EngagementKeyWhere
	Replaces    *EngagementKeyWhere
}

// One asks for one value, or for any of several.
type One[T any] struct {
	Eq *T
	In []T
}

// Set asks of a set of values which are in it.
type Set[T any] struct{ AnyOf, AllOf, Only []T }

// Number asks for numbers.
type Number[T int | float64] struct {
	Eq, Lt, Lte, Gt, Gte *T
	In                   []T
}

// Has tells whether a number is what is asked for.
func (n Number[T]) Has(v T) bool {
	in := n.In == nil
	for _, one := range n.In {
		in = in || one == v
	}
	return in && (n.Eq == nil || v == *n.Eq) && (n.Lt == nil || v < *n.Lt) && (n.Lte == nil || v <= *n.Lte) &&
		(n.Gt == nil || v > *n.Gt) && (n.Gte == nil || v >= *n.Gte)
}

// Any tells whether anything is asked for.
func (n Number[T]) Any() bool {
	return n.Eq != nil || n.In != nil || n.Lt != nil || n.Lte != nil || n.Gt != nil || n.Gte != nil
}

// EngagementForm is the form of an agreement or of a dispute.
type EngagementForm string

// An EngagementKindWhere says which kinds of engagement are wanted.
type EngagementKindWhere One[graph.EngagementKind]

// A RoleWhere says which roles are wanted.
type RoleWhere One[graph.Role]

// An EngagementKeyWhere says which engagements, by key, are meant.
type EngagementKeyWhere One[graph.EngagementKey]

// An ActorKeyWhere says which actors, by key or code are wanted.
type ActorKeyWhere One[string]

// A StringWhere says which texts are wanted.
type StringWhere One[string]

// An EngagementFormWhere says which forms are wanted.
type EngagementFormWhere One[EngagementForm]

// A MeetingLevelWhere says which levels are wanted.
type MeetingLevelWhere One[graph.MeetingLevel]

// A MeetingFormatWhere says which formats are wanted.
type MeetingFormatWhere One[graph.MeetingFormat]

// A MeetingSettingWhere says which settings are wanted.
type MeetingSettingWhere One[graph.MeetingSetting]

// An ActTypeWhere says which types of act are wanted.
type ActTypeWhere One[graph.ActType]

// A TopicsWhere says which topics are wanted.
type TopicsWhere Set[graph.Topic]

// An ObligationsWhere says which obligations are wanted.
type ObligationsWhere Set[graph.ObligationType]

// An IntWhere says which whole numbers are wanted.
type IntWhere Number[int]

// A FloatWhere says which numbers are wanted.
type FloatWhere Number[float64]

// PartiesWhere asks who takes part, and how.
type PartiesWhere struct {
	AnyOf, AllOf, Only []string
	Role               *RoleWhere
	Side               *StringWhere
	Through            []graph.Involvement
	Alignment          graph.Alignment
	From, To           *graph.Day
}

// InForceWhere asks whether an agreement is in force.
type InForceWhere struct {
	Eq bool
	On *graph.Day
}

// TextWhere asks for texts.
type TextWhere struct{ Contains, StartsWith, Eq *string }

// EngagementOrder says in which order engagements are listed.
type EngagementOrder struct {
	Field     graph.OrderBy
	Direction OrderDirection
}

// OrderDirection is in which direction a list goes.
type OrderDirection string

// ActorWhere says which actors are wanted.
type ActorWhere struct {
	AND, OR          []*ActorWhere
	NOT              *ActorWhere
	Kind             *ActorKindWhere
	Key              *KeyWhere
	Name             *TextWhere
	Identifier       *IdentifierWhere
	Exists           *DuringInput
	PartOf, MemberOf *ActorRefWhere
	Held             *OfficeWhere
	Source           *StringWhere
}

// ActorKindWhere asks for kinds of actor.
type ActorKindWhere One[graph.ActorKind]

// ActorRefWhere asks for actors, by key or code.
type ActorRefWhere One[string]

// KeyWhere asks for keys.
type KeyWhere struct {
	Eq, StartsWith *string
	In             []string
}

// IdentifierWhere asks for codes of a scheme.
type IdentifierWhere struct {
	Scheme string
	Eq     *string
	In     []string
}

// OfficeWhere asks for an office.
type OfficeWhere struct {
	Of     string
	Title  []string
	During *DuringInput
}

// ActorOrder says in which order actors are listed.
type ActorOrder struct {
	Field     graph.OrderBy
	Direction OrderDirection
}
