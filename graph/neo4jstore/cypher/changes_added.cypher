// Statements that a load recorded and that were open after it, behind a place.
// $load: not answered by a server that is behind; $of; $after, $before; $limit
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  MATCH (s:Statement)
  USING INDEX s:Statement(recorded)
  WHERE s.recorded > $after AND s.recorded < $before AND s.recordedTo <> $of
  WITH s ORDER BY s.recorded LIMIT $limit
  RETURN s.recorded AS place, {{statement}}
}
RETURN {{columns}}
ORDER BY place
