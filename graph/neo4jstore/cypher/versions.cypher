// The versions that the statements of a key have had, of all sources.
// $load; $refs: kind|key of each kind; $since: those that stood then or later; $limit
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  UNWIND $refs AS ref
  MATCH (s:Statement {ref: ref})
  WHERE s.recordedFrom <= $load AND s.recordedTo > $since AND s.recordedTo <> s.recordedFrom
  WITH s ORDER BY s.recordedFrom, s.source, s.kind LIMIT $limit
  RETURN s.recordedTo AS recordedTo, {{statement}}
}
RETURN recordedTo, {{columns}}
ORDER BY recordedFrom, source, kind
