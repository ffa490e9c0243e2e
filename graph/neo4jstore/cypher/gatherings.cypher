// The last engagements in which any of $of takes part and not too many others, each with all who take part in it; a row for each
// year, for rows cost more than what is in them.
// $load; $of: {prefix, after, before, from, to}; $leads, $ofSources, $ofParties: those of the list; $limit; filtered: $kinds, $levels, $topics, $box
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  UNWIND $of AS c
  CALL (c) {
    MATCH ()-[p:PARTICIPATES_IN]->(e)
    USING INDEX p:PARTICIPATES_IN(at)
    WHERE p.at > c.after AND p.at < c.before AND p.fromDay < c.to AND c.from < p.toDay AND {{seen "p"}} AND p.wideAt IS NULL
      {{if .Filtered}}AND {{traits "p"}}{{end}}
      AND {{leads "e"}}
    WITH DISTINCT p.at AS at, p.statement AS statement, e ORDER BY at DESCENDING LIMIT $limit
    RETURN substring(at, size(c.prefix)) AS place, statement, e
  }
  WITH DISTINCT place, statement, e ORDER BY place DESCENDING LIMIT $limit
  MATCH (e)<-[q:PARTICIPATES_IN]-(y:Actor)
  WHERE q.statement = statement
  WITH place, statement, collect(q.fromDay + q.toDay + q.side + '\u0001' + y.key) AS parts, head(collect(q)) AS any
  RETURN substring(place, 0, 4) AS year, collect([place, any.engagementKind, any.topics, parts]) AS gatherings
}
RETURN gatherings
