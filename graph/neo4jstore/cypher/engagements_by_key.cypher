// The engagements with $keys, between two places; with $a, only those in which it takes part, with $b beside it.
// $load; $keys; $after, $before; $a, $b: null or {actor, prefix, from, to};
// $alignment, $kinds, $levels, $topics, $box, $parties: null does not filter; $limit; $count
MATCH (h:Head) WHERE h.load >= $load
CALL () {
  UNWIND CASE WHEN $count THEN $keys ELSE [] END AS wanted
  MATCH (s:Statement {ref: 'engagement|' + wanted})
  WHERE {{filter "s"}}
      AND ($parties IS NULL OR all(party IN $parties WHERE party IN s.actors))
      AND {{involved}}
  RETURN count(DISTINCT s.at) AS total
}
OPTIONAL CALL () {
  UNWIND $keys AS wanted
  MATCH (s:Statement {ref: 'engagement|' + wanted})
  WHERE s.at > $after AND s.at < $before AND {{filter "s"}}
      AND ($parties IS NULL OR all(party IN $parties WHERE party IN s.actors))
      AND {{involved}}
  WITH s ORDER BY s.at ASCENDING LIMIT $limit
  RETURN substring(s.at, 11) AS place, {{statement}}
}
RETURN total, place, {{columns}}
