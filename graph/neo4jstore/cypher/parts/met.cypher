CALL (s) {
    UNWIND [s.ref] + COLLECT {
      MATCH (:Key {key: s.key})<-[i:SAME_AS]-(n)-[o:SAME_AS]->(k) WHERE $apart = false AND NOT i.led AND o.led AND {{seen "i"}} RETURN 'actor|' + k.key
    } AS ref
    MATCH (o:Statement {ref: ref}) WHERE {{seen "o"}}
    RETURN collect(o) AS accounts
  }
  WITH s, place, substring(s.ref, 6) AS key, accounts
  WHERE {{meetsActor}}
