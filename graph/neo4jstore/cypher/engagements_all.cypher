// All engagements between two places; counted: and how many there are in all.
// $load; $after, $before; $leads, $ofSources, $ofParties: those of the list; $limit; filtered: $kinds, $levels, $topics, $box; where: $where;
// counted or ordered: $first, $last; ordered: $order
MATCH (h:Head) WHERE h.load >= $load
{{if .Count}}CALL () {
  MATCH (s:Statement)
  USING INDEX s:Statement(at)
  WHERE s.at > $first AND s.at < $last AND {{seen "s"}}
      {{if .Filtered}}AND {{traits "s"}}{{end}}
      {{if .Where}}AND {{where "s"}}{{end}}
      AND {{leadsOf "s"}}
  RETURN count(DISTINCT s.at) AS total
}
{{end}}OPTIONAL CALL () {
  MATCH (s:Statement)
  USING INDEX s:Statement(at)
  WHERE s.at > {{if .Ordered}}$first{{else}}$after{{end}} AND s.at < {{if .Ordered}}$last{{else}}$before{{end}} AND {{seen "s"}}
      {{if .Filtered}}AND {{traits "s"}}{{end}}
      {{if .Where}}AND {{where "s"}}{{end}}
      AND {{leadsOf "s"}}
  {{if .Ordered}}WITH s, {{sorted}} AS place WHERE place > $after AND place < $before
  WITH s, place ORDER BY place ASCENDING LIMIT $limit
  RETURN place, {{statement}}
  {{else}}WITH s ORDER BY s.at ASCENDING LIMIT $limit
  RETURN substring(s.at, 11) AS place, {{statement}}
{{end}}}
RETURN {{if .Count}}total, {{end}}place, {{columns}}
