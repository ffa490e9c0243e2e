EXISTS {
        UNWIND far AS f
        MATCH ()-[q:PARTICIPATES_IN]->()
        USING INDEX q:PARTICIPATES_IN(at)
        WHERE q.at = f.prefix + substring(p.wideAt, size(c.prefix)) AND q.statement = p.statement AND f.actor <> c.actor
          AND q.fromDay < f.to AND f.from < q.toDay AND q.fromDay < q.toDay AND p.fromDay < q.toDay AND q.fromDay < p.toDay
          AND ($alignment IS NULL OR ($alignment = 'SAME_SIDE' AND p.side = q.side)
            OR ($alignment = 'OPPOSED' AND p.side IN ['a', 'b'] AND q.side IN ['a', 'b'] AND p.side <> q.side))
      }
