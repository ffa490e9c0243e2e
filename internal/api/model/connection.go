package model

import "github.com/entente-graph/entente/graph"

// PageInfo says where a page stands in its list.
type PageInfo struct {
	HasNextPage, HasPreviousPage bool
	StartCursor, EndCursor       string
}

// A Connection is a page of a list, as Relay has it. Total is set only where it was asked for.
type Connection[T any] struct {
	Nodes   []T
	Cursors []string
	Page    PageInfo
	Total   *int
}

// PageInfo says where the page stands.
func (c *Connection[T]) PageInfo() *PageInfo { return &c.Page }

// TotalCount is how many there are in all.
func (c *Connection[T]) TotalCount() int {
	if c.Total == nil {
		return 0
	}
	return *c.Total
}

// An Edge is one item of a page with its place.
type Edge[T any] struct {
	Node   T
	Cursor string
}

// edges pairs items and cursors; E is an Edge of T by another name.
func edges[E ~struct {
	Node   T
	Cursor string
}, T any](c *Connection[T]) []*E {
	out := make([]*E, len(c.Nodes))
	for i, n := range c.Nodes {
		e := E{Node: n, Cursor: c.Cursors[i]}
		out[i] = &e
	}
	return out
}

// An ActorConnection is a page of actors.
type ActorConnection struct{ Connection[*graph.Actor] }

// An ActorEdge is one of them with its place.
type ActorEdge Edge[*graph.Actor]

// Edges are the items with their places.
func (c *ActorConnection) Edges() []*ActorEdge { return edges[ActorEdge](&c.Connection) }

// An EngagementConnection is a page of engagements.
type EngagementConnection struct{ Connection[graph.Engagement] }

// An EngagementEdge is one of them with its place.
type EngagementEdge Edge[graph.Engagement]

// Edges are the items with their places.
func (c *EngagementConnection) Edges() []*EngagementEdge { return edges[EngagementEdge](&c.Connection) }

// An AgreementConnection is a page of agreements.
type AgreementConnection struct{ Connection[*graph.Agreement] }

// An AgreementEdge is one of them with its place.
type AgreementEdge Edge[*graph.Agreement]

// Edges are the items with their places.
func (c *AgreementConnection) Edges() []*AgreementEdge { return edges[AgreementEdge](&c.Connection) }

// A DisputeConnection is a page of disputes.
type DisputeConnection struct{ Connection[*graph.Dispute] }

// A DisputeEdge is one of them with its place.
type DisputeEdge Edge[*graph.Dispute]

// Edges are the items with their places.
func (c *DisputeConnection) Edges() []*DisputeEdge { return edges[DisputeEdge](&c.Connection) }

// A MeetingConnection is a page of meetings.
type MeetingConnection struct{ Connection[*graph.Meeting] }

// A MeetingEdge is one of them with its place.
type MeetingEdge Edge[*graph.Meeting]

// Edges are the items with their places.
func (c *MeetingConnection) Edges() []*MeetingEdge { return edges[MeetingEdge](&c.Connection) }

// An ActConnection is a page of acts.
type ActConnection struct{ Connection[*graph.Act] }

// An ActEdge is one of them with its place.
type ActEdge Edge[*graph.Act]

// Edges are the items with their places.
func (c *ActConnection) Edges() []*ActEdge { return edges[ActEdge](&c.Connection) }

// A ParticipationConnection is a page of participations.
type ParticipationConnection struct{ Connection[*Participation] }

// A ParticipationEdge is one of them with its place.
type ParticipationEdge Edge[*Participation]

// Edges are the items with their places.
func (c *ParticipationConnection) Edges() []*ParticipationEdge {
	return edges[ParticipationEdge](&c.Connection)
}

// A TenureConnection is a page of tenures.
type TenureConnection struct{ Connection[*graph.Tenure] }

// A TenureEdge is one of them with its place.
type TenureEdge Edge[*graph.Tenure]

// Edges are the items with their places.
func (c *TenureConnection) Edges() []*TenureEdge { return edges[TenureEdge](&c.Connection) }

// A MembershipConnection is a page of memberships.
type MembershipConnection struct{ Connection[*graph.Membership] }

// A MembershipEdge is one of them with its place.
type MembershipEdge Edge[*graph.Membership]

// Edges are the items with their places.
func (c *MembershipConnection) Edges() []*MembershipEdge { return edges[MembershipEdge](&c.Connection) }

// A RepresentationConnection is a page of representations.
type RepresentationConnection struct {
	Connection[*graph.Representation]
}

// A RepresentationEdge is one of them with its place.
type RepresentationEdge Edge[*graph.Representation]

// Edges are the items with their places.
func (c *RepresentationConnection) Edges() []*RepresentationEdge {
	return edges[RepresentationEdge](&c.Connection)
}

// An AssertionConnection is a page of assertions.
type AssertionConnection struct{ Connection[*graph.Assertion] }

// An AssertionEdge is one of them with its place.
type AssertionEdge Edge[*graph.Assertion]

// Edges are the items with their places.
func (c *AssertionConnection) Edges() []*AssertionEdge { return edges[AssertionEdge](&c.Connection) }

// An OfficeConnection is a page of offices.
type OfficeConnection struct{ Connection[*graph.Office] }

// An OfficeEdge is one of them with its place.
type OfficeEdge Edge[*graph.Office]

// Edges are the items with their places.
func (c *OfficeConnection) Edges() []*OfficeEdge { return edges[OfficeEdge](&c.Connection) }

// A TieConnection is a page of ties.
type TieConnection struct{ Connection[*graph.Tie] }

// A TieEdge is one of them with its place.
type TieEdge Edge[*graph.Tie]

// Edges are the items with their places.
func (c *TieConnection) Edges() []*TieEdge { return edges[TieEdge](&c.Connection) }

// A LoadConnection is a page of loads.
type LoadConnection struct{ Connection[*graph.Load] }

// A LoadEdge is one of them with its place.
type LoadEdge Edge[*graph.Load]

// Edges are the items with their places.
func (c *LoadConnection) Edges() []*LoadEdge { return edges[LoadEdge](&c.Connection) }

// A SearchConnection is a page of search results: what each hit of a search for terms named.
type SearchConnection struct {
	Connection[SearchResult]
	Hits  []graph.Hit
	Terms []graph.Term
}

// A SearchEdge is one of them with its place.
type SearchEdge struct {
	Edge[SearchResult]
	Hit   graph.Hit
	Terms []graph.Term
}

// Edges are the items with their places.
func (c *SearchConnection) Edges() []*SearchEdge {
	all := make([]*SearchEdge, len(c.Nodes))
	for i, n := range c.Nodes {
		all[i] = &SearchEdge{Edge[SearchResult]{Node: n, Cursor: c.Cursors[i]}, c.Hits[i], c.Terms}
	}
	return all
}

// Rank is how well the text fits the item.
func (e *SearchEdge) Rank() graph.SearchRank { return e.Hit.Ranked() }

// Matches are the names in which terms stand.
func (e *SearchEdge) Matches() []graph.Match {
	switch n := e.Node.(type) {
	case *graph.Actor:
		return n.Matches(e.Terms)
	case graph.Engagement:
		return n.Base().Matches(e.Terms)
	default:
		return nil
	}
}
