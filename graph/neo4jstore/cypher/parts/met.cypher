CALL (s) {
    MATCH (o:Statement {ref: s.ref}) WHERE {{seen "o"}}
    RETURN collect(o) AS accounts
  }
  WITH s, place, substring(s.ref, 6) AS key, accounts
  WHERE {{meetsActor}}
