// The last engagements of no more than $most actors in which any of $of takes part, each with all who take part in it.
// $load; $of: {prefix, after, before, from, to}; $most; $leads; $limit; filtered: $kinds, $levels, $topics, $box
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  UNWIND $of AS c
  CALL (c) {
    MATCH ()-[p:PARTICIPATES_IN]->(e)
    USING INDEX p:PARTICIPATES_IN(at)
    WHERE p.at > c.after AND p.at < c.before AND p.fromDay < c.to AND c.from < p.toDay AND {{seen "p"}} AND p.wideAt IS NULL
      {{if .Filtered}}AND {{traits "p"}}{{end}}
      AND {{leads "e"}}
    MATCH (s:Statement {id: p.statement})
    WHERE size(s.actors) <= $most
    WITH DISTINCT p.at AS at, s ORDER BY at DESCENDING LIMIT $limit
    RETURN substring(at, size(c.prefix)) AS place, s
  }
  WITH DISTINCT place, s ORDER BY place DESCENDING LIMIT $limit
  MATCH (s)-[:ABOUT]->()<-[q:PARTICIPATES_IN]-(y:Actor)
  WHERE q.statement = s.id
  RETURN place, s.engagementKind AS kind, s.topics AS topics, s.id AS statement, collect([y.key, q.fromDay, q.toDay, q.side]) AS parts
}
RETURN place, kind, topics, parts
