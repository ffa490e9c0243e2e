// Representations of $senders, at $receivers if that is not null, between two places; counted: and how many there are in all.
// $load; $senders: {prefix, after, before}, counted: those of the whole list; $receivers, $levels: null does not filter; $box, and
// $within, for which what was observed does not count; $limit; counted: $after, $before
MATCH (h:Head) WHERE h.load >= $load
{{if .Count}}CALL () {
  UNWIND $senders AS c
  MATCH ()-[p:REPRESENTED_AT]->(o)
  USING INDEX p:REPRESENTED_AT(at)
  WHERE p.at > c.after AND p.at < c.before AND {{seen "p"}}
    AND ($receivers IS NULL OR o.key IN $receivers)
    AND {{records "p"}}
  WITH DISTINCT substring(p.at, size(c.prefix)) AS place, p.statement AS statement
  RETURN count(DISTINCT place) AS total, collect([place, statement]) AS all
}
{{counted}}{{else}}OPTIONAL CALL () {
  UNWIND $senders AS c
  CALL (c) {
    MATCH ()-[p:REPRESENTED_AT]->(o)
    USING INDEX p:REPRESENTED_AT(at)
    WHERE p.at > c.after AND p.at < c.before AND {{seen "p"}}
      AND ($receivers IS NULL OR o.key IN $receivers)
      AND {{records "p"}}
    WITH DISTINCT p.at AS at, p.statement AS statement ORDER BY at ASCENDING LIMIT $limit
    RETURN substring(at, size(c.prefix)) AS place, statement
  }
  WITH DISTINCT place, statement ORDER BY place ASCENDING LIMIT $limit
  MATCH (s:Statement {id: statement})
  RETURN place, {{statement}}
}
RETURN place, {{columns}}{{end}}
