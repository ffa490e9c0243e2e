package dossier

import (
	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/form"
)

// The kinds of value that only dossiers have: names that must lead somewhere, and names and codes of actors.
var (
	anActor      = &form.Kind{Refers: true, Schema: form.Pattern(`[a-z0-9]+:.+`)}
	aPerson      = &form.Kind{Refers: true, Schema: form.Pattern(`person:[a-z0-9]+(-[a-z0-9]+)*`)}
	anEngagement = &form.Kind{Refers: true, Schema: form.Pattern(`([a-z0-9]+(-[a-z0-9]+)*:)?[^:]+`)}
	anAgreement  = &form.Kind{Refers: true, Schema: form.Pattern(`([a-z0-9]+(-[a-z0-9]+)*:)?[^:]+`)}
	aWork        = &form.Kind{Refers: true, Schema: form.Pattern(`[a-z0-9]+(-[a-z0-9]+)*`)}
	anAuthor     = &form.Kind{Refers: true, Schema: form.Pattern(`[a-z0-9]+(-[a-z0-9]+)*|[a-z0-9]+:.+`)} // an actor, or a work
	someNames    = &form.Kind{Any: true, Check: checkNames, Schema: func(_ *form.Field, defs form.Defs) map[string]any { return defs.ByName(nameShape) }}
	someCodes    = &form.Kind{Any: true, Check: checkCodes, Schema: func(_ *form.Field, defs form.Defs) map[string]any { return defs.ByName(codeShape) }}
)

func actTypes() []string {
	out := make([]string, len(graph.ActTypes))
	for i, a := range graph.ActTypes {
		out[i] = form.Say(a.Type)
	}
	return out
}

// Fields that several shapes share.
var (
	fromField = form.Field{Name: "from", Is: form.Date, Doc: "First day, as precise as the source has it: 2018, 2018-12, 2018-12-20, with ~ (approximate) or ? (uncertain). Left out: not known."}
	toField   = form.Field{Name: "to", Is: form.End, Required: true, Doc: "Last day (inclusive), or ongoing, or unknown (it ended, or may have; nobody knows when)."}
	partFrom  = form.Field{Name: "from", Is: form.Date, Doc: "First day. Left out: from the beginning of the whole."}
	partTo    = form.Field{Name: "to", Is: form.Date, Doc: "Last day, inclusive. Left out: to the end of the whole."}
	citeField = form.Field{Name: "cite", Is: form.Fields, List: true, Of: citeShape, Doc: "Where it stands. Left out: the entry cites the dossier itself."}
)

func idField(doc string) form.Field {
	return form.Field{Name: "id", Is: form.ID, Required: true, Doc: "Its own name within this file: small letters, digits and hyphens, unique in the file, never changed once published. " + doc}
}

func topicsField() form.Field {
	return form.Field{Name: "topics", Is: form.Word, List: true, Required: true, Words: form.Words(graph.Topics...), Doc: "What it is about. The topics of an agreement also name the ties that it can establish."}
}

var citeShape = &form.Shape{Name: "cite", Bare: "work", Fields: []form.Field{
	{Name: "work", Is: aWork, Required: true, Doc: "The id of a work of this file."},
	{Name: "locator", Is: form.Text, Doc: "Where in it: article, paragraph, record."},
	{Name: "supports", Is: form.Text, Doc: "The field (or stage) it bears on, where it does not bear on the whole entry; several with commas, remarks in brackets: signed, summary (Article 6)."},
	{Name: "quote", Is: form.Text, Doc: "A short quotation, word for word."},
}}

var partyFields = []form.Field{
	{Name: "actor", Is: anActor, Required: true, Doc: "A state (iso3:JPN), or an organisation or person listed under actors."},
	{Name: "role", Is: form.Word, Words: form.Words(graph.RoleParty, graph.RoleIssuer, graph.RoleAddressee, graph.RoleHost, graph.RoleParticipant, graph.RoleMediator, graph.RoleObserver), Doc: "Left out: party (of an agreement or a dispute), participant (of a meeting; host for its host)."},
	{Name: "side", Is: form.Text, Doc: "In a dispute: a and b oppose each other; c and on are third positions; equal sides stand together."},
	partFrom, partTo,
	{Name: "capacity", Is: form.Text, Doc: "The body or office in which it takes part."},
	{Name: "position", Is: form.Text, Doc: "In a dispute: what it holds, in your own words."},
	{Name: "represented_by", Is: aPerson, List: true, Doc: "The persons who signed, met or acted for it."},
}

var partyShape = &form.Shape{Name: "party", Bare: "actor", Fields: partyFields}

var effectShape = &form.Shape{Name: "effect", Fields: []form.Field{
	{Name: "effect", Is: form.Word, Required: true, Words: form.Words(graph.Establishes, graph.Suspends, graph.Resumes, graph.Ends, graph.Upgrades, graph.Downgrades), Doc: "What it did to the tie."},
	{Name: "between", Is: anActor, List: true, Required: true, Doc: "Two actors, or more: then it holds for each pair of them."},
	{Name: "topic", Is: form.Word, Required: true, Words: form.Words(graph.Topics...), Doc: "The topic of the tie."},
	{Name: "strand", Is: form.Text, Doc: "A named channel of the topic (shuttle-diplomacy). A strand has a status of its own and never moves its topic."},
	{Name: "date", Is: form.Date, Required: true, Doc: "The day it took effect, within the period of this entry."},
	{Name: "extent", Is: form.Word, Words: form.Words(graph.ExtentFull, graph.ExtentPartial), Doc: "How complete it was, where a source says so."},
	{Name: "because", Is: anEngagement, List: true, Doc: "The entries that caused it, where a source says so."},
	{Name: "note", Is: form.Text, Doc: "A remark on it."},
	citeField,
}}

var effectsField = form.Field{Name: "effects", Is: form.Fields, List: true, Of: effectShape, Doc: "What the entry did to ties. Spells of a tie are concluded from these."}

var (
	titleField   = form.Field{Name: "title", Is: form.Text, Required: true, Doc: "Its title, in the dossier's language."}
	titlesField  = form.Field{Name: "names", Is: someNames, Doc: "Its title in other languages: {ja: ..., ko: ...}."}
	placeField   = form.Field{Name: "place", Is: form.Text, Doc: "Where."}
	summaryField = form.Field{Name: "summary", Is: form.Text, Doc: "What it is about, in your own words."}
	partOfField  = form.Field{Name: "part_of", Is: anEngagement, List: true, Doc: "The entries it belongs to. An act lies within the period of a dispute it is part of."}
	relatedField = form.Field{Name: "related", Is: anEngagement, List: true, Doc: "Entries it has to do with. Mutual: one side is enough."}
	onDate       = form.Field{Name: "date", Is: form.Date, Doc: "When, if it took one day (known to the day, the month or the year). Otherwise from and to."}
	overTo       = form.Field{Name: "to", Is: form.End, Doc: "Last day, inclusive, or ongoing, or unknown."}
)

var headerShape = &form.Shape{Name: "dossier", Fields: []form.Field{
	{Name: "id", Is: form.ID, Required: true, Doc: "The dossier's name: small letters, digits and hyphens. Keys of its entries begin with it."},
	{Name: "title", Is: form.Text, Required: true, Doc: "What the dossier is about."},
	{Name: "version", Is: form.Text, Required: true, Doc: "Its version, best the day of its making: 2026-11-23."},
	{Name: "license", Is: form.Text, Required: true, Doc: "Under what terms others may use it; an SPDX name where there is one: CC0-1.0."},
	{Name: "language", Is: form.Language, Required: true, Doc: "The language its titles and summaries are in: en."},
	{Name: "publisher", Is: form.Text, Doc: "Who answers for it."},
	{Name: "url", Is: form.URL, Doc: "Where it is published."},
	{Name: "accessed", Is: form.Text, Doc: "How the works were read that do not say so themselves."},
	{Name: "coverage", Is: form.Fields, Required: true, Of: coverageShape, Doc: "What it covers. Outside it the graph says NO_DATA."},
}}

var coverageShape = &form.Shape{Name: "coverage", Fields: []form.Field{
	{Name: "from", Is: form.Date, Required: true, Doc: "First day it looks at."},
	{Name: "to", Is: form.Date, Required: true, Doc: "Last day it looks at: no later than the works it cites."},
	{Name: "topics", Is: form.Word, List: true, Words: form.Words(graph.Topics...), Doc: "Only these topics. Left out: all."},
	{Name: "actors", Is: anActor, List: true, Doc: "Only relations among these actors. Left out: all."},
	{Name: "complete", Is: form.Flag, Doc: "true: what is not here did not happen, so the graph may say NONE. Left out: false, selective."},
}}

var workShape = &form.Shape{Name: "work", Fields: []form.Field{
	idField("Best publisher and date: nhk-20240601."),
	{Name: "title", Is: form.Text, Required: true, Doc: "Its title; in [square brackets] if you supplied it."},
	{Name: "publisher", Is: form.Text, Required: true, Doc: "Who published it."},
	{Name: "date", Is: form.Date, Doc: "When it was published."},
	{Name: "url", Is: form.URL, Doc: "Where it can be read."},
	{Name: "language", Is: form.Language, Doc: "Its language. Left out: the dossier's."},
	{Name: "read", Is: form.Flag, Doc: "false: it is named, but nobody read it. Left out: true."},
	{Name: "accessed", Is: form.Text, Doc: "How it was read."},
}}

var spanShape = &form.Shape{Name: "span", Fields: []form.Field{
	{Name: "from", Is: form.Date, Doc: "First day."},
	{Name: "to", Is: form.End, Doc: "Last day, inclusive, or unknown. Left out: it goes on."},
}}

var actorShape = &form.Shape{Name: "actor", Fields: []form.Field{
	{Name: "key", Is: anActor, Required: true, Doc: "iso3:XXX for a state of the registry; org:name or person:name for others. org: and person: are shared by all dossiers."},
	{Name: "kind", Is: form.Word, Required: true, Words: form.Words(graph.KindState, graph.KindOrganization, graph.KindPerson), Doc: "What it is."},
	{Name: "names", Is: someNames, Required: true, Doc: "Names by language, the best first: {en: [Republic of Korea, South Korea], ko: 대한민국}."},
	{Name: "identifiers", Is: someCodes, Doc: "Codes by scheme: {wd: Q41753, cow: {value: 365, from: 1991-12-26}}. Those of states must be the registry's."},
	{Name: "existence", Is: form.Fields, List: true, Lone: true, Of: spanShape, Doc: "When it existed. For states the registry decides."},
	{Name: "part_of", Is: form.Fields, List: true, Of: &form.Shape{Name: "part_of", Bare: "actor", Fields: []form.Field{
		{Name: "actor", Is: anActor, Required: true, Doc: "What it is part of."}, partFrom, partTo,
	}}, Doc: "What it is part of, with the time if not always."},
	{Name: "succeeds", Is: form.Fields, List: true, Of: &form.Shape{Name: "succeeds", Bare: "actor", Fields: []form.Field{
		{Name: "actor", Is: anActor, Required: true, Doc: "Its predecessor."},
		{Name: "date", Is: form.Date, Doc: "When it took over."},
		{Name: "note", Is: form.Text, Doc: "A remark on it."},
	}}, Doc: "Its predecessors."},
	{Name: "note", Is: form.Text, Doc: "A remark on it."},
	citeField,
}}

var tenureShape = &form.Shape{Name: "tenure", Fields: []form.Field{
	idField("Best person, office, year: kihara-defense-2023."),
	{Name: "person", Is: aPerson, Required: true, Doc: "Who held the office."},
	{Name: "office", Is: form.Text, Required: true, Doc: "The office."},
	{Name: "of", Is: anActor, Required: true, Doc: "The actor whose office it is."},
	fromField, toField,
	{Name: "note", Is: form.Text, Doc: "A remark on it."},
	citeField,
}}

var agreementShape = &form.Shape{Name: "agreement", Fields: []form.Field{
	idField("Best name and year: gsomia-2016."), titleField, titlesField,
	{Name: "form", Is: form.Word, Required: true, Words: form.Words(graph.FormTreaty, graph.FormAgreement, graph.FormProtocol, graph.FormMemorandum, graph.FormExchange, graph.FormLetter, graph.FormJointStatement, graph.FormDeclaration, graph.FormAlliance, graph.FormArmistice), Doc: "What it is by its form."},
	topicsField(), placeField,
	{Name: "stages", Is: form.Fields, List: true, Required: true, Of: &form.Shape{Name: "stage", Fields: []form.Field{
		{Name: "stage", Is: form.Word, Required: true, Words: form.Words(graph.StageNegotiation, graph.StageSigned, graph.StageRatified, graph.StageProvisional, graph.StageInForce, graph.StageSuspension, graph.StageNotice, graph.StageNoticeWithdrawn, graph.StageTerminated, graph.StageExpired, graph.StageReplaced), Doc: "The step in its life."},
		{Name: "date", Is: form.Date, Required: true, Doc: "When."},
		{Name: "party", Is: anActor, Doc: "Whose step it was. Left out: that of the whole agreement."},
		{Name: "note", Is: form.Text, Doc: "A remark on it."},
		citeField,
	}}, Doc: "The steps of its life: signed, in force, suspended, ended. A stated in-force stage makes it a standing agreement."},
	{Name: "parties", Is: form.Fields, List: true, Required: true, Of: partyShape, Doc: "Its parties; or the issuer, and whom it is addressed to."},
	{Name: "parties_complete", Is: form.Flag, Doc: "false: it has parties that are not listed. Left out: true."},
	{Name: "obligations", Is: form.Fields, List: true, Of: &form.Shape{Name: "obligation", Fields: []form.Field{
		{Name: "type", Is: form.Word, Required: true, Words: form.Words(graph.ObligationDefense, graph.ObligationOffense, graph.ObligationNeutrality, graph.ObligationNonAggression, graph.ObligationConsultation), Doc: "What is owed."},
		{Name: "by", Is: anActor, Required: true, Doc: "Who owes it."},
		{Name: "toward", Is: anActor, Doc: "To whom. Left out: every other party."},
		{Name: "conditions", Is: form.Text, Doc: "When it is owed, in your own words."},
		partFrom, partTo,
	}}, Doc: "What parties owe one another. With more than two parties only an obligation to defend makes an agreement in force a defence tie."},
	effectsField,
	{Name: "amends", Is: anAgreement, List: true, Doc: "Agreements it amends."},
	{Name: "replaces", Is: anAgreement, List: true, Doc: "Agreements it replaces."},
	partOfField, relatedField, summaryField, citeField,
}}

var disputeShape = &form.Shape{Name: "dispute", Fields: []form.Field{
	idField("What it is over: takeshima-dokdo."), titleField, titlesField,
	{Name: "form", Is: form.Word, Required: true, Words: form.Words(graph.DisputeClaim, graph.DisputeRivalry, graph.DisputeCrisis, graph.DisputeMilitarized, graph.DisputeWar, graph.DisputeTrade, graph.DisputeLegal, graph.DisputeIncident), Doc: "claim: to land, water, their resources or name; rivalry: lasting enmity on many questions; crisis: a quarrel over security or relations as a whole, short of force; militarized: force threatened, shown or used; war; trade: measures of trade; legal: what a rule, a ruling, an agreement or a past wrong obliges to; incident: one encounter or occasion, and its versions."},
	topicsField(), placeField, fromField, toField,
	{Name: "parties", Is: form.Fields, List: true, Required: true, Of: partyShape, Doc: "Who is at odds, with side and position."},
	{Name: "outcome", Is: form.Text, Doc: "How it ended."},
	{Name: "settlement", Is: form.Text, Doc: "By what it was settled."},
	effectsField, partOfField, relatedField, summaryField, citeField,
}}

var meetingShape = &form.Shape{Name: "meeting", Fields: []form.Field{
	idField("Best who and when: jpn-kor-defence-2024-06-01."), titleField, titlesField,
	{Name: "level", Is: form.Word, Required: true, Words: form.Words(graph.LevelSummit, graph.LevelMinisterial, graph.LevelOfficials, graph.LevelMilitary, graph.LevelMixed), Doc: "Who met. summit: heads of state or government."},
	{Name: "format", Is: form.Word, Required: true, Words: form.Words(graph.FormatBilateral, graph.FormatTrilateral, graph.FormatMultilateral), Doc: "How many met."},
	{Name: "setting", Is: form.Word, Words: form.Words(graph.SettingVisit, graph.SettingSidelines, graph.SettingConference, graph.SettingCall), Doc: "visit: one came to the other; sidelines: at the margin of something else (see occasion); conference: called for itself; call: by telephone or video. Left out: not known."},
	{Name: "occasion", Is: form.Text, Doc: "What it was held at the margin of, or in the frame of."},
	placeField,
	{Name: "host", Is: anActor, Doc: "Who was the host; one of the participants, or somebody else."},
	onDate, fromField, overTo, topicsField(),
	{Name: "participants", Is: form.Fields, List: true, Required: true, Of: partyShape, Doc: "Who met: the states or organisations, with the persons under represented_by."},
	{Name: "outcomes", Is: anAgreement, List: true, Doc: "The agreements it led to."},
	effectsField, partOfField, relatedField, summaryField, citeField,
}}

var actShape = &form.Shape{Name: "act", Fields: []form.Field{
	idField("Best what and when: japan-recall-2012-08-10."), titleField, titlesField,
	{Name: "type", Is: form.Word, Required: true, Words: actTypes(), Doc: "What kind of act (docs/act-types.md)."},
	onDate, fromField, overTo, placeField,
	{Name: "by", Is: form.Fields, List: true, Required: true, Of: partyShape, Doc: "Who did it."},
	{Name: "toward", Is: form.Fields, List: true, Of: partyShape, Doc: "To whom. What two did together, each does toward the other."},
	topicsField(), partOfField, relatedField, effectsField, summaryField, citeField,
}}

var assertionShape = &form.Shape{Name: "assertion", Fields: []form.Field{
	idField("Best what and who: radar-directed-japan."),
	{Name: "about", Is: anEngagement, Required: true, Doc: "The entry it is about."},
	{Name: "author", Is: anAuthor, Required: true, Doc: "Who says so: an actor (org:mod-japan), or the id of the work that says so itself."},
	{Name: "stance", Is: form.Word, Required: true, Words: form.Words(graph.Asserts, graph.Denies, graph.Reserves, graph.DoesNotConfirm), Doc: "How the author stands to the text."},
	{Name: "text", Is: form.Text, Required: true, Doc: "What is asserted or denied, in your own words."},
	{Name: "quote", Is: form.Text, Doc: "A few words of the author, word for word."},
	{Name: "date", Is: form.Date, Doc: "When it was said."},
	citeField,
}}

// fileShape is the whole file.
var fileShape = &form.Shape{Name: "file", Root: true, Fields: []form.Field{
	{Name: "dossier", Is: form.Fields, Required: true, Of: headerShape, Doc: "What this dossier is."},
	{Name: "works", Is: form.Fields, List: true, Of: workShape, Doc: "What was read; entries cite these by id."},
	{Name: "actors", Is: form.Fields, List: true, Of: actorShape, Doc: "Organisations and persons that entries name, and further names of states. A state needs no entry."},
	{Name: "tenures", Is: form.Fields, List: true, Of: tenureShape, Doc: "Who held which office when."},
	{Name: "agreements", Is: form.Fields, List: true, Of: agreementShape, Doc: "Treaties, arrangements, joint statements."},
	{Name: "disputes", Is: form.Fields, List: true, Of: disputeShape, Doc: "What actors are at odds over."},
	{Name: "meetings", Is: form.Fields, List: true, Of: meetingShape, Doc: "Who met."},
	{Name: "acts", Is: form.Fields, List: true, Of: actShape, Doc: "What one did to another."},
	{Name: "assertions", Is: form.Fields, List: true, Of: assertionShape, Doc: "Who asserts or denies what about an entry."},
}}

// engagementSections are the sections whose entries are engagements.
var engagementSections = []string{"agreements", "disputes", "meetings", "acts"}

// entrySections are those whose entries have ids of their own, which no two of them share.
var entrySections = append([]string{"works", "tenures", "assertions"}, engagementSections...)
