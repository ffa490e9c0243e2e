package decisions

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

func read(t *testing.T, text string) ([]graph.Decision, error) {
	t.Helper()
	return Read(t.Context(), fstest.MapFS{"d.csv": {Data: []byte(text)}}, "d.csv")
}

// What is written is read again, by keys.
func TestRoundTrip(t *testing.T) {
	all := []graph.Decision{
		*graph.NewDecision(graph.VerdictSame, "v:z", "a:b", `he signed "as both", on one day`),
		*graph.NewDecision(graph.VerdictDifferent, "a:a", "v:z", ""),
		*graph.NewDecision(graph.VerdictSame, "a:ü", "b:日本", "two\nlines"),
	}
	var out strings.Builder
	if err := Write(&out, all); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), "verdict,a,b,because\ndifferent,a:a,v:z,\nsame,a:b,v:z,\"he signed") {
		t.Errorf("written is\n%s", out.String())
	}
	got, err := read(t, out.String())
	if err != nil {
		t.Fatal(err)
	}
	if want := []graph.Decision{all[1], all[0], all[2]}; !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got, err = read(t, "verdict,a,b,because\n"); err != nil || len(got) > 0 {
		t.Errorf("an empty table gives %v, %v", got, err)
	}
}

// Every mistake is told with its place, and then nothing is read.
func TestMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"verdict,a,b,because\nmaybe,a:b,c:d,\n":                       "d.csv:2:1: verdict: \"maybe\": this is no verdict (same or different)",
		"verdict,a,b,because\nsame,abe,c:d,\nsame,e:f,g :h,\n":        "d.csv:2:2: a: \"abe\"|d.csv:3:3: b: \"g :h\"",
		"verdict,a,b,because\nsame,a:b,a:b,\n":                        "d.csv:2:3: b: \"a:b\": both keys are the same",
		"verdict,a,b,because\nsame,a:b,c:d,\ndifferent,c:d,a:b,why\n": "d.csv:3:2: a: \"c:d\": line 2 decides of these two already",
		"verdict,a,b\nsame,a:b,c:d\n":                                 "because",
		"verdict,a,b,because\nsame,a:b\n":                             "the row has 2 cells",
		"":                                                            "d.csv",
	} {
		got, err := read(t, text)
		var ms ingest.Mistakes
		if got != nil || !errors.As(err, &ms) || !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%q gives %v, %v", text, got, err)
			continue
		}
		for part := range strings.SplitSeq(want, "|") {
			if !strings.Contains(ms.Error(), part) {
				t.Errorf("%q: %v\nwant %s", text, ms, part)
			}
		}
	}
	if _, err := Read(t.Context(), fstest.MapFS{}, "none.csv"); err == nil {
		t.Error("a file that is not there is read")
	}
}
