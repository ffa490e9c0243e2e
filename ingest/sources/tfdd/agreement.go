package tfdd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/names"
)

// agreement makes the agreement of a treaty, or says all that is wrong with its rows.
func (r *reader) agreement(t *treaty) (*graph.Agreement, []ingest.Mistake) {
	var bad []ingest.Mistake
	var rows []*cells
	for _, row := range t.rows {
		if m := row.Bad(); m != nil {
			bad = append(bad, *m)
			continue
		}
		if _, left := r.decided[[3]string{entryID, t.number, row.Get(entryID)}]; !left {
			rows = append(rows, &cells{row: row})
		}
	}
	if len(bad) > 0 {
		return nil, bad
	}
	if len(rows) == 0 {
		rows = []*cells{{row: t.rows[0]}}
	}
	first := rows[0]
	if !isNumber(t.number) {
		first.mistake(number, "this is not the number of a treaty", "a whole number")
		return nil, first.bad
	}
	if first.text(title) == "" {
		first.mistake(title, "the treaty has no name", "")
	}
	signed := first.signed(t.number, r.decided)
	if len(first.bad) > 0 { // who signed depends on when
		return nil, first.bad
	}
	found := r.signatories(first, signed)
	several := first.row.Get(parties)
	if !slices.Contains([]string{"1", "2", ""}, several) {
		first.mistake(parties, "this code is not in the codebook", "1 (two parties), 2 (more), or nothing")
	}
	bad = append(bad, first.bad...)
	if len(bad) == 0 {
		bad = r.differ(rows, found)
	}
	if len(bad) > 0 {
		return nil, bad
	}
	a := &graph.Agreement{
		EngagementBase: graph.EngagementBase{
			Key:            t.key(),
			Kind:           graph.KindAgreement,
			Titles:         []graph.Name{{Text: first.text(title), Lang: "en"}},
			Topics:         []graph.Topic{graph.TopicWater},
			Place:          first.text(place),
			Summary:        summary(rows) + found.Also(),
			Participations: found.States,
			Citations:      []graph.Citation{{Source: Key, Locator: "treaty " + t.number}},
		},
		Form:            graph.FormAgreement,
		PartiesComplete: several == "1" && len(found.States) == 2 && len(found.Others) == 0,
	}
	a.Period = graph.Period{Start: signed, Why: graph.Unknown}
	if signed.IsZero() { // somewhere in the database
		a.Period.Start = graph.OneOf(listed.First(), listed.Last())
		a.Participations = r.names.Undated(a.Participations, listed)
	} else {
		a.Stages = []graph.Stage{{Stage: graph.StageSigned, Date: signed}}
	}
	if p := first.text(primary); p != "" && p != t.number {
		a.Related = []graph.EngagementKey{graph.EngagementKey(string(Key) + ":" + p)}
	}
	return a, nil
}

// signatories reads who signed. That it is not stated is no mistake.
func (r *reader) signatories(c *cells, at graph.Date) names.Parties {
	found, unknown := r.names.Parties(strings.Join(strings.Fields(c.row.Get(signatories)), " "), at)
	for _, u := range unknown {
		mistake := c.row.Mistake(signatories, u.Rule, u.Suggestion)
		mistake.Value = u.Text
		c.bad = append(c.bad, mistake)
	}
	found.Others = slices.DeleteFunc(found.Others, func(name string) bool {
		return slices.Contains([]string{"N.A.", "#N/A", "N/A"}, name)
	})
	return found
}

// differ holds the rows of a treaty to one another: they repeat what is said of it, and only the basin and the country differ. Names of
// signatories may be spelled in two ways.
func (r *reader) differ(rows []*cells, found names.Parties) (bad []ingest.Mistake) {
	first := rows[0]
	for _, c := range rows[1:] {
		for _, field := range []string{title, signature, parties, primary} {
			if c.text(field) != first.text(field) {
				c.mistake(field, fmt.Sprintf("line %d has the same treaty and says %q here", first.row.Line, first.text(field)), "")
			}
		}
		if c.row.Get(signatories) != first.row.Get(signatories) && len(c.bad) == 0 {
			signed := c.signed(strings.TrimSpace(c.row.Get(number)), r.decided)
			if !found.Same(r.signatories(c, signed)) && len(c.bad) == 0 {
				c.mistake(signatories, fmt.Sprintf("line %d has the same treaty and other signatories", first.row.Line), "")
			}
		}
		bad = append(bad, c.bad...)
	}
	return bad
}

// summary says which basins a treaty is about, and what else its rows say.
func summary(rows []*cells) string {
	var basins []string
	for _, c := range rows {
		if b := c.text(basin); b != "" && b != "Unknown" && !slices.Contains(basins, b) {
			basins = append(basins, b)
		}
	}
	slices.Sort(basins)
	text := "Agreement on shared waters."
	if len(basins) > 0 {
		text += " Basins: " + strings.Join(basins, ", ") + "."
	}
	if i := rows[0].text(issue); i != "" {
		text += " Issue: " + i + "."
	}
	return text
}
