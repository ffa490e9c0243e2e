package usenvoys

import "testing"

func TestPersonName(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"kennan-george-frost":           "Kennan, George Frost",
		"perry-matthew":                 "Perry, Matthew",
		"robinson-david-m":              "Robinson, David M.",
		"dornbush-k-terry":              "Dornbush, K. Terry",
		"barnes-harry-george-jr":        "Barnes, Harry George, Jr.",
		"brigety-reuben-earl-ii":        "Brigety Reuben Earl, II", // not a forename that is known
		"van-valkenburgh-robert-bruce":  "Van Valkenburgh Robert Bruce",
		"abercrombie-winstanley-gina-k": "Abercrombie Winstanley Gina K.",
		"bailly-blanchard-arthur":       "Bailly Blanchard Arthur",
		"someone-john2":                 "Someone, John",
	} {
		if got, _ := personName(id); got != want {
			t.Errorf("%s is %q, not %q", id, got, want)
		}
	}
}
