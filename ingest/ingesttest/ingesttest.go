// Package ingesttest runs a source over its test data and compares what it says with golden statements.
//
// A source's test is one line, Run(t, source). Each folder testdata/<case> holds files as a person would give
// them; beside it stands testdata/<case>.golden, the slices and, in the order of a manifest, every statement with its
// place and its body, then every quarantined row, then the mistakes if the files are refused. After a change that is
// meant, go test with -update writes the golden files anew: read the difference before committing it.
//
// Run also holds every source to what ingest expects of it: rows belong to the slice that was asked for, no two
// statements have one id, reading twice says the same, records stand where they are said to stand, and of a Framer,
// what is read from a row's own records alone is what it says in the whole.
package ingesttest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

var update = flag.Bool("update", false, "write the golden statements anew")

// Run runs the source over every case in testdata.
func Run(t *testing.T, src ingest.Source) {
	t.Helper()
	entries, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatalf("the cases of %s: %v", src.Info().Key, err)
	}
	cases := 0
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		cases++
		t.Run(e.Name(), func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join("testdata", e.Name())
			files, err := ingest.OpenPaths(ingest.DefaultLimits, dir)
			if err != nil {
				t.Fatal(err)
			}
			defer files.Close() //nolint:errcheck // they were read
			got := Print(t, src, files)
			if again := Print(t, src, files); !bytes.Equal(got, again) {
				t.Errorf("reading twice says two things:\n%s", cmp.Diff(string(got), string(again)))
			}
			checkRecords(t, src, files)
			golden(t, dir+".golden", got)
		})
	}
	if cases == 0 {
		t.Fatalf("%s has no cases: put files into testdata/<case>/", src.Info().Key)
	}
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil { //nolint:gosec // test data is for all to read
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("no golden statements: %v; go test -update writes them", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-golden +now); if that is meant, go test -update writes it anew:\n%s", file, diff)
	}
}

// Print gives what the source says of the files, as golden files hold it.
func Print(t testing.TB, src ingest.Source, files fs.FS) []byte {
	t.Helper()
	var b bytes.Buffer
	ctx, passed := ingest.Passing(context.Background())
	found, err := src.Slices(ctx, files)
	if err != nil {
		refused(&b, err)
		return b.Bytes()
	}
	for _, p := range passed() {
		fmt.Fprintf(&b, "passed over %s: %s\n", p.File, p.Why)
	}
	for _, s := range found {
		fmt.Fprintf(&b, "slice %s of %s\n", s.ID, s.Source)
		statements, bad, left, err := rows(ctx, t, src, files, s)
		for _, st := range statements {
			printStatement(t, &b, st)
		}
		bad.Sort()
		for _, m := range bad {
			fmt.Fprintf(&b, "quarantine %s\n", m.Error())
		}
		for _, r := range left {
			fmt.Fprintf(&b, "left out %s:%d\n", r.File, r.Line)
		}
		if err != nil {
			refused(&b, err)
		}
	}
	return b.Bytes()
}

// rows reads a slice, and holds its rows to what ingest expects.
func rows(ctx context.Context, t testing.TB, src ingest.Source, files fs.FS, s graph.Slice) (statements []graph.Statement, bad ingest.Mistakes, left []ingest.Record, err error) {
	t.Helper()
	for row, err := range src.Rows(ctx, files, s) {
		if err != nil {
			return statements, bad, left, err
		}
		if row.LeftOut {
			left = append(left, row.Records...)
			continue
		}
		if len(row.Mistakes) > 0 {
			bad = append(bad, row.Mistakes...)
			continue
		}
		if row.Statement.Source != s.Source || row.Statement.Slice != s.ID {
			t.Errorf("%s %s is of slice %s of %s, while %s of %s was asked for", row.Statement.Kind, row.Statement.Key, row.Statement.Slice, row.Statement.Source, s.ID, s.Source)
		}
		statements = append(statements, row.Statement)
	}
	slices.SortStableFunc(statements, func(a, b graph.Statement) int { return a.Compare(b.StatementID) })
	for i := 1; i < len(statements); i++ {
		if statements[i].StatementID == statements[i-1].StatementID {
			t.Errorf("%s and %s both say %s %s", statements[i-1].Locator, statements[i].Locator, statements[i].Kind, statements[i].Key)
		}
	}
	return statements, bad, left, nil
}

func printStatement(t testing.TB, b *bytes.Buffer, s graph.Statement) {
	t.Helper()
	fmt.Fprintf(b, "%s %s (%s)\n    ", s.Kind, s.Key, s.Locator)
	if err := json.Indent(b, s.Body, "    ", "  "); err != nil {
		t.Errorf("%s %s: its body is not JSON: %v", s.Kind, s.Key, err)
	}
	b.WriteByte('\n')
}

func refused(b *bytes.Buffer, err error) {
	var mistakes ingest.Mistakes
	if errors.As(err, &mistakes) {
		for _, m := range mistakes {
			fmt.Fprintf(b, "mistake %s\n", m.Error())
		}
		return
	}
	fmt.Fprintf(b, "error %v\n", err)
}
