//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/entente-graph/entente/internal/fielddata"
	"github.com/entente-graph/entente/internal/testneeds"
	"github.com/entente-graph/entente/internal/testrun"
)

// TestMain does one step where it was started for that, as the command itself would be.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "-step" {
		if err := run(context.Background(), os.Args[1:], os.Stdout, os.Stderr); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	testrun.Main(m)
}

func TestMeasureAndPrint(t *testing.T) {
	t.Parallel()
	r, err := measure(t.Context(), options{memory: "512MiB", dir: t.TempDir()}, 2000, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	if r.Load.Counts.Added != 2001 || r.Again.Counts.Unchanged != 2001 || r.Inserted.Counts.Added != 1 || r.Undone.Counts.Retracted != 1 || r.Copied.Counts.Added != 2002 {
		t.Errorf("the steps did %+v", r)
	}
	if r.FileBytes == 0 || r.Load.PeakBytes == 0 || r.Load.Writing <= 0 || r.Load.Reading <= 0 {
		t.Errorf("the figures are %+v", r)
	}
	var table, object bytes.Buffer
	if err := r.print(&table, false, &r); err != nil {
		t.Fatal(err)
	}
	if text := table.String(); !strings.Contains(text, "2000 ") || !strings.Contains(text, "×1 ") {
		t.Errorf("the table is\n%s", text)
	}
	if err := r.print(&object, true, nil); err != nil {
		t.Fatal(err)
	}
	var back result
	if err := json.Unmarshal(object.Bytes(), &back); err != nil || back != r {
		t.Errorf("the JSON is %s (%v)", object.Bytes(), err)
	}
}

// TestEvents measures a small file of made-up events.
func TestEvents(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := eventsOf(t.Context(), options{memory: "512MiB", dir: t.TempDir(), json: true}, 3000, &out, os.Stderr); err != nil {
		t.Fatal(err)
	}
	var r struct {
		Rows int
		Load figures
	}
	if err := json.Unmarshal(out.Bytes(), &r); err != nil || r.Rows != 3000 || r.Load.Counts.Quarantined > 0 || r.Load.Counts.Added < 400 || r.Load.CPU == 0 {
		t.Errorf("%v: %s", err, &out)
	}
}

// TestRealData measures what ships with the program as it would all of the field's data.
func TestRealData(t *testing.T) {
	t.Parallel()
	var ships []fielddata.Dataset
	for _, d := range fielddata.All() {
		if len(d.Paths) == 0 && len(ships) < 3 {
			ships = append(ships, d)
		}
	}
	all, sum, err := measureReal(t.Context(), options{memory: "512MiB", dir: t.TempDir()}, ships, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	var table, object bytes.Buffer
	for to, asJSON := range map[*bytes.Buffer]bool{&table: false, &object: true} {
		if err := printReal(to, asJSON, all, sum); err != nil {
			t.Fatal(err)
		}
	}
	var r struct {
		Datasets []loaded
		All      whole
	}
	if err := json.Unmarshal(object.Bytes(), &r); err != nil || len(r.Datasets) != len(ships) || r.All.Statements < 3000 || r.All.FileBytes == 0 || r.All.PeakBytes == 0 {
		t.Fatalf("%v: %s", err, &object)
	}
	for _, d := range r.Datasets {
		if d.Load.Counts.Added == 0 || d.Again.Counts.Unchanged == 0 || d.FileBytes == 0 {
			t.Errorf("%s: %+v", d.Dataset, d)
		}
	}
	if !strings.Contains(table.String(), r.All.Digest) {
		t.Errorf("the digest is %s, and the table is\n%s", r.All.Digest, &table)
	}
}

// TestMemoryIsFlat loads, loads again, undoes and copies 300,000 statements in processes held to a quarter of a gigabyte: the
// system's own figure of the most they had stays below a bound, and does not grow from 100,000 on.
func TestMemoryIsFlat(t *testing.T) {
	if !testneeds.Long() {
		t.Skip("it takes minutes: set ENTENTE_TEST_LONG=1")
	}
	const ceiling = 256 << 20
	const besides = 96 << 20 // a copy has two stores open, each with its caches
	var peaks, copies []int64
	for _, n := range []int{100_000, 300_000} {
		r, err := measure(t.Context(), options{memory: "256MiB", dir: t.TempDir()}, n, os.Stderr)
		if err != nil {
			t.Fatal(err)
		}
		for name, f := range map[string]figures{"load": r.Load, "again": r.Again, "inserted": r.Inserted, "undone": r.Undone, "copied": r.Copied} {
			t.Logf("%d statements, %s: %.0f MB at most in %.0f s", n, name, f.megabytes(), f.Seconds)
			bound := int64(ceiling)
			if name == "copied" {
				bound += besides
			}
			if f.PeakBytes > bound {
				t.Errorf("%d statements, %s: %.0f MB at most, and it should never be more than %d", n, name, f.megabytes(), bound>>20)
			}
		}
		peaks, copies = append(peaks, r.Load.PeakBytes), append(copies, r.Copied.PeakBytes)
	}
	if copies[1] > copies[0]+copies[0]/5 {
		t.Errorf("memory grows with what is copied: %d MB, then %d MB", copies[0]>>20, copies[1]>>20)
	}
	if peaks[1] > peaks[0]+peaks[0]/5 {
		t.Errorf("memory grows with what is loaded: %d MB, then %d MB", peaks[0]>>20, peaks[1]>>20)
	}
}
