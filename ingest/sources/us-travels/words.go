package ustravels

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/entente-graph/entente/ingest/historian"
)

// words are how remarks name who was met: an office and a name, with the word for a people before it or the country
// behind it. What is written in another way is not read.
type words struct {
	peoples   map[string]string // the id of a country, by the word for its people
	countries map[string]string // the id of a country, by its name as a slug
	longest   int               // how many parts the longest name of a country has

	theirs   *regexp.Regexp // "Soviet Premier Khrushchev": the people
	title    *regexp.Regexp // "Premier Khrushchev", of whichever country
	list     *regexp.Regexp // "the Presidents of": names of countries follow
	between  *regexp.Regexp // "U.S.-Soviet Summit", attended: who met
	offBook  *regexp.Regexp // who is met and no state's, or more than one state's
	american *regexp.Regexp // the office holders of the United States themselves
}

func newWords(offices []string, peoples, names map[string]string, not map[string]bool) (words, error) {
	w := words{peoples: peoples, countries: names}
	ids, err := historian.CountryIDs()
	if err != nil {
		return w, err
	}
	for _, id := range ids {
		if !not[id] {
			w.countries[id] = id
		}
	}
	for name := range w.countries {
		w.longest = max(w.longest, strings.Count(name, "-")+1)
	}
	known := slices.SortedFunc(maps.Keys(peoples), func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	quoted := make([]string, len(known))
	for i, p := range known {
		quoted[i] = regexp.QuoteMeta(p)
	}
	office, people := `(?:`+strings.Join(offices, "|")+`)`, `(`+strings.Join(quoted, "|")+`)`
	compile := func(text string) *regexp.Regexp {
		r, wrong := regexp.Compile(text)
		if wrong != nil && err == nil {
			err = fmt.Errorf("lookups.csv: %w", wrong)
		}
		return r
	}
	w.theirs = compile(`\b` + people + ` (?:(?:Acting |Interim |Deputy |Vice )?` + office + `s?|leader) (?:\p{Lu}|de |al-)`)
	w.title = compile(`\b` + office + `s? (?:\p{Lu}|de |al-)`)
	w.list = compile(`\b(?:Presidents?|Prime Ministers?|Kings?|Queen|Amir|Emir|Sultan|Foreign Ministers?|[Hh]eads of [Ss]tate and [Gg]overnment)` +
		`(?: and (?:Presidents|Prime Ministers|Foreign Ministers))? of `)
	w.between = compile(`^(?:Attended|Participated in) (?:the |a )?(?:first |second |third )?(?:U\.S\.-` + people + `|([\p{L} ]+)-U\.S\.) [Ss]ummit\b`)
	w.offBook = compile(`\b(?:the [^,.;]* of|leaders?|chiefs of state|[Hh]eads? of|\p{Lu}{2,}|[\p{L}-]+s' |Council|Commission|Union|Community|delegation|members|[Gg]overnment|officials|representatives?|regional partners)\b`)
	w.american = compile(`\b(?:President|Vice President|Secretary) (?:Wilson|Harding|Coolidge|Hoover|Roosevelt|Truman|Eisenhower|Kennedy|Johnson|Nixon|Ford|Carter|Reagan|Bush|Clinton|Obama|Trump|Biden)\b`)
	return w, err
}

// A met is whom the remarks name as met.
type met struct {
	others  []named  // of which countries, beside those that stand without one: each once, in order
	places  []string // countries that stand behind "with" or "of"
	host    bool     // somebody who stands without a country: the remarks leave out that of the host
	besides bool     // somebody else, of whom the remarks do not say in these words whose he is
	more    bool     // something else was attended or done besides, of which the remarks do not say with whom
}

// A named is a country whom the remarks name by an office.
type named struct{ id, text string }

var (
	clauses = regexp.MustCompile(`([\p{Ll}0-9)”"])[.;](?: |$)`)
	// opens begins what tells who was met.
	opens = regexp.MustCompile(`\b(?:with|[Mm]et|[Pp]resent were|of the [Hh]eads of [Ss]tate)\b|^(?:and|the)\b`)
	// elsewhere is what was for or about somebody who was not there.
	elsewhere = regexp.MustCompile(`\b(?:funeral|memorial|burial|condolences|commemorat\p{L}*|inauguration|anniversary|[Aa]cc?o?mpanied|[Bb]riefed|repaid|en route|enthronement)\b`)
	// closes ends it: what follows is what they spoke of.
	closes = regexp.MustCompile(`(?: to (?:discuss|review|mark|promote|urge|express|coordinate|prepare|speak|sign)| regarding| concerning| about| in advance of| en route| while| following| prior to| on the )`)
	// gone stands before an office that somebody no longer, not yet, or never held.
	gone = regexp.MustCompile(`(?i)\b(?:former|late|ex|vice|deputy|interim|northern|opposition|bosnian|kurdish|turkish)[ -]$`)
	// attendedWith begins a clause on an occasion with somebody.
	attendedWith = regexp.MustCompile(`^(?:Attended|Participated in) (?:the |an? )?(?:[\p{L}-]+ ){0,4}(?:\([^)]*\) )?(?:with|of the [Hh]eads of) `)
	// attends begins a clause on what was attended or done besides.
	attends = regexp.MustCompile(`\b(?:[Aa]ttended|[Pp]articipated|[Ss]tate visit|[Ss]tate Visit|[Oo]fficial visit|[Aa]ddressed|[Ww]orking visit|[Bb]riefed|[Ss]igned|[Aa]ttempted|officials)\b`)
	behind  = regexp.MustCompile(`\b(?:with|of) (?:the )?`)
	// lastly is what a name may stand in before "of" and its country: President Assad of Syria.
	lastly = regexp.MustCompile(`^[\p{L}.' -]{2,40}? of (?:the )?`)
)

var (
	// plain are words in capitals before an office that say nothing of whose it is.
	plain    = []string{"Met", "Acting", "Interim", "Briefed", "Joined", "With"}
	part     = regexp.MustCompile(`^[\p{L}.'-]+`)
	joined   = regexp.MustCompile(`^(?:, and |, | and )?`)
	further  = regexp.MustCompile(`^,? (?:and )?\p{Lu}[\p{L}.' -]{1,40}? of (?:the )?`)
	nameForm = regexp.MustCompile(`^[\p{L}.'-]*(?: (?:de la|de|al[\p{L}.'-]*|bin|\p{Lu}[\p{L}.'-]*))*`)
	months   = regexp.MustCompile(` (?:January|February|March|April|May|June|July|August|September|October|November|December)$`)
)

// read finds whom the remarks name.
func (w *words) read(remarks string) (m met) {
	remarks = strings.ReplaceAll(remarks, "’", "'")
	remarks = strings.NewReplacer("U.S.S.R.", "Soviet Union", "St. ", "St.~", "Gen. ", "General ").Replace(remarks)
	for _, at := range behind.FindAllStringIndex(remarks, -1) {
		if id, _ := w.country(remarks, at[1]); id != "" {
			m.places = append(m.places, id)
		}
	}
	for _, clause := range strings.Split(clauses.ReplaceAllString(remarks, "$1\n"), "\n") {
		w.clause(strings.TrimSpace(strings.ReplaceAll(clause, "St.~", "St. ")), &m)
	}
	return m
}

func (w *words) clause(clause string, m *met) {
	if b := w.between.FindStringSubmatch(clause); b != nil {
		if id := cmp.Or(w.peoples[b[1]], w.countries[historian.Slug(b[2])]); id != "" {
			m.add(id, strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(b[0], "Attended"), "Participated in")))
			return
		}
	}
	from := opens.FindStringIndex(clause)
	if from == nil || elsewhere.MatchString(clause[:from[1]]) {
		m.more = m.more || attends.MatchString(clause) || w.title.MatchString(clause)
		return
	}
	m.more = m.more || attends.MatchString(clause[:from[0]]) && !w.attendedWith(clause)
	text := clause[from[0]:]
	if at := closes.FindStringIndex(text); at != nil {
		text = text[:at[0]]
	}
	if at := elsewhere.FindStringIndex(text); at != nil {
		text = text[:at[0]]
	}
	text = w.american.ReplaceAllString(text, "")
	rest := []byte(text) // what is not read yet
	take := func(from, to int) {
		for i := from; i < to; i++ {
			rest[i] = '~'
		}
	}
	for _, at := range w.theirs.FindAllStringSubmatchIndex(text, -1) {
		people := text[at[2]:at[3]]
		if gone.MatchString(text[:at[0]]) || strings.Contains(text[at[2]:at[1]], "leader") && !strings.Contains(strings.ToLower(clause), "summit with") {
			continue
		}
		m.add(w.peoples[people], text[at[2]:nameEnd(text, at[1])])
		take(at[0], at[1])
	}
	for _, at := range w.list.FindAllStringIndex(text, -1) {
		if gone.MatchString(text[:at[0]]) {
			continue
		}
		if end := w.countriesIn(text, at[1], text[at[0]:at[1]], m); end > at[1] {
			take(at[0], end)
		}
	}
	left := string(rest)
	for _, at := range w.title.FindAllStringIndex(left, -1) {
		if gone.MatchString(left[:at[0]]) {
			m.besides = true
			continue
		}
		start := at[0] + strings.LastIndex(left[at[0]:at[1]], " ") + 1
		if of := lastly.FindString(left[start:]); of != "" && !strings.Contains(of, " and ") {
			if id, end := w.country(left, start+len(of)); id != "" {
				m.add(id, left[at[0]:end])
				if strings.Contains(left[at[0]:start], "s ") {
					w.several(left, end, m)
				}
				continue
			}
		}
		if word := before(left[:at[0]]); word != "" && !slices.Contains(plain, word) {
			m.besides = true // somebody's, in a word that is not known
			continue
		}
		m.host = true
	}
	m.besides = m.besides || w.offBook.MatchString(w.title.ReplaceAllString(left, "")) && w.offBook.MatchString(left)
	m.more = m.more || attends.MatchString(text)
}

// attendedWith tells whether what was attended was nothing but meeting those who are named.
func (w *words) attendedWith(clause string) bool {
	at := attendedWith.FindStringIndex(clause)
	if at == nil || strings.Contains(clause[:at[1]], " and ") {
		return false
	}
	for _, r := range []*regexp.Regexp{w.theirs, w.title, w.list} {
		if first := r.FindStringIndex(clause[at[1]:]); first != nil && first[0] <= len("the ") {
			return true
		}
	}
	return false
}

// before gives the word in capitals that stands right before, "" where there is none.
func before(text string) string {
	fields := strings.Fields(text)
	if !strings.HasSuffix(text, " ") || len(fields) == 0 {
		return ""
	}
	last := fields[len(fields)-1]
	if strings.HasSuffix(last, ",") || strings.ToLower(last[:1]) == last[:1] {
		return ""
	}
	return last
}

// several reads on after "Presidents Perez of Venezuela": ", Lopez Michelson of Colombia, …".
func (w *words) several(text string, at int, m *met) {
	for {
		next := further.FindString(text[at:])
		if next == "" || w.title.MatchString(next) {
			return
		}
		id, end := w.country(text, at+len(next))
		if id == "" {
			return
		}
		m.add(id, "President "+strings.TrimLeft(text[at:end], ", "))
		at = end
	}
}

// countriesIn reads names of countries from a place on, as far as they are known, and says where they end.
func (w *words) countriesIn(text string, at int, office string, m *met) int {
	end, many := at, ""
	if strings.Contains(office, "s of") || strings.Contains(office, "eads of") {
		many = "… "
	}
	for {
		start := end
		if start > at {
			start += len(joined.FindString(text[start:]))
			if start == end {
				return end
			}
		}
		if strings.HasPrefix(text[start:], "the ") {
			start += len("the ")
		}
		id, to := w.country(text, start)
		if id == "" {
			return end
		}
		m.add(id, "the "+office+many+text[start:to])
		end = to
	}
}

// country gives the country whose name begins at a place, the longest that is known, and where the name ends.
func (w *words) country(text string, at int) (id string, end int) {
	to := at
	for range w.longest + 2 {
		p := part.FindString(text[to:])
		if p == "" {
			break
		}
		to += len(p)
		if found := w.countries[historian.Slug(text[at:to])]; found != "" {
			id, end = found, to
		}
		if !strings.HasPrefix(text[to:], " ") {
			break
		}
		to++
	}
	return id, end
}

// nameEnd says where the name ends that begins with the letter before a place: with its words in capitals.
func nameEnd(text string, at int) int {
	more := nameForm.FindString(text[at:])
	return at + len(strings.TrimRight(months.ReplaceAllString(more, ""), "."))
}

func (m *met) add(id, text string) {
	if !slices.ContainsFunc(m.others, func(n named) bool { return n.id == id }) {
		m.others = append(m.others, named{id, text})
	}
}
