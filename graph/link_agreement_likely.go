package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// LikelyAgreements gives pairs of accounts that may be of one agreement and that the rules leave apart, by keys: on one subject, and
//
//   - of the same parties, on a day or in a year that both may mean, whatever their titles say;
//   - of the same parties and under words that are alike, where one has no date, or two years lie between at most;
//   - under words that are alike, at one time, where the parties of one are mostly those of the other;
//   - twice in one source under the same words, day and parties.
//
// What is linked already may be among them.
func LikelyAgreements(traits []AgreementTrait) []Proposal {
	traits = slices.Clone(traits)
	slices.SortFunc(traits, func(a, b AgreementTrait) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Source, b.Source), cmp.Compare(a.By, b.By))
	})
	all := slices.CompactFunc(traits, func(a, b AgreementTrait) bool { return a.Key == b.Key && a.Source == b.Source })
	buckets := map[string][]int{}
	for i, t := range all {
		for _, in := range append(t.buckets(), t.years()...) {
			buckets[in] = append(buckets[in], i)
		}
	}
	seen := map[[2]int]bool{}
	var found []Proposal
	for _, is := range buckets {
		for n, i := range is {
			for _, j := range is[n+1:] {
				t, u := all[i], all[j]
				if t.Key == u.Key || seen[[2]int{i, j}] || !shareOne(t.Topics, u.Topics) {
					continue
				}
				seen[[2]int{i, j}] = true
				if because := t.nearly(u); len(because) > 0 {
					found = append(found, Proposal{A: string(t.Key), B: string(u.Key), What: "agreement", Because: because})
				}
			}
		}
	}
	slices.SortFunc(found, func(x, y Proposal) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	return found
}

// years are the years in which an agreement was signed or entered into force, as buckets: titles are compared within them.
func (t AgreementTrait) years() (in []string) {
	for _, s := range []DaySpan{t.Signed, t.Begins, t.InForce} {
		if year, ok := s.year(); ok && len(t.Parties) > 0 {
			in = append(in, fmt.Sprintf("y%04d", year))
		}
	}
	slices.Sort(in)
	return slices.Compact(in)
}

// Of how many of a hundred words in common titles are alike, and how many days may lie between two accounts that are proposed.
const (
	wordsAlike     = 50
	wordsAlikeDay  = 40
	agreementApart = 2 * 366
)

// nearly says what speaks for two accounts being of one agreement, and what against; it is empty where too little speaks for it.
func (t AgreementTrait) nearly(u AgreementTrait) []string {
	if t.Source == u.Source {
		if !t.twin(u) {
			return nil
		}
		return []string{fmt.Sprintf("%s has both, %s, of the same parties: %s, and %s", t.Source, t.days(), t.Title, u.Title)}
	}
	common := t.inCommon(u)
	same := len(t.Parties) > 1 && slices.Equal(t.Parties, u.Parties)
	compatible := len(t.Parties) == 0 || len(u.Parties) == 0 || shareOne(t.Parties, u.Parties)
	at := t.possiblyOnOneDay(u)
	switch {
	case same && at:
	case same && common >= wordsAlike && t.near(u):
	case t.onOneDay(u) && compatible && common >= wordsAlikeDay:
	case at && common >= wordsAlike && t.mostlySameParties(u):
	default:
		return nil
	}
	because := []string{fmt.Sprintf("%s, %s: %s; %s, %s: %s", t.Key, t.days(), t.Title, u.Key, u.days(), u.Title)}
	against := func(is bool, format string, args ...any) {
		if is {
			because = append(because, fmt.Sprintf(format, args...))
		}
	}
	against(!same && len(t.Parties) > 0 && len(u.Parties) > 0, "their parties differ")
	against(!same && (len(t.Parties) == 0) != (len(u.Parties) == 0), "one of them names no parties")
	against(!slices.Equal(t.Later, u.Later), "one of them is called what comes after another agreement: %s", strings.Join(slices.Compact(append(slices.Clone(t.Later), u.Later...)), " "))
	against(!at && t.dates() && u.dates(), "their dates differ")
	against(!t.dates() || !u.dates(), "one of them has no date")
	if len(because) == 1 {
		because = append(because, "others are as near, or their titles too far from each other")
	}
	return because
}

// possiblyOnOneDay tells whether by some date that both have it may have been one day.
func (t AgreementTrait) possiblyOnOneDay(u AgreementTrait) bool {
	if t.Signed.known() && u.Signed.known() {
		return t.Signed.overlaps(u.Signed)
	}
	return t.onOneDay(u) || t.InForce.overlaps(u.InForce)
}

// near tells whether one has no date, or little time lies between some date of theirs.
func (t AgreementTrait) near(u AgreementTrait) bool {
	for _, x := range []DaySpan{t.Signed, t.Begins, t.InForce} {
		for _, y := range []DaySpan{u.Signed, u.Begins, u.InForce} {
			if x.known() && y.known() && x.From-y.To < agreementApart && y.From-x.To < agreementApart {
				return true
			}
		}
	}
	return !t.dates() || !u.dates()
}

func (t AgreementTrait) days() string {
	for _, of := range []struct {
		what string
		days DaySpan
	}{{"signed", t.Signed}, {"begun", t.Begins}, {"in force", t.InForce}} {
		switch s := of.days; {
		case s.day():
			return of.what + " on " + Day(s.From).String()
		case s.known():
			return of.what + " from " + Day(s.From).String() + " to " + Day(s.To-1).String()
		}
	}
	return "without a date"
}
