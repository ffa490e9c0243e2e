// Keys of actors behind $after, in order; with $day those that possibly exist then.
// $load; $after; $kinds, $day: null does not filter; $limit
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  MATCH (s:Statement)
  USING INDEX s:Statement(ref)
  WHERE s.ref > $after AND s.ref < 'actor}' AND {{seen "s"}}
    AND ($kinds IS NULL OR s.actorKind IN $kinds)
    AND ($day IS NULL
      OR any(i IN range(0, size(s.existFrom) - 1) WHERE s.existFrom[i] <= $day AND s.existTo[i] > $day)
      OR (size(s.existFrom) = 0 AND NOT EXISTS { MATCH (o:Statement {ref: s.ref}) WHERE size(o.existFrom) > 0 AND {{seen "o"}} }))
  WITH DISTINCT s.ref AS ref ORDER BY ref LIMIT $limit
  RETURN substring(ref, 6) AS key
}
RETURN key
ORDER BY key
