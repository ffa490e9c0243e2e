package sqlitestore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/entente-graph/entente/graph"
)

// Assertions pages through assertions.
func (s *Store) Assertions(ctx context.Context, q graph.AssertionQuery) (page graph.AssertionPage, err error) {
	defer failed(ctx, &err, "assertions about %d engagements, of %d authors, at load %d", len(q.About), len(q.Authors), q.Load)
	if err := errors.Join(q.Check(), s.at(ctx, q.Load)); err != nil {
		return page, err
	}
	if len(q.About)+len(q.Authors) == 0 {
		return graph.AssertionPage{Total: none(q.Count)}, nil
	}
	p, err := planAssertions(q)
	if err != nil {
		return page, err
	}
	page.Items, page.Position, page.More, page.Total, err = s.countedPage(ctx, p, q.After, q.Before, q.First, q.Last, q.Count)
	return page, err
}

func planAssertions(q graph.AssertionQuery) (*plan, error) {
	about, errA := list(q.About)
	authors, errB := constituents(q.Authors).text()
	p := &plan{found: "assertion", args: []any{sql.Named("load", q.Load)}}
	filter := " AND x.recordedFrom <= :load AND x.recordedTo > :load"
	if q.By != nil {
		filter += " AND x.fromDay <= :by"
		p.args = append(p.args, sql.Named("by", *q.By))
	}
	if len(q.Authors) > 0 {
		p.args = append(p.args, sql.Named("authors", authors))
		p.with = append(p.with, "author(key, fromDay, toDay) AS MATERIALIZED (SELECT DISTINCT j.value ->> 0, j.value ->> 1, j.value ->> 2 FROM json_each(:authors) j)")
	}
	if len(q.About) > 0 {
		p.args = append(p.args, sql.Named("about", about))
		p.with = append(p.with, "about(key) AS MATERIALIZED (SELECT DISTINCT value FROM json_each(:about))")
	}
	made := "x.author = author.key AND " + overlap("x.fromDay", "x.toDay", "author.fromDay", "author.toDay")
	switch {
	case len(q.About) > 0 && len(q.Authors) > 0:
		p.arms = []arm{{"about", "assertion x INDEXED BY assertion_about", "x.about = about.key AND EXISTS (SELECT 1 FROM author WHERE " + made + ")" + filter}}
	case len(q.About) > 0:
		p.arms = []arm{{"about", "assertion x INDEXED BY assertion_about", "x.about = about.key" + filter}}
	default:
		p.arms = []arm{{"author", "assertion x INDEXED BY assertion_author", made + filter}}
	}
	return p, errors.Join(errA, errB)
}
