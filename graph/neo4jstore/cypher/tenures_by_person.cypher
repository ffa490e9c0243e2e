// Tenures that $persons held, of the actors $of if that is not null, between two places.
// $load; $persons: {prefix, after, before}; $of, $office, $from and $to: null does not filter; $limit
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  UNWIND $persons AS c
  CALL (c) {
    MATCH ()-[p:HELD_OFFICE]->(o)
    USING INDEX p:HELD_OFFICE(at)
    WHERE p.at > c.after AND p.at < c.before AND {{seen "p"}}
      AND ($of IS NULL OR o.key IN $of)
      AND ($office IS NULL OR p.foldedOffice = $office)
      AND ($from IS NULL OR (p.fromDay < $to AND $from < p.toDay))
    WITH p ORDER BY p.at LIMIT $limit
    RETURN substring(p.at, size(c.prefix)) AS place, p.statement AS statement
  }
  WITH place, statement ORDER BY place LIMIT $limit
  MATCH (s:Statement {id: statement})
  RETURN place, {{statement}}
}
RETURN place, {{columns}}
