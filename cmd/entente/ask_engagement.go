package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/terminal"
)

func (a *app) askEngagementCommand() *cobra.Command {
	q := &asking{app: a}
	c := &cobra.Command{
		Use:   "engagement KEY",
		Short: "what an agreement, dispute, meeting or act was: who took part, what it did, who says what",
		Long: "Prints an engagement with all that is known of it. Keys are those that the other answers print, such as\n" +
			"northeast-asia:radar-incident-2018; entente ask search finds them.",
		Example: "  entente ask engagement northeast-asia:radar-incident-2018\n" +
			"  entente ask engagement northeast-asia:radar-incident-2018 --json",
		Args: exactly("a key"),
		RunE: func(c *cobra.Command, args []string) error {
			return q.answer(c, func(ctx context.Context, v *graph.View) error {
				return q.engagement(ctx, v, graph.EngagementKey(args[0]))
			})
		},
	}
	q.flags(c)
	return c
}

// engagementAnswer is an engagement with what is asserted about it.
type engagementAnswer struct {
	view       *graph.View
	engagement graph.Engagement
	assertions []*graph.Assertion
	accounts   []graph.Engagement // other sources'
	related    []graph.EngagementKey
	names      *namer
	works      map[graph.WorkKey]*graph.Work // of the assertions that a work makes
	notes      *footnotes
}

func (q *asking) engagement(ctx context.Context, v *graph.View, key graph.EngagementKey) error {
	e, err := v.Engagement(ctx, key)
	if err != nil {
		return err
	}
	said, err := v.Assertions(ctx, []graph.EngagementKey{key})
	if err != nil {
		return err
	}
	others, err := v.Accounts(ctx, []graph.EngagementKey{key})
	if err != nil {
		return err
	}
	d := &engagementAnswer{view: v, engagement: e, assertions: said[key], accounts: others[key], notes: &footnotes{}}
	b := e.Base()
	accounts := graph.AccountKeys(b, d.accounts)
	namings, err := v.NamedBy(ctx, accounts)
	if err != nil {
		return err
	}
	var namedBy []graph.Naming
	for _, a := range accounts {
		namedBy = append(namedBy, namings[a]...)
	}
	d.related = graph.RelatedOf(b, d.accounts, namedBy...)
	var actors []graph.ActorKey
	for _, p := range b.Participations {
		actors = append(actors, p.Actor, p.OnBehalfOf)
	}
	engagements := append(append([]graph.EngagementKey(nil), b.PartOf...), d.related...)
	for _, f := range b.Effects {
		actors = append(actors, f.Between...)
		engagements = append(engagements, f.Because...)
	}
	var works []graph.WorkKey
	for _, a := range d.assertions {
		actors = append(actors, a.Author)
		works = append(works, a.Work)
	}
	switch t := e.(type) {
	case *graph.Agreement:
		engagements = append(append(engagements, t.Amends...), t.Replaces...)
		for _, st := range t.Stages {
			actors = append(actors, st.Party)
		}
		for _, o := range t.Obligations {
			actors = append(actors, o.By, o.Toward)
		}
	case *graph.Meeting:
		engagements = append(engagements, t.Outcomes...)
		actors = append(actors, t.Host)
	}
	if d.names, err = newNamer(ctx, v, q.lang, actors, engagements); err != nil {
		return err
	}
	if d.works, err = byKey(ctx, works, v.Works); err != nil {
		return err
	}
	if q.json {
		return q.engagementJSON(ctx, d)
	}
	return q.printEngagement(ctx, d)
}

func (q *asking) printEngagement(ctx context.Context, d *engagementAnswer) error {
	s, b := q.app.screen(), d.engagement.Base()
	s.Title(b.Title(q.lang) + " " + d.notes.mark(graph.Cites(b.Citations, b.Source)))
	s.Printf("%s (%s)\n", b.Key, q.known(d.view))
	s.Line("")
	d.facts(s)
	if b.Summary != "" {
		s.Line("")
		s.Wrapped("", b.Summary)
	}
	d.participations(s)
	d.kindOf(s)
	effects := terminal.NewTable("DATE", "EFFECT", "TOPIC", "BETWEEN", "BECAUSE OF", "NOTE")
	for _, f := range b.Effects {
		what := string(f.Type)
		if f.Extent != "" {
			what += ", " + string(f.Extent)
		}
		topic := lower(f.Topic)
		if f.Strand != "" {
			topic += ": " + f.Strand
		}
		effects.Add(terminal.Text(f.Date.String(), what, topic, d.names.list(f.Between), d.titles(f.Because), f.Note+" "+d.notes.mark(f.Citations))...)
	}
	section(s, "Effects on ties", effects)
	said := terminal.NewTable("DATE", "WHO", "STANCE", "WHAT")
	for _, a := range d.assertions {
		said.Add(terminal.Text(a.Date.String(), d.author(a), lower(a.Stance), a.Text+" "+d.notes.mark(graph.Cites(a.Citations, a.Source)))...)
	}
	section(s, "Who says what", said)
	accounts := terminal.NewTable("SOURCE", "ACCOUNT", "PERIOD", "TITLE")
	for _, e := range d.accounts {
		o := e.Base()
		accounts.Add(terminal.Text(string(o.Source), string(o.Key), o.Period.EDTF(), o.Title(q.lang)+" "+d.notes.mark(graph.Cites(o.Citations, o.Source)))...)
	}
	section(s, "Other accounts of it", accounts)
	if err := d.notes.print(ctx, s, d.view); err != nil {
		return err
	}
	return s.Err()
}

// facts prints the fields that have one value.
func (d *engagementAnswer) facts(s *terminal.Screen) {
	b := d.engagement.Base()
	t := terminal.NewTable("", "")
	fact := func(name, value string) {
		if value != "" {
			t.Add(terminal.Cell{Text: name, Style: terminal.Bold}, terminal.Cell{Text: value})
		}
	}
	fact("kind", lower(b.Kind)+d.form())
	var called []string
	for _, id := range b.Identifiers {
		called = append(called, id.Scheme+" "+id.Value)
	}
	fact("known as", strings.Join(called, ", "))
	fact("when", b.Period.EDTF())
	fact("where", b.Place)
	var topics []string
	for _, topic := range b.Topics {
		topics = append(topics, lower(topic))
	}
	fact("topics", strings.Join(topics, ", "))
	switch e := d.engagement.(type) {
	case *graph.Dispute:
		fact("hostility", intText(e.Hostility))
		fact("fatalities", rangeText(e.Fatalities))
		fact("outcome", e.Outcome)
		fact("settlement", e.Settlement)
	case *graph.Meeting:
		fact("host", d.names.actor(e.Host))
		fact("occasion", e.Occasion)
		fact("outcomes", d.titles(e.Outcomes))
	case *graph.Agreement:
		fact("amends", d.titles(e.Amends))
		fact("replaces", d.titles(e.Replaces))
	case *graph.Act:
		fact("CAMEO", e.CAMEO)
	}
	fact("part of", d.titles(b.PartOf))
	fact("related", d.titles(d.related))
	t.Print(s)
}

// form writes what a kind of engagement adds to its name: agreement, joint statement.
func (d *engagementAnswer) form() string {
	var parts []string
	switch e := d.engagement.(type) {
	case *graph.Agreement:
		parts = []string{lower(e.Form)}
	case *graph.Dispute:
		parts = []string{lower(e.Form)}
	case *graph.Meeting:
		parts = []string{lower(e.Level), lower(e.Format), lower(e.Setting)}
	case *graph.Act:
		parts = []string{lower(e.Type)}
	}
	text := ""
	for _, p := range parts {
		if p != "" {
			text += ", " + p
		}
	}
	return text
}

func (d *engagementAnswer) participations(s *terminal.Screen) {
	t := terminal.NewTable("ACTOR", "ROLE", "SIDE", "FOR", "CAPACITY", "WHEN", "POSITION", "KEY")
	for _, p := range d.engagement.Base().Participations {
		t.Add(terminal.Text(d.names.actor(p.Actor), lower(p.Role), p.Side, d.orNothing(p.OnBehalfOf), p.Capacity,
			strings.TrimPrefix(during(p.Period), ", "), p.Position+note(p.Note), string(p.Actor))...)
	}
	section(s, "Who took part", t)
	if a, ok := d.engagement.(*graph.Agreement); ok && !a.PartiesComplete {
		s.Line("There may be further parties.")
	}
}

// kindOf prints the tables that only one kind of engagement has.
func (d *engagementAnswer) kindOf(s *terminal.Screen) {
	a, ok := d.engagement.(*graph.Agreement)
	if !ok {
		return
	}
	stages := terminal.NewTable("DATE", "STAGE", "PARTY", "NOTE")
	for _, st := range a.Stages {
		stages.Add(terminal.Text(st.Date.String(), lower(st.Stage), d.orNothing(st.Party), st.Note+" "+d.notes.mark(st.Citations))...)
	}
	section(s, "Stages", stages)
	owed := terminal.NewTable("OBLIGATION", "BY", "TOWARD", "WHEN", "CONDITIONS")
	for _, o := range a.Obligations {
		owed.Add(terminal.Text(lower(o.Type), d.names.actor(o.By), d.orNothing(o.Toward), strings.TrimPrefix(during(o.Period), ", "), o.Conditions)...)
	}
	section(s, "Obligations", owed)
}

// author names who asserts: an actor, or the work that says so.
func (d *engagementAnswer) author(a *graph.Assertion) string {
	if a.Author != "" {
		return d.names.actor(a.Author)
	}
	if w := d.works[a.Work]; w != nil {
		if w.Publisher != "" {
			return w.Publisher
		}
		return w.Title
	}
	return string(a.Work)
}

func (d *engagementAnswer) orNothing(key graph.ActorKey) string {
	if key == "" {
		return ""
	}
	return d.names.actor(key)
}

func (d *engagementAnswer) titles(keys []graph.EngagementKey) string {
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = d.names.title(k)
		if parts[i] != string(k) {
			parts[i] += " (" + string(k) + ")"
		}
	}
	return strings.Join(parts, "; ")
}

func intText(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func rangeText(r *graph.Range) string {
	switch {
	case r == nil || r.Low == nil && r.High == nil:
		return ""
	case r.High == nil:
		return fmt.Sprintf("at least %d", *r.Low)
	case r.Low == nil:
		return fmt.Sprintf("at most %d", *r.High)
	case *r.Low == *r.High:
		return strconv.Itoa(*r.Low)
	default:
		return fmt.Sprintf("%d to %d", *r.Low, *r.High)
	}
}

// engagementJSON prints the statement as it is stored, with the names of what it mentions beside it.
func (q *asking) engagementJSON(ctx context.Context, d *engagementAnswer) error {
	b := d.engagement.Base()
	cites := graph.Cites(b.Citations, b.Source)
	works, err := byKey(ctx, worksOf(cites), d.view.Works)
	if err != nil {
		return err
	}
	type assertion struct {
		*graph.Assertion
		AuthorName string `json:"authorName"`
	}
	out := struct {
		State      stateJSON                      `json:"state"`
		Source     graph.SourceKey                `json:"source"`
		Recorded   graph.LoadNumber               `json:"recorded"`
		Engagement graph.Engagement               `json:"engagement"`
		Assertions []assertion                    `json:"assertions"`
		Accounts   []graph.EngagementKey          `json:"accounts,omitempty"` // other sources'
		Actors     map[graph.ActorKey]string      `json:"actors"`
		Titles     map[graph.EngagementKey]string `json:"titles"`
		Citations  []citationJSON                 `json:"citations"`
	}{
		State: stateOf(d.view), Source: b.Source, Recorded: b.Recorded, Engagement: d.engagement, Assertions: []assertion{},
		Actors: map[graph.ActorKey]string{}, Titles: map[graph.EngagementKey]string{}, Citations: citationsJSON(cites, works),
	}
	for _, a := range d.assertions {
		out.Assertions = append(out.Assertions, assertion{a, d.author(a)})
	}
	for _, e := range d.accounts {
		out.Accounts = append(out.Accounts, e.Base().Key)
	}
	for k, a := range d.names.actors {
		out.Actors[k] = a.Name(q.lang)
	}
	for k, e := range d.names.engaged {
		out.Titles[k] = e.Base().Title(q.lang)
	}
	return q.app.printJSON(out)
}
