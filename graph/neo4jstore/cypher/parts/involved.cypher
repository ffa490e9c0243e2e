($a IS NULL OR ($b IS NULL AND EXISTS {
        UNWIND $a AS c
        MATCH ()-[p:PARTICIPATES_IN]->()
        USING INDEX p:PARTICIPATES_IN(at)
        WHERE p.at = c.prefix + substring(s.at, 11) AND p.statement = s.id AND p.fromDay < c.to AND c.from < p.toDay AND p.fromDay < p.toDay
      }) OR EXISTS {
        UNWIND $a AS c
        UNWIND coalesce($b, []) AS f
        MATCH ()-[p:PARTICIPATES_IN]->(), ()-[q:PARTICIPATES_IN]->()
        USING INDEX p:PARTICIPATES_IN(at)
        USING INDEX q:PARTICIPATES_IN(at)
        WHERE p.at = c.prefix + substring(s.at, 11) AND p.statement = s.id AND p.fromDay < c.to AND c.from < p.toDay AND p.fromDay < p.toDay
          AND q.at = f.prefix + substring(s.at, 11) AND q.statement = s.id AND f.actor <> c.actor
          AND q.fromDay < f.to AND f.from < q.toDay AND q.fromDay < q.toDay AND p.fromDay < q.toDay AND q.fromDay < p.toDay
          AND ($alignment IS NULL OR ($alignment = 'SAME_SIDE' AND p.side = q.side)
            OR ($alignment = 'OPPOSED' AND p.side IN ['a', 'b'] AND q.side IN ['a', 'b'] AND p.side <> q.side))
      })
