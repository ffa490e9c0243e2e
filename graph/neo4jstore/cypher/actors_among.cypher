// Those of $refs that are actors, by key or by name, between two places; counted: and how many there are in all.
// $load; $refs; $byName; $after, $before; $ranks: of sources; $apart: every key by itself; where: $where; $limit
MATCH (h:Head) WHERE h.load >= $load
{{if .Count}}CALL () {
  UNWIND $refs AS ref
  MATCH (s:Statement {ref: ref})
  WHERE {{seen "s"}}
    AND {{names}} AND {{leading "s"}}
  WITH s, CASE WHEN $byName THEN s.nameAt ELSE s.ref END AS place
  {{if .Where}}{{met}}{{end}}
  RETURN count(*) AS total
}
{{end}}OPTIONAL CALL () {
  UNWIND $refs AS ref
  MATCH (s:Statement {ref: ref})
  WHERE {{seen "s"}}
    AND CASE WHEN $byName THEN s.nameAt > $after AND s.nameAt < $before ELSE s.ref > $after AND s.ref < $before END
    AND {{names}} AND {{leading "s"}}
  WITH s, CASE WHEN $byName THEN s.nameAt ELSE s.ref END AS place ORDER BY place ASCENDING
  {{if .Where}}{{met}}{{end}}
  RETURN place, substring(s.ref, 6) AS key ORDER BY place ASCENDING LIMIT $limit
}
RETURN {{if .Count}}total, {{end}}place, key
ORDER BY place ASCENDING
