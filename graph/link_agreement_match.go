package graph

import (
	"slices"
	"strconv"
	"strings"
)

// An alikeness says by what two agreements are taken for one, the surer the more.
type alikeness int

const (
	notAlike     alikeness = iota
	alikeParties           // the parties are the same, and the titles do not speak against it
	alikeTitle             // the titles are the same, the parties may be
	alikeBoth              // the parties and the titles are the same
)

// Of how many of a hundred words in common titles are the same, and of how many they do not contradict each other; titles of few
// words name the parties or a region, and contradict nothing.
const (
	wordsSame  = 60
	wordsAgree = 30
	fewWords   = 6
)

// agreementMatches are the agreements of one year, and which of other sources each may be.
type agreementMatches struct {
	all   []AgreementTrait
	alike map[[2]int]alikeness // of two sources
	twins map[[2]int]bool      // of one source, that has one agreement twice
	of    map[int][]int        // those that are alike, of each
}

// matchAgreements compares all that share a day, their parties or their words.
func matchAgreements(all []AgreementTrait) *agreementMatches {
	m := &agreementMatches{all: all, alike: map[[2]int]alikeness{}, twins: map[[2]int]bool{}, of: map[int][]int{}}
	buckets := map[string][]int{}
	for i, t := range all {
		for _, in := range t.buckets() {
			buckets[in] = append(buckets[in], i)
		}
	}
	for _, is := range buckets {
		for n, i := range is {
			for _, j := range is[n+1:] {
				m.compare(i, j)
			}
		}
	}
	for _, of := range m.of {
		slices.Sort(of)
	}
	return m
}

// buckets are under what an agreement is found: only what shares one of them is compared.
func (t AgreementTrait) buckets() []string {
	in := []string{"p" + strings.Join(texts(t.Parties), " "), "w" + strings.Join(t.Words, " ")}
	if len(t.Short) > 0 {
		in = append(in, "w"+strings.Join(t.Short, " "))
	}
	for _, s := range []DaySpan{t.Signed, t.Begins} {
		if s.day() {
			in = append(in, "d"+strconv.Itoa(s.From))
		}
	}
	if !t.Signed.known() && t.InForce.day() {
		in = append(in, "f"+strconv.Itoa(t.InForce.From))
	}
	return in
}

func (m *agreementMatches) compare(i, j int) {
	pair := [2]int{i, j}
	a, b := m.all[i], m.all[j]
	if a.Source == b.Source {
		if a.twin(b) {
			m.twins[pair] = true
		}
		return
	}
	if _, done := m.alike[pair]; done {
		return
	}
	if how := a.alike(b); how != notAlike {
		m.alike[pair] = how
		m.of[i], m.of[j] = append(m.of[i], j), append(m.of[j], i)
	}
}

// alike tells by what two agreements of different sources may be one.
func (t AgreementTrait) alike(u AgreementTrait) alikeness {
	if !t.dated(u) || !shareOne(t.Topics, u.Topics) || !slices.Equal(t.Later, u.Later) {
		return notAlike
	}
	common := t.inCommon(u)
	same := len(t.Parties) > 1 && slices.Equal(t.Parties, u.Parties)
	switch {
	case same && common >= wordsSame:
		return alikeBoth
	case t.By == ByParties:
		return notAlike
	case same && (common >= wordsAgree || t.short() && u.short() || t.onOneDay(u) && (t.short() || u.short())):
		return alikeParties
	case same:
		return notAlike
	case t.onOneDay(u) && common >= wordsSame && min(len(t.Words), len(u.Words)) > 1 && (len(t.Parties) == 0 || len(u.Parties) == 0 || shareOne(t.Parties, u.Parties)):
		return alikeTitle
	case common == 100 && t.mostlySameParties(u) && max(countCommon(t.Parties, u.Parties), len(t.Words), len(t.Short)) > 1:
		return alikeTitle
	}
	return notAlike
}

// short tells whether a title has too few words to contradict another.
func (t AgreementTrait) short() bool { return len(t.Words) <= fewWords }

// dated tells whether two agreements may have been made on one day: by their signatures, where both are known, by the day on which
// they began, or by the entry into force. Of the same parties one must have no date.
func (t AgreementTrait) dated(u AgreementTrait) bool {
	switch {
	case t.By == ByParties:
		return !t.dates() || !u.dates()
	case t.By == ByForce:
		return (!t.Signed.known() || !u.Signed.known()) && t.InForce.overlaps(u.InForce)
	case t.Signed.known() && u.Signed.known():
		return t.Signed.overlaps(u.Signed)
	default:
		return t.onOneDay(u)
	}
}

// onOneDay tells whether both are dated to the same day.
func (t AgreementTrait) onOneDay(u AgreementTrait) bool {
	day := func(x AgreementTrait) DaySpan {
		if x.Signed.known() {
			return x.Signed
		}
		return x.Begins
	}
	return day(t).day() && day(t) == day(u)
}

// mostlySameParties tells whether the parties by one are among those by the other, or at least half of all are common to both: a
// source that names an organisation has those of its members that it knows of.
func (t AgreementTrait) mostlySameParties(u AgreementTrait) bool {
	common := countCommon(t.Parties, u.Parties)
	return common > 0 && (common == min(len(t.Parties), len(u.Parties)) || 2*common >= len(t.Parties)+len(u.Parties)-common)
}

// twin tells whether a source has one agreement twice: the same parties, day and words.
func (t AgreementTrait) twin(u AgreementTrait) bool {
	return t.Key != u.Key && t.onOneDay(u) && len(t.Parties) > 1 && slices.Equal(t.Parties, u.Parties) && slices.Equal(t.Topics, u.Topics) &&
		len(t.Words) > 1 && slices.Equal(t.Words, u.Words) && slices.Equal(t.Later, u.Later)
}

// groups gives the agreements that are one, by the least of them, and which of them rest on titles.
func (m *agreementMatches) groups() (groups map[int][]int, titles map[int]bool) {
	into := map[int]int{} // towards the least of those that are one with it
	least := func(i int) int {
		for {
			up, ok := into[i]
			if !ok {
				return i
			}
			i = up
		}
	}
	var byTitle []int
	for i := range m.all {
		for _, j := range m.of[i] {
			if i > j || !slices.Contains(m.picks(i, m.all[j].Source), j) || !slices.Contains(m.picks(j, m.all[i].Source), i) {
				continue
			}
			if a, b := least(i), least(j); a != b {
				into[max(a, b)] = min(a, b)
			}
			if m.alike[[2]int{i, j}] == alikeTitle {
				byTitle = append(byTitle, i)
			}
		}
	}
	groups, titles = map[int][]int{}, map[int]bool{}
	for i := range m.all {
		if first := least(i); first != i {
			groups[first] = append(groups[first], i)
		}
	}
	for first := range groups {
		groups[first] = append([]int{first}, groups[first]...)
	}
	for _, i := range byTitle {
		titles[least(i)] = true
	}
	return groups, titles
}

// picks gives which agreement of a source another one is: the only one, or several that are twins. Where one has the parties and
// another the title, nobody can tell.
func (m *agreementMatches) picks(i int, source SourceKey) []int {
	by := map[alikeness][]int{}
	for _, j := range m.of[i] {
		if m.all[j].Source == source {
			how := m.alike[[2]int{min(i, j), max(i, j)}]
			by[how] = append(by[how], j)
		}
	}
	found := by[alikeBoth]
	switch {
	case len(found) > 0:
	case len(by[alikeParties]) > 0 && len(by[alikeTitle]) > 0:
		return nil
	default:
		found = slices.Concat(by[alikeParties], by[alikeTitle])
	}
	if !m.oneOfEach(found) {
		return nil
	}
	return found
}

// oneOfEach tells whether each source has one of a group, once or twice over.
func (m *agreementMatches) oneOfEach(group []int) bool {
	for n, i := range group {
		for _, j := range group[n+1:] {
			if m.all[i].Source == m.all[j].Source && !m.twins[[2]int{i, j}] {
				return false
			}
		}
	}
	return true
}

// only tells whether the sources have no other agreement of a group's parties on its subject.
func (m *agreementMatches) only(group []int) bool {
	for _, i := range group {
		for k, t := range m.all {
			if t.Source == m.all[i].Source && !slices.Contains(group, k) && shareOne(t.Topics, m.all[i].Topics) {
				return false
			}
		}
	}
	return true
}

func shareOne[T comparable](a, b []T) bool { return countCommon(a, b) > 0 }

func countCommon[T comparable](a, b []T) (n int) {
	for _, x := range a {
		if slices.Contains(b, x) {
			n++
		}
	}
	return n
}

// inCommon gives of how many of a hundred words of two titles both have them, with names or with their abbreviations.
func (t AgreementTrait) inCommon(u AgreementTrait) int {
	most := inCommon(t.Words, u.Words)
	if len(t.Short) > 0 {
		most = max(most, inCommon(t.Short, u.Words))
	}
	if len(u.Short) > 0 {
		most = max(most, inCommon(t.Words, u.Short), inCommon(t.Short, u.Short))
	}
	return most
}

// inCommon gives of how many of a hundred words of two titles both have them.
func inCommon(a, b []string) int {
	common := countCommon(a, b)
	if all := len(a) + len(b) - common; all > 0 {
		return 100 * common / all
	}
	return 0
}
