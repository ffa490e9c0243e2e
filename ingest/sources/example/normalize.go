package example

import (
	_ "embed" // the spellings
	"encoding/csv"
	"fmt"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// lookups are the dataset's spellings, as data that anybody can check: a column, a value, what it means.
//
//go:embed lookups.csv
var lookups string

// meanings gives what a spelling of a column means; one that is not in it nobody has decided yet.
var meanings = sync.OnceValues(func() (map[[2]string]string, error) {
	rows, err := csv.NewReader(strings.NewReader(lookups)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("lookups.csv: %w", err)
	}
	m := map[[2]string]string{}
	for _, r := range rows[1:] {
		m[[2]string{r[0], r[1]}] = r[2]
	}
	return m, nil
})

// normalize makes a meeting of a row, or says why it cannot: an unknown code is never guessed, and a date is
// never more precise than it stands there.
func normalize(r table.Row) (*graph.Meeting, *ingest.Mistake) {
	known, err := meanings()
	bad := func(column, rule, suggestion string) (*graph.Meeting, *ingest.Mistake) {
		m := r.Mistake(column, rule, suggestion)
		return nil, &m
	}
	if err != nil {
		return bad("id", err.Error(), "")
	}
	if _, mistake := r.Int("id"); mistake != nil {
		return nil, mistake
	}
	host, ok := known[[2]string{"state", r.Get("host")}]
	if !ok {
		return bad("host", "this state is not in lookups.csv", "")
	}
	guest, ok := known[[2]string{"state", r.Get("guest")}]
	if !ok {
		return bad("guest", "this state is not in lookups.csv", "")
	}
	level, ok := known[[2]string{"level", r.Get("level")}]
	if !ok {
		return bad("level", "this code is not in the codebook", "1 or 2")
	}
	start, err := graph.ParseDate(r.Get("start"))
	if err != nil {
		return bad("start", "this is not a date", "")
	}
	period := graph.On(start)
	if r.Get("end") != "" {
		if period.End, err = graph.ParseDate(r.Get("end")); err != nil {
			return bad("end", "this is not a date", "")
		}
	}
	if err := period.Check(); err != nil {
		return bad("end", err.Error(), "")
	}
	return &graph.Meeting{
		EngagementBase: graph.EngagementBase{
			// The key is the dataset's name and its own number: the fewest fields that never change.
			Key:    graph.EngagementKey(string(key) + ":" + r.Get("id")),
			Kind:   graph.KindMeeting,
			Titles: []graph.Name{{Text: fmt.Sprintf("Visit of %s to %s", r.Get("guest"), r.Get("host")), Lang: "en"}},
			Topics: []graph.Topic{graph.TopicDiplomacy},
			Period: period,
			Participations: []graph.Participation{
				{Actor: graph.ActorKey(host), Role: graph.RoleHost},
				{Actor: graph.ActorKey(guest), Role: graph.RoleParticipant},
			},
			Citations: []graph.Citation{{Source: key, Locator: "visit " + r.Get("id")}},
		},
		Level:   graph.MeetingLevel(level),
		Format:  graph.FormatBilateral,
		Setting: graph.SettingVisit,
		Host:    graph.ActorKey(host),
	}, nil
}
