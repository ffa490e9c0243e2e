package neo4jstore

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// Index rows are relationships between identities, each with the number of the statement they are derived from and its
// load numbers. graph.Index says which there are.

// identityLabels are the labels of identities, whose only property that counts is their key; dyads are made apart.
var identityLabels = []string{"Actor", "Engagement", "Code", "Term", "Key"}

// A rowType is a type of relationship that index rows have. From may be Statement, whose rows begin at the
// statement itself.
type rowType struct{ name, From, To string }

// Type is the relationship's type in Cypher.
func (r rowType) Type() string { return r.name }

// Key is the property by which the row's first end is found.
func (r rowType) Key() string {
	if r.From == "Statement" {
		return "id"
	}
	return "key"
}

var rowTypes = []rowType{
	{"PARTICIPATES_IN", "Actor", "Engagement"},
	{"BETWEEN", "Engagement", "Dyad"},
	{"BEARS_ON", "Engagement", "Dyad"},
	{"HOLDS", "Actor", "Code"},
	{"PART_OF", "Actor", "Actor"},
	{"MEMBER_OF", "Actor", "Actor"},
	{"HELD_OFFICE", "Actor", "Actor"},
	{"REPRESENTED_AT", "Actor", "Actor"},
	{"ASSERTS", "Actor", "Engagement"},
	{"LINKS", "Statement", "Engagement"},
	{"NAMED", "Statement", "Term"},
	{"SAME_AS", "Statement", "Key"},
}

// row is one relationship to be: its ends, and its properties.
type row struct {
	kind     string
	from, to any // keys; the first end of a statement's own row is the statement's number
	props    map[string]any
}

// version is a statement with its number and the loads between which it is seen.
type version struct {
	id   int64
	from graph.LoadNumber
	to   graph.LoadNumber
	graph.Statement
}

// derivation is all that is derived from a statement: what it is about, its own properties beyond the body, its rows.
type derivation struct {
	about string // the label of what it is about; empty: nothing
	key   string
	label string // what else the identity is: State, Agreement …
	props map[string]any
	rows  []row
}

// derive gives what is derived from a statement.
func derive(v version) (*derivation, error) {
	rows, err := graph.Index(v.Statement)
	if err != nil {
		return nil, fmt.Errorf("index %s %s of %s: %w", v.Kind, v.Key, v.Source, err)
	}
	d := &derivation{props: map[string]any{}}
	switch v.Kind {
	case graph.StatementActor:
		d.about, d.key, d.label = "Actor", v.Key, actorLabels[rows.ActorKind]
		d.actor(v, rows)
	case graph.StatementTenure:
		r := rows.Tenure
		d.about, d.key = "Actor", string(r.Person)
		from, to := daysText(r.Bounds.Possible())
		held := func(props map[string]any) map[string]any {
			props["foldedOffice"], props["fromDay"], props["toDay"] = r.Office, from, to
			edges(props, r.Bounds)
			return props
		}
		held(d.props)["at"] = "tenure|" + place(r.Start, v.Key)
		d.add(v, "HELD_OFFICE", string(r.Person), string(r.Of), held(map[string]any{
			"at": prefixOf(string(r.Person)) + place(r.Start, v.Key), "ofAt": prefixOf(string(r.Of)) + place(r.Start, v.Key),
		}))
		maps.Copy(d.rows[0].props, tenureCaption(v.Statement))
	case graph.StatementMembership:
		r := rows.Membership
		d.about, d.key = "Actor", string(r.Member)
		days := rows.Parts[0].Period
		props := map[string]any{
			"fromDay": dayText(days.From), "toDay": dayText(days.To), "status": string(r.Status),
			"at": prefixOf(string(r.Member)) + place(r.Start, v.Key), "organizationAt": prefixOf(string(r.Organization)) + place(r.Start, v.Key),
		}
		edges(props, r.Bounds)
		maps.Copy(props, membershipCaption(v.Statement))
		d.add(v, "MEMBER_OF", string(r.Member), string(r.Organization), props)
	case graph.StatementRepresentation:
		d.about, d.key = "Actor", string(rows.Representation.Sender)
		d.representation(v, rows.Representation)
	case graph.StatementEngagement:
		d.about, d.key, d.label = "Engagement", v.Key, engagementLabels[rows.Engagement.Kind]
		d.engagement(v, rows.Engagement)
	case graph.StatementAssertion:
		r := rows.Assertion
		d.about, d.key = "Engagement", string(r.About)
		from, to := daysText(r.Possible)
		d.props["said"], d.props["fromDay"], d.props["toDay"] = place(r.Date, v.Key), from, to
		if r.Author != "" {
			d.add(v, "ASSERTS", string(r.Author), string(r.About), map[string]any{
				"at": prefixOf(string(r.Author)) + place(r.Date, v.Key), "fromDay": from, "toDay": to,
			})
		}
	case graph.StatementIdentity:
		for i, c := range rows.Parts { // keys have nothing else, so that who has none is soon known
			lead, from, to := string(c.Whole), dayText(c.Period.From), dayText(c.Period.To)
			if i == 0 {
				d.add(v, "SAME_AS", v.id, lead, map[string]any{"lead": lead, "led": false})
			}
			d.add(v, "SAME_AS", v.id, string(c.Part), map[string]any{"lead": lead, "led": true, "fromDay": from, "toDay": to})
		}
	case graph.StatementLink:
		for _, l := range rows.Links {
			d.add(v, "LINKS", v.id, string(l.Account), map[string]any{"led": l.Lead != l.Account})
		}
	default:
	}
	for _, t := range rows.Terms {
		d.props["searchKind"] = string(t.Kind)
		d.add(v, "NAMED", v.id, termKey(t), map[string]any{})
	}
	return d, nil
}

var (
	actorLabels      = map[graph.ActorKind]string{graph.KindState: "State", graph.KindOrganization: "Organization", graph.KindPerson: "Person"}
	engagementLabels = map[graph.EngagementKind]string{
		graph.KindAgreement: "Agreement", graph.KindDispute: "Dispute", graph.KindMeeting: "Meeting", graph.KindAct: "Act",
	}
)

// add makes a row; every one has the statement's number and loads.
func (d *derivation) add(v version, kind string, from, to any, props map[string]any) {
	props["statement"], props["recordedFrom"], props["recordedTo"] = v.id, int64(v.from), int64(v.to)
	d.rows = append(d.rows, row{kind, from, to, props})
}

func (d *derivation) actor(v version, rows graph.IndexRows) {
	r := rows.Actor
	var lives [4][]string
	for _, b := range r.Lives {
		for i, edge := range []graph.Day{b.StartMin, b.StartMax, b.EndMin, b.EndMax} {
			lives[i] = append(lives[i], dayText(edge))
		}
	}
	for i, name := range []string{"lifeStartMin", "lifeStartMax", "lifeEndMin", "lifeEndMax"} {
		d.props[name] = append([]string{}, lives[i]...)
	}
	d.props["tags"], d.props["titles"] = append([]string{}, r.Tags...), append([]string{}, r.Names...)
	d.props["nameAt"], d.props["named"] = titleText(r.NameKey)+" "+v.Key, r.Named
	maps.Copy(d.props, actorCaption(v.Statement))
	for _, c := range rows.Codes {
		d.add(v, "HOLDS", string(c.Actor), codeKey(c.Code), map[string]any{
			"scheme": c.Code.Scheme, "value": c.Code.Value, "fromDay": dayText(c.Valid.From), "toDay": dayText(c.Valid.To),
		})
	}
	d.components(v, rows)
}

func (d *derivation) components(v version, rows graph.IndexRows) {
	for _, c := range rows.Parts {
		d.add(v, "PART_OF", string(c.Part), string(c.Whole), map[string]any{"fromDay": dayText(c.Period.From), "toDay": dayText(c.Period.To)})
	}
}

func (d *derivation) engagement(v version, e *graph.EngagementRow) {
	at := place(e.Start, v.Key)
	topics := make([]string, len(e.Topics))
	for i, t := range e.Topics {
		topics[i] = string(t)
	}
	traits := func(props map[string]any) map[string]any {
		props["engagementKind"], props["level"], props["topics"] = string(e.Kind), string(e.Level), topics
		edges(props, e.Bounds)
		return props
	}
	traits(d.props)["at"] = "engagement|" + at
	maps.Copy(d.props, factsOf(e))
	maps.Copy(d.props, engagementCaption(v.Statement))
	wide := e.Wide()
	for _, p := range e.Parts {
		from, to := daysText(p.Possible)
		props := traits(map[string]any{
			"at": prefixOf(string(p.Actor)) + at, "role": string(p.Role), "involvement": string(p.Involvement), "side": p.Side,
			"fromDay": from, "toDay": to,
		})
		if wide {
			props["wideAt"] = props["at"]
		}
		d.add(v, "PARTICIPATES_IN", string(p.Actor), v.Key, props)
	}
	for _, pair := range e.Dyads() {
		p, q := e.Parts[pair[0]], e.Parts[pair[1]]
		if q.Actor < p.Actor {
			p, q = q, p
		}
		key := dyadKey(graph.DyadKey{A: p.Actor, B: q.Actor})
		d.add(v, "BETWEEN", v.Key, key, traits(map[string]any{
			"at": key + "|" + at, "alignment": string(graph.AlignmentOf(p.Side, q.Side)),
			"aFrom": dayText(p.Possible.From), "aTo": dayText(p.Possible.To), "bFrom": dayText(q.Possible.From), "bTo": dayText(q.Possible.To),
		}))
	}
	for _, t := range e.Ties {
		from, to := daysText(t.Possible)
		d.add(v, "BEARS_ON", v.Key, dyadKey(t.Dyad), map[string]any{
			"topic": string(t.Topic), "fromDay": from, "toDay": to,
		})
	}
}

// edges gives the days on which the edges of a period may fall.
func edges(props map[string]any, b graph.Bounds) {
	props["startMin"], props["startMax"] = dayText(b.StartMin), dayText(b.StartMax)
	props["endMin"], props["endMax"] = dayText(b.EndMin), dayText(b.EndMax)
}

func codeKey(c graph.Code) string { return strings.ToLower(c.Scheme) + ":" + strings.ToLower(c.Value) }

// dyadKey names a dyad: a|b.
func dyadKey(d graph.DyadKey) string { return unbarred(string(d.A)) + "|" + unbarred(string(d.B)) }

// dyadOrder sorts dyads by a, then b: what stands between the two comes before every other character.
func dyadOrder(d graph.DyadKey) string { return string(d.A) + "\u0001" + string(d.B) }

// longest is how many bytes of a term are kept in an index, which takes no more than 8 KB.
const longest = 6000

// termKey is a term as it is found: a whole name in quotation marks, which no term has in it.
func termKey(t graph.TermRow) string {
	if t.Whole {
		return wholeKey(t.Term)
	}
	return cut(t.Term)
}

func wholeKey(whole string) string { return `"` + cut(whole) + `"` }

func cut(text string) string {
	if len(text) <= longest {
		return text
	}
	return strings.ToValidUTF8(text[:longest], "")
}

// grouped gives rows by type, and the keys of the identities they are between, each once and in order.
type grouped struct {
	rows       map[string][]map[string]any
	identities map[string]map[string]bool // label, key
	dyads      map[string]graph.DyadKey
}

func newGrouped() *grouped {
	g := &grouped{rows: map[string][]map[string]any{}, identities: map[string]map[string]bool{}, dyads: map[string]graph.DyadKey{}}
	for _, label := range identityLabels {
		g.identities[label] = map[string]bool{}
	}
	return g
}

func (g *grouped) add(rows []row) {
	for _, r := range rows {
		t := rowTypes[slices.IndexFunc(rowTypes, func(t rowType) bool { return t.name == r.kind })]
		for _, end := range [][2]any{{t.From, r.from}, {t.To, r.to}} {
			label, _ := end[0].(string)
			if key, ok := end[1].(string); ok && g.identities[label] != nil {
				g.identities[label][key] = true
			}
		}
		if t.To == "Dyad" {
			if key, ok := r.to.(string); ok {
				a, b, _ := strings.Cut(key, "|")
				d := graph.DyadKey{A: graph.ActorKey(barred(a)), B: graph.ActorKey(barred(b))}
				g.dyads[key] = d
				g.identities["Actor"][string(d.A)], g.identities["Actor"][string(d.B)] = true, true
			}
		}
		g.rows[r.kind] = append(g.rows[r.kind], map[string]any{"from": r.from, "to": r.to, "props": r.props})
	}
}

func barred(text string) string { return strings.ReplaceAll(text, "\u0002", "|") }

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, cmp.Compare[string])
	return keys
}
