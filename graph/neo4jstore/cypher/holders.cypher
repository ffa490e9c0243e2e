// Who ever held one of $codes.
// $load; $codes: scheme:value in small letters
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  UNWIND $codes AS code
  MATCH (c:Code {key: code})<-[r:HOLDS]-(a:Actor)
  WHERE {{seen "r"}}
  RETURN DISTINCT r.scheme AS scheme, r.value AS value, a.key AS actor, r.fromDay AS fromDay, r.toDay AS toDay
}
RETURN scheme, value, actor, fromDay, toDay
ORDER BY scheme, value, fromDay, actor, toDay
