package sources

import (
	"errors"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/sources/dossier"
	"github.com/entente-graph/entente/ingest/sources/states"
)

// Every folder here is a source in the list and has a README, except the one that is there to be copied.
func TestEveryFolderIsListedAndHasAReadme(t *testing.T) {
	t.Parallel()
	var listed []string
	for _, s := range All() {
		typ := reflect.TypeOf(s)
		if typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		listed = append(listed, path.Base(typ.PkgPath()))
	}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var folders []string
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		if _, err := os.Stat(path.Join(e.Name(), "README.md")); err != nil {
			t.Errorf("the source %s has no README.md", e.Name())
		}
		if e.Name() != "example" {
			folders = append(folders, e.Name())
		}
	}
	slices.Sort(listed)
	if !slices.Equal(folders, listed) {
		t.Errorf("folders are %v, and All lists %v", folders, listed)
	}
}

func TestKeysAreDistinctAndFound(t *testing.T) {
	t.Parallel()
	seen := map[graph.SourceKey]bool{}
	for _, s := range All() {
		info := s.Info()
		if seen[info.Key] {
			t.Errorf("two sources are called %s", info.Key)
		}
		seen[info.Key] = true
		if info.Title == "" || info.Kind == "" || info.Version == "" {
			t.Errorf("the source %s does not say what it is: %+v", info.Key, info)
		}
		found, err := ByKey(info.Key)
		if err != nil || found.Info().Key != info.Key {
			t.Errorf("ByKey(%q) is %v, %v", info.Key, found, err)
		}
	}
	if _, err := ByKey("dosier"); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("an unknown key gives %v", err)
	}
}

// A dossier that is called as a dataset would replace the dataset's slices.
func TestNoDossierIsCalledAsASource(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		text := "dossier: {id: " + string(s.Info().Key) + ", title: T, version: '1', license: CC0-1.0, language: en, coverage: {from: '2000', to: '2001'}}\n"
		bad, err := dossier.New(states.Actors, taken).Check("a.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(bad.Error(), "this name is taken") {
			t.Errorf("a dossier may be called %s: %v", s.Info().Key, bad)
		}
	}
}
