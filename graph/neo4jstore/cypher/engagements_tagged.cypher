// The engagements that one of $terms is a handle of, between two places; one side: only those in which $a takes part; two: with $b
// beside it. Where an account that leads has one of each of $handles as well, it stands for the others.
// $load; $leads; $terms; $handles; $after, $before; one side: $a, two: $b: {actor, prefix, from, to}; $limit; two sides: $alignments;
// filtered: $kinds, $levels, $box; $topics; $ofSources, $ofParties; where: $where; ordered: $order
MATCH (h:Head) WHERE h.load >= $load
{{if .Count}}CALL () {
  UNWIND $terms AS wanted
  MATCH (:Term {key: wanted})<-[r:NAMED]-(s:Statement)
  WHERE {{seen "r"}}
      {{if .Filtered}}AND {{traits "s"}}{{end}}
      {{if .Where}}AND {{where "s"}}{{end}}
      {{if .Two}}AND {{together}}{{else if .One}}AND {{involved}}{{end}}
      AND {{leadsTagged}}
  RETURN count(DISTINCT s.at) AS total, collect([substring(s.at, 11), s.id]) AS all
}
{{if .Ordered}}{{ordered}}{{else}}{{counted}}{{end}}{{else}}OPTIONAL CALL () {
  UNWIND $terms AS wanted
  MATCH (:Term {key: wanted})<-[r:NAMED]-(s:Statement)
  WHERE s.at > $after AND s.at < $before AND {{seen "r"}}
      {{if .Filtered}}AND {{traits "s"}}{{end}}
      {{if .Where}}AND {{where "s"}}{{end}}
      {{if .Two}}AND {{together}}{{else if .One}}AND {{involved}}{{end}}
      AND {{leadsTagged}}
  WITH DISTINCT s
  WITH s ORDER BY s.at ASCENDING LIMIT $limit
  RETURN substring(s.at, 11) AS place, {{statement}}
}
RETURN place, {{columns}}{{end}}
