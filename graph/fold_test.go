package graph

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestSpells runs the worked cases of spells/1 in testdata/spells. A case is lines of what is known about
// JPN and KOR on DEFENSE, "ask" lines, and below each the answer:
//
//	effect TYPE DATE NAME [partial|full] [strand=NAME]
//	agreement NAME parties=A[:FROM..TO],B[,C…] [open] [in-force=[PARTY:]DATE] [terminated=[PARTY:]DATE] [unknown-end]
//	          [owes=TYPE] [owed=TYPE] [obligation=FROM..TO]     (owes: JPN to KOR; owed: KOR to JPN)
//	part NAME of=JPN|KOR FROM..TO       (an organisation that was part of one of the two)
//	absent DATE [until DATE] | gone DATE    (since when one of the two did not exist, for a time or for good)
//	ask spells [STRAND] | ask on DAY [STRAND]
func TestSpells(t *testing.T) {
	files, err := filepath.Glob("testdata/spells/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no worked cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { runCase(t, file) })
	}
}

func runCase(t *testing.T, file string) {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var effects []*Effect
	var agreements []*Agreement
	var absences []absence
	cons := map[string][]Constituent{"JPN": {{"JPN", Always, Direct}}, "KOR": {{"KOR", Always, Direct}}}
	var question string
	var want, got []string
	check := func() {
		if question == "" {
			return
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", question, diff)
		}
		question, want, got = "", nil, nil
	}
	sc := bufio.NewScanner(f)
	asked := 0
	for sc.Scan() {
		line := strings.TrimSpace(sc.Text())
		words := strings.Fields(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case words[0] == "effect":
			check()
			effects = append(effects, caseEffect(t, words[1:]))
		case words[0] == "agreement":
			check()
			agreements = append(agreements, caseAgreement(t, words[1:]))
		case words[0] == "part":
			check()
			whole := strings.TrimPrefix(words[2], "of=")
			cons[whole] = append(cons[whole], Constituent{ActorKey(words[1]), casePeriod(words[3]).Bounds().Possible(), ByComponent})
		case words[0] == "absent", words[0] == "gone":
			check()
			a := absence{from: MustDate(words[1]), forGood: words[0] == "gone"}
			if len(words) > 3 {
				a.until = MustDate(words[3])
			}
			absences = append(absences, a)
		case words[0] == "ask":
			check()
			asked++
			var bearings []Bearing
			for _, a := range agreements {
				bearings = append(bearings, bearingsOf(a, TopicDefense, cons["JPN"], cons["KOR"])...)
			}
			question, got = line, caseAnswer(words[1:], effects, bearings, absences)
		default:
			want = append(want, strings.Join(words, " "))
		}
	}
	check()
	if asked == 0 {
		t.Error("the case asks nothing")
	}
}

func caseEffect(t *testing.T, words []string) *Effect {
	e := &Effect{Type: EffectType(words[0]), Date: MustDate(words[1]), Carrier: EngagementKey(words[2])}
	if _, ok := rank[e.Type]; !ok {
		t.Fatalf("no effect %q", words[0])
	}
	for _, w := range words[3:] {
		if name, ok := strings.CutPrefix(w, "strand="); ok {
			e.Strand = name
		} else {
			e.Extent = Extent(strings.ToUpper(w))
		}
	}
	return e
}

func caseAgreement(t *testing.T, words []string) *Agreement {
	a := &Agreement{PartiesComplete: true}
	a.Key, a.Kind, a.Topics, a.Period = EngagementKey(words[0]), KindAgreement, []Topic{TopicDefense}, Period{Why: Ongoing}
	for _, w := range words[1:] {
		name, value, _ := strings.Cut(w, "=")
		switch name {
		case "parties":
			for _, p := range strings.Split(value, ",") {
				who, when, dated := strings.Cut(p, ":")
				part := Participation{Actor: ActorKey(who), Role: RoleParty}
				if dated {
					part.Period = casePeriod(when)
				}
				a.Participations = append(a.Participations, part)
			}
		case "open":
			a.PartiesComplete = false
		case "in-force", "terminated":
			kind := map[string]StageKind{"in-force": StageInForce, "terminated": StageTerminated}[name]
			party, date, own := strings.Cut(value, ":")
			if !own {
				party, date = "", value
			}
			a.Stages = append(a.Stages, Stage{Stage: kind, Party: ActorKey(party), Date: MustDate(date)})
			if kind == StageInForce {
				a.Period.Start = MustDate(date)
			}
		case "unknown-end":
			a.Period.Why = Unknown
		case "owes":
			a.Obligations = append(a.Obligations, Obligation{Type: ObligationType(value), By: "JPN", Toward: "KOR"})
		case "owed":
			a.Obligations = append(a.Obligations, Obligation{Type: ObligationType(value), By: "KOR", Toward: "JPN"})
		case "obligation":
			a.Obligations[len(a.Obligations)-1].Period = casePeriod(value)
		default:
			t.Fatalf("no such word: %q", w)
		}
	}
	return a
}

// casePeriod reads FROM..TO, either of which may be missing.
func casePeriod(text string) Period {
	from, to, _ := strings.Cut(text, "..")
	p := Period{Why: Ongoing}
	if from != "" {
		p.Start = MustDate(from)
	}
	if to != "" {
		p.End, p.Why = MustDate(to), ""
	}
	return p
}

func caseAnswer(ask []string, effects []*Effect, bearings []Bearing, absences []absence) []string {
	strand := ""
	rest := ask[1:]
	var day Day
	if ask[0] == "on" {
		day, rest = MustDay(ask[1]), ask[2:]
	}
	if len(rest) > 0 {
		strand = rest[0]
	}
	var own []*Effect
	for _, e := range effects {
		if e.Strand == strand {
			own = append(own, e)
		}
	}
	if strand != "" {
		bearings = nil
	}
	h := foldWithin(own, bearings, absences)
	if ask[0] == "on" {
		s := h.On(day)
		line := fmt.Sprintf("%s %s", s.Status, sure(s.Certain))
		if !s.Certain {
			line += fmt.Sprintf(" %v", s.Possible)
		}
		return []string{line}
	}
	if len(h.Spells) == 0 {
		return []string{"nothing"}
	}
	var lines []string
	for _, s := range h.Spells {
		line := fmt.Sprintf("%s %s %s", s.Status, s.Period.EDTF(), sure(s.Certain))
		if s.Extent != "" {
			line += " " + string(s.Extent)
		}
		if s.StartedBy != "" {
			line += " by " + string(s.StartedBy)
		}
		if s.EndedBy != "" && s.Ended == nil {
			line += " to " + string(s.EndedBy)
		}
		for _, p := range s.Phases {
			line += fmt.Sprintf(" +%s:%s", p.Began.Type, p.Began.Carrier)
		}
		for _, b := range s.Basis {
			line += " on " + string(b)
		}
		lines = append(lines, line)
	}
	return lines
}

func sure(certain bool) string {
	if certain {
		return "certain"
	}
	return "uncertain"
}

// The properties of spells/1, on random histories.

func anyDate() *rapid.Generator[Date] {
	return rapid.Custom(func(t *rapid.T) Date {
		d := Day(rapid.IntRange(17000, 18500).Draw(t, "day")).String()
		text := rapid.SampledFrom([]string{d, d, d, d[:7], d[:4]}).Draw(t, "precision") +
			rapid.SampledFrom([]string{"", "", "", "~", "?"}).Draw(t, "qualifier")
		if rapid.IntRange(0, 9).Draw(t, "set") == 0 {
			e := Day(rapid.IntRange(17000, 18500).Draw(t, "other")).String()
			text = "[" + min(d, e) + ".." + max(d, e) + "]"
		}
		return MustDate(text)
	})
}

func anyEffects(least int) *rapid.Generator[[]*Effect] {
	one := rapid.Custom(func(t *rapid.T) *Effect {
		return &Effect{
			Type:    rapid.SampledFrom([]EffectType{Establishes, Suspends, Resumes, Ends, Upgrades, Downgrades}).Draw(t, "type"),
			Date:    anyDate().Draw(t, "date"),
			Carrier: EngagementKey(rapid.StringMatching(`[a-f]{1,2}`).Draw(t, "key")),
		}
	})
	return rapid.SliceOfN(one, least, 8)
}

func anyBearings() *rapid.Generator[[]Bearing] {
	one := rapid.Custom(func(t *rapid.T) Bearing {
		b := Bearing{Key: EngagementKey(rapid.StringMatching(`[g-k]`).Draw(t, "key")), Since: anyDate().Draw(t, "since"), Why: Ongoing}
		switch until := anyDate().Draw(t, "until"); {
		case until.Latest() >= b.Since.Earliest():
			b.Until, b.Why = until, ""
		case rapid.Bool().Draw(t, "unknown"):
			b.Why = Unknown
		}
		return b
	})
	return rapid.SliceOfN(one, 0, 3)
}

// String prints an effect as the worked cases do, so that rapid shows what failed.
func (e *Effect) String() string { return fmt.Sprintf("%s %s %s", e.Type, e.Date, e.Carrier) }

func describe(h *History) []string {
	var lines []string
	for _, s := range h.Spells {
		lines = append(lines, fmt.Sprint(s.Status, s.Period.EDTF(), s.Certain, s.StartedBy, s.EndedBy, len(s.Phases), s.Basis))
	}
	return lines
}

func TestFoldIsOrderFree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		effects, bearings := anyEffects(0).Draw(t, "effects"), anyBearings().Draw(t, "bearings")
		want := describe(FoldTie(effects, bearings))
		mixed, mixedBearings := rapid.Permutation(effects).Draw(t, "mixed"), rapid.Permutation(bearings).Draw(t, "mixed bearings")
		if diff := cmp.Diff(want, describe(FoldTie(mixed, mixedBearings))); diff != "" {
			t.Fatalf("another order, another history (-want +got):\n%s", diff)
		}
	})
}

func TestFoldIsCausal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		effects, bearings := anyEffects(0).Draw(t, "effects"), anyBearings().Draw(t, "bearings")
		d := Day(rapid.IntRange(16990, 18510).Draw(t, "asked"))
		var before []*Effect
		for _, e := range effects {
			if e.Date.PossibleEarliest() <= d {
				before = append(before, e)
			}
		}
		precedes := false // something that certainly happened by the day
		for _, e := range before {
			precedes = precedes || e.Date.Earliest() <= d
		}
		for _, b := range bearings {
			held := b.Until.IsZero() || b.Until.Latest() > b.Since.Earliest() // on some day
			precedes = precedes || held && b.Since.Earliest() <= d
		}
		if !precedes {
			t.Skip("nothing precedes the day")
		}
		was, is := FoldTie(before, bearings).On(d), FoldTie(effects, bearings).On(d)
		if was.Status != is.Status {
			t.Fatalf("on %s %s without what came after, %s with it: %v %v", d, was.Status, is.Status, effects, bearings)
		}
	})
}

func TestFoldBridgesNoGap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := FoldTie(anyEffects(0).Draw(t, "effects"), anyBearings().Draw(t, "bearings"))
		for d := Day(16990); d < 18510; d++ {
			s := h.On(d)
			if !s.Certain || s.Spell != nil {
				continue
			}
			for _, spell := range h.Spells {
				from, to := spell.begins.Last(), spell.ends.From
				if spell.ends.Empty() {
					to = maxDay
				}
				if spell.Period.Start.IsZero() {
					continue
				}
				if from < d && d < to {
					t.Fatalf("%s is certainly without status (%s), and lies inside %s %s", d, s.Status, spell.Status, spell.Period.EDTF())
				}
			}
		}
	})
}

func TestPossibleStatusesIncludeTheCertainOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		effects := anyEffects(1).Draw(t, "effects")
		// Each effect happened on one day: take one that its date allows.
		happened := make([]*Effect, len(effects))
		for i, e := range effects {
			c := *e
			day := rapid.IntRange(int(e.Date.PossibleEarliest()), int(e.Date.PossibleLatest())).Draw(t, "happened")
			c.Date = DateOf(Day(day))
			happened[i] = &c
		}
		h, truth := FoldTie(effects, nil), FoldTie(happened, nil)
		d := Day(rapid.IntRange(16990, 18510).Draw(t, "asked"))
		s, actual := h.On(d), truth.On(d)
		if s.Certain && len(s.Possible) != 1 {
			t.Fatalf("certain of %v", s.Possible)
		}
		if s.Certain && s.Status != actual.Status && actual.Certain {
			t.Fatalf("on %s said certainly %s, but the effects can have happened so that it was %s: %v as %v", d, s.Status, actual.Status, effects, happened)
		}
	})
}

func TestStretchesOfEqualStatusThatTouchAreOneSpell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := FoldTie(anyEffects(0).Draw(t, "effects"), nil)
		for i := 1; i < len(h.Spells); i++ {
			a, b := h.Spells[i-1], h.Spells[i]
			if a.Status == b.Status && a.Period.End.Exact() && b.Period.Start.Exact() && a.Period.End.Earliest()+1 == b.Period.Start.Earliest() {
				t.Fatalf("%s %s and %s touch", a.Status, a.Period.EDTF(), b.Period.EDTF())
			}
		}
	})
}
