// All tenures, between two places; counted: and how many there are in all.
// $load; $after, $before; $offices: null does not filter; $box; $limit; counted: $first, $last
MATCH (h:Head) WHERE h.load >= $load
{{if .Count}}CALL () {
  MATCH (s:Statement)
  USING INDEX s:Statement(at)
  WHERE s.at > $first AND s.at < $last AND {{seen "s"}}
    AND ($offices IS NULL OR s.foldedOffice IN $offices)
    AND {{edges "s"}}
  RETURN count(DISTINCT s.at) AS total
}
{{end}}OPTIONAL CALL () {
  MATCH (s:Statement)
  USING INDEX s:Statement(at)
  WHERE s.at > $after AND s.at < $before AND {{seen "s"}}
    AND ($offices IS NULL OR s.foldedOffice IN $offices)
    AND {{edges "s"}}
  WITH s ORDER BY s.at ASCENDING LIMIT $limit
  RETURN substring(s.at, 7) AS place, {{statement}}
}
RETURN {{if .Count}}total, {{end}}place, {{columns}}
