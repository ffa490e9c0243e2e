package graph

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

// The rules by which agreements are linked. Two agreements of different sources are accounts of one where they are on one subject,
// were signed on one day, or on a day of the year that the other names, neither is by its title an accession to an agreement or an
// amendment of one while the other is not, and
//
//   - by the first, the same two states or more, all of them, were the parties at first, and their titles have a third of their words in
//     common, or are too short to tell: both of them, or on one day one;
//   - by the second, the titles have nearly all their words in common on one day, or all of them in one year, and those who were the
//     parties by one are among the parties by the other, or half of them are.
//
// By the third one of them has no date at all, the parties and nearly all words of the titles are the same, and neither source has another
// agreement of these parties on the subject. By the others each must be the only one of its source of which that is so; where several
// are, those count that have the parties and the title in common. A source that lists one agreement twice, under the same words, has
// one. Where a source has no day of signature the entry into force is compared.
//
// They rather leave two accounts apart than take two agreements for one: two states often sign several on one day. The account
// leads that codes obligations, or else the one that names two states or more, or else that of the most preferred source.
const (
	LinkAgreements       = "agreements/1"
	LinkAgreementTitles  = "agreement-titles/1"
	LinkAgreementParties = "agreement-parties/1"
)

// An AgreementTrait is what the rules look at in an agreement, for one of the dates by which it is found.
type AgreementTrait struct {
	By      AgreementBy   `json:"by"`
	Within  string        `json:"within"` // the year, or the parties
	Key     EngagementKey `json:"key"`
	Source  SourceKey     `json:"source"`
	Topics  []Topic       `json:"topics"`
	Parties []ActorKey    `json:"parties"` // the states that were parties at first, sorted
	Signed  DaySpan       `json:"signed"`  // zero: not known
	Begins  DaySpan       `json:"begins"`  // of what has no signature
	InForce DaySpan       `json:"inForce"`
	Title   string        `json:"title"`
	Words   []string      `json:"words"`           // of its title, sorted
	Short   []string      `json:"short,omitempty"` // the same with a name that an abbreviation follows left out
	Later   []string      `json:"later"`           // which of them say that it comes after another
	Obliges bool          `json:"obliges"`         // it codes who owes what
}

// AgreementBy is by what a trait is found.
type AgreementBy string

// By what, in the order in which links are concluded.
const (
	BySignature AgreementBy = "1 signature"
	ByForce     AgreementBy = "2 entry into force"
	ByParties   AgreementBy = "3 parties"
)

// A DaySpan is the days on which something possibly was: the first, and that after the last, as numbers.
type DaySpan struct {
	From int `json:"from"`
	To   int `json:"to"`
}

func spanOf(d Date) DaySpan {
	if d.IsZero() {
		return DaySpan{}
	}
	return DaySpan{int(d.PossibleEarliest()), int(d.PossibleLatest()) + 1}
}

func (s DaySpan) known() bool { return s != DaySpan{} }
func (s DaySpan) day() bool   { return s.To == s.From+1 }
func (s DaySpan) overlaps(o DaySpan) bool {
	return s.known() && o.known() && s.From < o.To && o.From < s.To
}

// year gives the year in which all of the days are, if it is one, and one that dates have.
func (s DaySpan) year() (year int, ok bool) {
	first, last := Day(s.From).Time().Year(), Day(s.To-1).Time().Year()
	return first, s.known() && first == last && first >= 1 && first <= 9999
}

// tellingDays is of how many days a beginning may be any to be one that agreements are compared by: what its source leaves undated began
// on some day of a century.
const tellingDays = 366

// AgreementTraits gives what the rules look at: one trait for each date by which it may be found, and one for its parties. A date that may
// lie in two years finds nothing. What is negotiated is no agreement yet.
func AgreementTraits(a *Agreement, source SourceKey) (all []AgreementTrait) {
	t := AgreementTrait{Key: a.Key, Source: source, Topics: subjects(a.Topics), Title: a.Title("en"), Obliges: len(a.Obligations) > 0}
	negotiated := false
	for _, s := range a.Stages {
		switch {
		case s.Stage == StageNegotiation:
			negotiated = true
		case s.Party != "" || s.Date.IsZero():
		case s.Stage == StageSigned && !t.Signed.known():
			t.Signed = spanOf(s.Date)
		case s.Stage == StageInForce && !t.InForce.known():
			t.InForce = spanOf(s.Date)
		}
	}
	if !t.Signed.known() {
		t.Begins = spanOf(a.Period.Start)
	}
	if t.Begins.To-t.Begins.From > tellingDays {
		t.Begins = DaySpan{}
	}
	if negotiated && !t.dates() {
		return nil
	}
	t.Parties = a.firstParties(max(t.Signed.To, t.InForce.To, t.Begins.To))
	t.Words, t.Later = titleWordsOf(t.Title)
	if short, ok := abbreviated(t.Title); ok {
		t.Short, _ = titleWordsOf(short)
	}
	found := func(by AgreementBy, within string) {
		t.By, t.Within = by, within
		all = append(all, t)
	}
	for _, s := range []DaySpan{t.Signed, t.Begins} {
		if year, ok := s.year(); ok && (s == t.Signed || s.day()) {
			found(BySignature, fmt.Sprintf("%04d", year))
		}
	}
	if year, ok := t.InForce.year(); ok {
		found(ByForce, fmt.Sprintf("%04d", year))
	}
	if len(t.Parties) > 1 {
		found(ByParties, strings.Join(texts(t.Parties), " "))
	}
	return all
}

// dates tells whether it has any date.
func (t AgreementTrait) dates() bool {
	return t.Signed.known() || t.Begins.known() || t.InForce.known()
}

// subjects gives the topics by which agreements are compared: of what water there is, and who may fish in it, is told as a matter of
// the environment as well.
func subjects(topics []Topic) []Topic {
	var all []Topic
	for _, t := range topics {
		if t == TopicWater || t == TopicFisheries {
			t = TopicEnvironment
		}
		all = append(all, t)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// firstParties gives the states that were parties when the agreement began, by the day before which that was; who became one
// later is left out.
func (a *Agreement) firstParties(began int) []ActorKey {
	var states []ActorKey
	for _, p := range a.Participations {
		if !p.Role.party() || began > 0 && !p.Period.Start.IsZero() && int(p.Period.Start.Earliest()) >= began && !a.signedBefore(began, p.Actor) {
			continue
		}
		for _, k := range []ActorKey{p.Actor, p.OnBehalfOf} {
			if scheme, _, _ := cutKey(string(k)); slices.Contains(CodeSchemes, scheme) {
				states = append(states, k)
			}
		}
	}
	slices.Sort(states)
	return slices.Compact(states)
}

func (a *Agreement) signedBefore(day int, party ActorKey) bool {
	return slices.ContainsFunc(a.Stages, func(s Stage) bool {
		return s.Stage == StageSigned && s.Party == party && int(s.Date.Earliest()) < day
	})
}

// CompareAgreementTraits orders traits as ConcludeAgreementLinks wants them: by what they are found, then key, then source.
func CompareAgreementTraits(a, b AgreementTrait) int {
	return cmp.Or(cmp.Compare(a.By, b.By), cmp.Compare(a.Within, b.Within), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Source, b.Source))
}

// ConcludeAgreementLinks links agreements by the rules. Traits come in the order of CompareAgreementTraits; rank gives each source's
// place in the order of preference. The links are a pure function of the traits and the ranks. Only the agreements of one year, or
// of the same parties, are held. What is linked by the signature is not linked again.
func ConcludeAgreementLinks(traits iter.Seq2[AgreementTrait, error], rank func(SourceKey) int) ([]Link, error) {
	var links []Link
	taken := map[EngagementKey]bool{}
	var near []AgreementTrait
	done := func() {
		for _, l := range agreementLinks(near, rank) {
			if slices.ContainsFunc(l.Accounts, func(k EngagementKey) bool { return taken[k] }) {
				continue
			}
			links = append(links, l)
			for _, k := range l.Accounts {
				taken[k] = true
			}
		}
		near = near[:0]
	}
	for t, err := range traits {
		if err != nil {
			return nil, err
		}
		if len(near) > 0 && (near[0].By != t.By || near[0].Within != t.Within) {
			done()
		}
		if !taken[t.Key] || t.By == ByParties { // which of several is meant is no clearer for one of them being linked
			near = append(near, t)
		}
	}
	done()
	slices.SortFunc(links, func(a, b Link) int { return cmp.Compare(a.Key, b.Key) })
	return links, nil
}

// agreementLinks makes the links among the agreements of one year, or of the same parties.
func agreementLinks(near []AgreementTrait, rank func(SourceKey) int) (links []Link) {
	if len(near) < 2 {
		return nil
	}
	m := matchAgreements(near)
	groups, titles := m.groups()
	for _, first := range slices.Sorted(maps.Keys(groups)) {
		group := groups[first]
		if !m.oneOfEach(group) || near[0].By == ByParties && !m.only(group) {
			continue
		}
		l := Link{Rule: LinkAgreements}
		switch {
		case near[0].By == ByParties:
			l.Rule = LinkAgreementParties
		case titles[first]:
			l.Rule = LinkAgreementTitles
		}
		lead := near[group[0]]
		for _, i := range group {
			t := near[i]
			l.Accounts = append(l.Accounts, t.Key)
			if cmp.Or(t.fuller(lead), cmp.Compare(rank(t.Source), rank(lead.Source)), cmp.Compare(t.Key, lead.Key)) < 0 {
				lead = t
			}
		}
		slices.Sort(l.Accounts)
		l.Accounts = slices.Compact(l.Accounts)
		if len(l.Accounts) < 2 {
			continue // several sources have it under one key: that is one already
		}
		l.Key, l.Lead = string(l.Accounts[0]), lead.Key
		links = append(links, l)
	}
	return links
}

// fuller is negative where an account has what the other must not hide: who owes what, or who the parties are.
func (t AgreementTrait) fuller(than AgreementTrait) int {
	without := func(has bool) int {
		if has {
			return 0
		}
		return 1
	}
	return cmp.Or(
		cmp.Compare(without(t.Obliges), without(than.Obliges)),
		cmp.Compare(without(len(t.Parties) > 1), without(len(than.Parties) > 1)),
	)
}
