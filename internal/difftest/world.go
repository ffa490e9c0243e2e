package difftest

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// The sources of the generated graph. They disagree about actors and effects, and have accounts of the same meetings.
const (
	registry graph.SourceKey = "registry"
	dossier  graph.SourceKey = "dossier"
	dataset  graph.SourceKey = "dataset"
)

// A world makes the statements of an invented graph in which everything the schema can show is somewhere. Its few
// actors and days meet often.
type world struct {
	*rand.Rand
	states, parts, orgs, persons []graph.ActorKey
}

func newWorld(seed uint64) *world {
	w := &world{Rand: rand.New(rand.NewPCG(seed, 7))} //nolint:gosec // the same every time
	for i := range 8 {
		w.states = append(w.states, graph.ActorKey(fmt.Sprintf("iso3:%c%[1]c%[1]c", 'A'+i)))
		w.parts = append(w.parts, graph.ActorKey(fmt.Sprintf("org:navy-%c", 'a'+i)))
		w.persons = append(w.persons, graph.ActorKey(fmt.Sprintf("person:p-%c", 'a'+i)))
	}
	for i := range 3 {
		w.orgs = append(w.orgs, graph.ActorKey(fmt.Sprintf("org:league-%c", 'a'+i)))
	}
	return w
}

// sometimes tells so once in n.
func (w *world) sometimes(n int) bool { return w.IntN(n) == 0 }

func some[T any](w *world, upTo int, of []T) []T {
	var out []T
	for _, i := range w.Perm(len(of))[:w.IntN(upTo+1)] {
		out = append(out, of[i])
	}
	return out
}

func maybe[T any](w *world, v T) *T {
	if w.sometimes(3) {
		return nil
	}
	return &v
}

func (w *world) words() string {
	all := []string{"Treaty", "treasure", "Sea", "of", "the", "North", "日本海", "한국", "Élysée", "talks", "Quay"}
	text := one(w.Rand, all)
	for !w.sometimes(3) {
		text += " " + one(w.Rand, all)
	}
	return text
}

func (w *world) names() []graph.Name {
	names := []graph.Name{{Text: w.words(), Lang: "en"}}
	for _, lang := range some(w, 2, []string{"ja", "ko", "zh-Hant", ""}) {
		n := graph.Name{Text: w.words(), Lang: lang}
		if w.sometimes(2) {
			n.Period = w.period()
		}
		names = append(names, n)
	}
	return names
}

// date gives one of few days, as precise as it happens.
func (w *world) date() graph.Date {
	d := fmt.Sprintf("%04d-%02d-%02d", 1990+w.IntN(12), one(w.Rand, []int{1, 6, 12}), one(w.Rand, []int{1, 15, 28}))
	switch w.IntN(14) {
	case 0:
		d = d[:4]
	case 1:
		d = d[:7]
	case 2:
		d += "~"
	case 3:
		d = d[:4] + "?"
	case 4:
		d = d[:7] + "%"
	case 5:
		d = "[" + d + ".." + fmt.Sprintf("%04d-12-31", 2002) + "]"
	}
	return graph.MustDate(d)
}

func (w *world) period() graph.Period {
	start, end := w.date(), w.date()
	if end.Earliest() < start.Earliest() {
		start, end = end, start
	}
	switch w.IntN(12) {
	case 0:
		return graph.On(start)
	case 1, 2:
		return graph.Period{Start: start, Why: graph.Ongoing}
	case 3:
		return graph.Period{Start: start, Why: graph.Unknown}
	case 4:
		return graph.Observed(start, end.Latest())
	case 5:
		return graph.Period{End: end}
	case 6:
		return graph.Period{ObservedFrom: start, Why: graph.Unknown}
	default:
		return graph.Period{Start: start, End: end}
	}
}

func (w *world) citations() []graph.Citation {
	var all []graph.Citation
	for range w.IntN(3) {
		c := graph.Citation{Locator: fmt.Sprint("article ", w.IntN(9)), Quote: "as was said"}
		if w.sometimes(2) {
			c.Work = one(w.Rand, works)
		}
		if w.sometimes(2) {
			c.Supports = "period"
		}
		all = append(all, c)
	}
	return all
}

var works = []graph.WorkKey{"dossier:w1", "dossier:w2", "dossier:w3", "dossier:w4"}

func (w *world) work(key graph.WorkKey) *graph.Work {
	out := &graph.Work{Key: key, Title: w.words(), Read: w.sometimes(2)}
	if out.Read {
		out.Publisher, out.Date, out.URL, out.Language, out.Accessed = "A house", w.date(), "https://example.org/w", "en", "2025-01-02"
	}
	return out
}

func (w *world) source(key graph.SourceKey) *graph.Source {
	s := &graph.Source{
		Key: key, Kind: graph.SourceDataset, Title: "The " + string(key), Version: fmt.Sprint(1 + w.IntN(3)), Publisher: "A house",
		License: "CC0-1.0", URL: "https://example.org/" + string(key), Language: "en",
		BibTeX: "@misc{" + string(key) + ",\n  title = {The " + string(key) + "}\n}",
		Coverage: []graph.Coverage{
			{From: graph.MustDate("1989"), To: graph.MustDate("2001"), Note: "what is said most of"},
			{
				Kinds: []graph.StatementKind{graph.StatementEngagement}, Forms: []graph.EngagementKind{graph.KindAgreement, graph.KindDispute},
				Topics: graph.Topics[:3], Actors: w.states[:5], From: graph.MustDate("1980"), To: graph.MustDate("1998-06"), Complete: true,
			},
		},
	}
	switch key {
	case registry:
		s.Kind = graph.SourceRegistry
	case dossier:
		s.Kind = graph.SourceDossier
	default:
	}
	return s
}

func (w *world) actor(key graph.ActorKey) *graph.ActorFacts {
	a := &graph.ActorFacts{Key: key, Kind: graph.KindOrganization, Names: w.names(), Citations: w.citations()}
	if w.sometimes(3) {
		a.Note = w.words()
	}
	if i := slices.Index(w.states, key); i >= 0 {
		a.Kind = graph.KindState
		a.Identifiers = []graph.Identifier{
			{Scheme: "iso3", Value: string(key[5:])},
			{Scheme: "cow", Value: fmt.Sprint(100 + i), Period: graph.Period{Start: graph.MustDate("1980"), End: graph.MustDate("1996-06-30")}},
			{Scheme: "cow", Value: fmt.Sprint(100 + (i+1)%len(w.states)), Period: graph.Period{Start: graph.MustDate("1996-07-01"), Why: graph.Ongoing}},
			{Scheme: "cowc", Value: string(key[5:])}, // equal to the code of another scheme
		}
		if i%2 == 0 {
			a.Existence = []graph.Period{{Start: graph.MustDate("1985"), End: graph.MustDate("1994")}, {Start: graph.MustDate("1995-06"), Why: graph.Ongoing}}
			a.Succeeds = []graph.Succession{{Actor: w.states[(i+3)%len(w.states)], Date: w.date(), Note: "in part"}, {Actor: w.states[(i+5)%len(w.states)]}}
		}
	}
	if i := slices.Index(w.parts, key); i >= 0 {
		a.PartOf = []graph.PartOf{{Actor: w.states[i], Period: w.period()}}
		if i%3 == 0 {
			a.PartOf = []graph.PartOf{{Actor: w.states[i]}, {Actor: w.parts[i+1], Period: w.period()}} // through two
		}
	}
	if slices.Contains(w.persons, key) {
		a.Kind = graph.KindPerson
	}
	return a
}

func (w *world) tenure(i int) *graph.Tenure {
	return &graph.Tenure{
		Key: graph.TenureKey(fmt.Sprintf("t:%02d", i)), Person: one(w.Rand, w.persons), Of: one(w.Rand, append(w.states[:3:3], w.parts[0])),
		Office: one(w.Rand, []string{"Minister", "minister", "Président", "外相"}), Period: w.period(), Note: one(w.Rand, []string{"", "acting"}), At: one(w.Rand, append(w.states[:1:1], "")), Citations: w.citations(),
		Entry: one(w.Rand, []graph.TenureEntry{"", graph.EntryRegular, graph.EntryImposed}), Exit: one(w.Rand, []graph.TenureExit{"", graph.ExitDeath, graph.ExitIrregular}),
		ExitHow: one(w.Rand, []string{"", "Popular Protest, without Foreign Support"}),
	}
}

func (w *world) membership(i int) *graph.Membership {
	return &graph.Membership{
		Key: graph.MembershipKey(fmt.Sprintf("m:%02d", i)), Member: one(w.Rand, w.states), Organization: one(w.Rand, w.orgs), Period: w.period(),
		Status: one(w.Rand, []graph.MembershipStatus{graph.MemberFull, graph.MemberObserver, graph.MemberSuspended}), Citations: w.citations(),
	}
}

func (w *world) representation(i int) *graph.Representation {
	at := i % len(w.states)
	r := &graph.Representation{
		Key: graph.RepresentationKey(fmt.Sprintf("r:%02d", i)), Sender: w.states[at], Receiver: w.states[(at+1+i/4)%len(w.states)], Citations: w.citations(),
	}
	if r.Receiver == r.Sender {
		r.Receiver = w.states[(at+1)%len(w.states)]
	}
	for range 1 + w.IntN(3) {
		record := graph.RepresentationRecord{Level: one(w.Rand, graph.RepresentationLevels), Period: w.period(), Note: one(w.Rand, []string{"", "in part"})}
		if record.Period.IsZero() || w.sometimes(3) {
			record.Period, record.Observed = graph.Period{}, w.date()
		}
		r.Records = append(r.Records, record)
	}
	return r
}

func (w *world) assertion(i int) *graph.Assertion {
	a := &graph.Assertion{
		Key: graph.AssertionKey(fmt.Sprintf("a:%02d", i)), About: w.anyEngagement(), Text: w.words(), Citations: w.citations(),
		Stance: one(w.Rand, []graph.Stance{graph.Asserts, graph.Denies, graph.Reserves, graph.DoesNotConfirm}),
	}
	if w.sometimes(3) {
		a.Work = one(w.Rand, works)
	} else {
		a.Author = one(w.Rand, w.states)
	}
	if w.sometimes(2) {
		a.Quote, a.Date = "in these words", w.date()
	}
	if w.sometimes(3) {
		a.Location = &graph.Location{Place: w.words(), Latitude: float64(w.IntN(1800)-900) / 10, Longitude: float64(w.IntN(3600)-1800) / 10, Precision: "near"}
	}
	return a
}
