// All engagements between two places; counted: and how many there are in all.
// $load; $after, $before; $leads; $limit; filtered: $kinds, $levels, $topics, $box; parties: $parties;
// counted: $first, $last
MATCH (h:Head) WHERE h.load >= $load
{{if .Count}}CALL () {
  MATCH (s:Statement)
  USING INDEX s:Statement(at)
  WHERE s.at > $first AND s.at < $last AND {{seen "s"}}
      {{if .Filtered}}AND {{traits "s"}}{{end}}
      {{if .Parties}}AND all(party IN $parties WHERE party IN s.actors){{end}}
      AND {{leadsOf "s"}}
  RETURN count(DISTINCT s.at) AS total
}
{{end}}OPTIONAL CALL () {
  MATCH (s:Statement)
  USING INDEX s:Statement(at)
  WHERE s.at > $after AND s.at < $before AND {{seen "s"}}
      {{if .Filtered}}AND {{traits "s"}}{{end}}
      {{if .Parties}}AND all(party IN $parties WHERE party IN s.actors){{end}}
      AND {{leadsOf "s"}}
  WITH s ORDER BY s.at ASCENDING LIMIT $limit
  RETURN substring(s.at, 11) AS place, {{statement}}
}
RETURN {{if .Count}}total, {{end}}place, {{columns}}
