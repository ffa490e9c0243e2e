// Memberships in the organisations $organizations, between two places; counted: and how many there are in all.
// $load; $organizations: {prefix, after, before}, counted: those of the whole list; $statuses: null does not filter; $box; $limit;
// counted: $after, $before
MATCH (h:Head) WHERE h.load >= $load
{{if .Count}}CALL () {
  UNWIND $organizations AS c
  MATCH ()-[p:MEMBER_OF]->()
  USING INDEX p:MEMBER_OF(organizationAt)
  WHERE p.organizationAt > c.after AND p.organizationAt < c.before AND {{seen "p"}}
    AND ($statuses IS NULL OR p.status IN $statuses)
    AND {{edges "p"}}
  WITH DISTINCT substring(p.organizationAt, size(c.prefix)) AS place, p.statement AS statement
  RETURN count(DISTINCT place) AS total, collect([place, statement]) AS all
}
{{counted}}{{else}}OPTIONAL CALL () {
  UNWIND $organizations AS c
  CALL (c) {
    MATCH ()-[p:MEMBER_OF]->()
    USING INDEX p:MEMBER_OF(organizationAt)
    WHERE p.organizationAt > c.after AND p.organizationAt < c.before AND {{seen "p"}}
      AND ($statuses IS NULL OR p.status IN $statuses)
      AND {{edges "p"}}
    WITH DISTINCT p.organizationAt AS at, p.statement AS statement ORDER BY at ASCENDING LIMIT $limit
    RETURN substring(at, size(c.prefix)) AS place, statement
  }
  WITH DISTINCT place, statement ORDER BY place ASCENDING LIMIT $limit
  MATCH (s:Statement {id: statement})
  RETURN place, {{statement}}
}
RETURN place, {{columns}}{{end}}
