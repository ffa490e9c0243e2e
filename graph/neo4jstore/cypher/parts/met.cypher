CALL (s) {
    UNWIND [s.ref] + COLLECT { MATCH (s)-[:ABOUT]->(:Actor)<-[i:SAME_AS]-(y) WHERE NOT $apart AND {{seen "i"}} RETURN 'actor|' + y.key } AS ref
    MATCH (o:Statement {ref: ref}) WHERE {{seen "o"}}
    RETURN collect(o) AS accounts
  }
  WITH s, place, substring(s.ref, 6) AS key, accounts
  WHERE {{meetsActor}}
