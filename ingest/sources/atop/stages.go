package atop

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// stages are the steps in the life of an alliance: when the whole of it began and ended, also where it was interrupted;
// when a further phase began; and when each member came and went. The file dates the beginning and not
// what stands behind it (signature, ratification), so there is no other stage.
func (r *reader) stages(h *head, parts []part, stays []stay) []graph.Stage {
	spans := spansOf(parts)
	var stages []graph.Stage
	for i, s := range spans {
		stages = append(stages, r.begins(h, s, parts)...)
		if i+1 < len(spans) {
			stages = append(stages, r.ends(s.End, endedWith(parts, s.End)))
		}
	}
	if !h.period.End.IsZero() {
		stages = append(stages, graph.Stage{
			Stage: r.book.meanings["term"][h.term].stage, Date: h.period.End,
			Note: fmt.Sprintf("%s (term %s)", r.book.meanings["term"][h.term].words, h.term),
		})
	}
	for _, s := range stays {
		if s.first {
			stages = append(stages, graph.Stage{Stage: graph.StageInForce, Party: s.actor, Date: s.period.Start})
		}
		if s.last && !s.period.End.IsZero() {
			end := r.ends(s.period.End, endedWith(s.parts, s.period.End))
			end.Party = s.actor
			stages = append(stages, end)
		}
	}
	slices.SortStableFunc(stages, func(a, b graph.Stage) int {
		return cmp.Or(
			compareDates(a.Date, b.Date),
			cmp.Compare(b2i(a.Party != ""), b2i(b.Party != "")),
			cmp.Compare(b2i(a.Stage == graph.StageInForce), b2i(b.Stage == graph.StageInForce)),
		)
	})
	return stages
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// spansOf gives the times in which anybody was a member: one, or several where the alliance was interrupted.
func spansOf(parts []part) []graph.Period {
	var spans []graph.Period
	for _, p := range parts { // in the order of their beginnings
		if n := len(spans); n > 0 && touch(spans[n-1], p.period) {
			if later(p.period, spans[n-1]) {
				spans[n-1] = spans[n-1].EndingAs(p.period)
			}
			continue
		}
		spans = append(spans, p.period)
	}
	return spans
}

// begins gives the stages that begin a span and the phases in it, each with the phases that began that day.
func (r *reader) begins(h *head, span graph.Period, parts []part) []graph.Stage {
	stages := []graph.Stage{{Stage: graph.StageInForce, Date: span.Start}}
	if h.maxphase == 0 {
		return stages
	}
	for phase := 1; phase <= h.maxphase; phase++ {
		i := slices.IndexFunc(parts, func(p part) bool { return p.phase == phase && p.first })
		if i < 0 {
			continue
		}
		start := parts[i].period.Start
		if start.Earliest() < span.Start.Earliest() || !span.End.IsZero() && start.Earliest() > span.End.Latest() {
			continue
		}
		note := phaseWords([]string{fmt.Sprint(phase)}, h.maxphase)
		last := &stages[len(stages)-1]
		switch {
		case start != last.Date:
			stages = append(stages, graph.Stage{Stage: graph.StageInForce, Date: start, Note: note})
		case last.Note == "":
			last.Note = note
		default:
			last.Note += "; " + note
		}
	}
	return stages
}

// endedWith finds a part that ended on a date: how that was stands in its row.
func endedWith(parts []part, end graph.Date) part {
	i := slices.IndexFunc(parts, func(p part) bool { return p.last && p.period.End == end })
	return parts[i]
}

// ends gives the stage by which a member's time ended: by termmode, and where that says nothing by term.
func (r *reader) ends(date graph.Date, p part) graph.Stage {
	m := r.book.meanings["termmode"][p.mode]
	if m.stage == "" {
		m = r.book.meanings["term"][p.term]
	}
	note := fmt.Sprintf("%s (term %s, termmode %s", m.words, p.term, p.mode)
	if p.cause != "" {
		note += ", termcaus " + p.cause
	}
	return graph.Stage{Stage: m.stage, Date: date, Note: note + ")"}
}
