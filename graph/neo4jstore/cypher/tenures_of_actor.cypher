// Tenures of offices of the actors $of, between two places.
// $load; $of: {prefix, after, before}; $office, $from and $to: null does not filter; $limit
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  UNWIND $of AS c
  CALL (c) {
    MATCH ()-[p:HELD_OFFICE]->()
    USING INDEX p:HELD_OFFICE(ofAt)
    WHERE p.ofAt > c.after AND p.ofAt < c.before AND {{seen "p"}}
      AND ($office IS NULL OR p.foldedOffice = $office)
      AND ($from IS NULL OR (p.fromDay < $to AND $from < p.toDay))
    WITH p ORDER BY p.ofAt LIMIT $limit
    RETURN substring(p.ofAt, size(c.prefix)) AS place, p.statement AS statement
  }
  WITH place, statement ORDER BY place LIMIT $limit
  MATCH (s:Statement {id: statement})
  RETURN place, {{statement}}
}
RETURN place, {{columns}}
