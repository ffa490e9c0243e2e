// All statements of a kind.
// $load; $after, $before: the kind, with what comes before and behind its keys
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  MATCH (s:Statement)
  USING INDEX s:Statement(ref)
  WHERE s.ref > $after AND s.ref < $before AND {{seen "s"}}
  RETURN {{statement}}
}
RETURN {{columns}}
ORDER BY key, source
