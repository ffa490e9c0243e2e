package graph

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// world is a text of persons, a line each: KEY SOURCE NAME / NAME; below it spells: STATE FROM..TO OFFICE, with "held" before the
// office where it is a tenure, and id SCHEME:VALUE.
func personsOf(t *testing.T, text string) (all []PersonTrait) {
	t.Helper()
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
		case words[0] == "id":
			last := &all[len(all)-1]
			last.Identifiers = append(last.Identifiers, ParseCode(words[1]))
		case strings.Contains(words[1], ".."):
			last := &all[len(all)-1]
			from, to, _ := strings.Cut(words[1], "..")
			s := PersonSpell{Of: ActorKey(words[0]), Days: Inclusive(MustDate(from).Earliest(), MustDate(to).Latest())}
			if words = words[2:]; len(words) > 0 && words[0] == "held" {
				s.Held, words = last.Source, words[1:]
				last.Apart = append(last.Apart, last.Source)
			}
			s.Office = Fold(strings.Join(words, " "))
			last.Spells = append(last.Spells, s)
		default:
			p := PersonTrait{Key: ActorKey(words[0]), Source: SourceKey(words[1])}
			for name := range strings.SplitSeq(strings.Join(words[2:], " "), " / ") {
				p.Names = append(p.Names, name)
			}
			all = append(all, p)
		}
	}
	return all
}

func byKey(s SourceKey) int { return strings.Index("abcdefghijv", string(s)[:1]) }

// What each rule joins and what it leaves apart: the lead, the other keys, and by which rule; what is only proposed.
func TestConcludeIdentities(t *testing.T) {
	for name, c := range map[string]struct {
		persons, decisions string
		want               []string
	}{
		"one name, one state": {
			`v:abe-2000s v Shinzo Abe
			JPN 2007-04-26..2007-04-27 Prime Minister
			v:abe-2010s v Abe Shinzō
			JPN 2013-02-22..2013-02-22 Prime Minister`, "",
			[]string{"v:abe-2000s = v:abe-2010s (persons-name/1)"},
		},
		"one name, two states": {
			`v:a v Ali Hassan
			IRQ 1990-01-01..1990-01-02 President
			v:b v Hassan Ali
			SYR 1990-01-01..1990-01-02 President`, "",
			[]string{"? v:a v:b"},
		},
		"one name, a lifetime apart": {
			`v:a v John Smith
			USA 1900-01-01..1900-01-02 Envoy
			v:b v John Smith
			USA 1960-01-01..1960-01-02 Envoy`, "",
			[]string{"? v:a v:b"},
		},
		"a son": {
			`v:a v Park Chung Hee
			KOR 1965-05-17..1965-05-18 President
			v:b v Park Geun-hye
			KOR 2013-05-07..2013-05-08 President`, "", nil,
		},
		"one word, one title, soon": {
			`v:a v Nehru
			IND 1949-10-11..1949-10-15 Prime Minister
			v:b v Nehru
			IND 1951-12-16..1951-12-20 Prime Minister
			v:c v Nehru
			IND 1961-11-05..1961-11-14 Prime Minister`, "",
			[]string{"v:a = v:b (persons-title/1)", "? v:b v:c"},
		},
		"one word, another title": {
			`v:a v Park
			KOR 1961-11-13..1961-11-17 Chairman
			v:b v Park
			KOR 1963-11-24..1963-11-26 Acting President`, "",
			[]string{"? v:a v:b"},
		},
		"the office that day": {
			`a:kishi a Nobusuke Kishi
			JPN 1957-02-25..1960-07-18 held Prime Minister
			a:sato a Eisaku Sato
			JPN 1964-11-09..1972-07-07 held Prime Minister
			v:kishi v Kishi
			JPN 1957-06-19..1957-06-22 Prime Minister
			v:sato v Sato
			JPN 1965-01-11..1965-01-14 Prime Minister`, "",
			[]string{"a:kishi = v:kishi (persons-office/1)", "a:sato = v:sato (persons-office/1)"},
		},
		"not that day": {
			`a:kishi a Nobusuke Kishi
			JPN 1957-02-25..1960-07-18 held Prime Minister
			v:kishi v Kishi
			JPN 1961-06-19..1961-06-22 Prime Minister`, "",
			[]string{"? a:kishi v:kishi"},
		},
		"one full name, shortened": {
			`v:a v Carlos Saul Menem
			ARG 1991-11-13..1991-11-15 President
			v:b v Carlos Menem
			ARG 1993-06-29..1993-06-29 President
			v:c v Saul Menem
			ARG 1993-06-29..1993-06-29 President
			v:d v Carlos Menem Junior
			ARG 1999-06-29..1999-06-29 President`, "",
			[]string{"v:a = v:b (persons-likeness/1)", "? v:a v:c"},
		},
		"a father in his son's name": {
			`v:a v Khalifa Al Thani
			QAT 1994-01-01..1994-01-02 Emir
			v:b v Hamad bin Khalifa Al Thani
			QAT 1997-06-11..1997-06-13 Emir
			v:c v Khalifa bin Hamad Al Thani
			QAT 1994-01-01..1994-01-02 Emir`, "",
			[]string{"v:a = v:c (persons-likeness/1)", "? v:a v:b", "? v:b v:c"},
		},
		"another head of that state, of another title": {
			`a:hussein a Hussein
			JOR 1953-05-02..1999-02-07 held Leader
			v:hussein v Hussein I
			JOR 1977-04-24..1977-04-25 King
			v:prince v Hassan
			JOR 1977-04-24..1977-04-25 Crown Prince`, "",
			[]string{"a:hussein = v:hussein (persons-office/1)"},
		},
		"two who held it on one day by one source": {
			`a:one a Kim Il
			PRK 1960-01-01..1970-01-01 held Premier
			a:two a Kim Ip
			PRK 1970-01-01..1980-01-01 held Premier
			v:kim v Kim
			PRK 1970-01-01..1970-01-01 Premier`, "",
			[]string{"? a:one v:kim", "? a:two v:kim"},
		},
		"the same tenure by two sources, and the day of the next": {
			`a:bush a George Bush
			USA 1989-01-20..1993-01-20 held President
			a:gw a George W. Bush
			USA 2001-01-20..2009-01-20 held President
			b:ghw b George H.W. Bush
			USA 1989-01-20..1993-01-20 held President
			b:gw b Bush, George W.
			USA 2001-01-20..2009-01-20 held President`, "",
			[]string{"a:bush = b:ghw (persons-office/1)", "a:gw = b:gw (persons-office/1)"},
		},
		"an identifier": {
			`a:x a Someone
			id wd:Q1
			b:y b Another Name
			id wd:Q1`, "",
			[]string{"a:x = b:y (persons-identifier/1)"},
		},
		"what a source keeps apart": {
			`a:x a John Smith
			USA 1900-01-01..1901-01-01 held Minister
			a:y a John Smith
			USA 1902-01-01..1903-01-01 held Minister
			v:z v John Smith
			USA 1900-05-01..1900-05-01 Minister`, "",
			[]string{"a:x = v:z (persons-office/1)", "? a:x a:y", "? a:y v:z"},
		},
		"a decision joins": {
			`a:x a Someone
			b:y b Another
			c:z c A Third`, "SAME b:y a:x\nSAME c:z b:y\nSAME a:x a:gone",
			[]string{"a:x = b:y c:z (decision)"},
		},
		"a decision keeps apart what a rule joins, and what others would": {
			`a:x a John Smith
			USA 1900-01-01..1901-01-01 Minister
			b:y b John Smith
			USA 1902-01-01..1903-01-01 Minister
			c:z c John Smith
			USA 1902-01-01..1903-01-01 Minister`, "DIFFERENT b:y a:x",
			[]string{"a:x = c:z (persons-name/1)", "? b:y c:z"},
		},
		"a decision outranks a source": {
			`a:x a John Smith
			USA 1900-01-01..1901-01-01 held Minister
			a:y a Jack Smith
			USA 1902-01-01..1903-01-01 held Minister`, "SAME a:x a:y",
			[]string{"a:x = a:y (decision)"},
		},
		"no decision joins what another keeps apart": {
			`a:x a One
			b:y b Two
			c:z c Three`, "SAME a:x b:y\nSAME b:y c:z\nDIFFERENT a:x c:z",
			[]string{"a:x = b:y (decision)"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			persons := personsOf(t, c.persons)
			var decisions []Decision
			for line := range strings.Lines(c.decisions) {
				w := strings.Fields(line)
				decisions = append(decisions, *NewDecision(Verdict(w[0]), w[1], w[2], ""))
			}
			for range 10 { // in whatever order
				found, near := ConcludeIdentities(persons, decisions, byKey)
				var got []string
				for _, i := range found {
					var others, rules []string
					for _, o := range i.Others() {
						others = append(others, string(o.Key))
						if !slices.Contains(rules, o.Rule) {
							rules = append(rules, o.Rule)
						}
					}
					if len(others) != len(i.Persons)-1 || i.Key != string(i.Lead) || !slices.Contains(i.Persons, i.Lead) || !slices.IsSorted(i.Persons) {
						t.Fatalf("an identity is %+v", i)
					}
					got = append(got, fmt.Sprintf("%s = %s (%s)", i.Lead, strings.Join(others, " "), strings.Join(rules, ", ")))
				}
				for _, p := range near {
					if len(p.Because) == 0 || p.What != "person" {
						t.Errorf("a proposal without evidence: %+v", p)
					}
					got = append(got, fmt.Sprintf("? %s %s", p.A, p.B))
				}
				if !slices.Equal(got, c.want) {
					t.Fatalf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
				}
				rand.Shuffle(len(persons), func(i, j int) { persons[i], persons[j] = persons[j], persons[i] })
				rand.Shuffle(len(decisions), func(i, j int) { decisions[i], decisions[j] = decisions[j], decisions[i] })
			}
		})
	}
}
