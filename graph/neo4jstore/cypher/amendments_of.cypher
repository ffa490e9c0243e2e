// Loads that mended records of the quarantines of others.
// $loads
MATCH (l:Load) WHERE l.amends IN $loads
RETURN l.number AS number, l.amends AS amends, l.edits AS edits
