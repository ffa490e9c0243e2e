package dossier

import (
	"context"
	"flag"
	"os"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/form"
)

var update = flag.Bool("update", false, "write the expected output of the tests anew")

// free says of every id that nothing else is called so.
func free(string) bool { return false }

// testStates is what the registry says of the states that the tests name.
func testStates() ([]graph.ActorFacts, error) {
	state := func(key, name, iso2, cow string) graph.ActorFacts {
		return graph.ActorFacts{
			Key: graph.ActorKey("iso3:" + key), Kind: graph.KindState,
			Names: []graph.Name{{Text: name, Lang: "en"}},
			Identifiers: []graph.Identifier{
				{Scheme: "iso3", Value: key}, {Scheme: "iso2", Value: iso2}, {Scheme: "cow", Value: cow}, {Scheme: "gw", Value: cow},
			},
		}
	}
	russia, union := state("RUS", "Russia", "RU", "365"), state("SUN", "Soviet Union", "SU", "365")
	end, begin := graph.MustDate("1991-12-25"), graph.MustDate("1991-12-26")
	for i := 2; i < 4; i++ {
		russia.Identifiers[i].Period = graph.Period{Start: begin, Why: graph.Ongoing}
		union.Identifiers[i].Period = graph.Period{Start: graph.MustDate("1922-12-30"), End: end}
	}
	return []graph.ActorFacts{
		russia, union,
		state("JPN", "Japan", "JP", "740"), state("KOR", "South Korea", "KR", "732"), state("PRK", "North Korea", "KP", "731"),
		state("CHN", "China", "CN", "710"), state("USA", "United States", "US", "2"), state("AUS", "Australia", "AU", "900"),
		state("ARG", "Argentina", "AR", "160"), state("CHL", "Chile", "CL", "155"), state("FRA", "France", "FR", "220"),
	}, nil
}

// statementsOf loads one file, which must have no mistake.
func statementsOf(t testing.TB, name string, src []byte) []graph.Statement {
	t.Helper()
	s := New(testStates, free)
	files := fstest.MapFS{name: {Data: src}}
	slices, err := s.Slices(context.Background(), files)
	if err != nil {
		t.Fatalf("slices of %s: %v", name, err)
	}
	var out []graph.Statement
	for _, slice := range slices {
		for row, err := range s.Rows(context.Background(), files, slice) {
			if err != nil {
				t.Fatalf("rows of %s:\n%v", name, err)
			}
			if len(row.Mistakes) > 0 {
				t.Fatalf("a dossier has no quarantine: %v", row.Mistakes)
			}
			out = append(out, row.Statement)
		}
	}
	return out
}

func count(statements []graph.Statement) map[string]int {
	n := map[string]int{}
	for _, s := range statements {
		n[string(s.Kind)]++
	}
	return n
}

func TestShippedDossierLoads(t *testing.T) {
	all := statementsOf(t, NortheastAsiaFile, NortheastAsia)
	seen := map[graph.StatementID]bool{}
	for i, s := range statementsOf(t, NortheastAsiaFile, NortheastAsia) {
		if seen[s.StatementID] {
			t.Errorf("%s %s is there twice", s.Kind, s.Key)
		}
		seen[s.StatementID] = true
		if s.Hash != all[i].Hash {
			t.Errorf("read again, %s %s says something else", s.Kind, s.Key)
		}
	}
	n := count(all)
	want := map[string]int{"source": 1, "work": 382, "actor": 149, "tenure": 80, "engagement": 77 + 23 + 97 + 126, "assertion": 70}
	for kind, w := range want {
		if n[kind] != w {
			t.Errorf("%d statements of kind %s, want %d", n[kind], kind, w)
		}
	}
	kinds := map[graph.EngagementKind]int{}
	for _, s := range all {
		if s.Kind != graph.StatementEngagement {
			continue
		}
		e, err := graph.DecodeEngagement(s.Body)
		if err != nil {
			t.Fatal(err)
		}
		kinds[e.Base().Kind]++
	}
	for kind, w := range map[graph.EngagementKind]int{graph.KindAgreement: 77, graph.KindDispute: 23, graph.KindMeeting: 97, graph.KindAct: 126} {
		if kinds[kind] != w {
			t.Errorf("%d of kind %s, want %d", kinds[kind], kind, w)
		}
	}
}

func BenchmarkShippedDossier(b *testing.B) {
	for b.Loop() {
		statementsOf(b, NortheastAsiaFile, NortheastAsia)
	}
}

func TestExampleLoads(t *testing.T) {
	name, text := New(testStates, free).Example()
	if n := count(statementsOf(t, name, text)); n["engagement"] != 1 || n["work"] != 1 {
		t.Errorf("the example says %v", n)
	}
	lines := 0
	for _, c := range text {
		if c == '\n' {
			lines++
		}
	}
	if lines != 5 {
		t.Errorf("the example has %d lines, want five", lines)
	}
}

// golden compares with the file, or writes it under -update.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test -run %s -update writes it)", err, t.Name())
	}
	if got != string(want) {
		t.Errorf("%s differs\n--- got\n%s\n--- want\n%s", path, got, want)
	}
}

// What northeast-asia/README.md promises of the file, and the check of every dossier does not ask for.
func TestShippedDossierIsAsItsReadmeSays(t *testing.T) {
	root := mustParse(t, NortheastAsia)
	cited := map[string]int{}
	parents := map[string][]string{}
	for _, a := range root.List("actors") {
		for _, p := range a.List("part_of") {
			parents[a.Str("key")] = append(parents[a.Str("key")], form.TextOf(p, "actor"))
		}
	}
	entries := map[string]*form.Node{}
	for _, section := range entrySections {
		for _, e := range root.List(section) {
			entries[e.Str("id")] = e
			cited[e.Str("id")] = len(e.List("cite"))
			if section != "works" && cited[e.Str("id")] == 0 {
				t.Errorf("%s has no citation", e.Str("id"))
			}
		}
	}
	for _, founding := range []string{"jpn-kor-defence-joint-statement-2024", "jpn-kor-defence-2024-06-01", "radar-lock-on", "radar-incident-2018", "suspension-defence-exchanges-2019"} {
		if cited[founding] < 4 {
			t.Errorf("%s of the founding case has %d citations, want four or more", founding, cited[founding])
		}
	}
	for _, m := range root.List("meetings") {
		present := map[string]bool{}
		for _, p := range m.List("participants") {
			present[form.TextOf(p, "actor")] = true
		}
		var comes func(key string) bool
		comes = func(key string) bool {
			return present[key] || slices.ContainsFunc(parents[key], comes)
		}
		for _, outcome := range m.List("outcomes") {
			for _, p := range entries[outcome.Text].List("parties") {
				if !comes(form.TextOf(p, "actor")) {
					t.Errorf("%s led to %s, but %s took no part", m.Str("id"), outcome.Text, form.TextOf(p, "actor"))
				}
			}
		}
	}
	unread := 0
	for _, w := range root.List("works") {
		if w.Str("read") == "false" {
			unread++
		}
	}
	if unread != 9 {
		t.Errorf("%d works nobody read, want 9", unread)
	}
}
