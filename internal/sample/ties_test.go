package sample_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/sample"
	"github.com/entente-graph/entente/internal/sample/sampletest"
	"github.com/entente-graph/entente/internal/testneeds"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files")

// TestEveryTieOfTheSample folds every tie of the sample at both editions of the dossier and compares with what was read
// and found right by eye: testdata/ties-load-N.txt. Visits and travels, which came after, change none.
func TestEveryTieOfTheSample(t *testing.T) {
	store, loads := sampletest.Dossier(t), []graph.LoadNumber{2, 3}
	if testneeds.Whole() {
		store, loads = sampletest.Store(t), append(loads, 5)
	}
	for _, load := range loads {
		view, err := graph.At(context.Background(), store, graph.SnapshotQuery{Load: &load})
		if err != nil {
			t.Fatal(err)
		}
		got := describeTies(t, view)
		name := filepath.Join("testdata", fmt.Sprintf("ties-load-%d.txt", min(load, 3)))
		if *update && load <= 3 {
			if err := os.MkdirAll("testdata", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestMain(m *testing.M) { sampletest.Main(m) }

func describeTies(t *testing.T, view *graph.View) string {
	t.Helper()
	var b strings.Builder
	for _, nature := range []graph.TieNature{graph.Cooperation, graph.Contention} {
		var after *graph.TiePosition
		for {
			ties, more, err := view.TieList(context.Background(), graph.TieListFilter{Nature: nature}, 100, after)
			if err != nil {
				t.Fatal(err)
			}
			for _, tie := range ties {
				fmt.Fprintf(&b, "%s %s %s %s: %s on %s, %s\n", tie.Dyad.A, tie.Dyad.B, tie.Topic, strings.ToLower(string(nature)), tie.Status, tie.StatusOn, sure(tie.StatusCertain))
				writeSpells(&b, "  ", tie.Spells)
				for _, s := range tie.Strands {
					fmt.Fprintf(&b, "  strand %s: %s, %s\n", s.Name, s.Status, sure(s.StatusCertain))
					writeSpells(&b, "    ", s.Spells)
				}
				after = &graph.TiePosition{Dyad: tie.Dyad, Topic: tie.Topic}
			}
			if !more {
				break
			}
		}
	}
	return b.String()
}

func writeSpells(b *strings.Builder, indent string, spells []*graph.Spell) {
	for _, s := range spells {
		fmt.Fprintf(b, "%s%s %s %s %s", indent, s.Status, s.Period.EDTF(), s.Period.Why, sure(s.Certain))
		if s.StartedBy != "" {
			fmt.Fprintf(b, " from %s", s.StartedBy)
		}
		if s.EndedBy != "" {
			fmt.Fprintf(b, " to %s", s.EndedBy)
		}
		b.WriteString("\n")
	}
}

func sure(certain bool) string {
	if certain {
		return "certain"
	}
	return "not certain"
}

// TestTheFoundingQuestion asks, in the domain's own words, what the sample is there to answer.
func TestTheFoundingQuestion(t *testing.T) {
	ctx := context.Background()
	store := sampletest.Dossier(t)
	load2 := graph.LoadNumber(2)
	for _, c := range []struct {
		asOf   string
		load   *graph.LoadNumber
		status graph.TieStatus
		on     string
	}{
		{"2019-06-01", nil, graph.Suspended, "2019-06-01"},
		{"2024-06-02", nil, graph.Active, "2024-06-02"},
		{"1950-01-01", nil, graph.NoData, "1950-01-01"},
		{"2026-12-31", nil, graph.NoData, "2026-12-31"},
		{"", nil, graph.Active, "2026-05-20"},
		{"", &load2, graph.Suspended, sample.Earlier},
		{"2024-06-02", &load2, graph.NoData, "2024-06-02"},
	} {
		q := graph.SnapshotQuery{Load: c.load}
		if c.asOf != "" {
			day := graph.MustDay(c.asOf)
			q.AsOf = &day
		}
		view, err := graph.At(ctx, store, q)
		if err != nil {
			t.Fatal(err)
		}
		dyad, err := view.Dyad(ctx, "KOR", "JPN")
		if err != nil {
			t.Fatal(err)
		}
		ties, err := view.Ties(ctx, []graph.DyadKey{dyad.Key}, graph.TieFilter{Topics: []graph.Topic{graph.TopicDefense}})
		if err != nil {
			t.Fatal(err)
		}
		tie := ties[dyad.Key][0]
		if tie.Status != c.status || tie.StatusOn.String() != c.on {
			t.Errorf("as of %q at load %v: %s on %s, want %s on %s", c.asOf, c.load, tie.Status, tie.StatusOn, c.status, c.on)
		}
	}
}

// TestContactsOfTheSuspension finds the meetings of the two that went on while exchanges were suspended.
func TestContactsOfTheSuspension(t *testing.T) {
	ctx := context.Background()
	store := sampletest.Dossier(t)
	view, err := graph.At(ctx, store, graph.SnapshotQuery{})
	if err != nil {
		t.Fatal(err)
	}
	key := graph.NewDyadKey("iso3:JPN", "iso3:KOR")
	ties, err := view.Ties(ctx, []graph.DyadKey{key}, graph.TieFilter{Topics: []graph.Topic{graph.TopicDefense}})
	if err != nil {
		t.Fatal(err)
	}
	spells := ties[key][0].Spells
	if len(spells) != 3 {
		t.Fatalf("%d spells, want ACTIVE, SUSPENDED, ACTIVE", len(spells))
	}
	suspension := spells[1]
	if d := suspension.Duration; d.MinDays != 1990 || d.MaxDays == nil || *d.MaxDays != 1990 || !d.Approximate {
		t.Errorf("the suspension lasted %+v, want about 1,990 days", d)
	}
	list, err := view.Contacts(ctx, suspension, graph.EngagementFilter{}, graph.Page{First: 100})
	if err != nil {
		t.Fatal(err)
	}
	days := map[string]bool{}
	for _, e := range list.Items {
		days[e.Base().Period.EDTF()] = true
	}
	for _, day := range []string{"2019-06-01", "2019-11-17", "2023-06-04"} {
		if !days[day] {
			t.Errorf("no meeting of %s among the contacts: %v", day, days)
		}
	}
}
