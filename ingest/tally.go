package ingest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// A Namer is a source that calls its things by the names its users know: disputes and incidents, not engagements.
type Namer interface {
	Source
	// Noun gives the plural for what a statement is about, or nothing for the usual one. Of a thing in quarantine
	// body is nil.
	Noun(id graph.StatementID, body []byte) string
}

// NounCounts is what a load did to the things of one noun. Ended are things that were open in time, or a part of which
// was, and of which the load says nothing new but the end; they are not counted as changed. (Counts.Changed counts both.)
type NounCounts struct {
	Noun        string `json:"noun"`
	Added       int    `json:"added"`
	Changed     int    `json:"changed"`
	Ended       int    `json:"ended"`
	Retracted   int    `json:"retracted"`
	Unchanged   int    `json:"unchanged"`
	Quarantined int    `json:"quarantined"`
}

// FileRead is a file as a report tells of it: how many of its records were read, each counted once, good or bad.
type FileRead struct {
	Name    string `json:"name"`
	Size    int64  `json:"size"`
	Records int    `json:"records"`
}

// nouns are the usual ones, in the order of a table.
var nouns = []string{
	"states", "organizations", "persons", "agreements", "alliances", "disputes", "meetings", "visits", "acts", "engagements",
	"assertions", "tenures", "memberships", "representations", "works", "sources", "decisions", "things",
}

// tally counts what a load does, noun by noun and file by file.
type tally struct {
	namer   Namer
	counts  map[string]*NounCounts
	ranks   map[string]int // where a noun stands in the table: with the usual noun that it is first said of
	version string         // of the source, as the files say
	engaged []string       // the nouns of engagements, as they came
	unnamed []graph.StatementID
	files   map[string]*recordsRead
}

// newTally makes a tally that calls things as the source does, if it is a Namer; nil is none.
func newTally(src Source) *tally {
	t := &tally{counts: map[string]*NounCounts{}, ranks: map[string]int{}, files: map[string]*recordsRead{}}
	t.namer, _ = src.(Namer)
	return t
}

// count counts a statement that is added, unchanged (as it is now), or retracted (as it was).
func (t *tally) count(a Action, s graph.Statement) {
	n := t.of(s.StatementID, s.Body)
	switch a {
	case Added:
		n.Added++
	case Changed:
		n.Changed++
	case Retracted:
		n.Retracted++
	case Unchanged:
		n.Unchanged++
	}
}

// countChange counts a statement that is changed, by what differs.
func (t *tally) countChange(fresh graph.Statement, fields []FieldChange) {
	n := t.of(fresh.StatementID, fresh.Body)
	if ended(fields) {
		n.Ended++
	} else {
		n.Changed++
	}
}

// quarantined counts a thing in quarantine.
func (t *tally) quarantined(id graph.StatementID) {
	if t.namer != nil {
		if noun := t.namer.Noun(id, nil); noun != "" {
			t.at(noun, usualNoun(id.Kind, nil)).Quarantined++
			return
		}
	}
	t.unnamed = append(t.unnamed, id)
}

// of gives the counts for what a statement is about.
func (t *tally) of(id graph.StatementID, body []byte) *NounCounts {
	usual := usualNoun(id.Kind, body)
	noun := usual
	if t.namer != nil {
		noun = cmp.Or(t.namer.Noun(id, body), usual)
	}
	if id.Kind == graph.StatementEngagement && !slices.Contains(t.engaged, noun) {
		t.engaged = append(t.engaged, noun)
	}
	if id.Kind == graph.StatementSource && id.Key == string(id.Source) {
		var s struct{ Version string }
		if json.Unmarshal(body, &s) == nil {
			t.version = s.Version
		}
	}
	return t.at(noun, usual)
}

func (t *tally) at(noun, usual string) *NounCounts {
	if t.counts[noun] == nil {
		t.counts[noun] = &NounCounts{Noun: noun}
		t.ranks[noun] = slices.Index(nouns, usual)
	}
	return t.counts[noun]
}

// table gives the counts, in the order of the usual nouns. What is in quarantine and was not named is counted with
// the only noun it can be of, if there is one.
func (t *tally) table() []NounCounts {
	for _, id := range t.unnamed {
		usual := usualNoun(id.Kind, nil)
		noun := usual
		if (usual == "engagements" || usual == "things") && len(t.engaged) == 1 {
			noun = t.engaged[0]
		}
		t.at(noun, usual).Quarantined++
	}
	t.unnamed = nil
	out := make([]NounCounts, 0, len(t.counts))
	for _, n := range t.counts {
		out = append(out, *n)
	}
	slices.SortFunc(out, func(a, b NounCounts) int {
		return cmp.Or(cmp.Compare(t.ranks[a.Noun], t.ranks[b.Noun]), strings.Compare(a.Noun, b.Noun))
	})
	return out
}

// usualNoun tells what a statement is about. The body, where there is one, is as NewStatement makes it: that allows
// looking for a field without reading the whole, which counts where a million statements are unchanged.
func usualNoun(kind graph.StatementKind, body []byte) string {
	switch kind {
	case graph.StatementActor:
		switch graph.ActorKind(fieldOf(body, "kind")) {
		case graph.KindState:
			return "states"
		case graph.KindOrganization:
			return "organizations"
		case graph.KindPerson:
			return "persons"
		}
		return "things"
	case graph.StatementEngagement:
		switch graph.EngagementKind(fieldOf(body, "kind")) {
		case graph.KindAgreement:
			if fieldOf(body, "form") == string(graph.FormAlliance) {
				return "alliances"
			}
			return "agreements"
		case graph.KindDispute:
			return "disputes"
		case graph.KindMeeting:
			if fieldOf(body, "setting") == string(graph.SettingVisit) {
				return "visits"
			}
			return "meetings"
		case graph.KindAct:
			return "acts"
		}
		return "engagements"
	case graph.StatementSource, graph.StatementWork, graph.StatementTenure, graph.StatementMembership, graph.StatementRepresentation, graph.StatementAssertion, graph.StatementDecision:
		return string(kind) + "s"
	default:
		return "things"
	}
}

// fieldOf gives a body's field of text, the first of that name.
func fieldOf(body []byte, name string) string {
	_, behind, _ := bytes.Cut(body, []byte(`"`+name+`":"`))
	value, _, _ := bytes.Cut(behind, []byte(`"`))
	return string(value)
}

// endingStages are those that end an agreement, or a party's part in it.
var endingStages = []graph.StageKind{graph.StageTerminated, graph.StageExpired, graph.StageReplaced}

// ended tells whether all that differs is that something open has got its end: the whole, a participation, an
// obligation, the existence of an actor, or the last stage of an agreement.
func ended(fields []FieldChange) bool {
	ends := 0
	for _, f := range fields {
		list, field := "", f.Path
		if i := strings.IndexByte(f.Path, '['); i >= 0 {
			if !strings.HasPrefix(f.Path, "participations[") && !strings.HasPrefix(f.Path, "obligations[") && !strings.HasPrefix(f.Path, "existence[") && !strings.HasPrefix(f.Path, "stages[") {
				return false
			}
			list, field = f.Path[:i], f.Path[strings.LastIndexByte(f.Path, ']')+1:]
		}
		switch {
		case list == "stages":
			if f.Old != nil || !endingStage(f.New) {
				return false
			}
			ends++
		case field == "period.end", field == ".period.end", list == "existence" && field == ".end":
			if f.Old != nil || f.New == nil {
				return false
			}
			ends++
		case field == "period.why", field == ".period.why", list == "existence" && field == ".why":
			if f.New != nil {
				return false
			}
		default:
			return false
		}
	}
	return ends > 0
}

func endingStage(v any) bool {
	m, _ := v.(map[string]any)
	stage, _ := m["stage"].(string)
	return slices.Contains(endingStages, graph.StageKind(stage))
}
