package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// runs gives what a command prints and its error.
func runs(args ...string) (out, said string, err error) {
	var stdout, stderr bytes.Buffer
	err = run(context.Background(), args, strings.NewReader(""), &stdout, &stderr, func(string) string { return "" })
	return stdout.String(), stderr.String(), err
}

const visitsMapping = `table: {key: KEY, title: Visits, version: '1', license: CC0-1.0, language: en, coverage: {from: 1990, to: 2020}}
rows: {key: [id], except: {id: total}}
meetings:
  title: "Visit {id}"
  date: {column: date}
  level: summit
  topics: [diplomacy]
  participants: [{column: guest, codes: iso3}, {column: host, codes: iso3}]
`

// What is in quarantine of a table is mended as that of any source is, with the mapping that it was read by.
func TestATableIsMended(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	store, mapping, data, mended := filepath.Join(dir, "a.db"), filepath.Join(dir, "m.yaml"), filepath.Join(dir, "visits.csv"), filepath.Join(dir, "mend.csv")
	write(t, mapping, strings.ReplaceAll(visitsMapping, "KEY", "visits"))
	write(t, data, "id,date,guest,host\n1,2001-01-02,JPN,KOR\n2,2002-02-03,JPN,KORX\ntotal,2,,\n")
	entente(t, "ingest", "states", "--store", store)
	entente(t, "ingest", "table", mapping, data, "--store", store)
	printed := entente(t, "quarantine", "--csv", "--store", store)
	write(t, mended, strings.Replace(printed, "JPN,KORX", "JPN,KOR", 1))
	if out := entente(t, "ingest", "table", "--amend", mended, "--store", store); !strings.Contains(out, "load 3, which amends load 2") {
		t.Errorf("it says %s", out)
	}
	if out := entente(t, "ask", "engagement", "visits:2", "--store", store); !strings.Contains(out, "South Korea") {
		t.Errorf("mended it is %s", out)
	}
	if out := entente(t, "ingest", "table", mapping, data, "--store", store); !strings.Contains(out, "nothing changed") {
		t.Errorf("again it says %s", out)
	}
}

// A sheet of a workbook is mended as a text is: in the text of the sheet.
func TestASheetIsMended(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	store, mended, from := filepath.Join(dir, "a.db"), filepath.Join(dir, "mend.csv"), "../../ingest/sources/table/testdata/workbook"
	entente(t, "ingest", "states", "--store", store)
	entente(t, "ingest", "table", from, "--store", store)
	write(t, mended, strings.Replace(entente(t, "quarantine", "--csv", "--store", store), "3,soon,Japan,Atlantis", "3,2003-01-01,Japan,Korea (South)", 1))
	entente(t, "ingest", "table", "--amend", mended, "--store", store)
	if out := entente(t, "ask", "engagement", "visits:3", "--store", store); !strings.Contains(out, "2003-01-01") {
		t.Errorf("mended it is %s", out)
	}
	if out := entente(t, "ingest", "table", from, "--store", store); !strings.Contains(out, "nothing changed") {
		t.Errorf("again it says %s", out)
	}
}

// Two tables are two sources; a table and a dossier of one name refuse each other.
func TestTablesAndDossiersOfOneName(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	store := filepath.Join(dir, "a.db")
	for _, key := range []string{"one", "two"} {
		if err := os.MkdirAll(filepath.Join(dir, key), 0o750); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, key, "m.yaml"), strings.ReplaceAll(visitsMapping, "KEY", key))
		write(t, filepath.Join(dir, key, "d.csv"), "id,date,guest,host\n1,2001-01-02,JPN,KOR\n")
		entente(t, "ingest", "table", filepath.Join(dir, key), "--store", store)
	}
	for _, key := range []string{"one:1", "two:1"} {
		if out := entente(t, "ask", "engagement", key, "--store", store); !strings.Contains(out, "Visit 1") {
			t.Errorf("%s is %s", key, out)
		}
	}
	before := digestOf(t, openStore(t, store))
	mine := filepath.Join(dir, "one.yaml")
	write(t, mine, strings.ReplaceAll(dossierOfVisits, "ID", "one"))
	_, _, err := runs("ingest", "dossier", mine, "--store", store)
	if err == nil || !strings.Contains(err.Error(), "one was loaded by table (load 1), and this would replace it") {
		t.Errorf("a dossier over a table: %v", err)
	}
	if after := digestOf(t, openStore(t, store)); after != before {
		t.Error("it changed the store")
	}
	entente(t, "undo", "1", "--store", store)
	entente(t, "ingest", "dossier", mine, "--store", store)
}

// --sample shows things and mistakes, needs no store, and as JSON holds the statements.
func TestSampleOfATable(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mapping, data := filepath.Join(dir, "m.yaml"), filepath.Join(dir, "visits.csv")
	write(t, mapping, strings.ReplaceAll(visitsMapping, "KEY", "visits"))
	write(t, data, "id,date,guest,host\n1,2001-01-02,JPN,KOR\n1,2002-02-03,JPN,KOR\n3,x,JPN,KOR\n4,2001,JPN,KOR\n")
	out, said, err := runs("ingest", "table", mapping, data, "--sample", "3", "--store", filepath.Join(dir, "none.db"))
	for _, want := range []string{"visits.csv:2: visits:1\n", "Visit 1", "iso3:KOR (South Korea), participant", "two rows have the key of one thing", "this is not a date", "2 of 3 things would go to quarantine. Nothing was loaded."} {
		if err != nil || !strings.Contains(out, want) {
			t.Errorf("%v, %s%s has no %q", err, out, said, want)
		}
	}
	out, _, err = runs("ingest", "table", mapping, data, "--sample", "9", "--json")
	var answer struct {
		Sample []struct {
			Key       string
			Statement struct{ Kind string }
			Mistakes  []struct{ Rule string }
		}
	}
	if err != nil || json.Unmarshal([]byte(out), &answer) != nil || len(answer.Sample) != 4 || answer.Sample[3].Statement.Kind != "MEETING" || len(answer.Sample[2].Mistakes) != 1 {
		t.Errorf("%v: %s", err, out)
	}
	for _, flags := range [][]string{{"--sample", "0"}, {"--sample", "3", "--dry-run"}, {"--sample", "3", "--example"}} {
		if _, _, err := runs(append([]string{"ingest", "table", mapping, data}, flags...)...); err == nil {
			t.Errorf("%v is accepted", flags)
		}
	}
}
