// Statements that were open before loads that closed them, behind a place.
// $load: not answered by a server that is behind; $after, $before; $bodies: with their bodies; $limit
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  MATCH ()-[c:CLOSED]->(s)
  USING INDEX c:CLOSED(at)
  WHERE c.at > $after AND c.at < $before AND s.recordedFrom <> s.recordedTo
  WITH c.at AS place, s ORDER BY place LIMIT $limit
  RETURN place, s.recordedTo AS recordedTo, s.source AS source, s.slice AS slice, s.kind AS kind, s.key AS key, s.hash AS hash, s.recordedFrom AS recordedFrom,
    CASE WHEN $bodies THEN s.body END AS body
}
RETURN recordedTo, source, slice, kind, key, hash, recordedFrom, body
ORDER BY place
