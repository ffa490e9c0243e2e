package dossier

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/entente-graph/entente/graph"
)

// Each file under testdata/bad holds mistakes; beside it stands exactly what a person is told.
func TestMistakes(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(files) < 25 {
		t.Fatalf("%d bad dossiers, %v", len(files), err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		t.Run(strings.TrimSuffix(name, ".yaml"), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			err = load(name, src)
			if err == nil {
				t.Fatal("it loads")
			}
			if !errors.Is(err, graph.ErrInvalid) {
				t.Errorf("%v is not an ErrInvalid", err)
			}
			golden(t, strings.TrimSuffix(file, ".yaml")+".txt", err.Error()+"\n")
		})
	}
}

// load reads one file as the program does and gives the error, if any.
func load(name string, src []byte) error {
	s := New(testStates, free)
	files := fstest.MapFS{name: {Data: src}}
	slices, err := s.Slices(context.Background(), files)
	if err != nil {
		return err
	}
	for _, slice := range slices {
		for _, err := range s.Rows(context.Background(), files, slice) {
			if err != nil {
				return err
			}
		}
	}
	return nil
}
