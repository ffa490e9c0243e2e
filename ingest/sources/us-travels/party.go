package ustravels

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/historian"
)

var (
	// visits are those of which the host is one: a state receives them.
	visits = regexp.MustCompile(`(?i)\b(?:state|official|working) visit\b`)
	// meets are words without which nobody is said to have been met.
	meets = regexp.MustCompile(`(?i)\b(?:met|meet\p{L}*|talk\p{L}*|confer\p{L}*|discuss\p{L}*|conversed|conversations?|consult\p{L}*|brief\p{L}*|receiv\p{L}*|reception|` +
		`audience|attend\p{L}*|participated|participating|negotiat\p{L}*|sign(?:ed|ing)|exchange[ds]?|join\p{L}*|summit|visit with|accompanied|accoompanied|resolve|review\p{L}*|led|` +
		`host\p{L}*|inaugurat\p{L}*|invit\p{L}*|parliament|congress|assembly|council|delegation|represent\p{L}*|funeral|ceremon\p{L}*|dialogue|forum|bundestag|knesset|duma|diet|senate|present(?:ed|s)|leaders)\b`)
	// countrymen are who is met without anybody of another state.
	countrymen = regexp.MustCompile(`\b(?:[Mm]et with|[Cc]onferred with|[Aa]ddressed|[Bb]riefed|[Vv]isited|[Gg]reeted) (?:wounded |the |senior )?(?:U\. ?S\.?|General Eisenhower|American)(?:[^,.; ]| (?:[^,.;a]|a(?:[^n]|n[^d])))*`)
	// bodies are of more than two, and what was attended besides a visit.
	bodies = regexp.MustCompile(`\b(?:NATO|ASEAN|APEC|CSCE|OSCE|OAS|PLO|WTO|UN|EU|EC|CENTO|SEATO|CARICOM|G[-–]?\d+|Council|Commission|European|African Union|Accompanied|` +
		`attended [^,.;]*(?:[Mm]eeting|[Ss]ummit|[Cc]onference|[Ff]orum|[Ss]ession|[Ff]uneral|[Tt]alks|[Mm]inisterial|[Dd]ialogue|[Ss]ervices?))\b`)
)

// level says who met, as far as the remarks do: nobody where they tell of a stop, a rest or of the traveller's own people.
func (t *tables) level(l *leg) graph.MeetingLevel {
	remarks := countrymen.ReplaceAllString(strings.ReplaceAll(l.remarks, "’", "'"), "")
	switch {
	case l.office == "President" && t.names(l.remarks):
		return graph.LevelSummit
	case !meets.MatchString(remarks) && !visits.MatchString(remarks) && !t.words.title.MatchString(remarks):
		return ""
	case l.role == "secretary":
		return graph.LevelMinisterial
	default:
		return graph.LevelMixed
	}
}

// resolveNamed finds the states of those whom the remarks name, on the days of the leg. One that cannot be told from
// its name on these days, or that was two of them, is left out.
func (s *Source) resolveNamed(l *leg) error {
	t, err := lookups()
	if err != nil {
		return err
	}
	roster, err := s.roster()
	if err != nil {
		return err
	}
	l.met = t.words.read(l.remarks)
	for _, n := range l.met.others {
		country, err := historian.ResolveCountry(roster, n.id, l.period)
		var nobody *ingest.NobodyError
		if err != nil && !errors.As(err, &nobody) {
			return err
		}
		switch {
		case err != nil || len(country.Held) != 1 || strings.HasPrefix(n.text, "Russian") && country.Held[0].Actor != "iso3:RUS":
			l.met.besides = true
		case country.Held[0].Actor == usa:
		case slices.ContainsFunc(l.country.Held, func(h ingest.Held) bool { return h.Actor == country.Held[0].Actor }):
			l.met.host = true
		default:
			l.parties = append(l.parties, graph.Participation{Actor: country.Held[0].Actor, Role: graph.RoleParticipant, Note: "The remarks name " + n.text + "."})
		}
	}
	return nil
}

// hosted tells whether the country of the leg took part: it is left out only where the remarks name somebody of others and
// tell of nothing else.
func (l *leg) hosted() bool { return len(l.parties) == 0 || l.met.host || l.met.besides || l.met.more }

// format says how many met, where the remarks leave no doubt: the two.
func (l *leg) format() graph.MeetingFormat {
	abroad := slices.ContainsFunc(l.met.places, func(id string) bool { return id != l.country.ID })
	if abroad || l.met.besides || len(l.parties) > 0 || bodies.MatchString(l.remarks) || len(l.country.Held) == 0 || !l.met.host && !visits.MatchString(l.remarks) {
		return ""
	}
	return graph.FormatBilateral
}
