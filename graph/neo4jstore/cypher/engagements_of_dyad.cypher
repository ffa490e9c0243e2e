// Engagements of two sides: by the dyads of each two constituents; and, where engagements have too many parties for those,
// by the participations of the side that has fewer of such, with the other side looked up.
// $load; $pairs: {prefix, after, before, first, last, aFrom, aTo, bFrom, bTo}; $a, $b: {actor, prefix, after, before, first, last, from, to};
// $alignment, $kinds, $levels, $topics, $box, $parties: null does not filter; $leads; $limit; $count
MATCH (h:Head) WHERE h.load >= $load
CALL () {
  OPTIONAL MATCH (x:Actor) WHERE x.key IN [c IN $a | c.actor]
  RETURN coalesce(sum(x.wide), 0) AS wideA
}
CALL () {
  OPTIONAL MATCH (x:Actor) WHERE x.key IN [c IN $b | c.actor]
  RETURN coalesce(sum(x.wide), 0) AS wideB
}
WITH CASE WHEN wideA = 0 OR wideB = 0 THEN [] WHEN wideA <= wideB THEN $a ELSE $b END AS near,
  CASE WHEN wideA <= wideB THEN $b ELSE $a END AS far
CALL (near, far) {
  CALL (near, far) {
    UNWIND CASE WHEN $count THEN $pairs ELSE [] END AS c
    MATCH (e)-[p:BETWEEN]->()
    USING INDEX p:BETWEEN(at)
    WHERE p.at > c.first AND p.at < c.last AND {{pair}}
      AND {{filter "p"}}
      AND {{leads "e"}}
      AND {{parties "p"}}
    RETURN substring(p.at, size(c.prefix)) AS found
    UNION ALL
    UNWIND CASE WHEN $count THEN near ELSE [] END AS c
    MATCH ()-[p:PARTICIPATES_IN]->(e)
    USING INDEX p:PARTICIPATES_IN(wideAt)
    WHERE p.wideAt > c.first AND p.wideAt < c.last AND p.fromDay < c.to AND c.from < p.toDay AND p.fromDay < p.toDay
      AND {{filter "p"}}
      AND {{leads "e"}}
      AND {{parties "p"}}
      AND {{beside}}
    RETURN substring(p.wideAt, size(c.prefix)) AS found
  }
  RETURN count(DISTINCT found) AS total
}
OPTIONAL CALL (near, far) {
  CALL (near, far) {
    UNWIND $pairs AS c
    CALL (c) {
      MATCH (e)-[p:BETWEEN]->()
      USING INDEX p:BETWEEN(at)
      WHERE p.at > c.after AND p.at < c.before AND {{pair}}
      AND {{filter "p"}}
      AND {{leads "e"}}
      AND {{parties "p"}}
      WITH DISTINCT p.at AS at, p.statement AS statement ORDER BY at ASCENDING LIMIT $limit
      RETURN substring(at, size(c.prefix)) AS place, statement
    }
    RETURN place, statement
    UNION
    UNWIND near AS c
    CALL (c, far) {
      MATCH ()-[p:PARTICIPATES_IN]->(e)
      USING INDEX p:PARTICIPATES_IN(wideAt)
      WHERE p.wideAt > c.after AND p.wideAt < c.before AND p.fromDay < c.to AND c.from < p.toDay AND p.fromDay < p.toDay
      AND {{filter "p"}}
      AND {{leads "e"}}
      AND {{parties "p"}}
      AND {{beside}}
      WITH DISTINCT p.wideAt AS at, p.statement AS statement ORDER BY at ASCENDING LIMIT $limit
      RETURN substring(at, size(c.prefix)) AS place, statement
    }
    RETURN place, statement
  }
  WITH DISTINCT place, statement ORDER BY place ASCENDING LIMIT $limit
  MATCH (s:Statement {id: statement})
  RETURN place, {{statement}}
}
RETURN total, place, {{columns}}
