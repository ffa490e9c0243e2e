// Assertions by $authors, about the engagements $about if that is not null, between two places; counted: and how many there are in all.
// $load; $authors: {prefix, after, before, from, to}, counted: after and before are those of the whole list; $about; $by: the day by
// which they may have been made; $limit; counted: $after, $before
MATCH (h:Head) WHERE h.load >= $load
{{if .Count}}CALL () {
  UNWIND $authors AS c
  MATCH ()-[p:ASSERTS]->(e)
  USING INDEX p:ASSERTS(at)
  WHERE p.at > c.after AND p.at < c.before AND {{seen "p"}}
    AND p.fromDay < c.to AND c.from < p.toDay AND p.fromDay <= $by
    AND ($about IS NULL OR e.key IN $about)
  WITH DISTINCT substring(p.at, size(c.prefix)) AS place, p.statement AS statement
  RETURN count(DISTINCT place) AS total, collect([place, statement]) AS all
}
{{counted}}{{else}}OPTIONAL CALL () {
  UNWIND $authors AS c
  CALL (c) {
    MATCH ()-[p:ASSERTS]->(e)
    USING INDEX p:ASSERTS(at)
    WHERE p.at > c.after AND p.at < c.before AND {{seen "p"}}
      AND p.fromDay < c.to AND c.from < p.toDay AND p.fromDay <= $by
      AND ($about IS NULL OR e.key IN $about)
    WITH DISTINCT p.at AS at, p.statement AS statement ORDER BY at ASCENDING LIMIT $limit
    RETURN substring(at, size(c.prefix)) AS place, statement
  }
  WITH DISTINCT place, statement ORDER BY place ASCENDING LIMIT $limit
  MATCH (s:Statement {id: statement})
  RETURN place, {{statement}}
}
RETURN place, {{columns}}{{end}}
