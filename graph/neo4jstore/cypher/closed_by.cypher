// Some statements that a load closed.
// $from, $to: the bounds of what it closed; $limit
MATCH ()-[c:CLOSED]->(s)
USING INDEX c:CLOSED(at)
WHERE c.at > $from AND c.at < $to
RETURN s.id AS id LIMIT $limit
