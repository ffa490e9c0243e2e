package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/terminal"
)

// A sampled thing is what some rows of the files would become, or what is wrong with them.
type sampled struct {
	Key       string           `json:"key,omitempty"`
	Locator   string           `json:"locator,omitempty"` // file and line of its first row
	Kind      string           `json:"kind,omitempty"`    // of statement
	Statement json.RawMessage  `json:"statement,omitempty"`
	Mistakes  []ingest.Mistake `json:"mistakes,omitempty"`
}

// showSample prints what the first things in the files would become, and needs no store.
func (g *ingesting) showSample(c *cobra.Command, src ingest.Source, paths []string) (err error) {
	files, shown, done, err := g.files(c, src, paths)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	things, err := g.sampleOf(c, src, files)
	if err != nil {
		return showPaths(err, shown)
	}
	if g.json {
		return g.app.printJSON(struct {
			Sample []sampled `json:"sample"`
		}{things})
	}
	return g.printSample(things)
}

// sampleOf reads until there are enough things. What a source says of itself is none.
func (g *ingesting) sampleOf(c *cobra.Command, src ingest.Source, files fs.FS) ([]sampled, error) {
	ctx := c.Context()
	found, err := src.Slices(ctx, files)
	if err != nil {
		return nil, err
	}
	things := []sampled{}
	first := map[graph.StatementID]string{}
	for _, s := range found {
		for row, err := range src.Rows(ctx, files, s) {
			if err != nil {
				return nil, err
			}
			st := row.Statement
			if row.LeftOut || len(row.Mistakes) == 0 && (st.Kind == graph.StatementSource || st.Kind == graph.StatementWork) {
				continue
			}
			t := sampled{Key: st.Key, Locator: st.Locator, Kind: string(st.Kind), Statement: st.Body, Mistakes: row.Mistakes}
			if at, twice := first[st.StatementID]; twice && len(row.Mistakes) == 0 {
				t.Mistakes = []ingest.Mistake{{File: st.Locator, Value: st.Key, Rule: "two rows have the key of one thing, so that none of them is loaded", Suggestion: "the other is " + at}}
			}
			if len(row.Mistakes) == 0 {
				first[st.StatementID] = st.Locator
			}
			if things = append(things, t); len(things) == g.sample {
				return things, nil
			}
		}
	}
	return things, nil
}

func (g *ingesting) printSample(things []sampled) error {
	s := g.app.screen()
	all, err := states.Actors()
	if err != nil {
		return err
	}
	names := map[graph.ActorKey]string{}
	for _, a := range all {
		names[a.Key] = graph.NameIn(a.Names, "en", string(a.Key))
	}
	told := map[graph.ActorKey]string{} // the names of those that the files themselves tell of
	bad := 0
	for _, t := range things {
		if len(t.Mistakes) > 0 {
			bad++
			for _, m := range t.Mistakes {
				s.Wrapped("", m.Error())
			}
			s.Line("")
			continue
		}
		s.Printf("%s: %s\n", t.Locator, t.Key)
		if graph.StatementKind(t.Kind) == graph.StatementEngagement {
			e, err := graph.DecodeEngagement(t.Statement)
			if err != nil {
				return err
			}
			for _, p := range e.Base().Participations {
				if names[p.Actor] == "" && told[p.Actor] != "" {
					names[p.Actor] = told[p.Actor]
				}
			}
			sampleTable(e, names).Print(s)
		}
		if graph.StatementKind(t.Kind) == graph.StatementActor {
			var a graph.ActorFacts
			if err := json.Unmarshal(t.Statement, &a); err != nil {
				return err
			}
			told[a.Key] = graph.NameIn(a.Names, "en", string(a.Key))
			s.Printf("  %s: %s\n", lower(a.Kind), told[a.Key])
		}
		if graph.StatementKind(t.Kind) == graph.StatementTenure {
			var held graph.Tenure
			if err := json.Unmarshal(t.Statement, &held); err != nil {
				return err
			}
			sampleTenure(&held, names, told).Print(s)
		}
		s.Line("")
	}
	if bad > 0 {
		s.Printf("%d of %s would go to quarantine. ", bad, counted(len(things), "thing", "things"))
	} else {
		s.Printf("%s. ", counted(len(things), "thing", "things"))
	}
	s.Line("Nothing was loaded.")
	return s.Err()
}

// sampleTenure lays out a tenure that nobody has loaded yet.
func sampleTenure(held *graph.Tenure, names, told map[graph.ActorKey]string) *terminal.Table {
	t := terminal.NewTable("", "")
	who := func(key graph.ActorKey) string {
		name := names[key]
		if name == "" {
			name = told[key]
		}
		if name == "" {
			return string(key)
		}
		return fmt.Sprintf("%s (%s)", key, name)
	}
	facts := [][2]string{{"who", who(held.Person)}, {"office", held.Office}, {"of", who(held.Of)}, {"at", ""}, {"when", sampledPeriod(held.Period)}, {"came in", lower(held.Entry)}, {"left", strings.TrimSpace(lower(held.Exit) + " " + held.ExitHow)}}
	if held.At != "" {
		facts[3][1] = who(held.At)
	}
	for _, f := range facts {
		if f[1] != "" {
			t.Add(terminal.Text("  "+f[0], f[1])...)
		}
	}
	return t
}

// sampleTable lays out an engagement that nobody has loaded yet.
func sampleTable(e graph.Engagement, names map[graph.ActorKey]string) *terminal.Table {
	b := e.Base()
	t := terminal.NewTable("", "")
	fact := func(name, value string) {
		if value != "" {
			t.Add(terminal.Text("  "+name, value)...)
		}
	}
	fact("title", b.Title(""))
	fact("kind", lower(b.Kind)+(&engagementAnswer{engagement: e}).form())
	fact("when", sampledPeriod(b.Period))
	fact("where", b.Place)
	var topics []string
	for _, topic := range b.Topics {
		topics = append(topics, lower(topic))
	}
	fact("topics", strings.Join(topics, ", "))
	label := "who"
	for _, p := range b.Participations {
		text := string(p.Actor)
		if n := names[p.Actor]; n != "" {
			text += " (" + n + ")"
		}
		text += ", " + lower(p.Role)
		for _, more := range []string{p.Side, p.Capacity, p.Position, p.Note} {
			if more != "" {
				text += ", " + more
			}
		}
		if !p.Period.IsZero() {
			text += ", " + sampledPeriod(p.Period)
		}
		fact(label, text)
		label = ""
	}
	if a, ok := e.(*graph.Agreement); ok {
		label = "stages"
		for _, st := range a.Stages {
			text := st.Date.String() + " " + lower(st.Stage)
			if st.Party != "" {
				text += " " + string(st.Party)
			}
			fact(label, text)
			label = ""
		}
	}
	if a, ok := e.(*graph.Agreement); ok {
		label = "owes"
		for _, o := range a.Obligations {
			text := fmt.Sprintf("%s %s to ", o.By, lower(o.Type))
			if o.Toward == "" {
				text += "every other party"
			} else {
				text += string(o.Toward)
			}
			if !o.Period.IsZero() {
				text += ", " + sampledPeriod(o.Period)
			}
			fact(label, text)
			label = ""
		}
	}
	fact("summary", b.Summary)
	label = "cites"
	for _, q := range b.Citations {
		fact(label, strings.TrimPrefix(fmt.Sprintf("%s, %s", q.Work, q.Locator), ", "))
		label = ""
	}
	return t
}

// sampledPeriod is a period with the reason why it has no end.
func sampledPeriod(p graph.Period) string {
	if p.Why != "" {
		return p.EDTF() + " " + lower(p.Why)
	}
	return p.EDTF()
}
