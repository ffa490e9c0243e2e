package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
)

// TestWhatIsOnlyInQuarantineIsErased: what was never understood goes from the quarantine, and does not come back.
func TestWhatIsOnlyInQuarantineIsErased(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	store, a, b := filepath.Join(dir, "store.db"), filepath.Join(dir, "MIDA.csv"), filepath.Join(dir, "MIDB.csv")
	write(t, a, disputesTable)
	write(t, b, participantsTable)
	entente(t, "ingest", "cow-mid", a, b, "--store", store)
	with := func(args ...string) string {
		t.Helper()
		return strings.Join(strings.Fields(entente(t, append(args, "--store", store)...)), " ")
	}
	contains := func(what, got string, parts ...string) {
		t.Helper()
		for _, part := range parts {
			if !strings.Contains(got, part) {
				t.Errorf("%s: it says %q, and not %q", what, got, part)
			}
		}
	}
	contains("the quarantine", with("quarantine"), "cow-mid:9902")
	contains("erased", with("erase", "cow-mid:9902", "--reason", "a test", "--yes"),
		"engagement cow-mid not understood; in quarantine of load 1 none cow-mid:9902", "Load 2 erased 1 thing from quarantine: a test")
	contains("the quarantine then", with("quarantine", "1"), "Load 1 has nothing in quarantine.")
	contains("loaded again", with("ingest", "cow-mid", a, b), "nothing changed, nothing was written")

	contains("both at once", with("ingest", "cow-mid", a, b, "--json"), `"erased": 1`)
	contains("in JSON", with("erase", "cow-mid:9901", "--reason", "a test", "--yes", "--json"), `{ "source": "cow-mid", "kind": "engagement", "key": "cow-mid:9901" }`)
	for _, c := range []struct{ key, says string }{
		{"cow-mid:9902", "was erased in load 2"}, {"cow-mid:9901", "was erased in load 3"}, {"cow-mid:9903", "no statement ever had the key"},
	} {
		var out, said bytes.Buffer
		err := run(context.Background(), []string{"erase", c.key, "--reason", "again", "--yes", "--store", store}, strings.NewReader(""), &out, &said, func(string) string { return "" })
		if err == nil {
			t.Errorf("%s is erased again: %s", c.key, out.String())
			continue
		}
		contains(c.key, err.Error(), c.says)
	}
}

// TestWhatNamesAnActorIsCounted: representations that name what is erased stay, and are counted.
func TestWhatNamesAnActorIsCounted(t *testing.T) {
	t.Parallel()
	store := filepath.Join(t.TempDir(), "store.db")
	for _, source := range []string{"states", "us-missions"} {
		entente(t, "ingest", source, "--store", store)
	}
	said := entente(t, "erase", "iso3:CUB", "--reason", "a test", "--yes", "--json", "--store", store)
	if got := strings.Join(strings.Fields(said), " "); !strings.Contains(got, `"what": "representations", "count": 1`) {
		t.Errorf("one representation names Cuba: %s", got)
	}
}
