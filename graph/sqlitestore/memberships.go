package sqlitestore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/entente-graph/entente/graph"
)

// Memberships pages through memberships.
func (s *Store) Memberships(ctx context.Context, q graph.MembershipQuery) (page graph.MembershipPage, err error) {
	defer failed(ctx, &err, "memberships of %d actors, in %d organisations, at load %d", len(q.Members), len(q.Organizations), q.Load)
	if err := errors.Join(q.Check(), s.at(ctx, q.Load)); err != nil {
		return page, err
	}
	if len(q.Members)+len(q.Organizations) == 0 || empty(q.During) {
		return graph.MembershipPage{Total: none(q.Count)}, nil
	}
	p, err := planMemberships(q)
	if err != nil {
		return page, err
	}
	page.Items, page.Position, page.More, page.Total, err = s.countedPage(ctx, p, q.After, q.Before, q.First, q.Last, q.Count)
	return page, err
}

func planMemberships(q graph.MembershipQuery) (*plan, error) {
	p := &plan{found: "membership", args: []any{sql.Named("load", q.Load)}}
	filter := " AND x.recordedFrom <= :load AND x.recordedTo > :load" + p.lies(q.During, q.Overlap, q.Certainty)
	members, errM := list(q.Members)
	organizations, errO := list(q.Organizations)
	statuses, errS := list(q.Statuses)
	if len(q.Statuses) > 0 {
		filter += " AND x.status IN (SELECT value FROM json_each(:statuses))"
		p.args = append(p.args, sql.Named("statuses", statuses))
	}
	if len(q.Organizations) > 0 {
		p.args = append(p.args, sql.Named("organizations", organizations))
	}
	const each = "(key) AS MATERIALIZED (SELECT DISTINCT value FROM json_each(:"
	if len(q.Members) == 0 {
		p.with = []string{"organization" + each + "organizations))"}
		p.arms = []arm{{"organization", "membership x INDEXED BY membership_organization", "x.organization = organization.key" + filter}}
		return p, errors.Join(errM, errO, errS)
	}
	p.args = append(p.args, sql.Named("members", members))
	p.with = []string{"member" + each + "members))"}
	if len(q.Organizations) > 0 {
		filter += " AND x.organization IN (SELECT value FROM json_each(:organizations))"
	}
	p.arms = []arm{{"member", "membership x INDEXED BY membership_member", "x.member = member.key" + filter}}
	return p, errors.Join(errM, errO, errS)
}
