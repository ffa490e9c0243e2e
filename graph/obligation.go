package graph

// topicsOfObligation says on which topics an obligation bears. Only what binds to
// act for the other counts: neutrality, non-aggression and consultation tie nobody in defence.
func topicsOfObligation(t ObligationType) []Topic {
	switch t {
	case ObligationDefense, ObligationOffense:
		return []Topic{TopicDefense}
	default:
		return nil
	}
}
