package graph

import (
	"context"
	"fmt"
	"slices"
)

// livesOf gives the days on which an actor with this existence possibly existed; none where nothing is said of it.
func livesOf(existence []Period) (lives windows) {
	for _, p := range existence {
		lives = append(lives, p.Bounds().Possible())
	}
	return lives
}

// cut gives the days of an interval that are in the windows; without windows nothing is known of them, and it is left whole.
func (ws windows) cut(i Interval) windows {
	if len(ws) == 0 {
		return windows{i}
	}
	var left windows
	for _, w := range ws {
		if days := w.Intersect(i); !days.Empty() && !slices.Contains(left, days) {
			left = append(left, days)
		}
	}
	return left
}

// components gives the edges that a question finds. What is part of another is so on days on which both possibly existed: a part
// whose source does not say since when was not part of a whole that was yet to be.
func (v *View) components(ctx context.Context, q ComponentQuery) ([]Component, error) {
	edges, err := v.r.Components(ctx, q)
	if err != nil {
		return nil, err
	}
	var ends []ActorKey
	for _, e := range edges {
		if !e.Member && !e.Same {
			ends = append(ends, e.Part, e.Whole)
		}
	}
	lives, err := v.lives(ctx, ends)
	if err != nil || len(lives) == 0 {
		return edges, err
	}
	lived := make([]Component, 0, len(edges))
	for _, e := range edges {
		if e.Member || e.Same {
			lived = append(lived, e)
			continue
		}
		days := lives[e.Part].cut(e.Period).overlap(lives[e.Whole].cut(e.Period))
		for i, period := range days {
			if e.Period = period; !slices.Contains(days[:i], period) {
				lived = append(lived, e)
			}
		}
	}
	return lived, nil
}

// lives gives the days on which actors possibly existed, by what any source says: only what none of them allows is certain
// not to have been. Those of whom nobody says it are absent. None is asked about twice.
func (v *View) lives(ctx context.Context, keys []ActorKey) (map[ActorKey]windows, error) {
	found, unknown := v.known.lived(keys)
	if len(unknown) == 0 {
		return found, nil
	}
	rows, err := v.r.Statements(ctx, StatementQuery{Load: v.Load, Kind: StatementActor, Keys: texts(unknown)})
	if err != nil {
		return nil, fmt.Errorf("when %d actors existed: %w", len(unknown), err)
	}
	read := map[ActorKey]windows{}
	for _, row := range rows {
		facts, err := Decode[struct{ Existence []Period }](row.Statement)
		if err != nil {
			return nil, err
		}
		if lives := livesOf(facts.Existence); len(lives) > 0 {
			read[ActorKey(row.Key)] = append(read[ActorKey(row.Key)], lives...)
		}
	}
	for key, lives := range read {
		found[key] = lives
	}
	v.known.live(unknown, read)
	return found, nil
}

// lived gives what is known of the lives of actors, and those of which nobody asked yet, each once.
func (k *knownKeys) lived(keys []ActorKey) (found map[ActorKey]windows, unknown []ActorKey) {
	found = map[ActorKey]windows{}
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, key := range keys {
		switch lives, known := k.lives[key]; {
		case !known:
			unknown = append(unknown, key)
		case len(lives) > 0:
			found[key] = lives
		}
	}
	slices.Sort(unknown)
	return found, slices.Compact(unknown)
}

// live takes in the lives that were read of actors.
func (k *knownKeys) live(keys []ActorKey, read map[ActorKey]windows) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, key := range keys {
		k.lives[key] = read[key]
	}
}
