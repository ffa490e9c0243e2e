EXISTS {
        UNWIND $a AS c
        MATCH ()-[p:PARTICIPATES_IN]->()
        USING INDEX p:PARTICIPATES_IN(at)
        WHERE p.at = c.prefix + substring(s.at, 11) AND p.statement = s.id AND p.fromDay < c.to AND c.from < p.toDay
      }
