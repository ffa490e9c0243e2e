package ingest_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// Whatever was loaded before, after a load its slices hold exactly what the files say, other slices what they
// held, the counts add up, and the digest is that of a store that never knew anything else.
func TestALoadLeavesWhatTheFilesSay(t *testing.T) {
	t.Parallel()
	content := rapid.Custom(func(r *rapid.T) map[string]map[string]string {
		all := map[string]map[string]string{}
		taken := map[string]bool{}
		for _, slice := range []string{"a", "b", "c"} {
			lines := rapid.MapOfN(rapid.StringMatching(`[1-9]`), rapid.SampledFrom([]string{"one", "two"}), 0, 4).Draw(r, slice)
			all[slice] = map[string]string{}
			for key, title := range lines {
				if !taken[key] {
					taken[key], all[slice][key] = true, title
				}
			}
		}
		return all
	})
	rounds := 15
	store := open(t)
	ctx := context.Background()
	for round := range rounds {
		want := content.Example(round)
		var pairs, lines []string
		for _, slice := range []string{"a", "b", "c"} {
			text := ""
			for key, title := range want[slice] {
				text += key + " " + title + "\n"
				lines = append(lines, fmt.Sprintf("%s %s %s", slice, key, title))
			}
			pairs = append(pairs, slice, text)
		}
		before := len(holds(t, store))
		report, err := ingest.Load(ctx, options(store, folder(pairs...)))
		if err != nil {
			t.Fatalf("round %d, %s: %v", round, strings.Join(pairs, "|"), err)
		}
		slices.Sort(lines)
		check(t, fmt.Sprintf("round %d", round), strings.Join(holds(t, store), "\n"), strings.Join(lines, "\n"))
		c := report.Counts
		if c.Unchanged+c.Changed+c.Retracted != before || c.Unchanged+c.Changed+c.Added != len(lines) {
			t.Errorf("round %d: %d before, %d after, and the counts are %+v", round, before, len(lines), c)
		}
		fresh := open(t)
		load(t, fresh, folder(pairs...))
		check(t, "the digest", digest(t, store), digest(t, fresh))
	}
}

func digest(t testing.TB, store graph.Store) string {
	t.Helper()
	d, n, err := graph.Digest(context.Background(), store, headNumber(t, store))
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s of %d", d, n)
}
