// Engagements in which any of $of takes part, between two places; counted: and how many there are in all.
// $load; $of: {prefix, after, before, from, to}, counted: after and before are those of the whole list; $leads, $ofSources, $ofParties: those of the list; $limit;
// filtered: $kinds, $levels, $topics, $box; where: $where; counted: $after, $before; ordered: $order
MATCH (h:Head) WHERE h.load >= $load
{{if .Count}}CALL () {
  UNWIND $of AS c
  MATCH ()-[p:PARTICIPATES_IN]->(e)
  USING INDEX p:PARTICIPATES_IN(at)
  WHERE p.at > c.after AND p.at < c.before AND p.fromDay < c.to AND c.from < p.toDay AND {{seen "p"}}
      {{if .Filtered}}AND {{traits "p"}}{{end}}
      {{if .Where}}AND {{meets "p"}}{{end}}
      AND {{leads "e"}}
  WITH DISTINCT substring(p.at, size(c.prefix)) AS place, p.statement AS statement
  RETURN count(DISTINCT place) AS total, collect([place, statement]) AS all
}
{{if .Ordered}}{{ordered}}{{else}}{{counted}}{{end}}{{else}}OPTIONAL CALL () {
  UNWIND $of AS c
  CALL (c) {
    MATCH ()-[p:PARTICIPATES_IN]->(e)
    USING INDEX p:PARTICIPATES_IN(at)
    WHERE p.at > c.after AND p.at < c.before AND p.fromDay < c.to AND c.from < p.toDay AND {{seen "p"}}
      {{if .Filtered}}AND {{traits "p"}}{{end}}
      {{if .Where}}AND {{meets "p"}}{{end}}
      AND {{leads "e"}}
    WITH DISTINCT p.at AS at, p.statement AS statement ORDER BY at ASCENDING LIMIT $limit
    RETURN substring(at, size(c.prefix)) AS place, statement
  }
  WITH DISTINCT place, statement ORDER BY place ASCENDING LIMIT $limit
  MATCH (s:Statement {id: statement})
  RETURN place, {{statement}}
}
RETURN place, {{columns}}{{end}}
