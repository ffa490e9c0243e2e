// What a load recorded is current, unless it was closed since; identities show it.
// $after, $before: the bounds of what it recorded; $open; $limit
MATCH (s:Statement)
USING INDEX s:Statement(recorded)
WHERE s.recorded > $after AND s.recorded < $before
WITH s.recorded AS at, s, s.recordedTo = $open AS current ORDER BY at LIMIT $limit
SET s.current = current
WITH at, s, current
OPTIONAL CALL (s) {
  MATCH (s)-[:ABOUT]->(x) WHERE s.caption IS NOT NULL
  SET x.name = s.caption, x.start = s.captionStart, x.end = s.captionEnd, x.effects = s.captionEffects,
    x.stages = s.captionStages, x.inForceFrom = s.captionInForceFrom, x.inForceTo = s.captionInForceTo
}
WITH at, s, current
OPTIONAL CALL (s) {
{{rows}}
}
SET r.current = current
RETURN max(at) AS last
