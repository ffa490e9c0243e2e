// Committed loads whose statements are not marked current yet.
MATCH (h:Head)
MATCH (l:Load) WHERE l.number <= h.load AND l.promoted = false
RETURN l.number AS number ORDER BY number
