// The statements of a kind with the keys asked for, of all sources.
// $load; $refs: kind|key of each
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  UNWIND $refs AS ref
  MATCH (s:Statement {ref: ref}) WHERE {{seen "s"}}
  RETURN {{statement}}
}
RETURN {{columns}}
ORDER BY key, source
