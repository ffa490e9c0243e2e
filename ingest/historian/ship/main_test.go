package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/entente-graph/entente/ingest/sources/states"
	ustravels "github.com/entente-graph/entente/ingest/sources/us-travels"
	usvisits "github.com/entente-graph/entente/ingest/sources/us-visits"
	"github.com/entente-graph/entente/internal/testneeds"
)

func TestTheSameFilesMakeTheSameZip(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"b/2.xml": {Data: []byte("<b/>")}, "a.xml": {Data: []byte("<a/>")}, "LICENSE.md": {Data: []byte("free")}, "notes.txt": {Data: []byte("no")},
	}
	var first, second bytes.Buffer
	if err := pack(&first, files); err != nil {
		t.Fatal(err)
	}
	if err := pack(&second, files); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two zips of the same files differ")
	}
	if bytes.Contains(first.Bytes(), []byte("notes.txt")) {
		t.Error("a file that is no data is in the zip")
	}
}

// What comes with the program is what the producer published, byte for byte.
func TestTheShippedFilesAreThoseOfTheProducer(t *testing.T) {
	t.Parallel()
	data := testneeds.Data(t)
	for folder, shipped := range map[string]fs.FS{
		"us-state-visits": usvisits.New(states.Actors).Shipped(), "us-state-travels": ustravels.New(states.Actors).Shipped(),
	} {
		n := 0
		err := fs.WalkDir(shipped, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			n++
			got, err := fs.ReadFile(shipped, name)
			if err != nil {
				return err
			}
			want, err := os.ReadFile(filepath.Join(data, folder, name))
			if err == nil && !bytes.Equal(got, want) {
				t.Errorf("%s of %s is not the producer's", name, folder)
			}
			return err
		})
		if err != nil || n < 16 {
			t.Errorf("%s: %d files, %v", folder, n, err)
		}
	}
}
