OPTIONAL CALL (all) {
  UNWIND all AS found
  WITH DISTINCT found[0] AS place, found[1] AS statement WHERE place > $after AND place < $before
  WITH place, statement ORDER BY place ASCENDING LIMIT $limit
  MATCH (s:Statement {id: statement})
  RETURN place, {{statement}}
}
RETURN total, place, {{columns}}
