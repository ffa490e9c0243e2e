// What a load did not understand, behind a place.
// $load; $after, $before; $limit
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  MATCH (q:Quarantined)
  USING INDEX q:Quarantined(at)
  WHERE q.at > $after AND q.at < $before
  RETURN q.at AS at, q.body AS body ORDER BY at LIMIT $limit
}
RETURN body
ORDER BY at
