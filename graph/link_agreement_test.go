package graph

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// agreementsOf reads lines "key source topic signed in-force parties | title"; - is nothing, parties stand with +, a party that became one later
// with its year behind @.
func agreementsOf(t *testing.T, lines string) (all []AgreementTrait) {
	t.Helper()
	for line := range strings.Lines(lines) {
		what, title, _ := strings.Cut(strings.TrimSpace(line), " | ")
		f := strings.Fields(what)
		if len(f) != 6 {
			t.Fatalf("%q has %d fields", line, len(f))
		}
		a := &Agreement{EngagementBase: EngagementBase{
			Key: EngagementKey(f[0]), Kind: KindAgreement, Titles: []Name{{Text: title, Lang: "en"}}, Topics: []Topic{Topic(strings.TrimSuffix(f[2], "!"))},
		}}
		if strings.HasSuffix(f[2], "!") {
			a.Obligations = []Obligation{{Type: ObligationDefense, By: "iso3:AAA"}}
		}
		for i, stage := range []StageKind{StageSigned, StageInForce} {
			if f[3+i] != "-" {
				a.Stages = append(a.Stages, Stage{Stage: stage, Date: MustDate(f[3+i])})
				if a.Period.Start.IsZero() {
					a.Period.Start = MustDate(f[3+i])
				}
			}
		}
		for _, p := range strings.Split(f[5], "+") {
			who, from, later := strings.Cut(p, "@")
			if who == "-" {
				continue
			}
			part := Participation{Actor: ActorKey("iso3:" + who), Role: RoleParty}
			if later {
				part.Period = Period{Start: MustDate(from), Why: Unknown}
			}
			a.Participations = append(a.Participations, part)
		}
		all = append(all, AgreementTraits(a, SourceKey(f[1]))...)
	}
	slices.SortFunc(all, CompareAgreementTraits)
	return all
}

func linkedAgreements(t *testing.T, lines string) string {
	t.Helper()
	links, err := ConcludeAgreementLinks(inSequence(agreementsOf(t, lines)), preferred)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, l := range links {
		told = append(told, fmt.Sprintf("%s leads %v by %s", l.Lead, l.Accounts, strings.TrimSuffix(l.Rule, "/1")))
	}
	return strings.Join(told, "; ")
}

func TestAgreementsAreLinkedByPartiesDatesAndTitles(t *testing.T) {
	t.Parallel()
	const (
		fta     = "d:1 d TRADE 2003 2004 CHL+KOR | Chile Korea\n"
		linked  = "d:1 leads [d:1 v:1] by agreements"
		rhine   = "d:1 d WATER 1954-04-10 - AUT+CHE | Treaty between Switzerland and Austria for the regulation of the Rhine from the Ill to Lake Constance\n"
		efta    = "d:1 d TRADE 1993 1993 AUT+CHE+FIN+HUN+ISL+NOR | EFTA Hungary\n"
		undated = "v:1 v TRADE - - CHL+KOR | Chile - Korea"
	)
	for name, c := range map[string]struct{ traits, want string }{
		"a day of the year":                  {fta + "v:1 v TRADE 2003-02-01 2004-04-01 KOR+CHL | Chile - Korea", linked},
		"the year after":                     {fta + "v:1 v TRADE 2004-02-01 2004-04-01 CHL+KOR | Chile - Korea", ""},
		"other parties":                      {fta + "v:1 v TRADE 2003-02-01 - CHL+JPN | Chile - Japan", ""},
		"another subject":                    {fta + "v:1 v DEFENSE 2003-02-01 - CHL+KOR | Chile - Korea", ""},
		"one source":                         {fta + "d:2 d TRADE 2003 2004 CHL+KOR | Chile Korea", ""},
		"two of one source":                  {fta + "v:1 v TRADE 2003-02-01 - CHL+KOR | Chile - Korea\nv:2 v TRADE 2003-05-01 - CHL+KOR | Chile - Korea", ""},
		"one of two by its title":            {fta + "v:1 v TRADE 2003-02-01 - CHL+KOR | Chile - Korea\nv:2 v TRADE 2003-05-01 - CHL+KOR | On the taxation of pianos", linked},
		"twice in one source, on one day":    {fta + "v:1 v TRADE 2003-02-01 - CHL+KOR | Chile - Korea\nv:2 v TRADE 2003-02-01 - KOR+CHL | Korea - Chile", "d:1 leads [d:1 v:1 v:2] by agreements"},
		"twice in one source, alone":         {"v:1 v TRADE 2003-02-01 - CHL+KOR | Chile - Korea\nv:2 v TRADE 2003-02-01 - KOR+CHL | Korea - Chile", ""},
		"the treaty and its protocol":        {fta + "v:1 v TRADE 2003-02-01 - CHL+KOR | Protocol to Chile - Korea", ""},
		"the treaty, not its protocol":       {fta + "v:1 v TRADE 2003-02-01 - CHL+KOR | Chile - Korea\nv:2 v TRADE 2003-02-01 - CHL+KOR | Additional protocol, Chile - Korea", linked},
		"who acceded later does not count":   {"d:1 d TRADE 2003 2004 CHL+KOR+PER@2009 | Chile Korea\nv:1 v TRADE 2003-02-01 - CHL+KOR | Chile - Korea", linked},
		"no signature: the entry into force": {fta + "v:1 v TRADE - 2004-04-01 CHL+KOR | Chile - Korea", linked},
		"no signature, in force otherwise":   {fta + "v:1 v TRADE - 2005-04-01 CHL+KOR | Chile - Korea", ""},
		"no date":                            {fta + undated, "d:1 leads [d:1 v:1] by agreement-parties"},
		"no date, another title":             {fta + "v:1 v TRADE - - CHL+KOR | Santiago convention", ""},
		"no date, two of these parties":      {fta + "d:2 d TRADE 1991 - CHL+KOR | On the taxation of pianos\n" + undated, ""},
		"no date, the one is linked":         {fta + "v:2 v TRADE 2003-02-01 - CHL+KOR | Chile - Korea\n" + undated, "d:1 leads [d:1 v:2] by agreements"},
		"on one day, under other words":      {rhine + "v:1 v ENVIRONMENT 1954-04-10 - AUT+CHE | Agreement between Austria and Switzerland on the early notification of accidents in nuclear power stations", ""},
		"on one day, under few words":        {rhine + "v:1 v ENVIRONMENT 1954-04-10 - AUT+CHE | Rhine treaty", linked},
		"in one year, few words on one side": {rhine + "v:1 v ENVIRONMENT 1954 - AUT+CHE | Rhine treaty", ""},
		"by the title, no parties named":     {rhine + "v:1 v ENVIRONMENT 1954-04-10 - - | Treaty Between Switzerland And Austria For The Regulation Of The Rhine From Ill To Lake Constance", "d:1 leads [d:1 v:1] by agreement-titles"},
		"by the title, the day after":        {rhine + "v:1 v ENVIRONMENT 1954-04-11 - - | Treaty Between Switzerland And Austria For The Regulation Of The Rhine From Ill To Lake Constance", ""},
		"by the title, others signed":        {rhine + "v:1 v ENVIRONMENT 1954-04-10 - FRA+DEU | Treaty between Switzerland and Austria for the regulation of the Rhine from the Ill to Lake Constance", ""},
		"by the title, in a year":            {efta + "v:1 v TRADE 1993-03-29 - CHE+HUN+ISL+NOR | EFTA - Hungary", "d:1 leads [d:1 v:1] by agreement-titles"},
		"by the title, few in common":        {efta + "v:1 v TRADE 1993-03-29 - ESP+HUN+ITA | EFTA - Hungary", ""},
		"by the title, nearly":               {efta + "v:1 v TRADE 1993-03-29 - CHE+HUN+ISL+NOR | EFTA - Hungary goods", ""},
		"the title of one, parties of other": {efta + "v:1 v TRADE 1993-03-29 - CHE+HUN+ISL+NOR | EFTA - Hungary\nv:2 v TRADE 1993-03-29 - AUT+CHE+FIN+HUN+ISL+NOR | Free trade", ""},
		"a day that is no signature":         {"d:1 d DEFENSE 1953-10-01 1954 KOR+USA | Mutual Defense Treaty\nv:1 v DEFENSE! - 1953-10-01 USA+KOR | Alliance of United States and South Korea", "v:1 leads [d:1 v:1] by agreements"},
		"who names the parties leads":        {"d:1 d WATER 1954-04-25 - - | Agreement on the Kosi Project\nv:1 v WATER 1954-04-25 - IND+NPL | Agreement on the Kosi project", "v:1 leads [d:1 v:1] by agreement-titles"},
		"three sources":                      {fta + "v:1 v TRADE 2003-02-01 - CHL+KOR | Chile - Korea\nw:1 w TRADE 2003-02-01 - CHL+KOR | Chile, Korea", "d:1 leads [d:1 v:1 w:1] by agreements"},
		"under one key":                      {fta + "d:1 v TRADE 2003-02-01 - CHL+KOR | Chile - Korea", ""},
		"a date that may be of two years":    {"d:1 d TRADE 2003~ - CHL+KOR | Chile Korea\nv:1 v TRADE 2003-02-01 - CHL+KOR | Chile - Korea", ""},
		"by an abbreviation":                 {"d:1 d TRADE 2000 - BRB+CUB+GUY+JAM | Caribbean Community (CARICOM) Cuba\nv:1 v TRADE 2000-07-05 - BRB+CUB+GUY | CARICOM - Cuba", "d:1 leads [d:1 v:1] by agreement-titles"},
		"one party":                          {"d:1 d WATER 1954-04-25 - IND | Decree\nv:1 v WATER 1954-04-25 - IND | Decree", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := linkedAgreements(t, c.traits); got != c.want {
				t.Errorf("linked: %q, want %q", got, c.want)
			}
		})
	}
}

// What is negotiated is no agreement yet: no account of one.
func TestNegotiationsAreNoAccounts(t *testing.T) {
	t.Parallel()
	a := &Agreement{EngagementBase: EngagementBase{Key: "d:1", Topics: []Topic{TopicTrade}}, Stages: []Stage{{Stage: StageNegotiation}}}
	if got := AgreementTraits(a, "d"); len(got) != 0 {
		t.Errorf("traits of a negotiation: %v", got)
	}
}

func TestLikelyAgreements(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ traits, want string }{
		"nobody can tell which":          {"d:1 d TRADE 2003 - CHL+KOR | Chile Korea\nv:1 v TRADE 2003-02-01 - CHL+KOR | Chile - Korea", "others are as near, or their titles too far from each other"},
		"a protocol and a treaty":        {"d:1 d TRADE 2003 - CHL+KOR | Chile Korea\nv:1 v TRADE 2003-02-01 - CHL+KOR | Protocol, Chile - Korea", "one of them is called what comes after another agreement: protocol"},
		"the year after":                 {"d:1 d TRADE 2003 - CHL+KOR | Chile Korea\nv:1 v TRADE 2004-02-01 - CHL+KOR | Chile - Korea", "their dates differ"},
		"years after":                    {"d:1 d TRADE 2003 - CHL+KOR | Chile Korea\nv:1 v TRADE 2009-02-01 - CHL+KOR | Chile - Korea", ""},
		"the year after, other words":    {"d:1 d TRADE 2003 - CHL+KOR | Chile Korea\nv:1 v TRADE 2004-02-01 - CHL+KOR | On the taxation of pianos", ""},
		"no date":                        {"d:1 d TRADE 2003 - CHL+KOR | Chile Korea\nv:1 v TRADE - - CHL+KOR | Chile - Korea", "one of them has no date"},
		"some parties":                   {"d:1 d TRADE 2003 - CHL+KOR+PER | Chile Korea Peru\nv:1 v TRADE 2003-02-01 - CHL+KOR | Chile - Korea", "their parties differ"},
		"one party in common":            {"d:1 d TRADE 2003 - CHL+KOR+PER | Chile Korea Peru\nv:1 v TRADE 2003-02-01 - CHL+JPN+PRK+VNM | Chile - Korea", ""},
		"alike on one day, parties not":  {"d:1 d WATER 1954-04-25 - - | Kosi Project agreement of two kingdoms\nv:1 v WATER 1954-04-25 - IND+NPL | Agreement on the Kosi project", "one of them names no parties"},
		"unlike on one day, parties not": {"d:1 d WATER 1954-04-25 - - | Convention on certain rules\nv:1 v WATER 1954-04-25 - IND+NPL | Agreement on the Kosi project", ""},
		"another subject":                {"d:1 d TRADE 2003 - CHL+KOR | Chile Korea\nv:1 v DEFENSE 2003-02-01 - CHL+KOR | Chile - Korea", ""},
		"twice in one source":            {"v:1 v TRADE 2003-02-01 - CHL+KOR | Chile - Korea\nv:2 v TRADE 2003-02-01 - KOR+CHL | Korea - Chile", "v has both, signed on 2003-02-01, of the same parties: Chile - Korea, and Korea - Chile"},
		"two of one source":              {"v:1 v TRADE 2003-02-01 - CHL+KOR | Chile - Korea\nv:2 v TRADE 2003-02-01 - KOR+CHL | On the taxation of pianos", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ""
			if found := LikelyAgreements(agreementsOf(t, c.traits)); len(found) == 1 {
				got = found[0].Because[len(found[0].Because)-1]
			} else if len(found) > 1 {
				t.Fatalf("proposed: %v", found)
			}
			if got != c.want {
				t.Errorf("proposed because %q, want %q", got, c.want)
			}
		})
	}
}

func TestAbbreviated(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"Caribbean Community (CARICOM) Cuba": "CARICOM  Cuba", "South Pacific (SPARTECA )": "SPARTECA ", "EC (10) Enlargement": "", "EC (Treaty of Rome)": "",
		"EC": "", "Canada (US": "", "Macedonia (FYROM)": "FYROM ",
	} {
		short, ok := abbreviated(title)
		if !ok {
			short = ""
		}
		if short != want {
			t.Errorf("%s: %q, want %q", title, short, want)
		}
	}
}

func TestTitleWords(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"EC - Malta (English Version/Version Anglaise)":                         "ec malta / ",
		"Supplementary Protocol to the Convention concerning Rivers":            "convention protocol river supplementary / protocol supplement",
		"Convention on the regulation of Lake Lugano and the protocols thereto": "convention lake lugano protocol regulation thereto / ",
		"Côte d'Ivoire": "cote divoire / ",
		"":              " / ",
	} {
		words, later := titleWordsOf(title)
		if got := strings.Join(words, " ") + " / " + strings.Join(later, " "); got != want {
			t.Errorf("%s: %q, want %q", title, got, want)
		}
	}
}
