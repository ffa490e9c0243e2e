// Statements that were open before a load and that it closed, behind a place.
// $load: not answered by a server that is behind; $of; $after, $before; $limit
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  MATCH ()-[c:CLOSED]->(s)
  USING INDEX c:CLOSED(at)
  WHERE c.at > $after AND c.at < $before AND s.recordedFrom <> $of
  WITH c.at AS place, s ORDER BY place LIMIT $limit
  RETURN place, s.source AS source, s.slice AS slice, s.kind AS kind, s.key AS key, s.hash AS hash, s.recordedFrom AS recordedFrom
}
RETURN source, slice, kind, key, hash, recordedFrom
ORDER BY place
