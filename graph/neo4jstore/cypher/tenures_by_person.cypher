// Tenures that $persons held, of the actors $of if that is not null, between two places; counted: and how many there are in all.
// $load; $persons: {prefix, after, before}, counted: those of the whole list; $of: {actor, from, to}; $offices: null does not
// filter; $box; $limit; counted: $after, $before
MATCH (h:Head) WHERE h.load >= $load
{{if .Count}}CALL () {
  UNWIND $persons AS c
  MATCH ()-[p:HELD_OFFICE]->(o)
  USING INDEX p:HELD_OFFICE(at)
  WHERE p.at > c.after AND p.at < c.before AND {{seen "p"}}
    AND ($of IS NULL OR any(w IN $of WHERE w.actor = o.key AND p.fromDay < w.to AND w.from < p.toDay))
    AND ($offices IS NULL OR p.foldedOffice IN $offices)
    AND {{edges "p"}}
  WITH DISTINCT substring(p.at, size(c.prefix)) AS place, p.statement AS statement
  RETURN count(DISTINCT place) AS total, collect([place, statement]) AS all
}
{{counted}}{{else}}OPTIONAL CALL () {
  UNWIND $persons AS c
  CALL (c) {
    MATCH ()-[p:HELD_OFFICE]->(o)
    USING INDEX p:HELD_OFFICE(at)
    WHERE p.at > c.after AND p.at < c.before AND {{seen "p"}}
      AND ($of IS NULL OR any(w IN $of WHERE w.actor = o.key AND p.fromDay < w.to AND w.from < p.toDay))
      AND ($offices IS NULL OR p.foldedOffice IN $offices)
      AND {{edges "p"}}
    WITH DISTINCT p.at AS at, p.statement AS statement ORDER BY at ASCENDING LIMIT $limit
    RETURN substring(at, size(c.prefix)) AS place, statement
  }
  WITH DISTINCT place, statement ORDER BY place ASCENDING LIMIT $limit
  MATCH (s:Statement {id: statement})
  RETURN place, {{statement}}
}
RETURN place, {{columns}}{{end}}
