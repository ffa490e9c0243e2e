package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/entente-graph/entente/internal/fielddata"
	"github.com/entente-graph/entente/internal/testneeds"
)

// A fileNumber is one that testdata/numbers computes from the raw files, and how the program is asked for it.
type fileNumber struct {
	What  string  `json:"what"`
	Files string  `json:"files"`
	Want  float64 `json:"want"`
	Read  string  `json:"read"` // an operator and a path: testdata/numbers/number.py
	Ask   string  `json:"ask"`
}

// TestNumbersFromTheFiles: the program answers over HTTP what a script, which knows nothing of it, computes from the field's files:
// of each source, of several at once, of an older version and a newer.
func TestNumbersFromTheFiles(t *testing.T) {
	testneeds.NotEveryday(t)
	data := testneeds.Data(t)
	python := testneeds.Program(t, "install Python 3", "python3")
	cmd := exec.CommandContext(t.Context(), python, filepath.Join("testdata", "numbers"))
	cmd.Env = append(os.Environ(), "ENTENTE_TEST_DATA="+data, "PYTHONDONTWRITEBYTECODE=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var numbers []fileNumber
	if err := json.Unmarshal(out, &numbers); err != nil {
		t.Fatal(err)
	}
	if len(numbers) < 340 {
		t.Errorf("the script computes %d numbers: there were more", len(numbers))
	}
	store := filepath.Join(t.TempDir(), "all.db")
	all := fielddata.All() // the numbers of loads in documents are those of this order
	for _, d := range all {
		loadedReal(t, data, store, d)
	}
	s := serve(t, "--store", store)
	defer s.stop()
	moments := s.moments(len(all))
	asked := map[string]bool{}
	for _, n := range numbers {
		n.Ask = moments.Replace(n.Ask)
		if asked[n.Ask+n.Read] {
			t.Errorf("twice: %s", n.What)
		}
		asked[n.Ask+n.Read] = true
		got, err := s.number(n)
		if err != nil {
			t.Errorf("%s\n%v\n%s", n.What, err, n.Ask)
		} else if got != n.Want {
			t.Errorf("%s\nthe files (%s) say %v, the program %v (%s):\n%s", n.What, n.Files, n.Want, got, n.Read, n.Ask)
		}
	}
}

// moments gives for each load, as "recorded 7", when it was recorded.
func (s *served) moments(loads int) *strings.Replacer {
	var a struct {
		Data struct {
			Loads struct {
				Nodes []struct {
					Number   int
					Recorded string
				}
			}
		}
	}
	answer := s.post("/graphql", "application/json", map[string]any{"query": "{ loads(first: 100) { nodes { number recorded } } }"})
	if err := json.Unmarshal([]byte(answer), &a); err != nil || len(a.Data.Loads.Nodes) != loads {
		s.t.Fatalf("%d loads were made: %s", loads, answer)
	}
	var pairs []string
	for _, l := range a.Data.Loads.Nodes {
		pairs = append(pairs, fmt.Sprintf("%q", fmt.Sprint("recorded ", l.Number)), fmt.Sprintf("%q", l.Recorded))
	}
	return strings.NewReplacer(pairs...)
}

// rows reads a table: its rows as objects.
func (s *served) rows(path string) (any, error) {
	status, text := s.get(path)
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || status != http.StatusOK {
		return nil, fmt.Errorf("answered %d %.500s", status, text)
	}
	var rows []any
	for _, line := range lines[1:] {
		row := map[string]any{}
		for i, cell := range line {
			row[lines[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return map[string]any{"rows": rows}, nil
}

// number asks for a number, page by page where the document has a variable $after.
func (s *served) number(n fileNumber) (float64, error) {
	operator, paths, _ := strings.Cut(n.Read, " ")
	var values []any
	if path, isTable := strings.CutPrefix(n.Ask, "GET "); isTable {
		table, err := s.rows(path)
		if err != nil {
			return 0, err
		}
		return reduced(operator, along(table, steps.FindAllString(paths, -1)))
	}
	for after := any(nil); ; {
		request := map[string]any{"query": n.Ask}
		if strings.Contains(n.Ask, "$after") {
			request["variables"] = map[string]any{"after": after}
		}
		answer := s.post("/graphql", "application/json", request)
		var a struct {
			Data   any   `json:"data"`
			Errors []any `json:"errors"`
		}
		if err := json.Unmarshal([]byte(answer), &a); err != nil || len(a.Errors) > 0 {
			return 0, fmt.Errorf("answered %.500s", answer)
		}
		for path := range strings.SplitSeq(paths, " + ") {
			values = append(values, along(a.Data, steps.FindAllString(path, -1))...)
		}
		page := pageOf(a.Data)
		if page == nil || page["hasNextPage"] != true {
			return reduced(operator, values)
		}
		after = page["endCursor"]
	}
}

// reduced makes a number of values.
func reduced(operator string, values []any) (float64, error) {
	switch operator {
	case "count":
		return float64(len(values)), nil
	case "distinct":
		seen := map[any]bool{}
		for _, v := range values {
			seen[v] = true
		}
		return float64(len(seen)), nil
	case "value", "sum":
		sum := 0.0
		for _, v := range values {
			n, ok := v.(float64)
			if !ok {
				return 0, fmt.Errorf("%v is no number", v)
			}
			sum += n
		}
		if operator == "value" && len(values) != 1 {
			return 0, fmt.Errorf("there is not one value: %v", values)
		}
		return sum, nil
	default:
		return 0, fmt.Errorf("there is no operator %q", operator)
	}
}

// steps are those of a path: a name, and perhaps what an item must have, as nodes[source.key=us-missions].
var steps = regexp.MustCompile(`[^.\[]+(\[[^\]]*\])?`)

// along gives what stands at the end of a path, null left out.
func along(v any, path []string) (found []any) {
	if list, ok := v.([]any); ok {
		for _, item := range list {
			found = append(found, along(item, path)...)
		}
		return found
	}
	if v == nil {
		return nil
	}
	if len(path) == 0 {
		return []any{v}
	}
	object, ok := v.(map[string]any)
	if !ok {
		return nil
	}
	name, must, filtered := strings.Cut(strings.TrimSuffix(path[0], "]"), "[")
	next := object[name]
	if filtered {
		field, want, _ := strings.Cut(must, "=")
		items, ok := next.([]any)
		if !ok {
			items = []any{next}
		}
		var kept []any
		for _, item := range items {
			if has := along(item, strings.Split(field, ".")); len(has) == 1 && fmt.Sprint(has[0]) == want {
				kept = append(kept, item)
			}
		}
		next = kept
	}
	return along(next, path[1:])
}

// pageOf gives the first pageInfo in an answer.
func pageOf(v any) map[string]any {
	object, _ := v.(map[string]any)
	if page, ok := object["pageInfo"].(map[string]any); ok {
		return page
	}
	for _, inner := range object {
		if page := pageOf(inner); page != nil {
			return page
		}
	}
	return nil
}
