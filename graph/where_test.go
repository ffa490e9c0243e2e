package graph

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// holdsIn evaluates a tree in the plainest way.
func (w Where) holdsIn(e *EngagementRow) bool {
	switch {
	case w.Not != nil:
		return !w.Not.holdsIn(e)
	case w.Is != nil:
		return w.Is.holds(e)
	case w.some:
		return slices.ContainsFunc(w.Any, func(i Where) bool { return i.holdsIn(e) })
	default:
		return !slices.ContainsFunc(w.All, func(i Where) bool { return !i.holdsIn(e) })
	}
}

// TestFilterSaysWhatTheTreeSays: multiplied out, a tree finds the same as before, and with what it does not find, everything.
func TestFilterSaysWhatTheTreeSays(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same every time
	tags := []string{"kind:ACT", "kind:MEETING", "topic:DEFENSE", "topic:TRADE", "level:SUMMIT"}
	var rows []*EngagementRow
	for n := range 1 << len(tags) {
		e := &EngagementRow{Titles: []string{fmt.Sprint(n)}}
		for i, tag := range tags {
			if n>>i&1 == 1 {
				e.Tags = append(e.Tags, tag)
			}
		}
		rows = append(rows, e)
	}
	var tree func(depth int) Where
	tree = func(depth int) Where {
		var of []Where
		if depth > 0 {
			for range r.IntN(7) {
				of = append(of, tree(depth-1))
			}
		}
		switch r.IntN(8) {
		case 0, 6:
			return AllOf(of...)
		case 1, 7:
			return AnyOf(of...)
		case 2:
			return NotSo(tree(depth - 1))
		case 3:
			return So(Condition{Kind: HasTitle, Match: MatchContains, Text: fmt.Sprint(r.IntN(32))})
		default:
			c := Condition{Kind: HasTags, Every: r.IntN(4) == 0}
			for range r.IntN(3) {
				c.Tags = append(c.Tags, tags[r.IntN(len(tags))])
			}
			return So(c)
		}
	}
	made, refused := 0, 0
	for range 2_000 {
		w := tree(3 + r.IntN(3))
		f, err := w.Filter()
		if err != nil {
			refused++
			if !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), "the limit is ") {
				t.Fatalf("refused: %v", err)
			}
			continue
		}
		made++
		if err := f.Check(); err != nil {
			t.Fatalf("%+v: %v", f, err)
		}
		for _, e := range rows {
			if f.Meets(e) != w.holdsIn(e) {
				t.Fatalf("%+v\nas a filter %+v\nis %t of %v", w, f, f.Meets(e), e.Tags)
			}
		}
	}
	if made < 1000 || refused < 50 {
		t.Errorf("%d trees were made into filters, %d refused", made, refused)
	}
}

// TestForces: the days of an agreement's rows say what InForce says, day by day.
func TestForces(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // the same every time
	date := func() Date {
		d := fmt.Sprintf("2000-%02d-%02d", 1+r.IntN(3), 1+r.IntN(28))
		return MustDate([]string{d, d, d + "~", d[:7], d[:7] + "?"}[r.IntN(5)])
	}
	unknown, perhaps, yes, no := 0, 0, 0, 0
	for range 3000 {
		a := &Agreement{}
		for range r.IntN(5) {
			s := Stage{Stage: []StageKind{StageSigned, StageInForce, StageInForce, StageSuspension, StageTerminated}[r.IntN(5)], Date: date()}
			if r.IntN(5) == 0 {
				s.Party = "a"
			}
			a.Stages = append(a.Stages, s)
		}
		switch r.IntN(4) {
		case 0:
			a.Period = Period{Start: date(), Why: Unknown}
		case 1:
			a.Period = Period{Start: date(), Why: Ongoing}
		case 2:
			a.Period = Period{End: date()}
		}
		rows := a.forces()
		for d := MustDay("1999-11-01"); d < MustDay("2000-07-01"); d++ {
			is := a.InForce(d)
			i := slices.IndexFunc(rows, func(f ForceRow) bool { return f.Days.Contains(d) })
			entered := slices.ContainsFunc(a.Stages, func(s Stage) bool { return s.Stage == StageInForce })
			switch {
			case is == nil && entered:
				perhaps++
			case is == nil:
				unknown++
			case *is:
				yes++
			default:
				no++
			}
			if (is == nil && !entered) != (i < 0) || is != nil && (*is != rows[i].Holds || rows[i].Perhaps) || is == nil && entered && (!rows[i].Perhaps || rows[i].Holds) {
				t.Fatalf("%+v %+v on %s: rows %v", a.Stages, a.Period, d, rows)
			}
		}
	}
	if min(unknown, perhaps, yes, no) < 10_000 {
		t.Errorf("%d days unknown, %d perhaps, %d in force, %d not", unknown, perhaps, yes, no)
	}
}

func TestTitleKeyOrders(t *testing.T) {
	t.Parallel()
	titles := []string{"", "Élysée Treaty", "elysee treaty 2", "Zollverein", "Сделка", "한일 기본조약", "日本"}
	if !slices.IsSortedFunc(titles, func(a, b string) int { return strings.Compare(TitleKey(a), TitleKey(b)) }) {
		t.Errorf("%q are not in order", titles)
	}
	if TitleKey("ÉLYSÉE") != TitleKey("elysee") {
		t.Error("case and accents count")
	}
	long := strings.Repeat("á", 60)
	if TitleKey(long) != TitleKey(long+"b") || TitleKey(long[:20]) == TitleKey(long) {
		t.Error("not the first 60 characters count")
	}
	t.Logf("a title of 28 letters has a key of %d bytes", len(TitleKey("Japan-ROK summit, Nara 2026.")))
}

func BenchmarkTraits(b *testing.B) {
	e := &Meeting{EngagementBase: EngagementBase{Kind: KindMeeting, Titles: []Name{{Text: "Japan-ROK summit, Nara 2026"}}, Topics: Topics[:2]}}
	for b.Loop() {
		var row EngagementRow
		row.traits(e, "a")
	}
}
