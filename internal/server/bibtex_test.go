package server

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var entryHead = regexp.MustCompile(`(?m)^@[a-z]+\{([^,]+),$`)

// anyStore is the id of a store, which is random, in an address.
var anyStore = regexp.MustCompile(`store=[^&\s]+`)

func bibKeys(text string) []string {
	var keys []string
	for _, m := range entryHead.FindAllStringSubmatch(text, -1) {
		keys = append(keys, m[1])
	}
	return keys
}

// TestEveryWorkOfARowIsInTheBibliography: the cells of the column sources are keys of the file beside it.
func TestEveryWorkOfARowIsInTheBibliography(t *testing.T) {
	h := sampleServer(t)
	for _, path := range sampleTies(t) {
		rows := records(t, get(t, h, path).Body.Bytes())
		bib := get(t, h, strings.TrimSuffix(path, "csv")+"bib").Body.String()
		keys := bibKeys(bib)
		for _, cell := range column(rows, "sources") {
			for _, key := range strings.Split(cell, ";") {
				if key != "" && !slices.Contains(keys, key) {
					t.Errorf("%s: no entry %s", path, key)
				}
			}
		}
		slices.Sort(keys)
		if len(slices.Compact(slices.Clone(keys))) != len(keys) {
			t.Errorf("%s: a key stands twice: %q", path, keys)
		}
		wellFormed(t, bib)
	}
}

// wellFormed holds a file to what BibTeX reads: entries with matching braces, and nothing between them but comments.
func wellFormed(t *testing.T, text string) {
	t.Helper()
	depth := 0
	for _, line := range strings.Split(text, "\n") {
		if depth == 0 && line != "" && !strings.HasPrefix(line, "%") && !strings.HasPrefix(line, "@") {
			t.Errorf("between entries stands %q", line)
		}
		if depth == 0 && strings.HasPrefix(line, "%") && strings.Contains(line, "@") {
			t.Errorf("BibTeX takes the @ in this comment for an entry: %q", line)
		}
		for i, r := range line {
			if i > 0 && line[i-1] == '\\' {
				continue
			}
			switch r {
			case '{':
				depth++
			case '}':
				depth--
			}
		}
		if depth < 0 {
			t.Fatalf("a brace too many: %q", line)
		}
	}
	if depth != 0 {
		t.Errorf("%d braces are open at the end", depth)
	}
}

func TestBibTeX(t *testing.T) {
	h := New(Config{Reader: smallGraph(t), Logger: quiet(t)}).Handler()
	w := get(t, h, "/v1/dyads/JPN/DEU/ties.bib")
	if got := w.Header().Get("Content-Type"); got != "application/x-bibtex; charset=utf-8" {
		t.Errorf("Content-Type is %q", got)
	}
	const want = `% What stands behind /v1/dyads/iso3:DEU/iso3:JPN/ties.csv?load=1&store=…&erased=0&rule=spells%2F1
% 1 rows, load 1, rule spells/1

@book{small,
  title = {A {S}mall Graph},
}

@misc{small:book_2,
  title        = {{50\% of \{{"}Us{"}\} \& \_them\_ \#1 \textbackslash{} \$5 \textasciitilde{} \textasciicircum{}}},
  author       = {{A \& B}},
  date         = {1961-02},
  year         = {1961},
  month        = feb,
  url          = {https://example.org/a%20b?x=%7B1%7D&y=a_b}
}

@misc{small:book-1,
  title        = {{Named only}},
  date         = {1961-01-01/1962-12-31},
  year         = {1961},
  note         = {Named by others; not read by those who cite it here}
}
`
	if diff := cmp.Diff(want, anyStore.ReplaceAllString(w.Body.String(), "store=…")); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	wellFormed(t, w.Body.String())
}
