package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/terminal"
)

func (a *app) askDyadCommand() *cobra.Command {
	q := &dyadQuestion{asking: asking{app: a}}
	c := &cobra.Command{
		Use:   "dyad KEY KEY",
		Short: "how the ties of two actors developed: their spells, what began and ended each, and who says so",
		Long: "Prints the ties of two actors, each as its spells: stretches of one status, with what began and\n" +
			"ended them. Dates are as precise as their sources: ~ is approximate, ? uncertain. Keys are codes\n" +
			"(JPN, cow:740, gw:732, iso2:KR) or keys (org:jmsdf); entente ask search finds them.",
		Example: "  entente ask dyad JPN KOR --topic defense\n" +
			"  entente ask dyad JPN KOR --topic defense --as-of 2019-06-01\n" +
			"  entente ask dyad JPN KOR --topic defense --load 2\n" +
			"  entente ask dyad KOR PRK --nature contention --json",
		Args: exactly("a key", "a second key"),
		RunE: func(c *cobra.Command, args []string) error {
			filter, err := q.filter()
			if err != nil {
				return err
			}
			return q.answer(c, func(ctx context.Context, v *graph.View) error {
				return q.run(ctx, v, args[0], args[1], filter)
			})
		},
	}
	q.flags(c)
	c.Flags().StringSliceVar(&q.topics, "topic", nil, "a topic, such as defense; several with commas (default: all on which there is a tie)")
	c.Flags().StringVar(&q.nature, "nature", "cooperation", "what the tie is made of: cooperation or contention")
	complete(c, "topic", lowered(graph.Topics))
	complete(c, "nature", lowered([]graph.TieNature{graph.Cooperation, graph.Contention}))
	c.Flags().BoolVar(&q.contacts, "contacts", false, "list the meetings of the two during each spell")
	return c
}

// complete offers the values of a flag to shells.
func complete(c *cobra.Command, flag string, values []string) {
	err := c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	if err != nil {
		panic(err) // the flag was defined the line before
	}
}

func lowered[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = lower(v)
	}
	return out
}

type dyadQuestion struct {
	asking
	topics   []string
	nature   string
	contacts bool
}

// filter reads which ties are asked for.
func (q *dyadQuestion) filter() (graph.TieFilter, error) {
	var f graph.TieFilter
	for _, text := range q.topics {
		t, err := graph.ParseTopic(text)
		if err != nil {
			return f, fmt.Errorf("--topic: %w", err)
		}
		f.Topics = append(f.Topics, t)
	}
	switch f.Nature = graph.TieNature(strings.ToUpper(q.nature)); f.Nature {
	case graph.Cooperation, graph.Contention:
		return f, nil
	}
	return f, graph.BadInput("--nature: %q is neither cooperation nor contention", q.nature)
}

// dyadAnswer is what the graph says, before it is printed.
type dyadAnswer struct {
	view     *graph.View
	a, b     graph.ActorKey // in the order asked
	ties     []*graph.Tie
	names    *namer
	contacts map[*graph.Spell][]graph.Engagement
}

func (q *dyadQuestion) run(ctx context.Context, v *graph.View, a, b string, filter graph.TieFilter) error {
	d, err := v.Dyad(ctx, a, b)
	if err != nil {
		return err
	}
	keys, err := v.Resolve(ctx, a, b)
	if err != nil {
		return err
	}
	found, err := v.Ties(ctx, []graph.DyadKey{d.Key}, filter)
	if err != nil {
		return err
	}
	answer := &dyadAnswer{view: v, a: keys[0], b: keys[1], ties: found[d.Key]}
	if q.contacts {
		if err := answer.meet(ctx); err != nil {
			return err
		}
	}
	if answer.names, err = answer.name(ctx, q.lang); err != nil {
		return err
	}
	if q.json {
		return q.printJSON(ctx, answer)
	}
	return q.print(ctx, answer)
}

// meet asks for the contacts of every spell.
func (d *dyadAnswer) meet(ctx context.Context) error {
	d.contacts = map[*graph.Spell][]graph.Engagement{}
	for _, t := range d.ties {
		for _, s := range t.Spells {
			page := graph.Page{First: graph.MaxPage}
			for {
				list, err := d.view.Contacts(ctx, s, graph.EngagementFilter{}, page)
				if err != nil {
					return err
				}
				d.contacts[s] = append(d.contacts[s], list.Items...)
				if !list.More || len(list.Position) == 0 {
					break
				}
				page.After = &list.Position[len(list.Position)-1]
			}
		}
	}
	return nil
}

// name asks for the names of all that the answer mentions.
func (d *dyadAnswer) name(ctx context.Context, lang string) (*namer, error) {
	var engagements []graph.EngagementKey
	for _, t := range d.ties {
		for _, s := range allSpells(t) {
			engagements = append(engagements, s.StartedBy, s.EndedBy)
			engagements = append(engagements, s.Basis...)
			for _, e := range []*graph.Effect{s.Began, s.Ended} {
				if e != nil {
					engagements = append(engagements, e.Because...)
				}
			}
			for _, p := range s.Phases {
				engagements = append(engagements, p.Began.Carrier)
			}
		}
		for _, e := range t.Contested {
			engagements = append(engagements, e.Carrier)
		}
	}
	return newNamer(ctx, d.view, lang, []graph.ActorKey{d.a, d.b}, engagements)
}

// allSpells gives the spells of the topic itself and of its strands.
func allSpells(t *graph.Tie) []*graph.Spell {
	all := append([]*graph.Spell(nil), t.Spells...)
	for _, s := range t.Strands {
		all = append(all, s.Spells...)
	}
	return all
}

// cites gives what a spell's line rests on: the citations of what began and what ended it.
func (d *dyadAnswer) cites(s *graph.Spell) (began, ended []graph.Citation) {
	return d.citesOf(s.Began, s.StartedBy), d.citesOf(s.Ended, s.EndedBy)
}

// citesOf gives the citations of an effect, or where it has none, of the engagement that carries it.
func (d *dyadAnswer) citesOf(e *graph.Effect, carrier graph.EngagementKey) []graph.Citation {
	held := d.names.engaged[carrier]
	if e != nil {
		return e.Cites(held)
	}
	if held != nil {
		return graph.Cites(held.Base().Citations, held.Base().Source)
	}
	return nil
}

// statusText writes a status as a table shows it: SUSPENDED, PARTIAL.
func statusText(s *graph.Spell) string {
	if s.Extent != "" {
		return string(s.Status) + ", " + string(s.Extent)
	}
	return string(s.Status)
}

// statusStyle is the colour of a status.
func statusStyle(s graph.TieStatus) terminal.Style {
	switch s {
	case graph.Active:
		return terminal.Green
	case graph.Suspended:
		return terminal.Yellow
	case graph.Ended:
		return terminal.Red
	default:
		return terminal.Dim
	}
}

// endText writes the end of a period: its date, or why there is none.
func endText(p graph.Period) string {
	if !p.End.IsZero() {
		return p.End.String()
	}
	switch p.Why {
	case graph.Ongoing:
		return "(goes on)"
	case graph.Censored:
		return "(no later data)"
	default:
		return "(unknown)"
	}
}

// startText writes the start of a period.
func startText(p graph.Period) string {
	if p.Start.IsZero() {
		return "(unknown)"
	}
	return p.Start.String()
}

// daysText writes a duration: 1,990 days, about 1,990 days, 335 to 700 days.
func daysText(d graph.Duration) string {
	if d.MaxDays == nil {
		return ""
	}
	text := terminal.Comma(*d.MaxDays)
	if d.MinDays != *d.MaxDays {
		text = terminal.Comma(d.MinDays) + "–" + text
	}
	if d.Approximate {
		text = "~" + text
	}
	return text
}
