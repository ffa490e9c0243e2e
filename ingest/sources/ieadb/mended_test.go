package ieadb_test

import (
	"context"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/ieadb"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/realtest"
)

// TestMendedSheet holds that a row of a workbook is mended as a row of text is: alone, and again whenever the same workbook
// is loaded.
func TestMendedSheet(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	const folder = "../../../testdata/ugly/ieadb/date-as-text"
	src := ieadb.New(states.Actors)
	made := realtest.LoadFiles(t, src, folder)
	kept, err := made.Store.Quarantine(ctx, graph.QuarantineQuery{Load: made.Report.Load})
	if err != nil {
		t.Fatal(err)
	}
	var mended []ingest.MendedRecord
	for _, q := range kept.Items {
		for _, r := range q.Records {
			if r.Frame {
				continue
			}
			mended = append(mended, ingest.MendedRecord{N: q.N, File: r.File, Line: r.Line, From: r.From, Text: strings.Replace(r.Text, "5.1.1974", "1974-01-05", 1)})
		}
	}
	amendment, err := ingest.NewAmendment(ctx, made.Store, made.Report.Load, mended)
	if err != nil {
		t.Fatal(err)
	}
	report, err := ingest.Load(ctx, ingest.Options{Source: src, Reader: made.Store, Writer: made.Store, Program: "test", Amend: amendment})
	if err != nil || report.Counts.Added != 1 || report.Counts.Quarantined != 0 {
		t.Fatalf("mended: %+v, %v", report.Counts, err)
	}
	files, err := ingest.OpenPaths(ingest.DefaultLimits, folder)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	again, err := ingest.Load(ctx, ingest.Options{Source: src, Files: files, Reader: made.Store, Writer: made.Store, Program: "test"})
	if err != nil || again.Load != 0 || again.Mended != 1 {
		t.Fatalf("the same workbook again: load %d, %d mended, %v", again.Load, again.Mended, err)
	}
}
