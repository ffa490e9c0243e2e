package server

import (
	"context"
	"io"
	"slices"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/bibtex"
)

// besides is what stands behind a table: the sources its ties were concluded from, and the works its rows name.
type besides struct {
	Sources []*graph.Source // most preferred first
	Works   []*graph.Work   // in the order in which rows first name them
}

func newBesides(ctx context.Context, t *tieTable) (*besides, error) {
	used := map[graph.SourceKey]bool{}
	for _, tie := range t.Ties {
		for _, key := range tie.Sources {
			used[key] = true
		}
	}
	all, err := t.View.Sources(ctx)
	if err != nil {
		return nil, err
	}
	var keys []graph.WorkKey
	for _, r := range t.Rows {
		for _, key := range r.Sources {
			if slices.ContainsFunc(all, func(s *graph.Source) bool { return string(s.Key) == key }) {
				used[graph.SourceKey(key)] = true
			} else if !slices.Contains(keys, graph.WorkKey(key)) {
				keys = append(keys, graph.WorkKey(key))
			}
		}
	}
	b := &besides{Sources: slices.DeleteFunc(all, func(s *graph.Source) bool { return !used[s.Key] })}
	if len(keys) == 0 {
		return b, nil
	}
	works, err := t.View.Works(ctx, keys)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		if w := works[key]; w != nil {
			b.Works = append(b.Works, w)
		}
	}
	return b, nil
}

// tieMeta is what JSON says beside the rows.
type tieMeta struct {
	Load      graph.LoadNumber `json:"load"`
	AsOf      *graph.Day       `json:"asOf"` // null: nothing was cut
	Rule      string           `json:"rule"`
	Program   string           `json:"program"`
	Permalink string           `json:"permalink"`
	BibTeX    string           `json:"bibtex"`
	Nature    graph.TieNature  `json:"nature"`
	Actors    [2]actorMeta     `json:"actors"` // in the order of the columns
	Ties      []statusMeta     `json:"ties"`
	Sources   []sourceMeta     `json:"sources"`
	Columns   []string         `json:"columns"`
}

type actorMeta struct {
	Key   graph.ActorKey `json:"key"`
	Name  string         `json:"name"`
	CCode number         `json:"ccode"`
	ISO3C text           `json:"iso3c"`
}

// statusMeta is how a tie stands on a day: the day asked for, or the last that its sources cover.
type statusMeta struct {
	Topic         graph.Topic       `json:"topic"`
	Status        graph.TieStatus   `json:"status"`
	StatusOn      text              `json:"statusOn"`
	StatusCertain bool              `json:"statusCertain"`
	Spells        int               `json:"spells"`
	Contested     int               `json:"contested"` // effects of less preferred sources, which are not folded
	Sources       []graph.SourceKey `json:"sources"`
}

type sourceMeta struct {
	Key       graph.SourceKey `json:"key"`
	Title     string          `json:"title"`
	Version   string          `json:"version"`
	Publisher text            `json:"publisher"`
	License   text            `json:"license"`
	URL       text            `json:"url"`
}

func metaOf(t *tieTable, q tieQuestion, more *besides) tieMeta {
	m := tieMeta{
		Load: q.state.Load, AsOf: q.state.AsOf, Rule: graph.RuleSpells, Program: q.version,
		Permalink: q.permalink("json"), BibTeX: q.permalink("bib"), Nature: q.filter.Nature,
		Ties: []statusMeta{}, Sources: []sourceMeta{}, Columns: tieColumns,
	}
	p := t.pair(q.dyad)
	for i, s := range []side{p.first, p.second} {
		m.Actors[i] = actorMeta{Key: s.key, Name: string(s.key), CCode: s.ccode, ISO3C: s.iso3c}
		if a := t.Actors[s.key]; a != nil {
			m.Actors[i].Name = a.Name("en")
		}
	}
	for _, tie := range t.Ties {
		status := statusMeta{
			Topic: tie.Topic, Status: tie.Status, StatusCertain: tie.StatusCertain, Spells: len(tie.Spells),
			Contested: len(tie.Contested), Sources: append([]graph.SourceKey{}, tie.Sources...),
		}
		if on, err := tie.StatusOn.MarshalText(); err == nil { // a bound of time is no day, and never shown
			status.StatusOn = text(on)
		}
		m.Ties = append(m.Ties, status)
	}
	for _, s := range more.Sources {
		m.Sources = append(m.Sources, sourceMeta{s.Key, s.Title, s.Version, text(s.Publisher), text(s.License), text(s.URL)})
	}
	return m
}

// writeTieBib writes what is to be cited for a table: an entry for each of its sources and each work its rows name,
// under the keys that stand in the column sources.
func writeTieBib(w io.Writer, t *tieTable, q tieQuestion, more *besides) error {
	b := bibtex.New(w)
	b.Comment("What stands behind %s\n%d rows, load %d, rule %s", q.permalink("csv"), len(t.Rows), q.state.Load, graph.RuleSpells)
	for _, s := range more.Sources {
		b.Source(s)
	}
	for _, work := range more.Works {
		b.Work(work)
	}
	return b.Err()
}
