// Representations at $receivers, between two places; counted: and how many there are in all.
// $load; $receivers: {prefix, after, before}, counted: those of the whole list; $levels: null does not filter; $box, and $within, for
// which what was observed does not count; $limit; counted: $after, $before
MATCH (h:Head) WHERE h.load >= $load
{{if .Count}}CALL () {
  UNWIND $receivers AS c
  MATCH ()-[p:REPRESENTED_AT]->()
  USING INDEX p:REPRESENTED_AT(receiverAt)
  WHERE p.receiverAt > c.after AND p.receiverAt < c.before AND {{seen "p"}}
    AND {{records "p"}}
  WITH DISTINCT substring(p.receiverAt, size(c.prefix)) AS place, p.statement AS statement
  RETURN count(DISTINCT place) AS total, collect([place, statement]) AS all
}
{{counted}}{{else}}OPTIONAL CALL () {
  UNWIND $receivers AS c
  CALL (c) {
    MATCH ()-[p:REPRESENTED_AT]->()
    USING INDEX p:REPRESENTED_AT(receiverAt)
    WHERE p.receiverAt > c.after AND p.receiverAt < c.before AND {{seen "p"}}
      AND {{records "p"}}
    WITH DISTINCT p.receiverAt AS at, p.statement AS statement ORDER BY at ASCENDING LIMIT $limit
    RETURN substring(at, size(c.prefix)) AS place, statement
  }
  WITH DISTINCT place, statement ORDER BY place ASCENDING LIMIT $limit
  MATCH (s:Statement {id: statement})
  RETURN place, {{statement}}
}
RETURN place, {{columns}}{{end}}
