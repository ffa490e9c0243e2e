package api

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write what is answered now into testdata")

// TestAnswers asks the sample the question of each file in testdata, and compares the answer that stands below it.
// A file is the question in words, "--- query", the document, perhaps "--- variables", and "--- answer".
func TestAnswers(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in testdata: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			words, rest, ok := strings.Cut(string(text), "--- query\n")
			question, want, ok2 := strings.Cut(rest, "--- answer\n")
			if !ok || !ok2 && !*update {
				t.Fatal("the file needs the lines --- query and --- answer")
			}
			if !strings.HasPrefix(words, "# ") {
				t.Error("the file must begin with its question in words, as a comment")
			}
			document, variablesText, _ := strings.Cut(question, "--- variables\n")
			var variables map[string]any
			if strings.TrimSpace(variablesText) != "" {
				if err := json.Unmarshal([]byte(variablesText), &variables); err != nil {
					t.Fatal(err)
				}
			}
			h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
			got := pretty(t, post(t, h, document, variables).Raw)
			if *update {
				out := words + "--- query\n" + question + "--- answer\n" + got
				if err := os.WriteFile(file, []byte(out), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("another answer (-want +got):\n%s", d)
			}
		})
	}
}

// anyStore is the id of a store in an address: it is random.
var anyStore = regexp.MustCompile(`store=[A-Za-z0-9]+`)

func pretty(t testing.TB, raw []byte) string {
	t.Helper()
	raw = anyStore.ReplaceAll(raw, []byte("store=…"))
	var b bytes.Buffer
	if err := json.Indent(&b, bytes.TrimSpace(raw), "", "  "); err != nil {
		t.Fatal(err)
	}
	return b.String() + "\n"
}
