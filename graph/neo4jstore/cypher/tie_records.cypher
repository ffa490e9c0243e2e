// What may bear on the ties of dyads. n is the dyad's place in the question.
// $load; $pairs: {n, dyad, aFrom, aTo, bFrom, bTo}; $topics: null does not filter
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  UNWIND $pairs AS c
  MATCH (d:Dyad {key: c.dyad})<-[t:BEARS_ON]-()
  WHERE t.fromDay < c.aTo AND c.aFrom < t.toDay AND t.fromDay < c.bTo AND c.bFrom < t.toDay
    AND ($topics IS NULL OR t.topic IN $topics) AND {{seen "t"}}
  WITH DISTINCT c.n AS n, t.statement AS statement
  MATCH (s:Statement {id: statement})
  RETURN n, s.at AS place, {{statement}}
}
RETURN n, {{columns}}
ORDER BY n, place, source
