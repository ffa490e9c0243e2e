package sample_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/sample/sampletest"
)

// leastRight is how many of a hundred pairs that a rule links must be of one person, in the sample.
var leastRight = map[string]float64{
	graph.RuleOffice: 100, graph.RuleName: 99, graph.RuleLikeness: 100, graph.RuleTitle: 100,
}

// A pair is of the sample: a person looked at it and said whether it is one. Pairs without a rule were chosen because they look
// alike, or because the rules miss them.
type pair struct{ rule, a, b, verdict, because string }

func pairs(t *testing.T) (all []pair) {
	t.Helper()
	f, err := os.Open("testdata/persons.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		all = append(all, pair{r[0], r[1], r[2], r[3], r[4]})
	}
	return all
}

// Of each rule, how many of the pairs that a person looked at are one; docs/matching.md says so too. UPDATE_README=1 writes it.
func TestPrecisionOfPersonRules(t *testing.T) {
	ctx := t.Context()
	v, err := graph.At(ctx, sampletest.Store(t), graph.SnapshotQuery{})
	if err != nil {
		t.Fatal(err)
	}
	all := pairs(t)
	var keys []graph.ActorKey
	for _, p := range all {
		keys = append(keys, graph.ActorKey(p.a), graph.ActorKey(p.b))
	}
	actors, err := v.Actors(ctx, keys)
	if err != nil {
		t.Fatal(err)
	}
	looked, right := map[string]int{}, map[string]int{}
	alike, wrong, missed := 0, 0, 0
	for _, p := range all {
		a, b := actors[graph.ActorKey(p.a)], actors[graph.ActorKey(p.b)]
		if a == nil || b == nil {
			t.Fatalf("the sample has no %s or no %s", p.a, p.b)
		}
		linked := a.Key == b.Key
		switch {
		case p.rule != "" && !linked:
			t.Errorf("%s and %s were linked by %s, and are not: take the pair out of the sample, or put it among those without a rule", p.a, p.b, p.rule)
		case p.rule != "":
			looked[p.rule]++
			if p.verdict == "same" {
				right[p.rule]++
			} else if p.because == "" {
				t.Errorf("nothing says why %s and %s are not one", p.a, p.b)
			}
		case p.verdict == "different":
			alike++
			if linked {
				wrong++
				t.Errorf("%s and %s are linked: %s", p.a, p.b, p.because)
			}
		case !linked:
			missed++
		}
	}
	if alike < 40 {
		t.Errorf("only %d pairs that look alike and are not one", alike)
	}
	table := "| rule | pairs looked at | of one person | precision |\n| --- | --- | --- | --- |\n"
	for _, rule := range graph.PersonRules {
		least, measured := leastRight[rule]
		if !measured {
			continue
		}
		percent := 100 * float64(right[rule]) / float64(max(1, looked[rule]))
		if percent < least || looked[rule] < 20 {
			t.Errorf("%s: %d of %d pairs are right, which is less than %.0f in a hundred, or too few to tell", rule, right[rule], looked[rule], least)
		}
		table += fmt.Sprintf("| `%s` | %d | %d | %.1f %% |\n", rule, looked[rule], right[rule], percent)
	}
	table += fmt.Sprintf("\nOf %d pairs that look alike and are not one (father and son, mostly) the rules link %d; %d pairs that are one they leave apart.\n", alike, wrong, missed)
	samePrecision(t, "persons", table)
}

// samePrecision compares a table with the one in the documentation.
func samePrecision(t *testing.T, of, table string) {
	t.Helper()
	const name = "../../docs/matching.md"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile(`(?s)<!-- precision of ` + of + ` -->\n\n.*?\n<!-- end -->`)
	fresh := block.ReplaceAllLiteralString(string(text), "<!-- precision of "+of+" -->\n\n"+table+"\n<!-- end -->")
	if !block.Match(text) {
		t.Fatalf("docs/matching.md has no place for the precision of %s", of)
	}
	if fresh != string(text) && os.Getenv("UPDATE_README") == "1" {
		if err := os.WriteFile(name, []byte(fresh), 0o644); err != nil { //nolint:gosec // docs are for all to read
			t.Fatal(err)
		}
		return
	}
	if fresh != string(text) {
		t.Errorf("docs/matching.md is stale: it should have\n%s", strings.TrimSpace(table))
	}
}
