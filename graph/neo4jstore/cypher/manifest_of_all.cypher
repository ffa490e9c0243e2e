// Ids and hashes of all statements behind a place.
// $load; $after; $limit
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  MATCH (s:Statement)
  USING INDEX s:Statement(name)
  WHERE s.name > $after AND {{seen "s"}}
  WITH s ORDER BY s.name LIMIT $limit
  RETURN s.name AS name, s.source AS source, s.slice AS slice, s.kind AS kind, s.key AS key, s.hash AS hash
}
RETURN source, slice, kind, key, hash
ORDER BY name
