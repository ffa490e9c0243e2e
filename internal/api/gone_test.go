package api

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/sample/sampletest"
)

// What was erased is GONE, in every state of the graph and however it is asked for, with when and why; what names it
// stays.
func TestWhatWasErasedIsGone(t *testing.T) {
	ctx := context.Background()
	store := sampletest.Open(t, sampletest.Copy(t, sampletest.DossierPath(t)))
	const incident, person = "northeast-asia:radar-incident-2018", "person:minoru-kihara"
	h := New(Config{Reader: store, Logger: quiet(t)})
	r := post(t, h, `{ engagement(key: "`+incident+`") { id } actor(key: "`+person+`") { id } }`, nil)
	ids := []any{r.field(t, "engagement", "id"), r.field(t, "actor", "id")}
	load, err := store.Erase(ctx, graph.EraseOrder{Reason: "a person asked", IDs: []graph.StatementID{
		{Source: "northeast-asia", Kind: graph.StatementEngagement, Key: incident},
		{Source: "northeast-asia", Kind: graph.StatementActor, Key: person},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, document := range []string{
		`{ engagement(key: "` + incident + `") { key } }`,
		`{ actor(key: "` + person + `") { key } }`,
		`{ snapshot(load: 2) { engagement(key: "` + incident + `") { key } } }`,
		`{ snapshot(asOf: "2019-01-01") { actor(key: "` + person + `") { key } } }`,
		`{ dyad(a: "` + person + `", b: "KOR") { id } }`,
		`query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`,
	} {
		r := post(t, h, document, map[string]any{"ids": ids})
		codes := slices.Compact(r.codes())
		if !slices.Equal(codes, []string{graph.CodeGone}) || !strings.Contains(string(r.Raw), fmt.Sprintf("was erased in load %d: a person asked", load.Number)) {
			t.Errorf("%s: %v: %s", document, codes, r.Raw)
		}
	}
	// What names the person stays, with the key alone, and says why there is no more.
	r = post(t, h, `{ officeHolders(of: "JPN", office: "Minister of Defense", first: 50) { nodes { person { kind key name identifiers { value } } } } }`, nil)
	alone := `{"kind":"PERSON","key":"` + person + `","name":"` + person + `","identifiers":[]}`
	notes := strings.Join(r.Extensions.Entente.Notes, "; ")
	if len(r.Errors) > 0 || !strings.Contains(string(r.Data), alone) || !strings.Contains(notes, `"`+person+`" was erased in load `) {
		t.Errorf("the tenure of a person that was erased: %s", r.Raw)
	}
	r = post(t, h, `{ engagement(key: "northeast-asia:never-was") { key } }`, nil)
	if got := r.codes(); !slices.Equal(got, []string{graph.CodeEngagementNotFound}) {
		t.Errorf("what never was: %v", got)
	}
}
