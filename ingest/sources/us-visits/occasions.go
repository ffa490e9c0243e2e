package usvisits

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/entente-graph/entente/graph"
)

var (
	// kindOfVisit may stand before what the visit was for.
	kindOfVisit = regexp.MustCompile(`(?i)^(?:official working|working|official|unofficial|informal|private|state) visit[.;] *`)
	attended    = regexp.MustCompile(`(?i)^(?:attended|participated in) (?:the |an? )?`)
	// session is what leaders attend side by side without meeting one another: each visit stands by itself.
	session     = regexp.MustCompile(`(?i)general assembly|u\.?n\.? .*session`)
	accompanied = regexp.MustCompile(`^Accompanied (.+?)(?: as .*)?\.?$`)
)

// occasionOf gives the occasion that a description names, or "": what occasions.csv says of the whole text, else what
// follows "Attended", where that is how the text begins. A subject ("Discussed …"), a meeting with the President alone
// ("Met with …") and the kind of a visit ("Working visit.") are no occasion.
func (t *tables) occasionOf(description string) string {
	if occasion, ok := t.occasions[same(description)]; ok {
		return occasion
	}
	rest := kindOfVisit.ReplaceAllString(description, "")
	at := attended.FindString(rest)
	if at == "" || session.MatchString(rest) {
		return ""
	}
	rest = strings.TrimSuffix(rest[len(at):], ".")
	first, size := utf8.DecodeRuneInString(rest)
	return string(unicode.ToUpper(first)) + rest[size:]
}

// same makes texts comparable: folded, with one kind of apostrophe and without the full stop at the end.
func same(text string) string {
	return strings.TrimSuffix(graph.Fold(strings.ReplaceAll(text, "’", "'")), ".")
}

// gather puts the visits of one file together that were one meeting; README.md gives the rules and what they
// leave apart. A visit that is not understood joins all that it may belong to, so that what is mended and read alone is
// whole. Groups and their visits are in the order of ids.
func gather(visits []*visit) [][]*visit {
	parent := make([]int, len(visits))
	for i := range parent {
		parent[i] = i
	}
	var find func(int) int
	find = func(i int) int {
		if parent[i] != i {
			parent[i] = find(parent[i])
		}
		return parent[i]
	}
	for i, a := range visits {
		for j, b := range visits[:i] {
			if together(a, b) {
				parent[find(i)] = find(j)
			}
		}
	}
	byRoot := map[int][]*visit{}
	for i, v := range visits {
		byRoot[find(i)] = append(byRoot[find(i)], v)
	}
	groups := make([][]*visit, 0, len(byRoot))
	for _, g := range byRoot {
		slices.SortStableFunc(g, byID)
		groups = append(groups, g)
	}
	slices.SortFunc(groups, func(a, b []*visit) int { return byID(a[0], b[0]) })
	return groups
}

func byID(a, b *visit) int {
	if a.id != b.id {
		return a.id - b.id
	}
	return int(a.record.From - b.record.From)
}

// together tells whether two visits were one meeting.
func together(a, b *visit) bool {
	unsure := a.bad() || b.bad()
	if a.id > 0 && a.id == b.id { // a mistake of both
		return true
	}
	if !unsure && (a.period.Start.Earliest() > b.period.End.Latest() || b.period.Start.Earliest() > a.period.End.Latest()) {
		return false // they share no day
	}
	switch {
	case a.occasion != "" && a.folded.occasion == b.folded.occasion:
		return true
	case a.accompanies(b), b.accompanies(a):
		return true
	case a.from == "" || a.from != b.from || a.description == "" || a.folded.description != b.folded.description:
		return false
	case a.folded.text == b.folded.text:
		return false // one person twice
	}
	sameStart, sameEnd := a.start == b.start, a.end == b.end
	return sameStart && sameEnd || unsure && (sameStart || sameEnd)
}

// accompanies tells whether the description says that the visitor accompanied the other one.
func (v *visit) accompanies(other *visit) bool {
	return v.accompanied != "" && strings.HasSuffix(" "+other.folded.text, " "+v.folded.accompanied)
}
