package bibtex

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
)

func TestCitationKeysAreUniqueAndFit(t *testing.T) {
	b := New(nil)
	var got []string
	for _, own := range []string{"a:b", "a{b", "a,b", "A:B", "日本"} {
		got = append(got, b.key(own))
	}
	if diff := cmp.Diff([]string{"a:b", "a-b", "a-b-2", "A:B-2", "--"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestAnEntryOfTheSourceIsUsedOnlyWhole(t *testing.T) {
	for entry, want := range map[string]bool{
		"@book{a, title = {x}}": true, "@book{a, title = {x}": false, "@book{a, title = x}}": false,
		"@book{a, t = {x}} @book{b, t = {y}}": false, "": true,
	} {
		if got := balanced(entry); got != want {
			t.Errorf("%q: %v", entry, got)
		}
	}
}

func TestState(t *testing.T) {
	var text strings.Builder
	b := New(&text)
	b.Comment("of someone@example.org\nand more")
	day := graph.DayOf(time.Date(2019, 6, 1, 0, 0, 0, 0, time.UTC))
	b.State(graph.Load{Number: 3, Recorded: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}, &day, []string{"spells/1"}, "/graphql?load=3")
	const want = `% of someone(at)example.org
% and more

@misc{entente-load-3-2019-06-01,
  title        = {{Entente: a knowledge graph of diplomatic relations}},
  date         = {2026-01-02},
  year         = {2026},
  month        = jan,
  note         = {Load 3, as of 2019-06-01, rules spells/1, answered again at the path /graphql?load=3}
}
`
	if d := cmp.Diff(want, text.String()); d != "" || b.Err() != nil {
		t.Errorf("%v, -want +got\n%s", b.Err(), d)
	}
}
