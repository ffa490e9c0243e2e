// Engagements of two sides: by the dyads of each two constituents; and, where engagements have too many parties for those,
// by the participations of the side that has fewer of such, with the other side looked up. Counted: and how many in all.
// $load; $pairs: {prefix, after, before, aFrom, aTo, bFrom, bTo}; $a, $b: {actor, prefix, after, before, from, to}; counted: after and
// before are those of the whole list; $alignments; $leads, $ofSources, $ofParties: those of the list; $limit; filtered: $kinds, $levels, $topics, $box; where: $where;
// counted: $after, $before; ordered: $order
MATCH (h:Head) WHERE h.load >= $load
CALL () {
  MATCH (x:Actor) WHERE x.key IN [c IN $a | c.actor]
  RETURN coalesce(sum(x.wide), 0) AS wideA
}
CALL () {
  MATCH (x:Actor) WHERE x.key IN [c IN $b | c.actor]
  RETURN coalesce(sum(x.wide), 0) AS wideB
}
WITH CASE WHEN wideA = 0 OR wideB = 0 THEN [] WHEN wideA <= wideB THEN $a ELSE $b END AS near,
  CASE WHEN wideA <= wideB THEN $b ELSE $a END AS far
{{if not .Count}}OPTIONAL {{end}}CALL (near, far) {
  CALL (near, far) {
    UNWIND $pairs AS c
    CALL (c) {
      MATCH (e)-[p:BETWEEN]->()
      USING INDEX p:BETWEEN(at)
      WHERE p.at > c.after AND p.at < c.before AND p.aFrom < c.aTo AND c.aFrom < p.aTo AND p.bFrom < c.bTo AND c.bFrom < p.bTo
      AND p.alignment IN $alignments AND {{seen "p"}}
      {{if .Filtered}}AND {{traits "p"}}{{end}}
      {{if .Where}}AND {{meets "p"}}{{end}}
      AND {{leads "e"}}
      WITH DISTINCT p.at AS at, p.statement AS statement{{if not .Count}} ORDER BY at ASCENDING LIMIT $limit{{end}}
      RETURN substring(at, size(c.prefix)) AS place, statement
    }
    RETURN place, statement
  UNION ALL

    UNWIND near AS c
    CALL (c, far) {
      MATCH ()-[p:PARTICIPATES_IN]->(e)
      USING INDEX p:PARTICIPATES_IN(wideAt)
      WHERE p.wideAt > c.after AND p.wideAt < c.before AND p.fromDay < c.to AND c.from < p.toDay AND {{seen "p"}}
      {{if .Filtered}}AND {{traits "p"}}{{end}}
      {{if .Where}}AND {{meets "p"}}{{end}}
      AND {{leads "e"}}
      AND EXISTS {
        UNWIND far AS f
        MATCH ()-[q:PARTICIPATES_IN]->()
        USING INDEX q:PARTICIPATES_IN(at)
        WHERE q.at = f.prefix + substring(p.wideAt, size(c.prefix)) AND q.statement = p.statement AND f.actor <> c.actor
          AND {{beside}}
      }
      WITH DISTINCT p.wideAt AS at, p.statement AS statement{{if not .Count}} ORDER BY at ASCENDING LIMIT $limit{{end}}
      RETURN substring(at, size(c.prefix)) AS place, statement
    }
    RETURN place, statement
  }
  {{if .Count}}RETURN count(DISTINCT place) AS total, collect([place, statement]) AS all
}
{{if .Ordered}}{{ordered}}{{else}}{{counted}}{{end}}{{else}}WITH DISTINCT place, statement ORDER BY place ASCENDING LIMIT $limit
  MATCH (s:Statement {id: statement})
  RETURN place, {{statement}}
}
RETURN place, {{columns}}{{end}}
