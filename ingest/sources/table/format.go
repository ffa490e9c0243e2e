package usertable

import (
	"slices"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/form"
)

// The kinds of value that only mappings have. Most may be a text alone, with columns in braces, or fields.
var (
	aTemplate = &form.Kind{Check: checkTemplate}
	aColumn   = &form.Kind{Check: keepColumn}
	aCell     = &form.Kind{Any: true, Check: checkCell, Schema: ofShape}
	aDate     = &form.Kind{Any: true, Check: checkDate, Schema: ofShape}
	aParty    = &form.Kind{Any: true, Check: checkParty, Schema: ofShape}
	someTexts = &form.Kind{Any: true, Check: checkTexts, Schema: textsSchema}
	meanings  = &form.Kind{Any: true, Check: checkMeanings, Schema: meaningsSchema}
	choices   = &form.Kind{Any: true, Check: checkChoices, Schema: choicesSchema}
	lookups   = &form.Kind{Any: true, Check: checkLookups, Schema: lookupsSchema}
	aKey      = &form.Kind{Schema: form.Pattern(`(org|person):[a-z0-9]+(-[a-z0-9]+)*`)}
)

// endWords are why a period has no end.
var endWords = form.Words(graph.Ongoing, graph.Unknown, graph.Censored)

// schemes are those in which codes of states stand in a column.
var schemes = slices.Clone(graph.CodeSchemes)

// byName stands for a scheme where there are no codes but English names of states.
const byName = "name"

var cellShape = &form.Shape{Name: "cell", Bare: "text", Fields: []form.Field{
	{Name: "text", Is: aTemplate, Doc: "A text; names of columns in braces stand for their cells: \"{Ship} at {Port}\"."},
	{Name: "column", Is: aColumn, Doc: "The column it stands in."},
	{Name: "values", Is: meanings, Doc: "What the cells mean, one by one: {V: visit, T: treaty}. Any other cell is a mistake, unless else is given."},
	{Name: "else", Is: form.Text, Doc: "What every other cell means."},
	{Name: "separator", Is: someTexts, Doc: "Of a list: what stands between several values in one cell; several, where cells differ: [\",\", \";\"]."},
	{Name: "missing", Is: someTexts, Doc: "Cells that say nothing, beside empty ones and those listed under file."},
}}

var dateShape = &form.Shape{Name: "date", Bare: "text", Fields: []form.Field{
	{Name: "text", Is: aTemplate, Doc: "A date as dossiers have it (2018, 2018-12, 2018-12-20, with ~ or ?); columns in braces: \"{Year}-{Month}\"."},
	{Name: "column", Is: aColumn, Doc: "The column it stands in."},
	{Name: "format", Is: someTexts, Doc: "How it is written there: YYYY, M or MM, D or DD, MMM (Jan), MMMM (January), and what stands between them: D.M.YYYY; or excel, the number that Excel gives a day: 45156. Several, where cells differ: exactly one must fit."},
	{Name: "year", Is: aColumn, Doc: "The column of the year, where year, month and day have columns of their own."},
	{Name: "month", Is: aColumn, Doc: "The column of the month, a number. An empty cell: only the year is known."},
	{Name: "day", Is: aColumn, Doc: "The column of the day. An empty cell: only the month is known."},
	{Name: "values", Is: meanings, Doc: "What single cells mean, as dates or as words for an absent end: {present: ongoing, c. 1950: 1950~, \"\": unknown}. The words are ongoing, unknown, censored (the data ends while it goes on), and from (the day on which it began)."},
	{Name: "missing", Is: someTexts, Doc: "Cells that say nothing; also those parts of a date (00) that do."},
}}

var citeShape = &form.Shape{Name: "cite", Fields: []form.Field{
	{Name: "work", Is: aCell, Of: cellShape, Doc: "The id of a work."},
	{Name: "locator", Is: aCell, Of: cellShape, Doc: "Where in it: page, record, address."},
	{Name: "supports", Is: form.Text, Doc: "The field it bears on, where it does not bear on the whole."},
	{Name: "quote", Is: aCell, Of: cellShape, Doc: "A short quotation, word for word."},
}}

var stageShape = &form.Shape{Name: "stage", Fields: []form.Field{
	{Name: "stage", Is: form.Word, Required: true, Words: form.Words(graph.StageNegotiation, graph.StageSigned, graph.StageRatified, graph.StageProvisional, graph.StageInForce, graph.StageSuspension, graph.StageNotice, graph.StageNoticeWithdrawn, graph.StageTerminated, graph.StageExpired, graph.StageReplaced), Doc: "The step in its life."},
	{Name: "date", Is: aDate, Of: dateShape, Required: true, Doc: "When. Where the cell says nothing there was no such step."},
	{Name: "note", Is: aCell, Of: cellShape, Doc: "A remark on it."},
}}

var obligationShape = &form.Shape{Name: "obligation", Fields: []form.Field{
	{Name: "type", Is: aCell, Of: cellShape, List: true, Required: true, Words: form.Words(graph.ObligationTypes...), Doc: "What is owed: [defense], or of a column for it alone {column: DEFENSE, values: {\"1\": defense, \"0\": none}}."},
	{Name: "toward", Is: aParty, Doc: "To whom, said as who takes part is. Left out: to every other party."},
	{Name: "conditions", Is: aCell, Of: cellShape, Doc: "When it is owed, in the table's words."},
	{Name: "from", Is: aDate, Of: dateShape, Doc: "First day. Left out: from the beginning of the whole."},
	{Name: "to", Is: aDate, Of: dateShape, Doc: "Last day, inclusive. Left out: to the end of the whole."},
}}

func init() { // a party owes, and is owed to
	obligationShape.Field("toward").Of = partyShape
}

var partyShape = &form.Shape{Name: "party", Bare: "actor", Fields: []form.Field{
	{Name: "actor", Is: aTemplate, Doc: "Who it is, as scheme:code: iso3:JPN, org:holy-see, or with a column in braces \"cow:{ccode}\"."},
	{Name: "column", Is: aColumn, Doc: "The column that says who it is."},
	{Name: "columns", Is: someTexts, Doc: "Several columns, each with one; empty ones are passed over. Numbered ones may be written c1..c91."},
	{Name: "marked", Is: meanings, Doc: "Columns of which each is for one actor: {Japan: iso3:JPN, China: iso3:CHN}. A cell tells whether it takes part: see marks."},
	{Name: "marks", Is: someTexts, Doc: "Of marked columns: the cells that say so: [x, yes, '1']. Empty ones do not."},
	{Name: "unmarked", Is: someTexts, Doc: "Of marked columns: the cells that say, as empty ones do, that it takes no part: [no, '0']. Any other cell is a mistake."},
	{Name: "codes", Is: form.Word, Words: append(slices.Clone(schemes), byName), Doc: "What stands there: codes of this scheme, or name: English names of states, as the registry has them. Both are read for the days of the row."},
	{Name: "lookup", Is: form.Text, Doc: "What stands there: names of this list under lookups."},
	{Name: "separator", Is: someTexts, Doc: "What stands between several in one cell: \",\" or [\",\", \";\", and]. A word stands by itself; newline is a line break."},
	{Name: "role", Is: aCell, Of: cellShape, Words: form.Words(graph.RoleParty, graph.RoleIssuer, graph.RoleAddressee, graph.RoleHost, graph.RoleParticipant, graph.RoleBy, graph.RoleToward, graph.RoleMediator, graph.RoleObserver), Doc: "Left out: party (of an agreement or a dispute), participant (of a meeting), by (of an act)."},
	{Name: "side", Is: aCell, Of: cellShape, Doc: "In a dispute: a and b oppose each other; equal sides stand together."},
	{Name: "from", Is: aDate, Of: dateShape, Doc: "First day. Left out: from the beginning of the whole."},
	{Name: "to", Is: aDate, Of: dateShape, Doc: "Last day, inclusive. Left out: to the end of the whole."},
	{Name: "capacity", Is: aCell, Of: cellShape, Doc: "The body or office in which it takes part."},
	{Name: "position", Is: aCell, Of: cellShape, Doc: "In a dispute: what it holds."},
	{Name: "note", Is: aCell, Of: cellShape, Doc: "A remark on its part."},
	{Name: "persons", Is: aCell, Of: cellShape, Doc: "Who acted for it, by name: {column: Minister, separator: \";\"}. Each is a person of this table, told apart by the name as it is written and by whom it acted for."},
	{Name: "offices", Is: aCell, Of: cellShape, Doc: "The offices in which these persons acted, in the same order and as many."},
	{Name: "stages", Is: form.Fields, List: true, Of: stageShape, Doc: "Of an agreement: this party's own steps."},
	{Name: "obligations", Is: form.Fields, List: true, Of: obligationShape, Doc: "Of an agreement: what this party owes. One that is stated to defend makes it a defence tie, also with more than two parties."},
	{Name: "optional", Is: form.Flag, Doc: "true: the cell may be empty. Left out: an empty one is a mistake."},
}}

// shared are the fields that entries of all kinds have.
func shared(parties string, more ...form.Field) []form.Field {
	fields := []form.Field{
		{Name: "when", Is: choices, Doc: "Only rows with these cells: {Type: [visit, summit]}. Left out: all rows."},
		{Name: "title", Is: aCell, Of: cellShape, Required: true, Doc: "Its title, in the table's language: \"Visit of {Guest} to {Host}\"."},
		{Name: "date", Is: aDate, Of: dateShape, Doc: "When, if it took one day (known to the day, the month or the year). Otherwise from and to."},
		{Name: "from", Is: aDate, Of: dateShape, Doc: "First day."},
		{Name: "to", Is: aDate, Of: dateShape, Doc: "Last day, inclusive; or why there is none (see values)."},
		{Name: "topics", Is: aCell, Of: cellShape, List: true, Required: true, Words: form.Words(graph.Topics...), Doc: "What it is about: [trade], or of a column [{column: Issue, values: {T: trade}}]."},
		{Name: "place", Is: aCell, Of: cellShape, Doc: "Where."},
		{Name: "summary", Is: aCell, Of: cellShape, Doc: "What it is about."},
		{Name: parties, Is: aParty, List: true, Required: true, Of: partyShape, Doc: "Who takes part: one entry for each column that names somebody."},
		{Name: "cite", Is: form.Fields, List: true, Of: citeShape, Doc: "What the row itself cites. Every thing cites its row in any case."},
	}
	return append(fields, more...)
}

func word(name, doc string, required bool, words []string) form.Field {
	return form.Field{Name: name, Is: aCell, Of: cellShape, Required: required, Words: words, Doc: doc}
}

func text(name, doc string) form.Field {
	return form.Field{Name: name, Is: aCell, Of: cellShape, Doc: doc}
}

var agreementShape = &form.Shape{Name: "agreement", Fields: shared(
	"parties",
	word("form", "What it is by its form.", true, form.Words(graph.FormTreaty, graph.FormAgreement, graph.FormProtocol, graph.FormMemorandum, graph.FormExchange, graph.FormLetter, graph.FormJointStatement, graph.FormDeclaration, graph.FormAlliance, graph.FormArmistice)),
	form.Field{Name: "stages", Is: form.Fields, List: true, Of: stageShape, Doc: "The steps of its life: signed, in force, ended. A stated in-force stage makes it a standing agreement."},
	form.Field{Name: "parties_complete", Is: form.Flag, Doc: "false: it has parties that are not in the table. Left out: true."},
)}

var disputeShape = &form.Shape{Name: "dispute", Fields: shared(
	"parties",
	word("form", "claim, rivalry, crisis, militarized, war, trade, legal or incident (docs/dossier.md).", true, form.Words(graph.DisputeClaim, graph.DisputeRivalry, graph.DisputeCrisis, graph.DisputeMilitarized, graph.DisputeWar, graph.DisputeTrade, graph.DisputeLegal, graph.DisputeIncident)),
	text("outcome", "How it ended."),
	text("settlement", "By what it was settled."),
)}

var meetingShape = &form.Shape{Name: "meeting", Fields: shared(
	"participants",
	word("level", "Who met. summit: heads of state or government.", true, form.Words(graph.LevelSummit, graph.LevelMinisterial, graph.LevelOfficials, graph.LevelMilitary, graph.LevelMixed)),
	word("format", "How many met.", false, form.Words(graph.FormatBilateral, graph.FormatTrilateral, graph.FormatMultilateral)),
	word("setting", "visit, sidelines, conference or call. Left out: not known.", false, form.Words(graph.SettingVisit, graph.SettingSidelines, graph.SettingConference, graph.SettingCall)),
	text("occasion", "What it was held at the margin of."),
	form.Field{Name: "host", Is: aParty, Of: partyShape, Doc: "Who was the host; one of the participants, or somebody else. An empty cell: not known."},
)}

var actShape = &form.Shape{Name: "act", Fields: shared(
	"by",
	form.Field{Name: "toward", Is: aParty, List: true, Of: partyShape, Doc: "To whom."},
	word("type", "What kind of act (docs/act-types.md).", true, actTypes()),
	text("cameo", "Its CAMEO code, as text: 01 and 010 differ."),
)}

var tenureShape = &form.Shape{Name: "tenure", Fields: []form.Field{
	{Name: "when", Is: choices, Doc: "Only rows with these cells: {Type: [minister]}. Left out: all rows."},
	{Name: "person", Is: aCell, Of: cellShape, Required: true, Doc: "Who held it, by name: \"{First name} {Name}\". Persons are told apart by the name as it is written and by whose office it was."},
	{Name: "office", Is: aCell, Of: cellShape, Required: true, Doc: "The office, as a text."},
	{Name: "of", Is: aParty, Of: partyShape, Required: true, Doc: "Whose office it is: a state, an organisation."},
	{Name: "at", Is: aParty, Of: partyShape, Doc: "Of an envoy: to whom he or she was sent."},
	{Name: "from", Is: aDate, Of: dateShape, Doc: "First day in office."},
	{Name: "to", Is: aDate, Of: dateShape, Required: true, Doc: "Last day, inclusive; or why there is none (see values)."},
	word("entry", "How the person came into it.", false, form.Words(graph.EntryRegular, graph.EntryIrregular, graph.EntryImposed)),
	word("exit", "How the person left it.", false, form.Words(graph.ExitRegular, graph.ExitDeath, graph.ExitHealth, graph.ExitSuicide, graph.ExitIrregular, graph.ExitForeign)),
	text("exit_how", "What more the table says of that, in its own words."),
	text("note", "A remark on it."),
	{Name: "cite", Is: form.Fields, List: true, Of: citeShape, Doc: "What the row itself cites. Every tenure cites its row in any case."},
}}

func actTypes() []string {
	out := make([]string, len(graph.ActTypes))
	for i, a := range graph.ActTypes {
		out[i] = form.Say(a.Type)
	}
	return out
}

var fileShape = &form.Shape{Name: "mapping", Root: true, Fields: []form.Field{
	{Name: "table", Is: form.Fields, Required: true, Of: &form.Shape{Name: "table", Fields: []form.Field{
		{Name: "key", Is: form.ID, Required: true, Doc: "The table's name as a source: small letters, digits and hyphens. Keys of what is in it begin with it; two tables are two sources."},
		{Name: "title", Is: form.Text, Required: true, Doc: "What the table is."},
		{Name: "version", Is: form.Text, Required: true, Doc: "Its version, best the day of its making: 2026-11-23."},
		{Name: "license", Is: form.Text, Required: true, Doc: "Under what terms others may use it; an SPDX name where there is one: CC-BY-4.0."},
		{Name: "language", Is: form.Language, Required: true, Doc: "The language its titles are in: en."},
		{Name: "publisher", Is: form.Text, Doc: "Who made it."},
		{Name: "url", Is: form.URL, Doc: "Where it is published."},
		{Name: "bibtex", Is: form.Text, Doc: "How to cite it, as one entry of BibTeX. Left out: made of what stands here."},
		{Name: "coverage", Is: form.Fields, Required: true, Of: coverageShape, Doc: "What it covers. Outside it the graph says NO_DATA."},
	}}, Doc: "What the table is, as a source."},
	{Name: "file", Is: form.Fields, Of: &form.Shape{Name: "file", Fields: []form.Field{
		{Name: "separator", Is: form.Word, Words: []string{"comma", "semicolon", "tab", "bar"}, Doc: "What separates the cells. Left out: what makes most columns of the header."},
		{Name: "charset", Is: form.Text, Doc: "How letters are written, where it is not UTF-8: windows-1252, iso-8859-2."},
		{Name: "header", Is: form.Text, Doc: "The line that names the columns, where it is not the first: 3."},
		{Name: "sheet", Is: form.Text, Doc: "Of a workbook with several sheets: which one."},
		{Name: "missing", Is: someTexts, Doc: "Cells that say nothing, in all columns, beside empty ones: [NA, '-9', '.']."},
	}}, Doc: "How the file is laid out, where it does not show by itself."},
	{Name: "rows", Is: form.Fields, Required: true, Of: &form.Shape{Name: "rows", Fields: []form.Field{
		{Name: "key", Is: aColumn, List: true, Required: true, Doc: "The fewest columns that together name one thing and do not change from one version of the table to the next: [visit_id], or [Date, Guest, Host]."},
		{Name: "group", Is: form.Flag, Doc: "true: rows with one key are one thing, each with some of those who take part. Left out: each row is a thing."},
		{Name: "only", Is: choices, Doc: "Only rows with these cells are read: {Kind: [visit]}."},
		{Name: "except", Is: choices, Doc: "Rows with these cells are left out: {Country: [Total, \"\"]}."},
		{Name: "until", Is: choices, Doc: "The first row with these cells ends the table: it and what stands below, such as notes, are left out: {Country: Total}."},
	}}, Doc: "What a row is."},
	{Name: "lookups", Is: lookups, Doc: "Lists of names with the actors they mean: {countries: {Japan: iso3:JPN, Serbia: cow:345, unknown: none}}. none: nobody, left out on purpose."},
	{Name: "actors", Is: form.Fields, List: true, Of: &form.Shape{Name: "actor", Fields: []form.Field{
		{Name: "key", Is: aKey, Required: true, Doc: "org:name or person:name. A state needs no entry."},
		{Name: "name", Is: form.Text, Required: true, Doc: "Its name, in the table's language."},
	}}, Doc: "Organisations and persons that take part."},
	{Name: "works", Is: form.Fields, List: true, Of: &form.Shape{Name: "work", Fields: []form.Field{
		{Name: "id", Is: form.ID, Required: true, Doc: "Its own name in this mapping."},
		{Name: "title", Is: form.Text, Required: true, Doc: "Its title."},
		{Name: "publisher", Is: form.Text, Required: true, Doc: "Who published it."},
		{Name: "date", Is: form.Date, Doc: "When it was published."},
		{Name: "url", Is: form.URL, Doc: "Where it can be read."},
		{Name: "language", Is: form.Language, Doc: "Its language. Left out: the table's."},
	}}, Doc: "What rows cite by a short name."},
	{Name: "agreements", Is: form.Fields, List: true, Lone: true, Of: agreementShape, Doc: "Rows that are agreements."},
	{Name: "disputes", Is: form.Fields, List: true, Lone: true, Of: disputeShape, Doc: "Rows that are disputes."},
	{Name: "meetings", Is: form.Fields, List: true, Lone: true, Of: meetingShape, Doc: "Rows that are meetings."},
	{Name: "acts", Is: form.Fields, List: true, Lone: true, Of: actShape, Doc: "Rows that are acts of one toward another."},
	{Name: tenures, Is: form.Fields, List: true, Lone: true, Of: tenureShape, Doc: "Rows that are of somebody in an office: ministers, envoys."},
}}

var coverageShape = &form.Shape{Name: "coverage", Fields: []form.Field{
	{Name: "from", Is: form.Date, Required: true, Doc: "First day it looks at."},
	{Name: "to", Is: form.Date, Required: true, Doc: "Last day it looks at."},
	{Name: "topics", Is: form.Word, List: true, Words: form.Words(graph.Topics...), Doc: "Only these topics. Left out: all."},
	{Name: "actors", Is: form.Text, List: true, Doc: "Only relations among these states: [iso3:JPN, iso3:KOR]. Left out: all."},
	{Name: "complete", Is: form.Flag, Doc: "true: what is not in the table did not happen, so the graph may say NONE. Left out: false, selective."},
}}

// sections are those whose entries say what rows become.
var sections = []string{"agreements", "disputes", "meetings", "acts", tenures}

const tenures = "tenures"
