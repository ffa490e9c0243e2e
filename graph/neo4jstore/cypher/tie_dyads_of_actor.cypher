// Dyads of $of behind $after with a tie record on one of $topics.
// $load; $of; $after; $topics: null does not filter; $limit
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  MATCH (x:Actor)<-[:OF]-(d:Dyad)
  WHERE x.key IN $of AND d.order > $after
  WITH DISTINCT d
  WHERE EXISTS { MATCH (d)<-[t:BEARS_ON]-() WHERE ($topics IS NULL OR t.topic IN $topics) AND {{seen "t"}} }
  WITH d ORDER BY d.order LIMIT $limit
  RETURN d.order AS place, d.a AS a, d.b AS b
}
RETURN a, b
ORDER BY place
