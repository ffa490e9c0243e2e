// What is said of actors under all keys of theirs, and the identities that say which these are.
// $load; $keys: of actors
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  UNWIND $keys AS key
  OPTIONAL MATCH (:Key {key: key})<-[i:SAME_AS]-(n) WHERE {{seen "i"}}
  OPTIONAL MATCH (n)-[:SAME_AS]->(o)
  WITH collect('actor|' + key) + collect(n.ref) + collect('actor|' + o.key) AS refs
  UNWIND refs AS ref
  WITH DISTINCT ref
  MATCH (s:Statement {ref: ref}) WHERE {{seen "s"}}
  RETURN {{statement}}
}
RETURN {{columns}}
ORDER BY key, source
