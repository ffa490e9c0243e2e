package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/internal/fielddata"
	"github.com/entente-graph/entente/internal/testneeds"
)

// agreementData are the sources of which several tell of one agreement, and the registry.
var agreementData = []graph.SourceKey{"states", "dossier", "atop", "desta", "gptad", "ieadb", "tfdd"}

// TestPrecisionOfAgreementRules: of each rule, how many of the pairs that a person looked at are one; docs/matching.md says so too
// (UPDATE_README=1 writes it). Pairs without a rule were chosen because they look alike, or because the rules miss them. And what
// lists count with all these sources: each agreement once, and none lost from the lists of its topic.
func TestPrecisionOfAgreementRules(t *testing.T) {
	testneeds.NotEveryday(t)
	data := testneeds.Data(t)
	place := filepath.Join(t.TempDir(), "a.db")
	for _, d := range fielddata.All() {
		if slices.Contains(agreementData, d.Source) {
			loadedReal(t, data, place, d)
		}
	}
	store, err := sqlitestore.Open(place)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	v, err := graph.At(t.Context(), store, graph.SnapshotQuery{})
	if err != nil {
		t.Fatal(err)
	}
	precisionOfAgreements(t, store, v)
	count := func(of []graph.ActorKey, topics ...graph.Topic) int {
		t.Helper()
		list, err := v.Engagements(t.Context(), graph.EngagementFilter{Of: of, Kinds: []graph.EngagementKind{graph.KindAgreement}, Topics: topics}, graph.Page{First: 1, Count: true})
		if err != nil {
			t.Fatal(err)
		}
		return *list.Total
	}
	dyad := []graph.ActorKey{"iso3:CHL", "iso3:KOR"}
	if n := count(dyad, graph.TopicTrade); n != 3 { // desta:196 of 1988, desta:208 = gptad of 2003 and desta:461 = gptad's GSTP
		t.Errorf("%d agreements on trade between Chile and Korea", n)
	}
	if n := count(nil, graph.TopicWater); n != 639 {
		t.Errorf("%d treaties on water, of 639", n)
	}
}

func precisionOfAgreements(t *testing.T, store graph.Store, v *graph.View) {
	t.Helper()
	f, err := os.Open("testdata/agreements.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rule := linkedBy(t, store, v.Load, rows[1:])
	looked, right := map[string]int{}, map[string]int{}
	alike, missed := 0, 0
	for _, r := range rows[1:] {
		by := rule[[2]string{r[1], r[2]}]
		switch {
		case by != r[0]:
			t.Errorf("%s and %s are linked by %q, not by %q", r[1], r[2], by, r[0])
		case by != "":
			looked[by]++
			if r[3] == "same" {
				right[by]++
			} else if r[4] == "" {
				t.Errorf("nothing says why %s and %s are not one", r[1], r[2])
			}
		case r[3] == "same":
			missed++
		default:
			alike++
		}
	}
	table := "| rule | pairs looked at | of one agreement | precision |\n| --- | --- | --- | --- |\n"
	for _, by := range []string{graph.LinkAgreements, graph.LinkAgreementTitles, graph.LinkAgreementParties} {
		percent := 100 * float64(right[by]) / float64(max(1, looked[by]))
		if looked[by] < 15 || percent < 98 {
			t.Errorf("%s: %d of %d pairs are right", by, right[by], looked[by])
		}
		table += fmt.Sprintf("| `%s` | %d | %d | %.1f %% |\n", by, looked[by], right[by], percent)
	}
	table += fmt.Sprintf("\nOf %d pairs that look alike and are not one the rules link 0; %d pairs that are one they leave apart.\n", alike, missed)
	if alike < 40 || missed < 40 {
		t.Errorf("only %d pairs that look alike and are not one, %d that are missed", alike, missed)
	}
	const name = "../../docs/matching.md"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile(`(?s)<!-- precision of agreements -->\n\n.*?\n<!-- end -->`)
	fresh := block.ReplaceAllLiteralString(string(text), "<!-- precision of agreements -->\n\n"+table+"\n<!-- end -->")
	if os.Getenv("UPDATE_README") == "1" {
		if err := os.WriteFile(name, []byte(fresh), 0o644); err != nil { //nolint:gosec // docs are for all to read
			t.Fatal(err)
		}
	} else if fresh != string(text) || !block.Match(text) {
		t.Errorf("docs/matching.md is stale: it should have\n%s", strings.TrimSpace(table))
	}
}

// linkedBy gives by which rule the pairs are linked that are.
func linkedBy(t *testing.T, store graph.Store, at graph.LoadNumber, pairs [][]string) map[[2]string]string {
	t.Helper()
	var keys []graph.EngagementKey
	for _, p := range pairs {
		keys = append(keys, graph.EngagementKey(p[1]), graph.EngagementKey(p[2]))
	}
	found, err := store.Links(t.Context(), graph.LinkQuery{Load: at, Accounts: keys})
	if err != nil {
		t.Fatal(err)
	}
	rule := map[[2]string]string{}
	for _, row := range found {
		l, err := graph.Decode[graph.Link](row.Statement)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pairs {
			if slices.Contains(l.Accounts, graph.EngagementKey(p[1])) && slices.Contains(l.Accounts, graph.EngagementKey(p[2])) {
				rule[[2]string{p[1], p[2]}] = l.Rule
			}
		}
	}
	return rule
}
