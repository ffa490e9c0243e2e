// The engagements with $keys, between two places; one side: only those in which $a takes part; two: with $b beside it.
// $load; $keys; $after, $before; one side: $a, two: $b: {actor, prefix, from, to}; $limit; two sides: $alignments;
// filtered: $kinds, $levels, $topics, $box; where: $where; ordered: $order
MATCH (h:Head) WHERE h.load >= $load
{{if .Count}}CALL () {
  UNWIND $keys AS wanted
  MATCH (s:Statement {ref: 'engagement|' + wanted})
  WHERE {{seen "s"}}
      {{if .Filtered}}AND {{traits "s"}}{{end}}
      {{if .Where}}AND {{where "s"}}{{end}}
      {{if .Two}}AND {{together}}{{else if .One}}AND {{involved}}{{end}}
  RETURN count(DISTINCT s.at) AS total, collect([substring(s.at, 11), s.id]) AS all
}
{{if .Ordered}}{{ordered}}{{else}}{{counted}}{{end}}{{else}}OPTIONAL CALL () {
  UNWIND $keys AS wanted
  MATCH (s:Statement {ref: 'engagement|' + wanted})
  WHERE s.at > $after AND s.at < $before AND {{seen "s"}}
      {{if .Filtered}}AND {{traits "s"}}{{end}}
      {{if .Where}}AND {{where "s"}}{{end}}
      {{if .Two}}AND {{together}}{{else if .One}}AND {{involved}}{{end}}
  WITH s ORDER BY s.at ASCENDING LIMIT $limit
  RETURN substring(s.at, 11) AS place, {{statement}}
}
RETURN place, {{columns}}{{end}}
