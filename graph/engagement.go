package graph

import "slices"

// EngagementKind is which of the four kinds an engagement is.
type EngagementKind string

// The kinds of engagement.
const (
	KindAgreement EngagementKind = "AGREEMENT"
	KindDispute   EngagementKind = "DISPUTE"
	KindMeeting   EngagementKind = "MEETING"
	KindAct       EngagementKind = "ACT"
)

// An Engagement is something actors take part in, for a time: an *Agreement, a
// *Dispute, a *Meeting or an *Act.
type Engagement interface {
	// Base gives what all kinds share; never nil.
	Base() *EngagementBase
}

// EngagementBase is what every engagement has, whatever its kind.
type EngagementBase struct {
	In             State           `json:"-"` // the state of the graph it was read from
	Source         SourceKey       `json:"-"` // whose statement this is
	Recorded       LoadNumber      `json:"-"` // the load that recorded the statement
	Key            EngagementKey   `json:"key"`
	Kind           EngagementKind  `json:"kind"`
	Identifiers    []Identifier    `json:"identifiers,omitempty"` // what datasets call it: cow-mid 4468
	Titles         []Name          `json:"titles"`                // the first is the display title
	Topics         []Topic         `json:"topics,omitempty"`
	Period         Period          `json:"period"`
	Place          string          `json:"place,omitempty"`
	Summary        string          `json:"summary,omitempty"`
	Participations []Participation `json:"participations,omitempty"`
	PartOf         []EngagementKey `json:"partOf,omitempty"`
	Related        []EngagementKey `json:"related,omitempty"`
	Effects        []Effect        `json:"effects,omitempty"`
	Citations      []Citation      `json:"citations,omitempty"`

	otherNames []Name // titles and identifiers of other sources' accounts with this key
}

// Base gives the shared part.
func (b *EngagementBase) Base() *EngagementBase { return b }

// Title gives the title in a language, or the display title.
func (b *EngagementBase) Title(lang string) string {
	for _, n := range b.Titles {
		if n.Lang == lang {
			return n.Text
		}
	}
	if len(b.Titles) > 0 {
		return b.Titles[0].Text
	}
	return string(b.Key)
}

// names are the texts by which people look for it: its titles and identifiers.
func (b *EngagementBase) names() []Name {
	names := slices.Clip(b.Titles)
	for _, id := range b.Identifiers {
		names = append(names, id.Name())
	}
	return names
}

// Role is what an actor is in an engagement.
type Role string

// The roles, a closed list.
const (
	RoleParty          Role = "PARTY"          // party to an agreement or a dispute
	RoleIssuer         Role = "ISSUER"         // issued a one-sided text
	RoleAddressee      Role = "ADDRESSEE"      // the one such a text is addressed to
	RoleHost           Role = "HOST"           // took part in a meeting, and hosted it
	RoleParticipant    Role = "PARTICIPANT"    // took part in a meeting
	RoleRepresentative Role = "REPRESENTATIVE" // a person who signed, met or acted for another actor
	RoleBy             Role = "BY"             // did the act
	RoleToward         Role = "TOWARD"         // the act was directed at it
	RoleMediator       Role = "MEDIATOR"
	RoleObserver       Role = "OBSERVER"
)

// party tells whether who has the role is party to an agreement.
func (r Role) party() bool { return r == RoleParty || r == RoleIssuer || r == RoleAddressee }

// A Participation is one actor's part in one engagement, for its own time: an actor that
// leaves and comes back, or changes sides, has several. A zero Period is the engagement's whole.
type Participation struct {
	Actor         ActorKey `json:"actor"`
	Role          Role     `json:"role"`
	Side          string   `json:"side,omitempty"` // a, b, c …: equal sides stand together
	Period        Period   `json:"period,omitzero"`
	OnBehalfOf    ActorKey `json:"onBehalfOf,omitempty"`
	Capacity      string   `json:"capacity,omitempty"` // the office or body in which it took part
	Position      string   `json:"position,omitempty"` // what it holds in a dispute
	Originator    *bool    `json:"originator,omitempty"`
	Revisionist   *bool    `json:"revisionist,omitempty"`
	HighestAction string   `json:"highestAction,omitempty"`
	Hostility     *int     `json:"hostility,omitempty"`
	Fatalities    *Range   `json:"fatalities,omitempty"`
	Note          string   `json:"note,omitempty"`
}

// A Range is a number as its source bounds it; a nil bound is unknown.
type Range struct {
	Low  *int `json:"low,omitempty"`
	High *int `json:"high,omitempty"`
}

// AgreementForm is what an agreement is by its form.
type AgreementForm string

// The forms of agreement.
const (
	FormTreaty         AgreementForm = "TREATY"
	FormAgreement      AgreementForm = "AGREEMENT"
	FormProtocol       AgreementForm = "PROTOCOL"
	FormMemorandum     AgreementForm = "MEMORANDUM"
	FormExchange       AgreementForm = "EXCHANGE_OF_NOTES"
	FormLetter         AgreementForm = "LETTER_OF_INTENT"
	FormJointStatement AgreementForm = "JOINT_STATEMENT"
	FormDeclaration    AgreementForm = "DECLARATION"
	FormAlliance       AgreementForm = "ALLIANCE"
	FormArmistice      AgreementForm = "ARMISTICE"
)

// StageKind is a step in the life of an agreement.
type StageKind string

// The stages of an agreement.
const (
	StageNegotiation     StageKind = "NEGOTIATION"
	StageSigned          StageKind = "SIGNED"
	StageRatified        StageKind = "RATIFIED"
	StageProvisional     StageKind = "PROVISIONAL"
	StageInForce         StageKind = "IN_FORCE"
	StageSuspension      StageKind = "SUSPENSION"
	StageNotice          StageKind = "NOTICE"
	StageNoticeWithdrawn StageKind = "NOTICE_WITHDRAWN"
	StageTerminated      StageKind = "TERMINATED"
	StageExpired         StageKind = "EXPIRED"
	StageReplaced        StageKind = "REPLACED"
)

// A Stage is a step in the life of an agreement; without Party it is that of the whole agreement.
type Stage struct {
	Stage     StageKind  `json:"stage"`
	Party     ActorKey   `json:"party,omitempty"`
	Date      Date       `json:"date,omitzero"`
	Note      string     `json:"note,omitempty"`
	Citations []Citation `json:"citations,omitempty"`
}

// ObligationType is what one party owes another.
type ObligationType string

// The types of obligation.
const (
	ObligationDefense       ObligationType = "DEFENSE"
	ObligationOffense       ObligationType = "OFFENSE"
	ObligationNeutrality    ObligationType = "NEUTRALITY"
	ObligationNonAggression ObligationType = "NON_AGGRESSION"
	ObligationConsultation  ObligationType = "CONSULTATION"
)

// ObligationTypes lists all.
var ObligationTypes = []ObligationType{
	ObligationDefense, ObligationOffense, ObligationNeutrality, ObligationNonAggression, ObligationConsultation,
}

// An Obligation is directed: By owes it to Toward. Empty Toward is every other party.
type Obligation struct {
	Type       ObligationType `json:"type"`
	By         ActorKey       `json:"by"`
	Toward     ActorKey       `json:"toward,omitempty"`
	Conditions string         `json:"conditions,omitempty"`
	Period     Period         `json:"period,omitzero"`
}

// An Agreement is what actors agreed: a treaty, an arrangement, a joint statement.
type Agreement struct {
	EngagementBase
	Form            AgreementForm   `json:"form"`
	Stages          []Stage         `json:"stages,omitempty"`
	Obligations     []Obligation    `json:"obligations,omitempty"`
	Amends          []EngagementKey `json:"amends,omitempty"`
	Replaces        []EngagementKey `json:"replaces,omitempty"`
	PartiesComplete bool            `json:"partiesComplete"` // the parties listed are all there are
}

// DisputeForm is what a dispute is by its form.
type DisputeForm string

// The forms of dispute.
const (
	DisputeClaim       DisputeForm = "CLAIM"
	DisputeRivalry     DisputeForm = "RIVALRY"
	DisputeCrisis      DisputeForm = "CRISIS"
	DisputeMilitarized DisputeForm = "MILITARIZED"
	DisputeWar         DisputeForm = "WAR"
	DisputeTrade       DisputeForm = "TRADE"
	DisputeLegal       DisputeForm = "LEGAL"
	DisputeIncident    DisputeForm = "INCIDENT"
)

// A Dispute is what actors are at odds over.
type Dispute struct {
	EngagementBase
	Form       DisputeForm `json:"form"`
	Hostility  *int        `json:"hostility,omitempty"` // 1 (no militarised action) to 5 (war)
	Fatalities *Range      `json:"fatalities,omitempty"`
	Outcome    string      `json:"outcome,omitempty"`
	Settlement string      `json:"settlement,omitempty"`
}

// MeetingLevel is who met.
type MeetingLevel string

// The levels of meeting. SUMMIT: heads of state or government.
const (
	LevelSummit      MeetingLevel = "SUMMIT"
	LevelMinisterial MeetingLevel = "MINISTERIAL"
	LevelOfficials   MeetingLevel = "OFFICIALS"
	LevelMilitary    MeetingLevel = "MILITARY"
	LevelMixed       MeetingLevel = "MIXED"
)

// MeetingFormat is how many met.
type MeetingFormat string

// The formats of meeting.
const (
	FormatBilateral    MeetingFormat = "BILATERAL"
	FormatTrilateral   MeetingFormat = "TRILATERAL"
	FormatMultilateral MeetingFormat = "MULTILATERAL"
)

// MeetingSetting is in what frame they met.
type MeetingSetting string

// The settings of a meeting.
const (
	SettingVisit      MeetingSetting = "VISIT"
	SettingSidelines  MeetingSetting = "SIDELINES"
	SettingConference MeetingSetting = "CONFERENCE"
	SettingCall       MeetingSetting = "CALL"
)

// A Meeting is where actors met.
type Meeting struct {
	EngagementBase
	Level    MeetingLevel    `json:"level"`
	Format   MeetingFormat   `json:"format,omitempty"`
	Setting  MeetingSetting  `json:"setting,omitempty"`
	Host     ActorKey        `json:"host,omitempty"`
	Occasion string          `json:"occasion,omitempty"`
	Outcomes []EngagementKey `json:"outcomes,omitempty"` // the agreements it led to
}

// ActType is what kind of act it is; ActTypes has the closed list.
type ActType string

// An Act is what one actor did to another: a protest, a sanction, a coded event.
type Act struct {
	EngagementBase
	Type      ActType `json:"type"`
	CAMEO     string  `json:"cameo,omitempty"`     // the CAMEO code as the source has it: text, 01 and 010 differ
	QuadClass int     `json:"quadClass,omitempty"` // 1 verbal cooperation to 4 material conflict; 0 not coded
	Goldstein *int    `json:"goldstein,omitempty"` // tenths: -100 to 100

	Mentions *Mentions `json:"mentions,omitempty"` // nil: not counted
}

// Mentions is how often what is coded by machine was reported, when it was first seen.
type Mentions struct {
	Mentions int `json:"mentions"` // in all texts, several in one counted each
	Sources  int `json:"sources"`  // outlets
	Articles int `json:"articles"`
}

// By gives the actors that did the act.
func (a *Act) By() []ActorKey { return a.inRole(RoleBy) }

// Toward gives the actors the act was directed at.
func (a *Act) Toward() []ActorKey { return a.inRole(RoleToward) }

// TookPart tells whether a participation counts as of a day: it possibly held on it, or the engagement was over by then, and all
// who took part did.
func (b *EngagementBase) TookPart(p *Participation, as Day) bool {
	return p.Period.IsZero() || p.Period.Holds(as, Possible) || b.Period.Bounds().Possible().To <= as
}

func (b *EngagementBase) inRole(role Role) []ActorKey {
	var keys []ActorKey
	for _, p := range b.Participations {
		if p.Role == role {
			keys = append(keys, p.Actor)
		}
	}
	return keys
}
