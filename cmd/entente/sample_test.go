package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A first run that is broken off leaves no store, and what a killed one left is removed.
func TestABrokenOffFirstRunLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	store := filepath.Join(dir, "entente.db")
	left := store + building + "1234"
	if err := os.WriteFile(left, []byte("half a store"), 0o600); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(left, old, old); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	said := &watched{until: "load 1", then: cancel}
	err := run(ctx, []string{"serve", "--sample", "--store", store, "--addr", "localhost:0"}, strings.NewReader(""), &bytes.Buffer{}, said, func(string) string { return "" })
	if err == nil {
		t.Error("a run that was broken off ended well")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) > 0 {
		t.Errorf("it left %v (%v)", files, err)
	}
}
