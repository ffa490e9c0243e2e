package server

import (
	"context"
	"encoding/csv"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/internal/sample/sampletest"
)

// smallGraph has what the sample has not: a code that changed hands, actors without codes, a source that covers
// everything, a work named by nobody, and a source with a citation of its own.
func smallGraph(t *testing.T) graph.Store {
	t.Helper()
	store := sampletest.Open(t, filepath.Join(t.TempDir(), "small.db"), sqlitestore.Create())
	days := func(from, to string) graph.Period {
		p := graph.Period{Start: graph.MustDate(from)}
		if to == "" {
			p.Why = graph.Ongoing
		} else {
			p.End = graph.MustDate(to)
		}
		return p
	}
	pact := func(key, start, end string, parties ...graph.ActorKey) *graph.Agreement {
		a := &graph.Agreement{Form: graph.FormAgreement, PartiesComplete: true}
		a.Key, a.Kind, a.Topics = graph.EngagementKey(key), graph.KindAgreement, []graph.Topic{graph.TopicTrade}
		a.Titles = []graph.Name{{Text: "An agreement", Lang: "en"}}
		a.Period = days(start, end)
		a.Stages = []graph.Stage{{Stage: graph.StageInForce, Date: graph.MustDate(start)}}
		if end != "" {
			a.Stages = append(a.Stages, graph.Stage{Stage: graph.StageExpired, Date: graph.MustDate(end)})
		}
		for _, p := range parties {
			a.Participations = append(a.Participations, graph.Participation{Actor: p, Role: graph.RoleParty})
		}
		return a
	}
	cited := pact("small:cited", "1960-05-01", "", "iso3:DEU", "iso3:JPN")
	cited.Citations = []graph.Citation{{Work: "small:book_2"}, {Work: "small:book-1"}, {Work: "small:book_2", Locator: "p. 3"}}
	things := []any{
		&graph.Source{
			Key: "small", Kind: graph.SourceDossier, Title: "A small graph", Version: "1",
			BibTeX: "@book{theirs,\n  title = {A {S}mall Graph},\n}",
			Coverage: []graph.Coverage{{
				From: graph.MustDate("1900-01-01"), To: graph.MustDate("2000-12-31"), Topics: []graph.Topic{graph.TopicTrade}, Complete: true,
			}},
		},
		&graph.Work{Key: "small:book_2", Title: `50% of {"Us"} & _them_ #1 \ $5 ~ ^`, Publisher: "A & B", Date: graph.MustDate("1961-02"), URL: "https://example.org/a%20b?x={1}&y=a_b", Read: true},
		&graph.Work{Key: "small:book-1", Title: "Named only", Date: graph.MustDate("[1961-01-01..1962-12-31]")},
		&graph.ActorFacts{Key: "iso3:JPN", Kind: graph.KindState, Names: []graph.Name{{Text: "Japan", Lang: "en"}}, Identifiers: []graph.Identifier{
			{Scheme: "iso3", Value: "JPN"}, {Scheme: "cow", Value: "740"},
		}},
		&graph.ActorFacts{Key: "iso3:DEU", Kind: graph.KindState, Names: []graph.Name{{Text: "Germany", Lang: "en"}}, Identifiers: []graph.Identifier{
			{Scheme: "cow", Value: "255", Period: days("1816-01-01", "1945-05-08")},
			{Scheme: "cow", Value: "260", Period: days("1955-05-05", "1990-10-02")},
			{Scheme: "cow", Value: "255", Period: days("1990-10-03", "")},
			{Scheme: "iso3", Value: "DEU"},
		}},
		&graph.ActorFacts{Key: "org:a", Kind: graph.KindOrganization, Names: []graph.Name{{Text: "A", Lang: "en"}}},
		&graph.ActorFacts{Key: "org:b", Kind: graph.KindOrganization, Names: []graph.Name{{Text: "B", Lang: "en"}}},
		cited,
		pact("small:lapsed", "1950", "1959-12-31", "org:a", "iso3:JPN"),
		pact("small:between", "1970-01-01~", "", "org:a", "org:b"),
	}
	var batch graph.Batch
	for _, thing := range things {
		s, err := graph.NewStatement("small", "small", thing, "")
		if err != nil {
			t.Fatal(err)
		}
		batch.Add = append(batch.Add, s)
	}
	ctx := context.Background()
	lease, err := store.Open(ctx, graph.LoadInfo{Source: "small", Slices: []graph.Slice{{Source: "small", ID: "small"}}, Program: "test"})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Write(ctx, lease, batch); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Commit(ctx, lease, graph.Counts{Added: len(batch.Add)}); err != nil {
		t.Fatal(err)
	}
	return store
}

func TestRows(t *testing.T) {
	h := New(Config{Reader: smallGraph(t), Logger: quiet(t)}).Handler()
	for _, c := range []struct {
		why, path string
		want      []string
	}{
		{
			"the ccode is the latest; the works are those of the agreement, each once", "/v1/dyads/JPN/DEU/ties.csv",
			[]string{"255,740,DEU,JPN,TRADE,ACTIVE,,true,1960-05-01,1960-05-01,1960-05-01,,,,CENSORED,small:cited,,small:book_2;small:book-1"},
		},
		{
			"as of a day the ccode is that of the day", "/v1/dyads/JPN/DEU/ties.csv?asOf=1961-01-01",
			[]string{"260,740,DEU,JPN,TRADE,ACTIVE,,true,1960-05-01,1960-05-01,1960-05-01,,,,CENSORED,small:cited,,small:book_2;small:book-1"},
		},
		{
			"on a day without one, the latest; completely covered, and nothing there", "/v1/dyads/JPN/DEU/ties.csv?topic=trade&asOf=1950-06-01",
			[]string{"255,740,DEU,JPN,TRADE,NONE,,true,,,,,,,,,,"},
		},
		{
			"nobody covers it", "/v1/dyads/JPN/DEU/ties.csv?topic=trade,culture&asOf=1899-06-01",
			[]string{"255,740,DEU,JPN,TRADE,NO_DATA,,false,,,,,,,,,,", "255,740,DEU,JPN,CULTURE,NO_DATA,,false,,,,,,,,,,"},
		},
		{
			"without a topic only what there is", "/v1/dyads/JPN/DEU/ties.csv?asOf=1950-06-01", nil,
		},
		{
			"who has no ccode comes last, whatever its key; a year stays a year; what lapsed ended it; no citation of its own: the source",
			"/v1/dyads/org:a/JPN/ties.csv",
			[]string{"740,,JPN,,TRADE,ACTIVE,,true,1950,1950-01-01,1950-12-31,1959-12-30,1959-12-30,1959-12-30,,small:lapsed,small:lapsed,small"},
		},
		{
			"two without are ordered by key; ~ is not widened in the columns of days", "/v1/dyads/org:b/org:a/ties.csv",
			[]string{",,,,TRADE,ACTIVE,,true,1970-01-01~,1970-01-01,1970-01-01,,,,CENSORED,small:between,,small"},
		},
	} {
		w := get(t, h, c.path)
		if w.Code != 200 {
			t.Errorf("%s: %d\n%s", c.path, w.Code, w.Body)
			continue
		}
		var got []string
		for _, r := range records(t, w.Body.Bytes()) {
			got = append(got, strings.Join(r, ","))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s\n%s: -want +got\n%s", c.why, c.path, diff)
		}
	}
}

// TestSeveralDyads: panels will ask for many at once; rows come by ccode, then topic.
func TestSeveralDyads(t *testing.T) {
	v, err := graph.At(t.Context(), smallGraph(t), graph.SnapshotQuery{})
	if err != nil {
		t.Fatal(err)
	}
	table, err := newTieTable(t.Context(), v, []graph.DyadKey{
		{A: "org:a", B: "org:b"}, {A: "iso3:JPN", B: "org:a"}, {A: "iso3:DEU", B: "iso3:JPN"},
	}, graph.TieFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range table.Rows {
		got = append(got, r.CCode1.String()+"-"+r.CCode2.String())
	}
	if diff := cmp.Diff([]string{"255-740", "740-", "-"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestCellsAreQuoted: no key of today has a comma, and a table must not break when one has.
func TestCellsAreQuoted(t *testing.T) {
	r := tieRow{StartedBy: `a,"b"`, Sources: []string{"x", "y z"}}
	var b strings.Builder
	if err := writeTieCSV(&b, &tieTable{Rows: []tieRow{r}}, tieQuestion{}, nil); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(b.String(), "\r\n") || strings.Count(b.String(), "\r\n") != 2 {
		t.Errorf("lines do not end as RFC 4180 has it: %q", b.String())
	}
	all, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{`a,"b"`, "", "x;y z"}, all[1][15:]); diff != "" {
		t.Error(diff)
	}
}
