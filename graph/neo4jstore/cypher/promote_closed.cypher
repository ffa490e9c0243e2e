// What a load closed is no longer current.
// $after, $before: the bounds of what it closed; $limit
MATCH ()-[c:CLOSED]->(s)
USING INDEX c:CLOSED(at)
WHERE c.at > $after AND c.at < $before
WITH c.at AS at, s ORDER BY at LIMIT $limit
SET s.current = false
WITH at, s
OPTIONAL CALL (s) {
{{rows}}
}
SET r.current = false
RETURN max(at) AS last
