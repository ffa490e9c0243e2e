package ingest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/entente-graph/entente/graph"
)

func statement(t testing.TB, v any) graph.Statement {
	t.Helper()
	s, err := graph.NewStatement("s", "s", v, "")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestThingsHaveTheirNouns(t *testing.T) {
	t.Parallel()
	base := func(key string, kind graph.EngagementKind) graph.EngagementBase {
		return graph.EngagementBase{Key: graph.EngagementKey(key), Kind: kind, Titles: []graph.Name{{Text: `says "form":"ALLIANCE" and "kind":"ACT"`}}}
	}
	for want, v := range map[string]any{
		"states":        &graph.ActorFacts{Key: "a", Kind: graph.KindState},
		"organizations": &graph.ActorFacts{Key: "a", Kind: graph.KindOrganization},
		"persons":       &graph.ActorFacts{Key: "a", Kind: graph.KindPerson},
		"alliances":     &graph.Agreement{EngagementBase: base(`"kind":"ACT"`, graph.KindAgreement), Form: graph.FormAlliance},
		"agreements":    &graph.Agreement{EngagementBase: base("a", graph.KindAgreement), Form: graph.FormTreaty},
		"disputes":      &graph.Dispute{EngagementBase: base("a", graph.KindDispute)},
		"visits":        &graph.Meeting{EngagementBase: base("a", graph.KindMeeting), Setting: graph.SettingVisit},
		"meetings":      &graph.Meeting{EngagementBase: base("a", graph.KindMeeting)},
		"acts":          &graph.Act{EngagementBase: base("a", graph.KindAct)},
		"assertions":    &graph.Assertion{Key: "a"},
		"tenures":       &graph.Tenure{Key: "a"},
		"memberships":   &graph.Membership{Key: "a"},
		"works":         &graph.Work{Key: "a"},
		"sources":       &graph.Source{Key: "a"},
	} {
		s := statement(t, v)
		if got := usualNoun(s.Kind, s.Body); got != want {
			t.Errorf("%s is counted with %s", s.Body, got)
		}
	}
}

func TestWhatHasEnded(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		old, fresh string
		want       bool
	}{
		"the whole":                   {`{"period":{"start":"2018","why":"ONGOING"}}`, `{"period":{"start":"2018","end":"2024"}}`, true},
		"without a reason before":     {`{"period":{"start":"2018"}}`, `{"period":{"start":"2018","end":"2024"}}`, true},
		"a participation":             {`{"participations":[{"actor":"iso3:JPN","role":"PARTY","period":{"start":"2018","why":"CENSORED"}}]}`, `{"participations":[{"actor":"iso3:JPN","role":"PARTY","period":{"start":"2018","end":"2024"}}]}`, true},
		"an obligation":               {`{"obligations":[{"type":"DEFENSE","by":"a","period":{"start":"2018"}}]}`, `{"obligations":[{"type":"DEFENSE","by":"a","period":{"start":"2018","end":"2020"}}]}`, true},
		"a state":                     {`{"existence":[{"start":"1922","why":"ONGOING"}]}`, `{"existence":[{"start":"1922","end":"1991"}]}`, true},
		"a stage":                     {`{"stages":[{"stage":"SIGNED"}]}`, `{"stages":[{"stage":"SIGNED"},{"stage":"TERMINATED","date":"2020"}]}`, true},
		"the whole and a part":        {`{"period":{"start":"1"},"existence":[{"start":"1"}]}`, `{"period":{"start":"1","end":"2"},"existence":[{"start":"1","end":"2"}]}`, true},
		"nothing":                     {`{"period":{"start":"2018"}}`, `{"period":{"start":"2018"}}`, false},
		"another end":                 {`{"period":{"start":"2018","end":"2023"}}`, `{"period":{"start":"2018","end":"2024"}}`, false},
		"an end that goes":            {`{"period":{"start":"2018","end":"2023"}}`, `{"period":{"start":"2018","why":"ONGOING"}}`, false},
		"only another reason":         {`{"period":{"start":"2018","why":"ONGOING"}}`, `{"period":{"start":"2018","why":"UNKNOWN"}}`, false},
		"only a reason that goes":     {`{"period":{"start":"2018","why":"ONGOING"}}`, `{"period":{"start":"2018"}}`, false},
		"an end and something else":   {`{"period":{"start":"2018"}}`, `{"period":{"start":"2018","end":"2024"},"outcome":"VICTORY"}`, false},
		"an end and another start":    {`{"period":{"start":"2018"}}`, `{"period":{"start":"2017","end":"2024"}}`, false},
		"another stage":               {`{"stages":[{"stage":"SIGNED"}]}`, `{"stages":[{"stage":"SIGNED"},{"stage":"IN_FORCE","date":"2020"}]}`, false},
		"a party that came and went":  {`{"participations":[]}`, `{"participations":[{"actor":"iso3:JPN","role":"PARTY","period":{"start":"2018","end":"2024"}}]}`, false},
		"a name that went out of use": {`{"names":[{"text":"Zaire","lang":"en","period":{"start":"1971"}}]}`, `{"names":[{"text":"Zaire","lang":"en","period":{"start":"1971","end":"1997"}}]}`, false},
	} {
		fields, err := FieldChanges([]byte(c.old), []byte(c.fresh))
		if err != nil {
			t.Fatal(err)
		}
		if got := ended(fields); got != c.want {
			t.Errorf("%s: %v, by %v", name, got, fields)
		}
	}
}

// incidents is a source that has its own words.
type incidents struct{ Source }

func (incidents) Noun(id graph.StatementID, _ []byte) string {
	if strings.HasPrefix(id.Key, "s:incident") {
		return "incidents"
	}
	return ""
}

func TestATallyCountsByNoun(t *testing.T) {
	t.Parallel()
	dispute := func(key string) graph.Statement {
		return statement(t, &graph.Dispute{EngagementBase: graph.EngagementBase{Key: graph.EngagementKey(key), Kind: graph.KindDispute}})
	}
	act := statement(t, &graph.Act{EngagementBase: graph.EngagementBase{Key: "s:incident:1", Kind: graph.KindAct}})
	unnamed := graph.StatementID{Source: "s", Kind: graph.StatementEngagement, Key: "s:9"}
	incident := graph.StatementID{Source: "s", Kind: graph.StatementEngagement, Key: "s:incident:9"}

	own := newTally(incidents{})
	own.count(Added, dispute("s:1"))
	own.count(Unchanged, dispute("s:2"))
	own.count(Retracted, dispute("s:3"))
	own.countChange(dispute("s:4"), []FieldChange{{Path: "period.end", New: "2024"}})
	own.countChange(dispute("s:5"), []FieldChange{{Path: "outcome", New: "x"}})
	own.count(Added, act)
	own.count(Unchanged, statement(t, &graph.Source{Key: "s", Version: "5.0"}))
	own.quarantined(incident)
	own.quarantined(unnamed)
	want := []NounCounts{
		{Noun: "disputes", Added: 1, Changed: 1, Ended: 1, Retracted: 1, Unchanged: 1},
		{Noun: "incidents", Added: 1, Quarantined: 1},
		{Noun: "engagements", Quarantined: 1},
		{Noun: "sources", Unchanged: 1},
	}
	if diff := cmp.Diff(want, own.table()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if own.version != "5.0" {
		t.Errorf("the version is %q", own.version)
	}
	if diff := cmp.Diff(own.table(), own.table()); diff != "" {
		t.Errorf("asking twice says two things:\n%s", diff)
	}

	usual := newTally(nil)
	usual.count(Added, dispute("s:1"))
	usual.quarantined(unnamed)
	usual.quarantined(graph.StatementID{})
	if diff := cmp.Diff([]NounCounts{{Noun: "disputes", Added: 1, Quarantined: 2}}, usual.table()); diff != "" {
		t.Errorf("where there is one noun (-want +got):\n%s", diff)
	}
}

// However often and in whatever order the rows of files are read from records, each record counts once.
func TestRecordsCountOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		crowd, long := rapid.Bool().Draw(r, "several in a line"), rapid.Bool().Draw(r, "a long file")
		n := rapid.IntRange(1, 200).Draw(r, "records")
		all := make([]Record, n)
		for i := range all {
			all[i] = Record{File: "a", Line: i + 2, From: int64(10 * (i + 1)), To: int64(10*(i+1) + 9)}
			if crowd {
				all[i].Line = 1 + i/50
			} else if long {
				all[i].Line += toldApart - 100
			}
		}
		tally := newTally(nil)
		tally.records([]Record{{File: "a", Line: 1, To: 9, Frame: true}})
		for i := range all { // first in order; what was read before comes again
			tally.records([]Record{all[i], all[rapid.IntRange(0, i).Draw(r, "again")]})
		}
		for range 3 {
			tally.records([]Record{all[rapid.IntRange(0, n-1).Draw(r, "later")], {File: "b", Line: 7}})
		}
		got := tally.filesRead([]graph.File{{Name: "a", Size: 10}, {Name: "b", Size: 2}, {Name: "c"}})
		if diff := cmp.Diff([]FileRead{{"a", 10, n}, {"b", 2, 1}, {"c", 0, 0}}, got); diff != "" {
			r.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func BenchmarkUsualNoun(b *testing.B) {
	e := &graph.Agreement{EngagementBase: graph.EngagementBase{Key: "a", Kind: graph.KindAgreement}, Form: graph.FormTreaty}
	for i := range 20 {
		e.Participations = append(e.Participations, graph.Participation{Actor: graph.ActorKey(fmt.Sprint("cow:", i)), Role: graph.RoleParty})
	}
	body, err := json.Marshal(e)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		usualNoun(graph.StatementEngagement, body)
	}
}
