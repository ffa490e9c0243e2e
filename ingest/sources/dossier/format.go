package dossier

import (
	"strings"

	"github.com/entente-graph/entente/graph"
)

// value is what a field holds.
type value uint8

const (
	aText value = iota
	anID
	aDate
	anEnd // a date, or "ongoing", or "unknown"
	aFlag
	aLanguage
	aURL
	aWord // one of a closed list
	anActor
	aPerson
	anEngagement
	anAgreement
	aWork
	anAuthor // an actor, or a work
	someNames
	someCodes
	aMapping // of its own shape
)

// A field of a shape. One table serves the reader, the JSON Schema and the documentation's test.
type field struct {
	name     string
	is       value
	list     bool
	lone     bool // of a list: a single mapping may stand without the list
	required bool
	words    []string // of aWord
	of       *shape   // of aMapping
	doc      string
}

// A shape is a kind of mapping. Where bare is set, the value of that field alone may stand for the
// whole mapping: "- iso3:JPN" for "- {actor: iso3:JPN}".
type shape struct {
	name   string
	bare   string
	fields []field
}

func (s *shape) field(name string) *field {
	for i := range s.fields {
		if s.fields[i].name == name {
			return &s.fields[i]
		}
	}
	return nil
}

func (s *shape) names() []string {
	names := make([]string, len(s.fields))
	for i, f := range s.fields {
		names[i] = f.name
	}
	return names
}

// word is how a file writes a word of the model: in-force for IN_FORCE.
func word[T ~string](w T) string { return strings.ToLower(strings.ReplaceAll(string(w), "_", "-")) }

// model is the model's word for the file's.
func model[T ~string](w string) T { return T(strings.ToUpper(strings.ReplaceAll(w, "-", "_"))) }

func words[T ~string](list ...T) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = word(w)
	}
	return out
}

func actTypes() []string {
	out := make([]string, len(graph.ActTypes))
	for i, a := range graph.ActTypes {
		out[i] = word(a.Type)
	}
	return out
}

// Words that stand for an absent end.
const (
	endOngoing = "ongoing"
	endUnknown = "unknown"
)

// Fields that several shapes share.
var (
	fromField = field{name: "from", is: aDate, doc: "First day, as precise as the source has it: 2018, 2018-12, 2018-12-20, with ~ (approximate) or ? (uncertain). Left out: not known."}
	toField   = field{name: "to", is: anEnd, required: true, doc: "Last day (inclusive), or ongoing, or unknown (it ended, or may have; nobody knows when)."}
	partFrom  = field{name: "from", is: aDate, doc: "First day. Left out: from the beginning of the whole."}
	partTo    = field{name: "to", is: aDate, doc: "Last day, inclusive. Left out: to the end of the whole."}
	citeField = field{name: "cite", is: aMapping, list: true, of: citeShape, doc: "Where it stands. Left out: the entry cites the dossier itself."}
)

func idField(doc string) field {
	return field{name: "id", is: anID, required: true, doc: "Its own name within this file: small letters, digits and hyphens, unique in the file, never changed once published. " + doc}
}

func topicsField() field {
	return field{name: "topics", is: aWord, list: true, required: true, words: words(graph.Topics...), doc: "What it is about. The topics of an agreement also name the ties that it can establish."}
}

var citeShape = &shape{name: "cite", bare: "work", fields: []field{
	{name: "work", is: aWork, required: true, doc: "The id of a work of this file."},
	{name: "locator", is: aText, doc: "Where in it: article, paragraph, record."},
	{name: "supports", is: aText, doc: "The field (or stage) it bears on, where it does not bear on the whole entry; several with commas, remarks in brackets: signed, summary (Article 6)."},
	{name: "quote", is: aText, doc: "A short quotation, word for word."},
}}

var partyFields = []field{
	{name: "actor", is: anActor, required: true, doc: "A state (iso3:JPN), or an organisation or person listed under actors."},
	{name: "role", is: aWord, words: words(graph.RoleParty, graph.RoleIssuer, graph.RoleAddressee, graph.RoleHost, graph.RoleParticipant, graph.RoleMediator, graph.RoleObserver), doc: "Left out: party (of an agreement or a dispute), participant (of a meeting; host for its host)."},
	{name: "side", is: aText, doc: "In a dispute: a and b oppose each other; c and on are third positions; equal sides stand together."},
	partFrom, partTo,
	{name: "capacity", is: aText, doc: "The body or office in which it takes part."},
	{name: "position", is: aText, doc: "In a dispute: what it holds, in your own words."},
	{name: "represented_by", is: aPerson, list: true, doc: "The persons who signed, met or acted for it."},
}

var partyShape = &shape{name: "party", bare: "actor", fields: partyFields}

var effectShape = &shape{name: "effect", fields: []field{
	{name: "effect", is: aWord, required: true, words: words(graph.Establishes, graph.Suspends, graph.Resumes, graph.Ends, graph.Upgrades, graph.Downgrades), doc: "What it did to the tie."},
	{name: "between", is: anActor, list: true, required: true, doc: "Two actors, or more: then it holds for each pair of them."},
	{name: "topic", is: aWord, required: true, words: words(graph.Topics...), doc: "The topic of the tie."},
	{name: "strand", is: aText, doc: "A named channel of the topic (shuttle-diplomacy). A strand has a status of its own and never moves its topic."},
	{name: "date", is: aDate, required: true, doc: "The day it took effect, within the period of this entry."},
	{name: "extent", is: aWord, words: words(graph.ExtentFull, graph.ExtentPartial), doc: "How complete it was, where a source says so."},
	{name: "because", is: anEngagement, list: true, doc: "The entries that caused it, where a source says so."},
	{name: "note", is: aText, doc: "A remark on it."},
	citeField,
}}

var effectsField = field{name: "effects", is: aMapping, list: true, of: effectShape, doc: "What the entry did to ties. Spells of a tie are concluded from these."}

var (
	titleField   = field{name: "title", is: aText, required: true, doc: "Its title, in the dossier's language."}
	titlesField  = field{name: "names", is: someNames, doc: "Its title in other languages: {ja: ..., ko: ...}."}
	placeField   = field{name: "place", is: aText, doc: "Where."}
	summaryField = field{name: "summary", is: aText, doc: "What it is about, in your own words."}
	partOfField  = field{name: "part_of", is: anEngagement, list: true, doc: "The entries it belongs to. An act lies within the period of a dispute it is part of."}
	relatedField = field{name: "related", is: anEngagement, list: true, doc: "Entries it has to do with. Mutual: one side is enough."}
	onDate       = field{name: "date", is: aDate, doc: "When, if it took one day (known to the day, the month or the year). Otherwise from and to."}
	overTo       = field{name: "to", is: anEnd, doc: "Last day, inclusive, or ongoing, or unknown."}
)

var headerShape = &shape{name: "dossier", fields: []field{
	{name: "id", is: anID, required: true, doc: "The dossier's name: small letters, digits and hyphens. Keys of its entries begin with it."},
	{name: "title", is: aText, required: true, doc: "What the dossier is about."},
	{name: "version", is: aText, required: true, doc: "Its version, best the day of its making: 2026-11-23."},
	{name: "license", is: aText, required: true, doc: "Under what terms others may use it; an SPDX name where there is one: CC0-1.0."},
	{name: "language", is: aLanguage, required: true, doc: "The language its titles and summaries are in: en."},
	{name: "publisher", is: aText, doc: "Who answers for it."},
	{name: "url", is: aURL, doc: "Where it is published."},
	{name: "accessed", is: aText, doc: "How the works were read that do not say so themselves."},
	{name: "coverage", is: aMapping, required: true, of: coverageShape, doc: "What it covers. Outside it the graph says NO_DATA."},
}}

var coverageShape = &shape{name: "coverage", fields: []field{
	{name: "from", is: aDate, required: true, doc: "First day it looks at."},
	{name: "to", is: aDate, required: true, doc: "Last day it looks at: no later than the works it cites."},
	{name: "topics", is: aWord, list: true, words: words(graph.Topics...), doc: "Only these topics. Left out: all."},
	{name: "actors", is: anActor, list: true, doc: "Only relations among these actors. Left out: all."},
	{name: "complete", is: aFlag, doc: "true: what is not here did not happen, so the graph may say NONE. Left out: false, selective."},
}}

var workShape = &shape{name: "work", fields: []field{
	idField("Best publisher and date: nhk-20240601."),
	{name: "title", is: aText, required: true, doc: "Its title; in [square brackets] if you supplied it."},
	{name: "publisher", is: aText, required: true, doc: "Who published it."},
	{name: "date", is: aDate, doc: "When it was published."},
	{name: "url", is: aURL, doc: "Where it can be read."},
	{name: "language", is: aLanguage, doc: "Its language. Left out: the dossier's."},
	{name: "read", is: aFlag, doc: "false: it is named, but nobody read it. Left out: true."},
	{name: "accessed", is: aText, doc: "How it was read."},
}}

var spanShape = &shape{name: "span", fields: []field{
	{name: "from", is: aDate, doc: "First day."},
	{name: "to", is: anEnd, doc: "Last day, inclusive, or unknown. Left out: it goes on."},
}}

var actorShape = &shape{name: "actor", fields: []field{
	{name: "key", is: anActor, required: true, doc: "iso3:XXX for a state of the registry; org:name or person:name for others. org: and person: are shared by all dossiers."},
	{name: "kind", is: aWord, required: true, words: words(graph.KindState, graph.KindOrganization, graph.KindPerson), doc: "What it is."},
	{name: "names", is: someNames, required: true, doc: "Names by language, the best first: {en: [Republic of Korea, South Korea], ko: 대한민국}."},
	{name: "identifiers", is: someCodes, doc: "Codes by scheme: {wd: Q41753, cow: {value: 365, from: 1991-12-26}}. Those of states must be the registry's."},
	{name: "existence", is: aMapping, list: true, lone: true, of: spanShape, doc: "When it existed. For states the registry decides."},
	{name: "part_of", is: aMapping, list: true, of: &shape{name: "part_of", bare: "actor", fields: []field{
		{name: "actor", is: anActor, required: true, doc: "What it is part of."}, partFrom, partTo,
	}}, doc: "What it is part of, with the time if not always."},
	{name: "succeeds", is: aMapping, list: true, of: &shape{name: "succeeds", bare: "actor", fields: []field{
		{name: "actor", is: anActor, required: true, doc: "Its predecessor."},
		{name: "date", is: aDate, doc: "When it took over."},
		{name: "note", is: aText, doc: "A remark on it."},
	}}, doc: "Its predecessors."},
	{name: "note", is: aText, doc: "A remark on it."},
	citeField,
}}

var tenureShape = &shape{name: "tenure", fields: []field{
	idField("Best person, office, year: kihara-defense-2023."),
	{name: "person", is: aPerson, required: true, doc: "Who held the office."},
	{name: "office", is: aText, required: true, doc: "The office."},
	{name: "of", is: anActor, required: true, doc: "The actor whose office it is."},
	fromField, toField,
	{name: "note", is: aText, doc: "A remark on it."},
	citeField,
}}

var agreementShape = &shape{name: "agreement", fields: []field{
	idField("Best name and year: gsomia-2016."), titleField, titlesField,
	{name: "form", is: aWord, required: true, words: words(graph.FormTreaty, graph.FormAgreement, graph.FormProtocol, graph.FormMemorandum, graph.FormExchange, graph.FormLetter, graph.FormJointStatement, graph.FormDeclaration, graph.FormAlliance, graph.FormArmistice), doc: "What it is by its form."},
	topicsField(), placeField,
	{name: "stages", is: aMapping, list: true, required: true, of: &shape{name: "stage", fields: []field{
		{name: "stage", is: aWord, required: true, words: words(graph.StageNegotiation, graph.StageSigned, graph.StageRatified, graph.StageProvisional, graph.StageInForce, graph.StageSuspension, graph.StageNotice, graph.StageNoticeWithdrawn, graph.StageTerminated, graph.StageExpired, graph.StageReplaced), doc: "The step in its life."},
		{name: "date", is: aDate, required: true, doc: "When."},
		{name: "party", is: anActor, doc: "Whose step it was. Left out: that of the whole agreement."},
		{name: "note", is: aText, doc: "A remark on it."},
		citeField,
	}}, doc: "The steps of its life: signed, in force, suspended, ended. A stated in-force stage makes it a standing agreement."},
	{name: "parties", is: aMapping, list: true, required: true, of: partyShape, doc: "Its parties; or the issuer, and whom it is addressed to."},
	{name: "parties_complete", is: aFlag, doc: "false: it has parties that are not listed. Left out: true."},
	{name: "obligations", is: aMapping, list: true, of: &shape{name: "obligation", fields: []field{
		{name: "type", is: aWord, required: true, words: words(graph.ObligationDefense, graph.ObligationOffense, graph.ObligationNeutrality, graph.ObligationNonAggression, graph.ObligationConsultation), doc: "What is owed."},
		{name: "by", is: anActor, required: true, doc: "Who owes it."},
		{name: "toward", is: anActor, doc: "To whom. Left out: every other party."},
		{name: "conditions", is: aText, doc: "When it is owed, in your own words."},
		partFrom, partTo,
	}}, doc: "What parties owe one another. With more than two parties only an obligation to defend makes an agreement in force a defence tie."},
	effectsField,
	{name: "amends", is: anAgreement, list: true, doc: "Agreements it amends."},
	{name: "replaces", is: anAgreement, list: true, doc: "Agreements it replaces."},
	partOfField, relatedField, summaryField, citeField,
}}

var disputeShape = &shape{name: "dispute", fields: []field{
	idField("What it is over: takeshima-dokdo."), titleField, titlesField,
	{name: "form", is: aWord, required: true, words: words(graph.DisputeClaim, graph.DisputeRivalry, graph.DisputeCrisis, graph.DisputeMilitarized, graph.DisputeWar, graph.DisputeTrade, graph.DisputeLegal, graph.DisputeIncident), doc: "claim: to land, water, their resources or name; rivalry: lasting enmity on many questions; crisis: a quarrel over security or relations as a whole, short of force; militarized: force threatened, shown or used; war; trade: measures of trade; legal: what a rule, a ruling, an agreement or a past wrong obliges to; incident: one encounter or occasion, and its versions."},
	topicsField(), placeField, fromField, toField,
	{name: "parties", is: aMapping, list: true, required: true, of: partyShape, doc: "Who is at odds, with side and position."},
	{name: "outcome", is: aText, doc: "How it ended."},
	{name: "settlement", is: aText, doc: "By what it was settled."},
	effectsField, partOfField, relatedField, summaryField, citeField,
}}

var meetingShape = &shape{name: "meeting", fields: []field{
	idField("Best who and when: jpn-kor-defence-2024-06-01."), titleField, titlesField,
	{name: "level", is: aWord, required: true, words: words(graph.LevelSummit, graph.LevelMinisterial, graph.LevelOfficials, graph.LevelMilitary, graph.LevelMixed), doc: "Who met. summit: heads of state or government."},
	{name: "format", is: aWord, required: true, words: words(graph.FormatBilateral, graph.FormatTrilateral, graph.FormatMultilateral), doc: "How many met."},
	{name: "setting", is: aWord, words: words(graph.SettingVisit, graph.SettingSidelines, graph.SettingConference, graph.SettingCall), doc: "visit: one came to the other; sidelines: at the margin of something else (see occasion); conference: called for itself; call: by telephone or video. Left out: not known."},
	{name: "occasion", is: aText, doc: "What it was held at the margin of, or in the frame of."},
	placeField,
	{name: "host", is: anActor, doc: "Who was the host; one of the participants, or somebody else."},
	onDate, fromField, overTo, topicsField(),
	{name: "participants", is: aMapping, list: true, required: true, of: partyShape, doc: "Who met: the states or organisations, with the persons under represented_by."},
	{name: "outcomes", is: anAgreement, list: true, doc: "The agreements it led to."},
	effectsField, partOfField, relatedField, summaryField, citeField,
}}

var actShape = &shape{name: "act", fields: []field{
	idField("Best what and when: japan-recall-2012-08-10."), titleField, titlesField,
	{name: "type", is: aWord, required: true, words: actTypes(), doc: "What kind of act (docs/act-types.md)."},
	onDate, fromField, overTo, placeField,
	{name: "by", is: aMapping, list: true, required: true, of: partyShape, doc: "Who did it."},
	{name: "toward", is: aMapping, list: true, of: partyShape, doc: "To whom. What two did together, each does toward the other."},
	topicsField(), partOfField, relatedField, effectsField, summaryField, citeField,
}}

var assertionShape = &shape{name: "assertion", fields: []field{
	idField("Best what and who: radar-directed-japan."),
	{name: "about", is: anEngagement, required: true, doc: "The entry it is about."},
	{name: "author", is: anAuthor, required: true, doc: "Who says so: an actor (org:mod-japan), or the id of the work that says so itself."},
	{name: "stance", is: aWord, required: true, words: words(graph.Asserts, graph.Denies, graph.Reserves, graph.DoesNotConfirm), doc: "How the author stands to the text."},
	{name: "text", is: aText, required: true, doc: "What is asserted or denied, in your own words."},
	{name: "quote", is: aText, doc: "A few words of the author, word for word."},
	{name: "date", is: aDate, doc: "When it was said."},
	citeField,
}}

// fileShape is the whole file.
var fileShape = &shape{name: "file", fields: []field{
	{name: "dossier", is: aMapping, required: true, of: headerShape, doc: "What this dossier is."},
	{name: "works", is: aMapping, list: true, of: workShape, doc: "What was read; entries cite these by id."},
	{name: "actors", is: aMapping, list: true, of: actorShape, doc: "Organisations and persons that entries name, and further names of states. A state needs no entry."},
	{name: "tenures", is: aMapping, list: true, of: tenureShape, doc: "Who held which office when."},
	{name: "agreements", is: aMapping, list: true, of: agreementShape, doc: "Treaties, arrangements, joint statements."},
	{name: "disputes", is: aMapping, list: true, of: disputeShape, doc: "What actors are at odds over."},
	{name: "meetings", is: aMapping, list: true, of: meetingShape, doc: "Who met."},
	{name: "acts", is: aMapping, list: true, of: actShape, doc: "What one did to another."},
	{name: "assertions", is: aMapping, list: true, of: assertionShape, doc: "Who asserts or denies what about an entry."},
}}

// engagementSections are the sections whose entries are engagements.
var engagementSections = []string{"agreements", "disputes", "meetings", "acts"}

// entrySections are those whose entries have ids of their own, which no two of them share.
var entrySections = append([]string{"works", "tenures", "assertions"}, engagementSections...)
