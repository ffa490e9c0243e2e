package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

func printed(t *testing.T, r ingest.Report) string {
	t.Helper()
	var out bytes.Buffer
	a := &app{stdout: &out, getenv: func(string) string { return "" }}
	if err := a.printReport(r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// What a person reads after a load, word for word.
func TestReports(t *testing.T) {
	t.Parallel()
	mid := ingest.Report{
		Source: "cow-mid", Version: "5.0", Slices: []graph.SliceID{"cow-mid/disputes", "cow-mid/incidents"}, Load: 4,
		Counts: ingest.Counts{Added: 6911, Changed: 3, Unchanged: 1, Quarantined: 7},
		Read:   []ingest.FileRead{{Name: "MIDA 5.0.csv", Size: 134293, Records: 2436}, {Name: "MIDB 5.0.csv", Size: 336982, Records: 1}},
		Nouns: []ingest.NounCounts{
			{Noun: "disputes", Added: 2430, Changed: 1, Ended: 2, Quarantined: 6},
			{Noun: "incidents", Added: 4481, Quarantined: 1},
			{Noun: "sources", Unchanged: 1},
		},
		Links: ingest.Counts{Added: 12},
		Quarantined: []graph.Quarantined{{Mistakes: []graph.Mistake{
			{File: "MIDB 5.0.csv", Line: 118, Column: 8, Field: "styear", Value: "194", Rule: "this is not a year"},
		}}},
	}
	nothing := ingest.Report{Source: "atop", Slices: []graph.SliceID{"atop"}, Counts: ingest.Counts{Unchanged: 1744, Quarantined: 1}}
	undone := ingest.Report{
		Source: "atop", Slices: []graph.SliceID{"atop"}, Load: 9, Undoes: 8, Counts: ingest.Counts{Retracted: 2},
		Nouns: []ingest.NounCounts{{Noun: "alliances", Retracted: 2}},
	}
	amended := undone
	amended.Undoes, amended.Amends = 0, 8
	// A load that changes nothing is recorded all the same where the quarantine is news.
	news := nothing
	news.Load, news.Nouns = 5, []ingest.NounCounts{{Noun: "alliances", Unchanged: 1744, Quarantined: 1}}
	dry := ingest.Report{
		Source: "first", Slices: []graph.SliceID{"first", "second"}, DryRun: true, Counts: ingest.Counts{Added: 1},
		Changes: []ingest.Change{
			{Action: ingest.Added, Kind: "engagement", Key: "first:talks", Title: "Talks\x1b[2J"},
			{Action: ingest.Changed, Kind: "work", Key: "first:paper", Fields: []ingest.FieldChange{{Path: "date", Old: "2020", New: "2021"}}},
		},
		Nouns: []ingest.NounCounts{{Noun: "meetings", Added: 1}, {Noun: "works", Changed: 1}},
	}
	for name, c := range map[string]struct {
		report ingest.Report
		want   string
	}{
		"a dataset": {mid, `
MIDB 5.0.csv:118:8: styear: "194": this is not a year
cow-mid 5.0 (disputes, incidents): load 4
  read  MIDA 5.0.csv: 2,436 records · MIDB 5.0.csv: 1 record
             ADDED  CHANGED  ENDED  UNCHANGED  QUARANTINED
  disputes   2,430        1      2          0            6
  incidents  4,481        0      0          0            1
  sources        0        0      0          1            0
  links         12        0      0          0            0
`},
		"nothing": {nothing, `
atop: nothing changed, nothing was written (1,744 statements, 1 thing in quarantine)
`},
		"only the quarantine": {news, `
atop: load 5
             ADDED  UNCHANGED  QUARANTINED
  alliances      0      1,744            1
`},
		"an undo": {undone, `
atop: load 9, which undoes load 8
             ADDED  RETRACTED
  alliances      0          2
`},
		"an amendment": {amended, `
atop: load 9, which amends load 8
             ADDED  RETRACTED
  alliances      0          2
`},
		"a dry run": {dry, "\n" +
			"+ engagement first:talks  Talks\ufffd[2J\n" +
			"~ work       first:paper\n" +
			"    date: 2020 → 2021\n" +
			"\n" +
			"first, second: this would be loaded; nothing was written\n" +
			"            ADDED  CHANGED\n" +
			"  meetings      1        0\n" +
			"  works         0        1\n"},
	} {
		if diff := cmp.Diff(strings.TrimPrefix(c.want, "\n"), printed(t, c.report)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// However many slices, files and mistakes there are, a report stays a page.
func TestReportsOfMuch(t *testing.T) {
	t.Parallel()
	r := ingest.Report{Source: "visits", Load: 2, Counts: ingest.Counts{Added: 1}}
	q := graph.Quarantined{}
	for i := range 1030 {
		r.Slices = append(r.Slices, graph.SliceID(fmt.Sprint("decade-", i)))
		r.Read = append(r.Read, ingest.FileRead{Name: fmt.Sprint(i), Size: 20_000, Records: i % 2})
		q.Mistakes = append(q.Mistakes, graph.Mistake{File: "a", Line: i, Rule: "bad"})
	}
	r.Quarantined = []graph.Quarantined{q}
	text := printed(t, r)
	for _, want := range []string{"\na:19: bad\n… and 1,010 more mistakes\n", "\ndecade-0 and 1029 more: load 2\n", "\n  read  1,030 files: 515 records\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
}

func TestVolumes(t *testing.T) {
	t.Parallel()
	for want, f := range map[string]ingest.FileRead{
		"0 bytes": {}, "9,999 bytes": {Size: 9999}, "10 KB": {Size: 10_000}, "9,999 KB": {Size: 9_999_999}, "12 MB": {Size: 12_345_678},
		"1 record": {Size: 9, Records: 1}, "2,000 records": {Size: 9, Records: 2000},
	} {
		if got := volume(f); got != want {
			t.Errorf("%+v is %q and not %q", f, got, want)
		}
	}
}
