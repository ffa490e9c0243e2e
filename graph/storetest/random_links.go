package storetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/entente-graph/entente/graph"
)

// linksOf compares the links that some engagements are in with those of the model.
func linksOf(t *rapid.T, s graph.Store, m *model) {
	q := graph.LinkQuery{Load: drawLoad(t, m)}
	for range rapid.IntRange(0, 12).Draw(t, "accounts") {
		q.Accounts = append(q.Accounts, graph.EngagementKey(fmt.Sprintf("e:%03d", rapid.IntRange(0, 60).Draw(t, "account"))))
	}
	var want []string
	for _, r := range m.loads[q.Load] {
		if r.Kind != graph.StatementLink {
			continue
		}
		l, err := graph.Decode[graph.Link](r.Statement)
		must(t, err)
		if slices.ContainsFunc(l.Accounts, func(a graph.EngagementKey) bool { return slices.Contains(q.Accounts, a) }) {
			want = append(want, r.Key)
		}
	}
	found, err := s.Links(context.Background(), q)
	must(t, err)
	var got []string
	for _, r := range found {
		got = append(got, r.Key)
	}
	same(t, "links", got, want)
}

// accountsOf compares what is said of some actors under all keys of theirs, and the identities that say so, with the model's.
func accountsOf(t *rapid.T, s graph.Store, m *model) {
	q := graph.StatementQuery{Load: drawLoad(t, m), Kind: graph.StatementActor, Same: true, Keys: []string{}}
	for _, a := range some(t, "of", m.actors) {
		q.Keys = append(q.Keys, string(a))
	}
	leads := naiveLeads(t, m.loads[q.Load])
	lead := func(key string) graph.ActorKey {
		if l, ok := leads[graph.ActorKey(key)]; ok {
			return l
		}
		return graph.ActorKey(key)
	}
	asked := map[graph.ActorKey]bool{}
	for _, key := range q.Keys {
		asked[lead(key)] = true
	}
	var want []string
	for _, r := range m.loads[q.Load] {
		of := lead(r.Key)
		if r.Kind == graph.StatementIdentity {
			i, err := graph.Decode[graph.Identity](r.Statement)
			must(t, err)
			of = i.Lead
		}
		if (r.Kind == graph.StatementActor || r.Kind == graph.StatementIdentity) && asked[of] {
			want = append(want, recordedText(r))
		}
	}
	found, err := s.Statements(context.Background(), q)
	must(t, err)
	var got []string
	for _, r := range found {
		got = append(got, recordedText(r))
	}
	if !slices.IsSortedFunc(found, func(a, b graph.Recorded) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Source, b.Source))
	}) {
		t.Errorf("not by key and source: %v", got)
	}
	slices.Sort(want)
	slices.Sort(got)
	same(t, "accounts of persons", got, want)
}

func recordedText(r graph.Recorded) string {
	return fmt.Sprintf("%s %s of %s, of load %d, %x", r.Kind, r.Key, r.Source, r.Load, r.Hash)
}

// componentsOf compares the edges below some actors, or also around what they are part of, with those of the model, which has
// none but of identities.
func componentsOf(t *rapid.T, s graph.Store, m *model) {
	q := graph.ComponentQuery{Load: drawLoad(t, m), Of: some(t, "of", m.actors), Wholes: rapid.Bool().Draw(t, "wholes")}
	leads := naiveLeads(t, m.loads[q.Load])
	var want []graph.Component
	for part, whole := range leads {
		asked := slices.Contains(q.Of, whole) || q.Wholes && slices.ContainsFunc(q.Of, func(a graph.ActorKey) bool { return leads[a] == whole })
		if part != whole && asked {
			want = append(want, graph.Component{Part: part, Whole: whole, Period: graph.Always, Same: true})
		}
	}
	slices.SortFunc(want, func(a, b graph.Component) int {
		return cmp.Or(cmp.Compare(a.Whole, b.Whole), cmp.Compare(a.Part, b.Part))
	})
	got, err := s.Components(context.Background(), q)
	must(t, err)
	same(t, "components", got, want)
}
