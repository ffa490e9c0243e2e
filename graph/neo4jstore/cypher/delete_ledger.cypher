// What a load kept beside statements: its batches, and its quarantine.
// $from, $to: the bounds of both by load; $limit
CALL () {
  MATCH (b:Batch) USING INDEX b:Batch(id) WHERE b.id > $from AND b.id < $to RETURN b AS n LIMIT $limit
  UNION ALL
  MATCH (q:Quarantined) USING INDEX q:Quarantined(at) WHERE q.at > $from AND q.at < $to RETURN q AS n LIMIT $limit
}
WITH n LIMIT $limit
DELETE n
RETURN count(*) AS deleted
