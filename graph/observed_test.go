package graph_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// TestPeriodsAreCertainAsLongAsTheyWereObserved holds on which days a period is certain, possible or not.
func TestPeriodsAreCertainAsLongAsTheyWereObserved(t *testing.T) {
	date := graph.MustDate
	for _, c := range []struct {
		p    graph.Period
		days string // and how sure it is of each
	}{
		{graph.Observed(date("2012-05-15"), graph.MustDay("2015-12-31")), "2012-05-14 - 2012-05-15 CERTAIN 2015-12-31 CERTAIN 2016-01-01 POSSIBLE 9999-12-31 POSSIBLE"},
		{graph.Observed(date("2012"), graph.MustDay("2015-12-31")), "2012-01-01 POSSIBLE 2012-12-31 CERTAIN 2016-01-01 POSSIBLE"},
		{graph.Observed(date("2019-03-01"), graph.MustDay("2018-12-31")), "2018-12-31 - 2019-03-01 CERTAIN 2019-03-02 POSSIBLE"}, // the data saw none of it
		{graph.Observed(graph.Date{}, graph.MustDay("2018-12-31")), "1500-01-01 POSSIBLE 2018-12-31 CERTAIN 2019-01-01 POSSIBLE"},
		{graph.Period{Start: date("2012-05-15"), Why: graph.Censored}, "2012-05-15 CERTAIN 2012-05-16 POSSIBLE"},
		{graph.Period{Start: date("2012-05-15"), Why: graph.Ongoing}, "2012-05-15 CERTAIN 9999-12-31 CERTAIN"},
		{graph.Period{ObservedFrom: date("1816-01-01"), Why: graph.Ongoing}, "1815-12-31 POSSIBLE 1816-01-01 CERTAIN 9999-12-31 CERTAIN"},
		{graph.Period{ObservedFrom: date("1816-01-01"), End: date("1871-01-18")}, "1815-12-31 POSSIBLE 1816-01-01 CERTAIN 1871-01-18 CERTAIN 1871-01-19 -"},
		{graph.Period{ObservedFrom: date("1816-01-01"), Why: graph.Unknown}, "1816-01-01 CERTAIN 1816-01-02 POSSIBLE"},
		{graph.Period{Why: graph.Ongoing}, "1816-01-01 POSSIBLE"},
	} {
		if err := c.p.Check(); err != nil {
			t.Error(err)
		}
		got := ""
		for d, sure, more := cutTwo(c.days); more; d, sure, more = cutTwo(c.days) {
			how := string(c.p.Sure(graph.MustDay(d)))
			if how == "" {
				how = "-"
			}
			if how != sure {
				got += fmt.Sprintf("%s is %s, not %s; ", d, how, sure)
			}
			c.days = c.days[min(len(c.days), len(d)+len(sure)+2):]
		}
		if got != "" {
			t.Errorf("%+v: %s", c.p, got)
		}
	}
	for what, p := range map[string]graph.Period{
		"a start beside since when it was observed": {Start: date("1900"), ObservedFrom: date("1901"), Why: graph.Ongoing},
		"until when of what goes on":                {Start: date("1900"), Why: graph.Ongoing, ObservedUntil: date("1950")},
		"until when of what ended":                  {Start: date("1900"), End: date("1940"), ObservedUntil: date("1950")},
		"until a day before it began":               {Start: date("1900"), Why: graph.Censored, ObservedUntil: date("1850")},
		"from a day after its end":                  {ObservedFrom: date("1900"), End: date("1850")},
	} {
		if err := p.Check(); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func cutTwo(text string) (d, sure string, more bool) {
	n, _ := fmt.Sscan(text, &d, &sure)
	return d, sure, n == 2
}

// TestNothingIsCountedForCertainPastTheData: a dispute that went on when the data ended counts for certain to its last day.
func TestNothingIsCountedForCertainPastTheData(t *testing.T) {
	d := &graph.Dispute{EngagementBase: graph.EngagementBase{
		Key: "d", Kind: graph.KindDispute, Period: graph.Observed(graph.MustDate("2013-05-01"), graph.MustDay("2014-12-31")),
		Participations: []graph.Participation{{Actor: "iso3:USA", Role: graph.RoleParty, Side: graph.SideA}, {Actor: "iso3:CHN", Role: graph.RoleParty, Side: graph.SideB}},
	}}
	v := viewOf(t, "", map[graph.SourceKey][]any{"one": {
		source("one", graph.SourceDataset, "2000", "2014", true), state("iso3:USA", "1776"), state("iso3:CHN", "1949"), d,
	}})
	for sure, want := range map[graph.Certainty]string{
		graph.Certain:  "2012 0 complete, 2013 1, 2014 1, 2015 CENSORED, 2016 CENSORED, ",
		graph.Possible: "2012 0 complete, 2013 1, 2014 1, 2015 1, 2016 1, ",
	} {
		found, err := v.Series(context.Background(), graph.NewDyadKey("iso3:USA", "iso3:CHN"), graph.SeriesQuery{
			Measures: []graph.Measure{graph.CountDisputes}, From: graph.MustDay("2012-01-01"), To: graph.MustDay("2016-12-31"), Unit: graph.UnitYear, Certainty: sure,
		})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, p := range found[0].Points {
			got += p.From.String()[:4] + " "
			switch {
			case p.Reason != "":
				got += string(p.Reason)
			case p.N == 0 && p.Complete:
				got += "0 complete"
			default:
				got += fmt.Sprint(p.N)
			}
			got += ", "
		}
		if got != want {
			t.Errorf("%s: %s\nnot %s", sure, got, want)
		}
	}
}
