package ingest_test

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// pacts is a source of agreements: a file is a slice, a line "key signed in-force topic a b title …"; - is nothing.
type pacts struct{ key graph.SourceKey }

func (p pacts) Info() graph.Source {
	return graph.Source{
		Key: p.key, Kind: graph.SourceDataset, Title: "Agreements",
		Coverage: []graph.Coverage{{Forms: []graph.EngagementKind{graph.KindAgreement}}},
	}
}

func (p pacts) Slices(context.Context, fs.FS) ([]graph.Slice, error) {
	return []graph.Slice{{Source: p.key, ID: "a"}}, nil
}

func (p pacts) Rows(_ context.Context, files fs.FS, slice graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		info := p.Info()
		about := []any{&info}
		text, err := fs.ReadFile(files, "a")
		if err != nil {
			yield(ingest.Row{}, err)
			return
		}
		for line := range strings.Lines(string(text)) {
			f := strings.Fields(line)
			a := &graph.Agreement{EngagementBase: graph.EngagementBase{
				Key: graph.EngagementKey(f[0]), Kind: graph.KindAgreement, Titles: []graph.Name{{Text: strings.Join(f[6:], " "), Lang: "en"}},
				Topics: []graph.Topic{graph.Topic(f[3])}, Period: graph.Period{Why: graph.Unknown},
			}, Form: graph.FormAgreement, PartiesComplete: true}
			for i, stage := range []graph.StageKind{graph.StageSigned, graph.StageInForce} {
				if f[1+i] == "-" {
					continue
				}
				a.Stages = append(a.Stages, graph.Stage{Stage: stage, Date: graph.MustDate(f[1+i])})
				if a.Period.Start.IsZero() {
					a.Period.Start = graph.MustDate(f[1+i])
				}
			}
			for _, who := range f[4:6] {
				if who != "-" {
					a.Participations = append(a.Participations, graph.Participation{Actor: graph.ActorKey(who), Role: graph.RoleParty})
				}
			}
			about = append(about, a)
		}
		for _, v := range about {
			st, err := graph.NewStatement(p.key, slice.ID, v, "")
			if !yield(ingest.Row{Statement: st}, err) {
				return
			}
		}
	}
}

// Two accounts of one agreement are counted once, in lists, counts and series, whatever was loaded first; what they differ in is
// told, at the load and as of the day of the question; what is undone, discarded or decided takes the links with it.
func TestAccountsOfOneAgreementAreListedOnce(t *testing.T) {
	t.Parallel()
	first, second := pacts{"desta"}, pacts{"gptad"}
	a := folder("a", "desta:1 2003 2004 TRADE iso3:JPN iso3:KOR Japan Korea\ndesta:2 2010 2011 TRADE iso3:JPN iso3:KOR Japan Korea\n")
	b := folder("a", "gptad:1 2003-02-01 2005-04-01 TRADE iso3:KOR iso3:JPN Korea - Japan\n"+
		"gptad:2 2010-02-01 - TRADE iso3:JPN iso3:KOR Protocol, Japan - Korea\ngptad:3 2010-03-01 - TRADE iso3:JPN iso3:CHN Japan - China\n")
	store, other := open(t), open(t)
	loadOf(t, store, first, a)
	report := loadOf(t, store, second, b)
	check(t, "the links", report.Links, ingest.Counts{Added: 1})
	check(t, "both", listed(t, store, 2), "4: desta:1=gptad:1 desta:2 gptad:2 gptad:3")
	check(t, "the state before", listed(t, store, 1), "2: desta:1 desta:2")
	loadOf(t, other, second, b)
	loadOf(t, other, first, a)
	check(t, "loaded the other way round", digest(t, other), digest(t, store))

	check(t, "agreements by year", series(t, store), "2002:0 2003:1 2004:1")
	check(t, "conflicts", conflicts(t, store, nil, nil), "CONTRADICTING_DATE stages[IN_FORCE].date: 2004 (desta), 2005-04-01 (gptad)")
	day := graph.MustDay("2003-06-01") // what has begun is told whole
	check(t, "conflicts as of a day", conflicts(t, store, nil, &day), "CONTRADICTING_DATE stages[IN_FORCE].date: 2004 (desta), 2005-04-01 (gptad)")
	one := graph.LoadNumber(1)
	check(t, "conflicts at the load before", conflicts(t, store, &one, nil), "")

	proposals, err := ingest.Proposals(t.Context(), store)
	if err != nil || len(proposals) != 1 || proposals[0].A != "desta:2" || proposals[0].B != "gptad:2" || proposals[0].What != "agreement" {
		t.Errorf("proposed: %v, %v", proposals, err)
	}
	decided := func(d ...graph.Decision) {
		t.Helper()
		if _, err := ingest.Decide(t.Context(), ingest.DecideOptions{
			Reader: store, Writer: store, Decide: func([]graph.Decision) ([]graph.Decision, error) { return d, nil },
		}); err != nil {
			t.Fatal(err)
		}
	}
	decided(*graph.NewDecision(graph.VerdictSame, "desta:2", "gptad:2", "looked up"), *graph.NewDecision(graph.VerdictDifferent, "desta:1", "gptad:1", "looked up"))
	check(t, "decided", listed(t, store, 3), "4: desta:1 gptad:1 desta:2=gptad:2 gptad:3")
	decided()
	check(t, "taken back", listed(t, store, 4), "4: desta:1=gptad:1 desta:2 gptad:2 gptad:3")
	if _, err := undo(t, store, 2); err != nil {
		t.Fatal(err)
	}
	check(t, "undone", listed(t, store, 5), "2: desta:1 desta:2")
}

// series gives how many agreements there are between Japan and Korea, by year.
func series(t *testing.T, store graph.Store) string {
	t.Helper()
	v, err := graph.At(t.Context(), store, graph.SnapshotQuery{})
	if err != nil {
		t.Fatal(err)
	}
	all, err := v.Series(t.Context(), graph.NewDyadKey("iso3:JPN", "iso3:KOR"), graph.SeriesQuery{
		Measures: []graph.Measure{graph.CountAgreements}, Topics: []graph.Topic{graph.TopicTrade}, Unit: graph.UnitYear,
		From: graph.MustDay("2002-01-01"), To: graph.MustDay("2004-12-31"),
	})
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, p := range all[0].Points {
		told = append(told, fmt.Sprintf("%d:%d", p.From.Time().Year(), p.N))
	}
	return strings.Join(told, " ")
}

// conflicts gives what the accounts of the first agreement differ in, at a load and as of a day.
func conflicts(t *testing.T, store graph.Store, at *graph.LoadNumber, asOf *graph.Day) string {
	t.Helper()
	v, err := graph.At(t.Context(), store, graph.SnapshotQuery{Load: at, AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	found, err := v.Conflicts(t.Context(), []string{"desta:1"}, nil, 10, nil)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, c := range found.Items {
		told = append(told, fmt.Sprintf("%s %s: %s (%s), %s (%s)", c.Type, c.Field, c.Values[0].Value, c.Values[0].Source, c.Values[1].Value, c.Values[1].Source))
	}
	return strings.Join(told, "; ")
}
