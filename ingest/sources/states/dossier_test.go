package states_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/sources/dossier"
	"github.com/entente-graph/entente/ingest/sources/states"
)

// The shipped dossier loads beside the registry: it names no state that is not there, and no code that
// its holder does not have on those days.
func TestShippedDossierLoads(t *testing.T) {
	source := dossier.New(states.Actors, func(string) bool { return false })
	files := fstest.MapFS{dossier.NortheastAsiaFile: {Data: dossier.NortheastAsia}}
	of, err := source.Slices(t.Context(), files)
	if err != nil {
		t.Fatal(err)
	}
	for _, slice := range of {
		for _, err := range source.Rows(t.Context(), files, slice) {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

// What the shipped dossier says of the existence and the succession of states is the registry's, too, but for China's
// beginning: the dossier has that of the People's Republic, and the registry's China is older, as in both lists.
func TestShippedDossierAgrees(t *testing.T) {
	all, err := states.Actors()
	if err != nil {
		t.Fatal(err)
	}
	registry := map[graph.ActorKey]graph.ActorFacts{}
	for _, a := range all {
		registry[a.Key] = a
	}
	var doc struct {
		Actors []struct {
			Key       graph.ActorKey
			Kind      string
			Existence struct{ From, To string }
			Succeeds  []struct {
				Actor graph.ActorKey
				Date  string
			}
		}
	}
	if err := yaml.Unmarshal(dossier.NortheastAsia, &doc); err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, a := range doc.Actors {
		if a.Kind != "state" {
			continue
		}
		ours, ok := registry[a.Key]
		if !ok {
			t.Errorf("%s is not in the registry", a.Key)
		}
		if a.Existence.From != "" {
			p := graph.Period{Start: graph.MustDate(a.Existence.From), Why: graph.Ongoing}
			if a.Existence.To != "" {
				p.End, p.Why = graph.MustDate(a.Existence.To), ""
			}
			checked++
			switch agree := slices.Contains(ours.Existence, p); {
			case agree && a.Key == "iso3:CHN":
				t.Error("China agrees now: take the exception out here and in README.md")
			case !agree && a.Key != "iso3:CHN":
				t.Errorf("%s exists %s in the dossier, and %v in the registry", a.Key, p.EDTF(), ours.Existence)
			}
		}
		for _, s := range a.Succeeds {
			checked++
			if !slices.ContainsFunc(ours.Succeeds, func(o graph.Succession) bool { return o.Actor == s.Actor && o.Date.EDTF() == s.Date }) {
				t.Errorf("%s succeeds %s on %s in the dossier, not in the registry", a.Key, s.Actor, s.Date)
			}
		}
	}
	if checked < 6 {
		t.Errorf("%d existences and successions found in the dossier, want at least 6", checked)
	}
}
