// Assertions about engagements, between two places; counted: and how many there are in all.
// $load; $about: keys of engagements; $by: the day by which they may have been made; $after, $before; $limit
MATCH (h:Head) WHERE h.load >= $load
{{if .Count}}CALL () {
  UNWIND $about AS about
  MATCH (e:Engagement {key: about})<-[:ABOUT]-(s:Statement)
  WHERE s.kind = 'assertion' AND s.fromDay <= $by AND {{seen "s"}}
  RETURN count(DISTINCT s.said) AS total
}
{{end}}OPTIONAL CALL () {
  UNWIND $about AS about
  MATCH (e:Engagement {key: about})<-[:ABOUT]-(s:Statement)
  WHERE s.kind = 'assertion' AND s.fromDay <= $by AND s.said > $after AND s.said < $before AND {{seen "s"}}
  WITH s ORDER BY s.said ASCENDING LIMIT $limit
  RETURN s.said AS place, {{statement}}
}
RETURN {{if .Count}}total, {{end}}place, {{columns}}
