package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/terminal"
)

func (a *app) askActorCommand() *cobra.Command {
	q := &asking{app: a}
	c := &cobra.Command{
		Use:   "actor KEY",
		Short: "who an actor is: names, codes, existence, what it is part of, who held its offices",
		Long: "Prints what all sources together say of an actor. KEY is a code (KOR, cow:732, cowc:ROK, gw:732) or a\n" +
			"key (org:jmsdf, person:minoru-kihara). With --as-of, what held on that day.",
		Example: "  entente ask actor KOR\n" +
			"  entente ask actor cow:365 --as-of 1990-01-01\n" +
			"  entente ask actor JPN --lang ja --json",
		Args: exactly("a key"),
		RunE: func(c *cobra.Command, args []string) error {
			return q.answer(c, func(ctx context.Context, v *graph.View) error {
				return q.actor(ctx, v, args[0])
			})
		},
	}
	q.flags(c)
	return c
}

// actorAnswer is an actor with the offices that were held: its own, or for a person those it held.
type actorAnswer struct {
	actor   *graph.Actor
	tenures []*graph.Tenure
	more    bool
	names   *namer
	others  []graph.OtherKey // under which sources have the person too
}

func (q *asking) actor(ctx context.Context, v *graph.View, text string) error {
	a, err := v.Actor(ctx, text)
	if err != nil {
		return err
	}
	answer := &actorAnswer{actor: a}
	if len(a.Others) > 0 {
		found, err := v.Identities(ctx, []graph.ActorKey{a.Key})
		if err != nil {
			return err
		}
		if i := found[a.Key]; i != nil {
			answer.others = i.Others()
		}
	}
	filter := graph.TenureFilter{Of: []graph.ActorKey{a.Key}}
	if a.Kind == graph.KindPerson {
		filter = graph.TenureFilter{Persons: []graph.ActorKey{a.Key}}
	}
	held, err := v.Tenures(ctx, filter, graph.Page{First: graph.MaxPage})
	if err != nil {
		return err
	}
	answer.tenures, answer.more = held.Items, held.More
	keys := []graph.ActorKey{a.Key}
	for _, t := range answer.tenures {
		keys = append(keys, t.Person, t.Of)
	}
	for _, p := range a.PartOf {
		keys = append(keys, p.Actor)
	}
	for _, s := range a.Succeeds {
		keys = append(keys, s.Actor)
	}
	if answer.names, err = newNamer(ctx, v, q.lang, keys, nil); err != nil {
		return err
	}
	if q.json {
		return q.actorJSON(ctx, v, answer)
	}
	return q.printActor(ctx, v, answer)
}

func (q *asking) printActor(ctx context.Context, v *graph.View, d *actorAnswer) error {
	s, notes, a := q.app.screen(), &footnotes{}, d.actor
	s.Title(a.Name(q.lang) + " " + notes.mark(a.Citations))
	s.Printf("%s, %s (%s)\n", a.Key, lower(a.Kind), q.known(v))
	if a.Note != "" {
		s.Wrapped("", a.Note)
	}
	facts := terminal.NewTable("", "")
	fact := func(name, value string) {
		if value != "" {
			facts.Add(terminal.Cell{Text: name, Style: terminal.Bold}, terminal.Cell{Text: value})
		}
	}
	fact("exists", periodsText(a.Existence))
	for _, p := range a.PartOf {
		fact("part of", d.names.actor(p.Actor)+" ("+string(p.Actor)+")"+during(p.Period))
	}
	for _, p := range a.Succeeds {
		on := ""
		if !p.Date.IsZero() {
			on = " on " + p.Date.String()
		}
		fact("succeeds", d.names.actor(p.Actor)+" ("+string(p.Actor)+")"+on+note(p.Note))
	}
	if facts.Len() > 0 {
		s.Line("")
		facts.Print(s)
	}
	codes := terminal.NewTable("CODE", "HELD")
	for _, i := range a.Identifiers {
		held := "throughout"
		if !i.Period.IsZero() {
			held = i.Period.EDTF()
		}
		codes.Add(terminal.Text(i.Scheme+":"+i.Value, held)...)
	}
	section(s, "Codes", codes)
	names := terminal.NewTable("LANGUAGE", "NAME", "USED")
	for _, n := range a.Names {
		used := ""
		if !n.Period.IsZero() {
			used = n.Period.EDTF()
		}
		names.Add(terminal.Text(n.Lang, n.Text, used)...)
	}
	section(s, "Names", names)
	others := terminal.NewTable("KEY", "RULE", "BECAUSE")
	for _, o := range d.others {
		others.Add(terminal.Text(string(o.Key), o.Rule, o.Because)...)
	}
	section(s, "Other keys", others)
	d.offices(s, notes)
	if err := notes.print(ctx, s, v); err != nil {
		return err
	}
	return s.Err()
}

// offices prints who held the actor's offices, or which offices the person held.
func (d *actorAnswer) offices(s *terminal.Screen, notes *footnotes) {
	t := terminal.NewTable("WHEN", "OFFICE", "OF", "WHO", "KEY", "CITED")
	for _, o := range d.tenures {
		of, who, key := "", d.names.actor(o.Person), string(o.Person)
		switch {
		case d.actor.Kind == graph.KindPerson:
			of, who, key = d.names.actor(o.Of), "", string(o.Of)
		case o.Of != d.actor.Key: // an office of what was part of it
			of = d.names.actor(o.Of)
		}
		t.Add(terminal.Text(periodText(o.Period), o.Office+note(o.Note), of, who, key, notes.mark(graph.Cites(o.Citations, o.Source)))...)
	}
	section(s, "Offices", t)
	if d.more {
		s.Printf("These are the first %d; GraphQL's officeHolders has them all.\n", len(d.tenures))
	}
}

// during writes a period behind what holds in it; nothing where it always does.
func during(p graph.Period) string {
	if p.IsZero() {
		return ""
	}
	return ", " + p.EDTF()
}

func note(text string) string {
	if text == "" {
		return ""
	}
	return " (" + text + ")"
}

// periodText writes a period; one of which nothing is known is said to be so.
func periodText(p graph.Period) string {
	if p.Start.IsZero() && p.End.IsZero() && p.Why != graph.Ongoing {
		return "(unknown)"
	}
	return p.EDTF()
}

func periodsText(periods []graph.Period) string {
	parts := make([]string, len(periods))
	for i, p := range periods {
		parts[i] = p.EDTF()
	}
	return strings.Join(parts, ", ")
}

func (q *asking) actorJSON(ctx context.Context, v *graph.View, d *actorAnswer) error {
	type named struct {
		actorRef
		Period string `json:"period,omitempty"`
		Note   string `json:"note,omitempty"`
	}
	type otherKey struct {
		Key     graph.ActorKey `json:"key"`
		With    graph.ActorKey `json:"with"`
		Rule    string         `json:"rule"`
		Because string         `json:"because,omitempty"`
	}
	type office struct {
		Key       graph.TenureKey `json:"key"`
		Office    string          `json:"office"`
		Person    actorRef        `json:"person"`
		Of        actorRef        `json:"of"`
		Period    string          `json:"period"`
		Citations []citationJSON  `json:"citations"`
	}
	a := d.actor
	ref := func(k graph.ActorKey) actorRef { return actorRef{k, d.names.actor(k)} }
	keys := worksOf(a.Citations)
	for _, t := range d.tenures {
		keys = append(keys, worksOf(t.Citations)...)
	}
	works, err := byKey(ctx, keys, v.Works)
	if err != nil {
		return err
	}
	out := struct {
		State       stateJSON          `json:"state"`
		Key         graph.ActorKey     `json:"key"`
		Kind        graph.ActorKind    `json:"kind"`
		Name        string             `json:"name"`
		Names       []graph.Name       `json:"names"`
		Identifiers []graph.Identifier `json:"identifiers"`
		OtherKeys   []otherKey         `json:"otherKeys,omitempty"`
		Existence   []string           `json:"existence"`
		PartOf      []named            `json:"partOf"`
		Succeeds    []named            `json:"succeeds"`
		Offices     []office           `json:"offices"`
		Note        string             `json:"note,omitempty"`
		Citations   []citationJSON     `json:"citations"`
	}{
		State: stateOf(v), Key: a.Key, Kind: a.Kind, Name: a.Name(q.lang),
		Names: append([]graph.Name{}, a.Names...), Identifiers: append([]graph.Identifier{}, a.Identifiers...),
		Existence: []string{}, PartOf: []named{}, Succeeds: []named{}, Offices: []office{}, Note: a.Note,
		Citations: citationsJSON(a.Citations, works),
	}
	for _, o := range d.others {
		out.OtherKeys = append(out.OtherKeys, otherKey(o))
	}
	for _, p := range a.Existence {
		out.Existence = append(out.Existence, p.EDTF())
	}
	for _, p := range a.PartOf {
		out.PartOf = append(out.PartOf, named{ref(p.Actor), strings.TrimPrefix(during(p.Period), ", "), ""})
	}
	for _, p := range a.Succeeds {
		out.Succeeds = append(out.Succeeds, named{ref(p.Actor), p.Date.String(), p.Note})
	}
	for _, t := range d.tenures {
		out.Offices = append(out.Offices, office{t.Key, t.Office, ref(t.Person), ref(t.Of), t.Period.EDTF(), citationsJSON(graph.Cites(t.Citations, t.Source), works)})
	}
	return q.app.printJSON(out)
}
