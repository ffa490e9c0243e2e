package dossier

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

func tiny(id string) string {
	return "dossier: {id: " + id + ", title: Tiny, version: 1, license: CC0-1.0, language: en, coverage: {from: 1950, to: 2020}}\n"
}

func fsOf(files map[string]string) fs.FS {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func TestSeveralDossiersTogether(t *testing.T) {
	files := fsOf(map[string]string{
		"b.yaml": tiny("second"), "a/a.yml": tiny("first"), "a/README.md": "# Read me", "a/dossier.schema.json": "{}", ".git/x.yaml": "no dossier",
	})
	slices, err := New(testStates, free).Slices(context.Background(), files)
	if err != nil {
		t.Fatal(err)
	}
	if len(slices) != 2 || slices[0] != (graph.Slice{Source: "first", ID: "first"}) || slices[1].ID != "second" {
		t.Errorf("slices %v", slices)
	}
	for row, err := range New(testStates, free).Rows(context.Background(), files, slices[1]) {
		if err != nil || row.Statement.Source != "second" || row.Statement.Slice != "second" {
			t.Errorf("%v %v", row.Statement, err)
		}
	}
}

func TestMistakesOfAllFilesComeTogether(t *testing.T) {
	files := fsOf(map[string]string{
		"a.yaml": tiny("one"), "b.yaml": tiny("one"), "c.yaml": "dossier: [", "d.yaml": tiny("two") + "summits: []\n", "e.csv": "a,b\n",
	})
	_, err := New(testStates, free).Slices(context.Background(), files)
	var mistakes ingest.Mistakes
	if !errors.As(err, &mistakes) {
		t.Fatalf("got %v", err)
	}
	want := `b.yaml:1:15: "one": two files hold a dossier of this name; the other is a.yaml (give one of them, or each its own id)
c.yaml:1:10: "[": this is not YAML: sequence end token ']' not found (close the bracket)
d.yaml:2:1: "summits": there is no such field in a file (one of dossier, works, actors, tenures, agreements, disputes, meetings, acts, assertions)
e.csv: this is not a dossier (a dossier is a .yaml file)`
	if err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestNoDossierAtAll(t *testing.T) {
	_, err := New(testStates, free).Slices(context.Background(), fsOf(map[string]string{"README.md": "# Read me"}))
	if !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "no dossier here") {
		t.Errorf("got %v", err)
	}
}

func TestUnknownSlice(t *testing.T) {
	for _, err := range New(testStates, free).Rows(context.Background(), fsOf(map[string]string{"a.yaml": tiny("one")}), graph.Slice{Source: "x", ID: "x"}) {
		if !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	}
}

// A byte order mark and the line ends of Windows are no mistakes, and change nothing that is said.
func TestWindowsFiles(t *testing.T) {
	want := statementsOf(t, "a.yaml", example)
	got := statementsOf(t, "a.yaml", []byte("\xef\xbb\xbf"+strings.ReplaceAll(string(example), "\n", "\r\n")))
	if len(got) != len(want) {
		t.Fatalf("%d statements, want %d", len(got), len(want))
	}
	for i := range got {
		if got[i].Hash != want[i].Hash || got[i].Locator != want[i].Locator {
			t.Errorf("%s %s differs", got[i].Kind, got[i].Key)
		}
	}
}

func TestRegistryThatFails(t *testing.T) {
	broken := errors.New("broken")
	s := New(func() ([]graph.ActorFacts, error) { return nil, broken }, free)
	if _, err := s.Slices(context.Background(), fsOf(map[string]string{"a.yaml": tiny("one")})); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

// Editing an entry changes its statement and no other; inserting lines changes none.
func TestStatementsDoNotMoveWithLines(t *testing.T) {
	hashes := func(src string) map[string]graph.Hash {
		out := map[string]graph.Hash{}
		for _, s := range statementsOf(t, "a.yaml", []byte(src)) {
			out[string(s.Kind)+s.Key] = s.Hash
		}
		return out
	}
	before := hashes(string(example))
	for key, hash := range hashes("# one\n# two\n" + string(example)) {
		if before[key] != hash {
			t.Errorf("%s changed with its line", key)
		}
	}
	changed := 0
	for key, hash := range hashes(strings.Replace(string(example), "1985-05-02", "1985-05", 1)) {
		if before[key] != hash {
			changed++
		}
	}
	if changed != 1 {
		t.Errorf("%d statements changed, want 1", changed)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(string(example))
	f.Add(tiny("a") + "acts: [{by: [a:b, {c:d}]}]")
	f.Add("dossier: {coverage: {from: 1, to: ~}}\nworks:\n- - ?\n")
	f.Add("dossier:\n id: &a *a\nactors: [{key: x, part_of: [x]}]\n")
	states, err := theStates(testStates)()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		root, bad := parse("f.yaml", []byte(text))
		mistakes := New(testStates, free).check("f.yaml", root, bad, states)
		for _, m := range mistakes {
			if m.Rule == "" || m.File == "" {
				t.Errorf("a mistake that says nothing: %+v", m)
			}
		}
		if len(mistakes) == 0 {
			for _, what := range say(root) {
				if _, err := graph.NewStatement("s", "s", what.noun, ""); err != nil {
					t.Error(err)
				}
			}
			if !equal(root, mustParse(t, printTree(root))) {
				t.Error("it reads back differently when printed")
			}
		}
	})
}
