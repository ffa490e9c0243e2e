// All engagements between two places, and how many there are in all if $count.
// $load; $after, $before; $first, $last; $kinds, $levels, $topics, $box, $parties: null does not filter; $leads; $limit; $count
MATCH (h:Head) WHERE h.load >= $load
CALL () {
  UNWIND CASE WHEN $count THEN [1] ELSE [] END AS once
  MATCH (s:Statement)
  USING INDEX s:Statement(at)
  WHERE s.at > $first AND s.at < $last AND {{filter "s"}}
      AND ($parties IS NULL OR all(party IN $parties WHERE party IN s.actors))
      AND (NOT $leads OR NOT EXISTS { MATCH (s)-[:ABOUT]->(e)<-[l:LINKS]-() WHERE l.led AND l.recordedFrom <= $load AND l.recordedTo > $load })
  RETURN count(DISTINCT s.at) AS total
}
OPTIONAL CALL () {
  MATCH (s:Statement)
  USING INDEX s:Statement(at)
  WHERE s.at > $after AND s.at < $before AND {{filter "s"}}
      AND ($parties IS NULL OR all(party IN $parties WHERE party IN s.actors))
      AND (NOT $leads OR NOT EXISTS { MATCH (s)-[:ABOUT]->(e)<-[l:LINKS]-() WHERE l.led AND l.recordedFrom <= $load AND l.recordedTo > $load })
  WITH s ORDER BY s.at ASCENDING LIMIT $limit
  RETURN substring(s.at, 11) AS place, {{statement}}
}
RETURN total, place, {{columns}}
