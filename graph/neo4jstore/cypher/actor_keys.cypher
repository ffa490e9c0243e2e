// Keys of actors, between two; counted: and how many there are in all.
// $load; $after, $before; $ranks: of sources; $apart: every key by itself; where: $where; $limit
MATCH (h:Head) WHERE h.load >= $load
{{if .Count}}CALL () {
  MATCH (s:Statement)
  USING INDEX s:Statement(ref)
  WHERE s.ref > 'actor|' AND s.ref < 'actor}' AND {{seen "s"}}
    AND {{names}} AND {{leading "s"}}
  WITH s, s.ref AS place
  {{if .Where}}{{met}}{{end}}
  RETURN count(*) AS total
}
{{end}}OPTIONAL CALL () {
  MATCH (s:Statement)
  USING INDEX s:Statement(ref)
  WHERE s.ref > 'actor|' AND s.ref < 'actor}' AND {{seen "s"}}
    AND s.ref > $after AND s.ref < $before
    AND {{names}} AND {{leading "s"}}
  WITH s, s.ref AS place ORDER BY place ASCENDING
  {{if .Where}}{{met}}{{end}}
  RETURN place, substring(s.ref, 6) AS key ORDER BY place ASCENDING LIMIT $limit
}
RETURN {{if .Count}}total, {{end}}place, key
ORDER BY place ASCENDING
