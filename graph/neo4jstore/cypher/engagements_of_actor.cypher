// Engagements in which any of $of takes part, between two places, and how many there are in all if $count.
// $load; $of: {prefix, after, before, first, last, from, to, any}; $kinds, $levels, $topics, $box, $parties: null does not filter; $leads; $limit; $count
MATCH (h:Head) WHERE h.load >= $load
CALL () {
  UNWIND CASE WHEN $count THEN $of ELSE [] END AS c
  MATCH ()-[p:PARTICIPATES_IN]->(e)
  USING INDEX p:PARTICIPATES_IN(at)
  WHERE p.at > c.first AND p.at < c.last AND (c.any OR (p.fromDay < c.to AND c.from < p.toDay AND p.fromDay < p.toDay))
      AND {{filter "p"}}
      AND {{leads "e"}}
      AND {{parties "p"}}
  RETURN count(DISTINCT substring(p.at, size(c.prefix))) AS total
}
OPTIONAL CALL () {
  UNWIND $of AS c
  CALL (c) {
    MATCH ()-[p:PARTICIPATES_IN]->(e)
    USING INDEX p:PARTICIPATES_IN(at)
    WHERE p.at > c.after AND p.at < c.before AND (c.any OR (p.fromDay < c.to AND c.from < p.toDay AND p.fromDay < p.toDay))
      AND {{filter "p"}}
      AND {{leads "e"}}
      AND {{parties "p"}}
    WITH DISTINCT p.at AS at, p.statement AS statement ORDER BY at ASCENDING LIMIT $limit
    RETURN substring(at, size(c.prefix)) AS place, statement
  }
  WITH DISTINCT place, statement ORDER BY place ASCENDING LIMIT $limit
  MATCH (s:Statement {id: statement})
  RETURN place, {{statement}}
}
RETURN total, place, {{columns}}
