package server

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/entente-graph/entente/internal/testneeds"
)

// readmeBlock finds the README's lines for a notebook.
var readmeBlock = regexp.MustCompile("(?s)```python\n(.*?pd\\.read_csv\\(.*?)```")

// TestTheNotebookOfTheREADME runs what the README tells an analyst to type, word for word but for the port.
func TestTheNotebookOfTheREADME(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	found := readmeBlock.FindSubmatch(readme)
	if found == nil {
		t.Fatal("the README has no block of python with pd.read_csv")
	}
	const address = "http://localhost:8080"
	code := string(found[1])
	name, _, ok := strings.Cut(regexp.MustCompile(`\w+ = pd\.read_csv`).FindString(code), " ")
	if !ok || !strings.Contains(code, address) {
		t.Fatalf("the README's block names no table, or not %s:\n%s", address, code)
	}
	const how = "python3 in PATH with pandas: apt-get install python3-pandas, or a venv with pip install pandas"
	python := testneeds.Program(t, how, "python3")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := exec.CommandContext(ctx, python, "-c", "import pandas").Run(); err != nil {
		testneeds.Missing(t, "pandas", how)
	}
	base, _ := running(t, Config{Reader: sampleStore(t), Logger: quiet(t)})
	script := strings.ReplaceAll(code, address, base) + strings.ReplaceAll(`
assert list(TABLE.columns) == "`+strings.Join(tieColumns, " ")+`".split(), list(TABLE.columns)
assert TABLE.status.tolist() == ["ACTIVE", "SUSPENDED", "ACTIVE"], TABLE.status
assert TABLE.ccode1.tolist() == [732] * 3 and TABLE.ccode2.tolist() == [740] * 3, TABLE
assert TABLE.certain.dtype == bool and TABLE.certain.all(), TABLE.certain
assert TABLE.start.tolist() == ["1979~", "2018-12-20~", "2024-06-01"], TABLE.start
assert TABLE.extent.isna().tolist() == [True, False, True], TABLE.extent
assert TABLE.end.isna().tolist() == [False, False, True] and TABLE.end_why.iloc[2] == "CENSORED", TABLE.end
days = pd.to_datetime(TABLE.end_latest) - pd.to_datetime(TABLE.start_earliest)
assert days.dt.days.iloc[1] + 1 == 1990, days
`, "TABLE", name)
	out, err := exec.CommandContext(ctx, python, "-c", script).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s\n%s", err, script, out)
	}
}
