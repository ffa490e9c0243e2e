OPTIONAL CALL (all) {
  UNWIND all AS found
  WITH DISTINCT found[1] AS statement
  MATCH (s:Statement {id: statement})
  WITH s, {{sorted}} AS place WHERE place > $after AND place < $before
  WITH s, place ORDER BY place ASCENDING LIMIT $limit
  RETURN place, {{statement}}
}
RETURN total, place, {{columns}}
