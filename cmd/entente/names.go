package main

import (
	"context"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// namer gives people's names for keys; it asks the graph once for all it will be asked for.
type namer struct {
	lang    string
	actors  map[graph.ActorKey]*graph.Actor
	engaged map[graph.EngagementKey]graph.Engagement
}

func newNamer(ctx context.Context, v *graph.View, lang string, actors []graph.ActorKey, engagements []graph.EngagementKey) (*namer, error) {
	n := &namer{lang: lang}
	var err error
	if n.actors, err = byKey(ctx, actors, v.Actors); err != nil {
		return nil, err
	}
	n.engaged, err = byKey(ctx, engagements, v.EngagementsByKey)
	return n, err
}

// byKey asks for things by their keys, each once. No keys is nothing, where a store would take it for all.
func byKey[K ~string, T any](ctx context.Context, keys []K, ask func(context.Context, []K) (map[K]T, error)) (map[K]T, error) {
	want := slices.DeleteFunc(slices.Clone(keys), func(k K) bool { return k == "" })
	slices.Sort(want)
	if want = slices.Compact(want); len(want) == 0 {
		return nil, nil //nolint:nilnil // a map without entries
	}
	return ask(ctx, want)
}

// actor gives an actor's name, or its key where there is none.
func (n *namer) actor(key graph.ActorKey) string {
	if a := n.actors[key]; a != nil {
		return a.Name(n.lang)
	}
	return string(key)
}

// title gives an engagement's title, or its key.
func (n *namer) title(key graph.EngagementKey) string {
	if e := n.engaged[key]; e != nil {
		return e.Base().Title(n.lang)
	}
	return string(key)
}

// list joins names with commas.
func (n *namer) list(keys []graph.ActorKey) string {
	text := ""
	for i, k := range keys {
		if i > 0 {
			text += ", "
		}
		text += n.actor(k)
	}
	return text
}
