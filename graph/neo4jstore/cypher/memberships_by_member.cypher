// Memberships that $members have, in the organisations $organizations if that is not null, between two places; counted: and how many
// there are in all.
// $load; $members: {prefix, after, before}, counted: those of the whole list; $organizations, $statuses: null does not filter; $box;
// $limit; counted: $after, $before
MATCH (h:Head) WHERE h.load >= $load
{{if .Count}}CALL () {
  UNWIND $members AS c
  MATCH ()-[p:MEMBER_OF]->(o)
  USING INDEX p:MEMBER_OF(at)
  WHERE p.at > c.after AND p.at < c.before AND {{seen "p"}}
    AND ($organizations IS NULL OR o.key IN $organizations)
    AND ($statuses IS NULL OR p.status IN $statuses)
    AND {{edges "p"}}
  WITH DISTINCT substring(p.at, size(c.prefix)) AS place, p.statement AS statement
  RETURN count(DISTINCT place) AS total, collect([place, statement]) AS all
}
{{counted}}{{else}}OPTIONAL CALL () {
  UNWIND $members AS c
  CALL (c) {
    MATCH ()-[p:MEMBER_OF]->(o)
    USING INDEX p:MEMBER_OF(at)
    WHERE p.at > c.after AND p.at < c.before AND {{seen "p"}}
      AND ($organizations IS NULL OR o.key IN $organizations)
      AND ($statuses IS NULL OR p.status IN $statuses)
      AND {{edges "p"}}
    WITH DISTINCT p.at AS at, p.statement AS statement ORDER BY at ASCENDING LIMIT $limit
    RETURN substring(at, size(c.prefix)) AS place, statement
  }
  WITH DISTINCT place, statement ORDER BY place ASCENDING LIMIT $limit
  MATCH (s:Statement {id: statement})
  RETURN place, {{statement}}
}
RETURN place, {{columns}}{{end}}
