package neo4jstore

import (
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// Captions are what people see of a thing who look into the database. No question of ours reads them: they are kept with
// each statement, and shown by what it is about once the load is visible.

func actorCaption(s graph.Statement) map[string]any {
	a, err := graph.Decode[graph.ActorFacts](s)
	if err != nil {
		return nil // graph.Index has read it, so it can be read
	}
	return map[string]any{"caption": nameOfAny(a.Names)}
}

// tenureCaption is of the row itself: the office, and the tenure's dates as given; for an end that is absent, why.
func tenureCaption(s graph.Statement) map[string]any {
	t, err := graph.Decode[graph.Tenure](s)
	if err != nil {
		return nil // as above
	}
	return periodCaption(t.Period, map[string]any{"office": t.Office})
}

// membershipCaption is of the row itself, likewise.
func membershipCaption(s graph.Statement) map[string]any {
	m, err := graph.Decode[graph.Membership](s)
	if err != nil {
		return nil // as above
	}
	return periodCaption(m.Period, map[string]any{})
}

// periodCaption adds the dates as given; for an end that is absent, why.
func periodCaption(p graph.Period, to map[string]any) map[string]any {
	to["start"], to["end"] = p.Start.String(), p.End.String()
	if p.End.IsZero() {
		to["end"] = string(p.Why)
	}
	return to
}

func engagementCaption(s graph.Statement) map[string]any {
	e, err := graph.DecodeEngagement(s.Body)
	if err != nil {
		return nil // as above
	}
	b := e.Base()
	effects := []string{}
	for _, f := range b.Effects {
		words := []string{string(f.Type), string(f.Topic), f.Date.String()}
		for _, a := range f.Between {
			words = append(words, string(a))
		}
		effects = append(effects, strings.Join(words, " "))
	}
	shown := map[string]any{
		"caption": nameOfAny(b.Titles), "captionStart": b.Period.Start.String(), "captionEnd": b.Period.End.String(), "captionEffects": effects,
	}
	if a, ok := e.(*graph.Agreement); ok {
		stages := []string{}
		for _, st := range a.Stages {
			stages = append(stages, strings.TrimSpace(string(st.Stage)+" "+st.Date.String()))
		}
		shown["captionStages"] = stages
		shown["captionInForceFrom"], shown["captionInForceTo"] = inForce(a)
	}
	return shown
}

// inForce gives the first day on which an agreement was in force for certain, and the day from which on that is no longer
// so: its first stretch. Empty: it never was.
func inForce(a *graph.Agreement) (from, to string) {
	var days []graph.Day
	for _, st := range a.Stages {
		if !st.Date.IsZero() {
			days = append(days, st.Date.PossibleEarliest(), st.Date.PossibleLatest())
		}
	}
	if end := a.Period.End; !end.IsZero() {
		days = append(days, end.PossibleEarliest()+1, end.PossibleLatest()+1)
	}
	slices.Sort(days)
	for _, d := range days {
		is := a.InForce(d)
		switch holds := is != nil && *is; {
		case holds && from == "":
			from = dayText(d)
		case !holds && from != "":
			return from, dayText(d)
		}
	}
	if from != "" {
		to = lastDay
	}
	return from, to
}

// nameOfAny is the English name, else the first.
func nameOfAny(names []graph.Name) string {
	for _, n := range names {
		if n.Lang == "en" {
			return n.Text
		}
	}
	if len(names) > 0 {
		return names[0].Text
	}
	return ""
}
