// Package testneeds says what a test needs beyond Go, and where to get it.
//
// A test that lacks something skips with a line that says how to get it. Under
// ENTENTE_TEST_ALL=1, which the project's full test run sets after installing
// everything, the same lack is a failure, so nothing is left out unnoticed.
package testneeds

import (
	"os"
	"os/exec"
	"testing"
)

// All tells whether every test must run: then a missing need is a failure.
func All() bool { return os.Getenv("ENTENTE_TEST_ALL") == "1" }

// Long tells whether the long loops are asked for (ENTENTE_TEST_LONG=1).
func Long() bool { return os.Getenv("ENTENTE_TEST_LONG") == "1" }

// Whole tells whether a test goes through all its cases: where every test must run, and in the long loops. In the
// everyday loop those that repeat a thing in many ways take some of the ways, so that it stays short.
func Whole() bool { return All() || Long() }

// NotEveryday ends a test that the everyday loop leaves out, because it takes seconds and another test shows most of it.
func NotEveryday(t testing.TB) {
	t.Helper()
	if !Whole() {
		t.Skip("left out of the everyday loop: ENTENTE_TEST_ALL=1 or ENTENTE_TEST_LONG=1 runs it")
	}
}

// LongLoop ends a test that runs in the long loops alone: it takes minutes, or asks of the machine that it be at rest.
func LongLoop(t testing.TB) {
	t.Helper()
	if !Long() {
		t.Skip("one of the long loops: ENTENTE_TEST_LONG=1 runs it")
	}
}

// Server ends a test that asks a Neo4j server unless such tests are asked for: by ENTENTE_TEST_NEO4J=1, as make test does, by
// naming a server in ENTENTE_TEST_NEO4J_URI, or where every test must run. They take minutes.
func Server(t testing.TB) {
	t.Helper()
	if os.Getenv("ENTENTE_TEST_NEO4J") != "1" && os.Getenv("ENTENTE_TEST_NEO4J_URI") == "" && !All() {
		t.Skip("asks a Neo4j server, which takes minutes: make test runs it, or ENTENTE_TEST_NEO4J=1")
	}
}

// Missing ends the test: as a skip that says how to get what is missing, or as a
// failure where every test must run.
func Missing(t testing.TB, what, how string) {
	t.Helper()
	if All() {
		t.Fatalf("%s is missing, and ENTENTE_TEST_ALL=1 allows no skip; %s", what, how)
	}
	t.Skipf("needs %s: %s", what, how)
}

// Data returns the folder with the field's datasets (ENTENTE_TEST_DATA). Most of
// them may not be redistributed, so they are never part of the project.
func Data(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("ENTENTE_TEST_DATA")
	if dir == "" {
		Missing(t, "the field's datasets", "set ENTENTE_TEST_DATA to a folder that holds them (docs/sources.md lists names and producers)")
	}
	return dir
}

// Program returns the path of a program found in PATH under one of the names.
func Program(t testing.TB, how string, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	Missing(t, names[0], how)
	return ""
}
