// Some statements that a load recorded.
// $from, $to: the bounds of what it recorded; $limit
MATCH (s:Statement)
USING INDEX s:Statement(recorded)
WHERE s.recorded > $from AND s.recorded < $to
RETURN s.id AS id LIMIT $limit
