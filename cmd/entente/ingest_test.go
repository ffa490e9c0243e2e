package main

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Files, folders and zips given together are one load.
func TestIngestFilesFoldersAndZipsTogether(t *testing.T) {
	t.Parallel()
	none := func(string) string { return "" }
	var example bytes.Buffer
	if err := run(context.Background(), []string{"ingest", "dossier", "--example"}, nil, &example, io.Discard, none); err != nil {
		t.Fatal(err)
	}
	id := regexp.MustCompile(`id: [a-z-]+`).FindString(example.String())
	named := func(name string) []byte {
		return []byte(strings.Replace(example.String(), id, "id: "+name, 1))
	}
	dir := t.TempDir()
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	w, err := z.Create("inside/third.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(named("third")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"first.yaml": named("first"), "folder/second.yaml": named("second"), "third.zip": packed.Bytes()} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "store.db")
	var out bytes.Buffer
	args := []string{"ingest", "dossier", filepath.Join(dir, "first.yaml"), filepath.Join(dir, "folder"), filepath.Join(dir, "third.zip"), "--store", path}
	if err := run(context.Background(), args, nil, &out, io.Discard, none); err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^first, third, second: load 1\n  read  first.yaml: \d+ bytes · inside/third.yaml: \d+ bytes · second.yaml: \d+ bytes\n +ADDED\n`).Match(out.Bytes()) {
		t.Errorf("it prints %s", &out)
	}
	out.Reset()
	if err := run(context.Background(), []string{"loads", "--json", "--store", path}, nil, &out, io.Discard, none); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"name": "first.yaml"`, `"name": "second.yaml"`, `"name": "inside/third.yaml"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the load does not name the file %s:\n%s", want, &out)
		}
	}
}
