package permanent

import (
	"errors"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/entente-graph/entente/graph"
)

func TestGround(t *testing.T) {
	g := Ground{Store: "abc", Erased: 6}
	own, err := url.ParseQuery(g.Params())
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Check(own); err != nil {
		t.Errorf("its own address is refused: %v", err)
	}
	for _, c := range []struct {
		asked string
		kind  error
	}{
		{"", nil},
		{"erased=6", nil},
		{"rule=spells/1", nil},
		{"store=other", graph.ErrGone},
		{"erased=0", graph.ErrGone},
		{"erased=7", graph.ErrInvalid},
		{"erased=x", graph.ErrInvalid},
		{"rule=spells/0", graph.ErrGone},
		{"rule=spells/99", graph.ErrInvalid},
		{"rule=other/1", graph.ErrInvalid},
		{"rule=spells/1&rule=spells/0", graph.ErrGone},
	} {
		asked, err := url.ParseQuery(c.asked)
		if err != nil {
			t.Fatal(err)
		}
		if got := g.Check(asked); c.kind == nil && got != nil || !errors.Is(got, c.kind) {
			t.Errorf("%s: %v, want %v", c.asked, got, c.kind)
		}
	}
}

func TestEarlierRulesAreGone(t *testing.T) {
	held := []string{"spells/3", "series/1"}
	for rule, kind := range map[string]error{
		"spells/3": nil, "series/1": nil, "spells/2": graph.ErrGone, "spells/1": graph.ErrGone,
		"series/2": graph.ErrInvalid, "spells": graph.ErrInvalid, "spells/x": graph.ErrInvalid,
	} {
		if err := checkRule(rule, held); kind == nil && err != nil || !errors.Is(err, kind) {
			t.Errorf("%s: %v, want %v", rule, err, kind)
		}
	}
}

func TestTags(t *testing.T) {
	seen := map[string]bool{}
	for _, tag := range []string{
		Ground{Store: "a"}.Tag("x", "y"), Ground{Store: "a"}.Tag("xy"), Ground{Store: "a"}.Tag("x", "", "y"),
		Ground{Store: "b"}.Tag("x", "y"), Ground{Store: "a", Erased: 1}.Tag("x", "y"),
	} {
		if seen[tag] {
			t.Errorf("the tag %s twice", tag)
		}
		seen[tag] = true
	}
	tag := Ground{}.Tag("x")
	packed := tag[:len(tag)-1] + PackedTag + `"`
	for sent, want := range map[string]string{tag: tag, "W/" + tag: tag, `"a", ` + packed: packed, `"a"`: "", "": ""} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("If-None-Match", sent)
		if got, ok := Held(r, tag); got != want || ok != (want != "") {
			t.Errorf("If-None-Match: %s: %q", sent, got)
		}
	}
}
