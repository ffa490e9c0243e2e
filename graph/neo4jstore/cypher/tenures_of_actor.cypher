// Tenures of offices of the actors $of, between two places; counted: and how many there are in all.
// $load; $of: {prefix, after, before, from, to}, counted: after and before are those of the whole list; $offices: null does not
// filter; $box; $limit; counted: $after, $before
MATCH (h:Head) WHERE h.load >= $load
{{if .Count}}CALL () {
  UNWIND $of AS c
  MATCH ()-[p:HELD_OFFICE]->()
  USING INDEX p:HELD_OFFICE(ofAt)
  WHERE p.ofAt > c.after AND p.ofAt < c.before AND {{seen "p"}}
    AND p.fromDay < c.to AND c.from < p.toDay
    AND ($offices IS NULL OR p.foldedOffice IN $offices)
    AND {{edges "p"}}
  WITH DISTINCT substring(p.ofAt, size(c.prefix)) AS place, p.statement AS statement
  RETURN count(DISTINCT place) AS total, collect([place, statement]) AS all
}
{{counted}}{{else}}OPTIONAL CALL () {
  UNWIND $of AS c
  CALL (c) {
    MATCH ()-[p:HELD_OFFICE]->()
    USING INDEX p:HELD_OFFICE(ofAt)
    WHERE p.ofAt > c.after AND p.ofAt < c.before AND {{seen "p"}}
      AND p.fromDay < c.to AND c.from < p.toDay
      AND ($offices IS NULL OR p.foldedOffice IN $offices)
      AND {{edges "p"}}
    WITH DISTINCT p.ofAt AS at, p.statement AS statement ORDER BY at ASCENDING LIMIT $limit
    RETURN substring(at, size(c.prefix)) AS place, statement
  }
  WITH DISTINCT place, statement ORDER BY place ASCENDING LIMIT $limit
  MATCH (s:Statement {id: statement})
  RETURN place, {{statement}}
}
RETURN place, {{columns}}{{end}}
