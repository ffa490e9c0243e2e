package example

import (
	_ "embed" // the spellings
	"encoding/csv"
	"fmt"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
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

// normalize makes a meeting of a record, or says why it cannot: an unknown code is never guessed, and a date is
// never more precise than it stands there.
func normalize(r record) (*graph.Meeting, *ingest.Mistake) {
	known, err := meanings()
	bad := func(value, rule, suggestion string) (*graph.Meeting, *ingest.Mistake) {
		return nil, &ingest.Mistake{File: r.file, Line: r.line, Value: value, Rule: rule, Suggestion: suggestion}
	}
	if err != nil {
		return bad("", err.Error(), "")
	}
	if r.id == "" {
		return bad("", "id: the row has no number", "")
	}
	host, ok := known[[2]string{"state", r.host}]
	if !ok {
		return bad(r.host, "host: this state is not in lookups.csv", "")
	}
	guest, ok := known[[2]string{"state", r.guest}]
	if !ok {
		return bad(r.guest, "guest: this state is not in lookups.csv", "")
	}
	level, ok := known[[2]string{"level", r.rank}]
	if !ok {
		return bad(r.rank, "level: this code is not in the codebook", "1 or 2")
	}
	start, err := graph.ParseDate(r.start)
	if err != nil {
		return bad(r.start, "start: this is not a date", "")
	}
	period := graph.On(start)
	if r.end != "" {
		if period.End, err = graph.ParseDate(r.end); err != nil {
			return bad(r.end, "end: this is not a date", "")
		}
	}
	if err := period.Check(); err != nil {
		return bad(r.end, err.Error(), "")
	}
	return &graph.Meeting{
		EngagementBase: graph.EngagementBase{
			// The key is the dataset's name and its own number: the fewest fields that never change.
			Key:    graph.EngagementKey(string(key) + ":" + r.id),
			Kind:   graph.KindMeeting,
			Titles: []graph.Name{{Text: fmt.Sprintf("Visit of %s to %s", r.guest, r.host), Lang: "en"}},
			Topics: []graph.Topic{graph.TopicDiplomacy},
			Period: period,
			Participations: []graph.Participation{
				{Actor: graph.ActorKey(host), Role: graph.RoleHost},
				{Actor: graph.ActorKey(guest), Role: graph.RoleParticipant},
			},
			Citations: []graph.Citation{{Source: key, Locator: "visit " + r.id}},
		},
		Level:   graph.MeetingLevel(level),
		Format:  graph.FormatBilateral,
		Setting: graph.SettingVisit,
		Host:    graph.ActorKey(host),
	}, nil
}
