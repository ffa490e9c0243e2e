EXISTS {
        UNWIND $a AS c
        MATCH ()-[p:PARTICIPATES_IN]->()
        USING INDEX p:PARTICIPATES_IN(at)
        WHERE p.at = c.prefix + substring(s.at, 11) AND p.statement = s.id AND p.fromDay < c.to AND c.from < p.toDay
        UNWIND $b AS f
        MATCH ()-[q:PARTICIPATES_IN]->()
        USING INDEX q:PARTICIPATES_IN(at)
        WHERE q.at = f.prefix + substring(s.at, 11) AND q.statement = s.id AND f.actor <> c.actor
          AND {{beside}}
        RETURN 1 AS found
      }
