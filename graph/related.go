package graph

import (
	"context"
	"fmt"
	"slices"
)

// A Naming says that an account names an engagement as one it stands beside.
type Naming struct {
	Account EngagementKey
	Lead    EngagementKey // the account that leads, mostly the account itself
}

// NamedBy gives for each engagement the accounts that name it as one they stand beside, by start and key.
func (v *View) NamedBy(ctx context.Context, keys []EngagementKey) (map[EngagementKey][]Naming, error) {
	found := map[EngagementKey][]Naming{}
	if len(keys) == 0 {
		return found, nil
	}
	named := slices.Clone(keys)
	slices.Sort(named) // so that the same question is the same
	page, err := v.r.Engagements(ctx, EngagementQuery{
		Load: v.Load, Alignment: AnyAlignment, Overlap: OverlapAny, Certainty: Possible, AllAccounts: true,
		Where: Filter{{*Tagged(TagRelated, slices.Compact(named)...).Is}},
	})
	if err != nil {
		return nil, fmt.Errorf("what names %v: %w", keys, err)
	}
	if len(page.Items) == 0 {
		return found, nil
	}
	accounts := make([]Engagement, len(page.Items))
	by := make([]EngagementKey, len(page.Items))
	for i, row := range page.Items {
		if accounts[i], err = v.engagement(row); err != nil {
			return nil, err
		}
		by[i] = accounts[i].Base().Key
	}
	rows, err := v.r.Links(ctx, LinkQuery{Load: v.Load, Accounts: by})
	if err != nil {
		return nil, fmt.Errorf("links: %w", err)
	}
	leads := map[EngagementKey]EngagementKey{}
	for _, row := range rows {
		l, err := Decode[Link](row.Statement)
		if err != nil {
			return nil, err
		}
		for _, a := range l.Accounts {
			leads[a] = l.Lead
		}
	}
	for i, e := range accounts {
		n := Naming{by[i], by[i]}
		if lead, ok := leads[n.Account]; ok {
			n.Lead = lead
		}
		for _, key := range e.Base().Related {
			if slices.Contains(keys, key) && !slices.Contains(found[key], n) {
				found[key] = append(found[key], n)
			}
		}
	}
	return found, nil
}

// AccountKeys gives the keys of an engagement's accounts, its own first.
func AccountKeys(e *EngagementBase, others []Engagement) []EngagementKey {
	keys := []EngagementKey{e.Key}
	for _, o := range others {
		keys = append(keys, o.Base().Key)
	}
	return keys
}

// RelatedOf gives what an engagement stands beside: what its own account names, then what the others name, and then what names one of
// them, each once, by the account that leads.
func RelatedOf(e *EngagementBase, others []Engagement, namedBy ...Naming) []EngagementKey {
	own := AccountKeys(e, others)
	keys := slices.Clone(e.Related)
	for _, o := range others {
		for _, k := range o.Base().Related {
			if !slices.Contains(own, k) && !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
	}
	for _, n := range namedBy {
		if !slices.Contains(own, n.Lead) && !slices.Contains(keys, n.Account) && !slices.Contains(keys, n.Lead) {
			keys = append(keys, n.Lead)
		}
	}
	return keys
}
