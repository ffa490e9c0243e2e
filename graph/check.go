package graph

import (
	"errors"
	"slices"
	"strings"
	"time"
)

// Check says what is wrong with the question. Stores call it before they answer.
func (q EngagementQuery) Check() error {
	switch {
	case q.First < 0 || q.Last < 0:
		return BadInput("a page of %d engagements: ask for at least one, or for 0, all", min(q.First, q.Last))
	case q.First > 0 && q.Last > 0:
		return BadInput("the first %d and the last %d engagements at once: ask for one of them", q.First, q.Last)
	case len(q.A) == 0 && len(q.B) > 0:
		return BadInput("engagements of a dyad whose first side is empty: put a single side in A")
	}
	for _, k := range q.Kinds {
		if !slices.Contains([]EngagementKind{KindAgreement, KindDispute, KindMeeting, KindAct}, k) {
			return BadInput("%q is not a kind of engagement: the kinds are AGREEMENT, DISPUTE, MEETING, ACT", k)
		}
	}
	for _, l := range q.Levels {
		if !slices.Contains([]MeetingLevel{LevelSummit, LevelMinisterial, LevelOfficials, LevelMilitary, LevelMixed}, l) {
			return BadInput("%q is not a level of meeting: the levels are SUMMIT, MINISTERIAL, OFFICIALS, MILITARY, MIXED", l)
		}
	}
	if err := checkDuring(q.Overlap, q.Certainty); err != nil {
		return err
	}
	switch q.Alignment {
	case "", AnyAlignment:
	case SameSide, Opposed:
		if len(q.B) == 0 {
			return BadInput("alignment %s without a second side: it is how two actors stand to each other", q.Alignment)
		}
	default:
		return BadInput("%q is not an alignment: it is one of ANY, SAME_SIDE, OPPOSED", q.Alignment)
	}
	switch q.Order.By {
	case "", ByStart, ByEnd, ByTitle, ByRecorded:
	default:
		return BadInput("%q is nothing to order by: it is one of START, END, TITLE, RECORDED", q.Order.By)
	}
	return errors.Join(q.Where.Check(), checkTopics(q.Topics))
}

// Check says what is wrong with the filter.
func (f Filter) Check() error {
	if len(f) > MaxClauses {
		return BadInput("the filter has %d clauses that must all hold: the limit is %d", len(f), MaxClauses)
	}
	for _, clause := range f {
		if len(clause) > MaxConditions {
			return BadInput("a clause of the filter has %d conditions: the limit is %d", len(clause), MaxConditions)
		}
		for _, c := range clause {
			if !slices.Contains(conditionKinds, c.Kind) {
				return BadInput("%q is not a kind of condition: the kinds are %v", c.Kind, conditionKinds)
			}
			if err := checkDuring(c.Overlap, c.Certainty); err != nil {
				return err
			}
		}
	}
	return nil
}

// Check says what is wrong with the question.
func (q TieQuery) Check() error { return checkTopics(q.Topics) }

// Check says what is wrong with the question.
func (q TieDyadQuery) Check() error {
	if q.First < 0 {
		return BadInput("a page of %d dyads: ask for at least one, or for 0, all", q.First)
	}
	return checkTopics(q.Topics)
}

// Check says what is wrong with the question.
func (q TenureQuery) Check() error {
	if err := checkPage("tenures", q.First, q.Last); err != nil {
		return err
	}
	return checkDuring(q.Overlap, q.Certainty)
}

// Check says what is wrong with the question.
func (q AssertionQuery) Check() error { return checkPage("assertions", q.First, q.Last) }

func checkPage(of string, first, last int) error {
	switch {
	case first < 0 || last < 0:
		return BadInput("a page of %d %s: ask for at least one, or for 0, all", min(first, last), of)
	case first > 0 && last > 0:
		return BadInput("the first %d and the last %d %s at once: ask for one of them", first, last, of)
	}
	return nil
}

func checkDuring(how Overlap, sure Certainty) error {
	switch how {
	case "", OverlapAny, OverlapWithin, OverlapCovers, OverlapBegins, OverlapEnds:
	default:
		return BadInput("%q is not an overlap: it is one of ANY, WITHIN, COVERS, BEGINS, ENDS", how)
	}
	switch sure {
	case "", Possible, Certain:
	default:
		return BadInput("%q is not a certainty: it is POSSIBLE or CERTAIN", sure)
	}
	return nil
}

// Check says what is wrong with the question.
func (q ActorQuery) Check() error {
	if err := checkPage("actors", q.First, q.Last); err != nil {
		return err
	}
	switch q.Order.By {
	case "", ByKey, ByName:
	default:
		return BadInput("%q is nothing to order actors by: it is KEY or NAME", q.Order.By)
	}
	for _, clause := range q.Where {
		for _, c := range clause {
			if !slices.Contains([]ConditionKind{HasTags, HasTitle, HasKey, LiesSo}, c.Kind) {
				return BadInput("%s is not a condition of actors", c.Kind)
			}
		}
	}
	return q.Where.Check()
}

// Check says what is wrong with the question.
func (q SearchQuery) Check() error {
	if q.First < 0 {
		return BadInput("a page of %d hits: ask for at least one, or for 0, all", q.First)
	}
	if n := len(q.Terms); n > MaxSearchTerms {
		return BadInput("a search for %d words: at most %d (of Chinese characters and kana each two that touch count as one)", n, MaxSearchTerms)
	}
	return nil
}

// Check says what is wrong with the question.
func (q LoadQuery) Check() error {
	if q.First < 0 {
		return BadInput("a page of %d loads: ask for at least one, or for 0, all", q.First)
	}
	return nil
}

// Check says what is wrong with the question.
func (q StatementQuery) Check() error {
	if !slices.Contains(StatementKinds, q.Kind) {
		return BadInput("%q is not a kind of statement: the kinds are %s", q.Kind, strings.Join(texts(StatementKinds), ", "))
	}
	if q.Same && (q.Kind != StatementActor || q.Keys == nil) {
		return BadInput("the %s statements of the same persons: that is asked of actors, by key", q.Kind)
	}
	return nil
}

func checkTopics(topics []Topic) error {
	for _, t := range topics {
		if !slices.Contains(Topics, t) {
			_, err := ParseTopic(string(t))
			if err == nil {
				err = BadInput("%q is not a topic: topics are written in capitals here", t)
			}
			return err
		}
	}
	return nil
}

// Check says what is wrong with the question.
func (q QuarantineQuery) Check() error {
	if q.Load < 1 {
		return BadInput("load %d: loads count from 1", q.Load)
	}
	if q.First < 0 || q.After < 0 {
		return BadInput("%d entries of a quarantine after the %dth: neither can be negative", q.First, q.After)
	}
	return nil
}

// Check says what is wrong with the order.
func (o EraseOrder) Check() error {
	if len(o.IDs) == 0 {
		return BadInput("there is nothing to erase")
	}
	if o.Reason == "" {
		return BadInput("an erasure needs a reason: it is kept for good")
	}
	for _, id := range o.IDs {
		if id.Source == "" || id.Kind == "" || id.Key == "" {
			return BadInput("the statement %s %s of %s is not named wholly", id.Kind, id.Key, id.Source)
		}
	}
	return nil
}

// Check says what is wrong with the question.
func (q ChangeQuery) Check() error {
	if q.After < 0 || q.Upto < q.After {
		return BadInput("what the loads after %d did, up to %d: name two loads, the earlier first", q.After, q.Upto)
	}
	if q.First < 0 {
		return BadInput("a page of %d changes: ask for at least one, or for 0, all", q.First)
	}
	return nil
}

// Check says what is wrong with the question.
func (q VersionQuery) Check() error {
	for _, k := range q.Kinds {
		if err := (StatementQuery{Kind: k}).Check(); err != nil {
			return err
		}
	}
	if q.Since < 0 || q.First < 0 {
		return BadInput("%d versions since load %d: neither can be negative", q.First, q.Since)
	}
	return nil
}

// Check says what is wrong with what a load says of itself.
func (i LoadInfo) Check() error {
	switch c := i.Copy; {
	case c == nil:
		return nil
	case c.Number < 1 || c.Number >= OpenLoad:
		return BadInput("a copy of load %d: loads count from 1", c.Number)
	case c.Recorded.IsZero() || !c.Recorded.Equal(c.Recorded.Truncate(time.Millisecond)):
		return BadInput("a copy of load %d, recorded at %s: it has the time of its original, to the millisecond", c.Number, c.Recorded.Format(time.RFC3339Nano))
	}
	return nil
}

// Check says what is wrong with the batch, of a load that is a copy or not.
func (b Batch) Check(isCopy bool) error {
	if len(b.Erased) > 0 && !isCopy {
		return BadInput("%s %s of %s is erased in a load: erasing is an order of its own, and only a copy of one is a load", b.Erased[0].Kind, b.Erased[0].Key, b.Erased[0].Source)
	}
	return nil
}
