// Ids and hashes of a slice's statements behind a place.
// $load; $source, $slice; $after, $before; $limit
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  MATCH (s:Statement)
  USING INDEX s:Statement(place)
  WHERE s.place > $after AND s.place < $before AND s.source = $source AND s.slice = $slice AND {{seen "s"}}
  WITH s ORDER BY s.place LIMIT $limit
  RETURN s.place AS place, s.source AS source, s.slice AS slice, s.kind AS kind, s.key AS key, s.hash AS hash
}
RETURN source, slice, kind, key, hash
ORDER BY place
