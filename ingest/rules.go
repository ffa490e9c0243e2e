package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// A rule links accounts of one kind of engagement. What it looks at is sorted, on disk where memory does not reach, and
// it concludes from that alone.
type rule struct {
	kind   graph.EngagementKind
	traits func(graph.Engagement, graph.SourceKey) ([]entry, error) // each under the text by which they are sorted
	links  func(iter.Seq2[entry, error], func(graph.SourceKey) int) ([]graph.Link, error)
}

// rules are all there are, one for each kind of which accounts are linked.
var rules = []rule{
	ruleFor(
		graph.KindMeeting,
		func(e graph.Engagement, source graph.SourceKey) []graph.MeetingTrait {
			m, ok := e.(*graph.Meeting)
			if !ok {
				return nil
			}
			if t, ok := graph.TraitOf(m, source); ok {
				return []graph.MeetingTrait{t}
			}
			return nil
		},
		func(t graph.MeetingTrait) string { // the days since the first day there is, then the key, then the source
			return fmt.Sprintf("%010d %s %s", int64(t.Days.From)-int64(graph.MinDay), t.Key, t.Source)
		},
		graph.ConcludeLinks,
	),
	ruleFor(
		graph.KindDispute,
		func(e graph.Engagement, source graph.SourceKey) []graph.DisputeTrait {
			if d, ok := e.(*graph.Dispute); ok {
				return graph.DisputeTraits(d, source)
			}
			return nil
		},
		func(t graph.DisputeTrait) string {
			return t.Number.Scheme + "\x00" + t.Number.Value + "\x00" + string(t.Key) + "\x00" + string(t.Source)
		},
		graph.ConcludeDisputeLinks,
	),
	ruleFor(
		graph.KindAct,
		func(e graph.Engagement, source graph.SourceKey) []graph.IndependenceTrait {
			if a, ok := e.(*graph.Act); ok {
				return graph.IndependenceTraits(a, source)
			}
			return nil
		},
		func(t graph.IndependenceTrait) string {
			return fmt.Sprintf("%s\x00%010d\x00%s\x00%s", t.Who, int64(t.Begins)-int64(graph.MinDay), t.Key, t.Source)
		},
		graph.ConcludeIndependenceLinks,
	),
	ruleFor(
		graph.KindAgreement,
		func(e graph.Engagement, source graph.SourceKey) []graph.AgreementTrait {
			if a, ok := e.(*graph.Agreement); ok {
				return graph.AgreementTraits(a, source)
			}
			return nil
		},
		func(t graph.AgreementTrait) string {
			return string(t.By) + "\x00" + t.Within + "\x00" + string(t.Key) + "\x00" + string(t.Source)
		},
		graph.ConcludeAgreementLinks,
	),
}

// independences are the acts that a rule looks at. Of acts there may be millions, of these a few hundred: they are found by their
// topic, and what is not of their type is not even decoded.
const (
	independenceTopic = graph.TopicTerritory
	independenceType  = `"type":"` + string(graph.ActIndependence) + `"`
)

// questions are those by which a store finds what the rules for some kinds look at.
func questions(kinds []graph.EngagementKind) (all []graph.EngagementQuery) {
	rest := slices.DeleteFunc(slices.Clone(kinds), func(k graph.EngagementKind) bool { return k == graph.KindAct })
	if len(rest) > 0 {
		all = append(all, graph.EngagementQuery{Kinds: rest})
	}
	if len(rest) < len(kinds) {
		all = append(all, graph.EngagementQuery{Kinds: []graph.EngagementKind{graph.KindAct}, Topics: []graph.Topic{independenceTopic}})
	}
	return all
}

func ruleFor[T any](
	kind graph.EngagementKind, traits func(graph.Engagement, graph.SourceKey) []T, place func(T) string,
	links func(iter.Seq2[T, error], func(graph.SourceKey) int) ([]graph.Link, error),
) rule {
	return rule{
		kind: kind,
		traits: func(e graph.Engagement, source graph.SourceKey) (entries []entry, err error) {
			for _, t := range traits(e, source) {
				body, err := json.Marshal(t)
				if err != nil {
					return nil, err
				}
				entries = append(entries, entry{Statement: graph.Statement{StatementID: graph.StatementID{Key: place(t)}, Body: body}})
			}
			return entries, nil
		},
		links: func(entries iter.Seq2[entry, error], rank func(graph.SourceKey) int) ([]graph.Link, error) {
			return links(func(yield func(T, error) bool) {
				for e, err := range entries {
					var t T
					if err == nil {
						err = json.Unmarshal(e.Body, &t)
					}
					if !yield(t, err) || err != nil {
						return
					}
				}
			}, rank)
		},
	}
}

// linkedKinds are the kinds of engagement that a rule looks at.
func linkedKinds() []graph.EngagementKind {
	kinds := make([]graph.EngagementKind, len(rules))
	for i, r := range rules {
		kinds[i] = r.kind
	}
	return kinds
}

// ranks gives the sources that speak of a kind of engagement with their places in the order of preference.
func (r rule) ranks(sources []*graph.Source) map[graph.SourceKey]int {
	ranks := map[graph.SourceKey]int{}
	for i, s := range sources {
		if slices.ContainsFunc(s.Coverage, func(c graph.Coverage) bool {
			return (len(c.Kinds) == 0 || slices.Contains(c.Kinds, graph.StatementEngagement)) &&
				(len(c.Forms) == 0 || slices.Contains(c.Forms, r.kind))
		}) {
			ranks[s.Key] = i
		}
	}
	return ranks
}

// linker is a rule at work.
type linker struct {
	rule
	ranks map[graph.SourceKey]int
	spool *spool
}

// links concludes by each rule from what is open after the load. Links are between sources: a kind of which one source
// speaks, or none, is not read.
func (a after) links(ctx context.Context, sources []*graph.Source) (links []graph.Link, err error) {
	at := map[graph.EngagementKind]*linker{}
	var kinds []graph.EngagementKind
	defer func() {
		for _, l := range at {
			err = errors.Join(err, l.spool.close())
		}
	}()
	for _, r := range rules {
		if ranks := r.ranks(sources); len(ranks) > 1 {
			at[r.kind], kinds = &linker{r, ranks, newSpool("", spoolBudget)}, append(kinds, r.kind)
		}
	}
	if len(kinds) == 0 {
		return nil, nil
	}
	for s, err := range a.statements(ctx, graph.StatementEngagement, kinds) {
		if err != nil {
			return nil, err
		}
		if l := at[graph.EngagementKind(fieldOf(s.Body, "kind"))]; l != nil {
			if err := l.read(s); err != nil {
				return nil, err
			}
		}
	}
	for _, kind := range kinds {
		found, err := at[kind].conclude(ctx)
		if err != nil {
			return nil, err
		}
		links = append(links, found...)
	}
	return links, nil
}

// read takes in what the rule looks at.
func (l *linker) read(s graph.Statement) error {
	if _, known := l.ranks[s.Source]; !known || l.kind == graph.KindAct && !bytes.Contains(s.Body, []byte(independenceType)) {
		return nil
	}
	e, err := graph.DecodeEngagement(s.Body)
	if err != nil {
		return fmt.Errorf("%s: %w", s.Key, err)
	}
	traits, err := l.traits(e, s.Source)
	if err != nil {
		return err
	}
	for _, t := range traits {
		if err := l.spool.add(t); err != nil {
			return err
		}
	}
	return nil
}

func (l *linker) conclude(ctx context.Context) ([]graph.Link, error) {
	return l.links(l.spool.sorted(ctx), func(s graph.SourceKey) int {
		if r, ok := l.ranks[s]; ok {
			return r
		}
		return math.MaxInt
	})
}
