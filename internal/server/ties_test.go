package server

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
)

var update = flag.Bool("update", false, "write the expected answers in testdata anew")

// TestTables holds answers of the shipped sample against files named after the question.
func TestTables(t *testing.T) {
	h := sampleServer(t)
	for _, c := range []struct{ file, path string }{
		{"how-did-japan-rok-defence-ties-develop.csv", "/v1/dyads/JPN/KOR/ties.csv?topic=defense&asOf=&load="},
		{"what-held-on-2019-06-01.csv", "/v1/dyads/JPN/KOR/ties.csv?topic=defence&asOf=2019-06-01"},
		{"what-was-known-at-load-2.csv", "/v1/dyads/JPN/KOR/ties.csv?topic=Defense&load=2"},
		{"nothing-is-said-of-1950.csv", "/v1/dyads/JPN/KOR/ties.csv?topic=defense&asOf=1950-01-01"},
		{"a-topic-nobody-speaks-of.csv", "/v1/dyads/DEU/FRA/ties.csv?topic=trade,defense"},
	} {
		t.Run(c.file, func(t *testing.T) {
			w := get(t, h, c.path)
			if w.Code != 200 {
				t.Fatalf("%s: %d\n%s", c.path, w.Code, w.Body)
			}
			golden(t, c.file, w.Body.Bytes())
		})
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (go test -update writes it anew): -want +got\n%s", file, diff)
	}
}

// records reads a table strictly.
func records(t *testing.T, body []byte) [][]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(body))
	r.FieldsPerRecord = len(tieColumns)
	all, err := r.ReadAll()
	if err != nil {
		t.Fatalf("the table is no CSV: %v\n%s", err, body)
	}
	if diff := cmp.Diff(tieColumns, all[0]); diff != "" {
		t.Fatalf("columns: %s", diff)
	}
	return all[1:]
}

// column gives a column's cells.
func column(rows [][]string, name string) []string {
	cells := []string{}
	for _, r := range rows {
		cells = append(cells, r[slices.Index(tieColumns, name)])
	}
	return cells
}

func TestTheColumnsAreThosePromised(t *testing.T) {
	const promised = "ccode1,ccode2,iso3c1,iso3c2,topic,status,extent,certain,start,start_earliest,start_latest," +
		"end,end_earliest,end_latest,end_why,started_by,ended_by,sources\r\n"
	w := get(t, sampleServer(t), "/v1/dyads/JPN/KOR/ties.csv")
	if !strings.HasPrefix(w.Body.String(), promised) {
		t.Errorf("the header is %q", strings.SplitAfter(w.Body.String(), "\n")[0])
	}
	if got, want := w.Header().Get("Content-Type"), "text/csv; charset=utf-8; header=present"; got != want {
		t.Errorf("Content-Type is %q, not %q", got, want)
	}
	if got, want := w.Header().Get("Content-Disposition"), `attachment; filename="ties-KOR-JPN-load3.csv"`; got != want {
		t.Errorf("Content-Disposition is %q, not %q", got, want)
	}
}

func TestJSONHasTheRowsOfCSV(t *testing.T) {
	h := sampleServer(t)
	for _, question := range []string{"", "?topic=defense", "?asOf=1950-01-01&topic=defense", "?nature=contention", "?load=1&topic=trade"} {
		rows := records(t, get(t, h, "/v1/dyads/KOR/JPN/ties.csv"+question).Body.Bytes())
		w := get(t, h, "/v1/dyads/KOR/JPN/ties.json"+question)
		var body struct {
			Meta struct {
				Load  int     `json:"load"`
				AsOf  *string `json:"asOf"`
				Rule  string  `json:"rule"`
				Links string  `json:"permalink"`
				Ties  []struct{ Status, StatusOn string }
			} `json:"meta"`
			Rows []map[string]any `json:"rows"`
		}
		d := json.NewDecoder(w.Body)
		d.UseNumber()
		if err := d.Decode(&body); err != nil {
			t.Fatalf("%s: %v", question, err)
		}
		if len(body.Rows) != len(rows) {
			t.Fatalf("%s: %d rows in JSON, %d in CSV", question, len(body.Rows), len(rows))
		}
		for i, r := range body.Rows {
			if len(r) != len(tieColumns) {
				t.Errorf("%s: row %d has %d columns: %v", question, i, len(r), r)
			}
			for c, name := range tieColumns {
				if got := cell(t, r[name]); got != rows[i][c] {
					t.Errorf("%s: row %d, %s is %q in JSON and %q in CSV", question, i, name, got, rows[i][c])
				}
			}
		}
		if body.Meta.Rule != graph.RuleSpells || body.Meta.Load == 0 {
			t.Errorf("%s: the state is not named: %+v", question, body.Meta)
		}
		again := get(t, h, body.Meta.Links)
		if again.Code != 200 || again.Header().Get("ETag") != w.Header().Get("ETag") {
			t.Errorf("%s: the permalink %s is another answer (%d)", question, body.Meta.Links, again.Code)
		}
	}
}

// cell writes a value of JSON as CSV has it. Numbers and booleans must be themselves, what is missing null.
func cell(t *testing.T, v any) string {
	t.Helper()
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		if v == "" {
			t.Error("an empty text, which should be null")
		}
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	case []any:
		var parts []string
		for _, p := range v {
			parts = append(parts, cell(t, p))
		}
		return strings.Join(parts, ";")
	}
	t.Errorf("a value of kind %T", v)
	return ""
}

// TestEveryLineHasItsSource looks through all ties of the sample: a spell without a source would be hearsay.
func TestEveryLineHasItsSource(t *testing.T) {
	h := sampleServer(t)
	spells := 0
	for _, path := range sampleTies(t) {
		for _, nature := range []string{"cooperation", "contention"} {
			rows := records(t, get(t, h, path+"?nature="+nature).Body.Bytes())
			for _, r := range rows {
				status, sources := column([][]string{r}, "status")[0], column([][]string{r}, "sources")[0]
				if status == "ACTIVE" || status == "SUSPENDED" {
					spells++
					if sources == "" {
						t.Errorf("%s: no source: %v", path, r)
					}
				}
			}
		}
	}
	if spells < 50 {
		t.Errorf("only %d spells in the sample", spells)
	}
}

// TestNoCellIsAFormula: spreadsheets run what begins with = + - @, a tab or a return. Nothing in these columns can:
// codes are digits and capital letters, dates begin with a digit or [, and keys with the letters or digits of their scheme.
func TestNoCellIsAFormula(t *testing.T) {
	h := sampleServer(t)
	begins := regexp.MustCompile(`^($|[A-Za-z0-9\[])`)
	for _, path := range sampleTies(t) {
		for _, r := range records(t, get(t, h, path).Body.Bytes()) {
			for i, c := range r {
				if !begins.MatchString(c) || strings.ContainsAny(c, "\t\r\n") {
					t.Errorf("%s: %s is %q", path, tieColumns[i], c)
				}
			}
		}
	}
}

// sampleTies gives the paths of the tables of all dyads of states that have a tie in the sample.
func sampleTies(t *testing.T) []string {
	t.Helper()
	store := sampleStore(t)
	head, err := store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	page, err := store.TieDyads(t.Context(), graph.TieDyadQuery{Load: head.Load.Number, Topics: graph.Topics, First: graph.MaxPage})
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, d := range page.Dyads {
		paths = append(paths, "/v1/dyads/"+string(d.A)+"/"+string(d.B)+"/ties.csv")
	}
	return paths
}

func TestSpellingsOfOneQuestion(t *testing.T) {
	h := sampleServer(t)
	first := get(t, h, "/v1/dyads/JPN/KOR/ties.csv?topic=defense,trade")
	for _, path := range []string{
		"/v1/dyads/KOR/JPN/ties.csv?topic=trade&topic=defence",
		"/v1/dyads/cow:740/gw:732/ties.csv?topic=DEFENSE,TRADE,&load=3&asOf=",
		"/v1/dyads/iso3:jpn/cowc:ROK/ties.csv?topic=trade,defense,trade&nature=Cooperation",
		"/v1/dyads/iso3%3AJPN/kor/ties.csv?topic=trade%2Cdefense&knownAt=2999-01-01",
	} {
		w := get(t, h, path)
		if w.Code != 200 || w.Body.String() != first.Body.String() || w.Header().Get("ETag") != first.Header().Get("ETag") {
			t.Errorf("%s: %d, another answer\n%s", path, w.Code, w.Body)
		}
	}
}
