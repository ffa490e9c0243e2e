// Statements, in every version, by number: for making their rows anew.
// $after; $limit
MATCH (s:Statement)
USING INDEX s:Statement(id)
WHERE s.id > $after
WITH s ORDER BY s.id LIMIT $limit
OPTIONAL MATCH (s)-[:ABOUT]->(x)
RETURN s.id AS id, s.recordedTo AS recordedTo, {{statement}}, properties(s) AS props, x.key AS about
ORDER BY id
