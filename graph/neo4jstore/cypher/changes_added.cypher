// Statements that loads recorded and that were open after them, behind a place.
// $load: not answered by a server that is behind; $after, $before; $limit
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  MATCH (s:Statement)
  USING INDEX s:Statement(recorded)
  WHERE s.recorded > $after AND s.recorded < $before AND s.recordedTo <> s.recordedFrom
  WITH s ORDER BY s.recorded LIMIT $limit
  RETURN s.recorded AS place, s.recordedTo AS recordedTo, {{statement}}
}
RETURN recordedTo, {{columns}}
ORDER BY place
