package states

import (
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// Keys of the works that the registry cites.
const (
	workCOW2016 graph.WorkKey = "states:cow-2016"
	workCOW2024 graph.WorkKey = "states:cow-2024"
	workGW      graph.WorkKey = "states:gleditsch-ward"
	workISO     graph.WorkKey = "states:iso-3166-1"
	workISOPast graph.WorkKey = "states:iso-3166-3"
	workCLDR    graph.WorkKey = "states:cldr-32"
)

// Works are what the registry cites. The standard's text is named but was not read: the table of its codes
// was written by hand, from what is commonly known of them.
func Works() []graph.Work {
	return []graph.Work{
		{
			Key: workCOW2016, Title: "State System Membership List, v2016", Publisher: "Correlates of War Project",
			Date: graph.MustDate("2017"), URL: "https://correlatesofwar.org/data-sets/state-system-membership/", Language: "en", Read: true,
		},
		{
			Key: workCOW2024, Title: "State System Membership List, v2024", Publisher: "Correlates of War Project",
			Date: graph.MustDate("2024"), URL: "https://correlatesofwar.org/data-sets/state-system-membership/", Language: "en", Read: true,
		},
		{
			Key: workGW, Title: "A Revised List of Independent States since the Congress of Vienna (K. S. Gleditsch and M. D. Ward, International Interactions 25, 1999: 393–413); list of states to 2020",
			Publisher: "International Interactions", Date: graph.MustDate("1999"), URL: "https://doi.org/10.1080/03050629908434958", Language: "en", Read: true,
		},
		{
			Key: workISO, Title: "ISO 3166-1: codes for the representation of names of countries", Publisher: "International Organization for Standardization",
			URL: "https://www.iso.org/iso-3166-country-codes.html", Language: "en",
		},
		{
			Key: workISOPast, Title: "ISO 3166-3: code for formerly used names of countries", Publisher: "International Organization for Standardization",
			URL: "https://www.iso.org/iso-3166-country-codes.html", Language: "en",
		},
		{
			Key: workCLDR, Title: "Unicode Common Locale Data Repository, version 32: names of territories", Publisher: "Unicode Consortium",
			Date: graph.MustDate("2017"), URL: "https://cldr.unicode.org/", Read: true,
		},
	}
}

// cite says where what is said of an actor stands: by list, the numbers it has there; its code in the standard and the
// entries of its withdrawn ones; its region in CLDR. What the registry decided itself cites the registry.
func (r *registry) cite(a *actor) {
	values := func(schemes ...string) string {
		var found []string
		for _, id := range a.facts.Identifiers {
			for _, s := range schemes {
				if id.Scheme == s && !slices.Contains(found, id.Value) {
					found = append(found, id.Value)
				}
			}
		}
		return strings.Join(found, ", ")
	}
	add := func(work graph.WorkKey, locator, supports string) {
		a.facts.Citations = append(a.facts.Citations, graph.Citation{Work: work, Locator: locator, Supports: supports})
	}
	if n := values("cow"); n != "" {
		add(workCOW2024, "ccode "+n, "identifiers, existence")
		add(workCOW2016, "ccode "+n, "identifiers, existence")
	}
	if n := values("gw"); n != "" {
		add(workGW, "statenumber "+n, "identifiers, existence")
	}
	if a.region != "" && a.region != "XK" {
		add(workISO, a.region, "identifiers")
	}
	if len(a.entries) > 0 {
		add(workISOPast, strings.Join(a.entries, ", "), "identifiers")
	}
	if a.region != "" {
		add(workCLDR, "territory "+a.region, "names")
	}
	ours := func(locator, supports string) {
		a.facts.Citations = append(a.facts.Citations, graph.Citation{Source: Key, Locator: locator, Supports: supports})
	}
	if len(a.lapsed) > 0 {
		ours("iso-withdrawn.csv, "+strings.Join(a.lapsed, ", "), "identifiers")
	}
	if a.own {
		ours("existence.csv, "+string(a.facts.Key), "existence")
	}
}
