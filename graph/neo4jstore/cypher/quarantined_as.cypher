// Entries of quarantines that would have been a statement.
// $names
MATCH (q:Quarantined) WHERE q.name IN $names
RETURN q.at AS at, q.load AS load, q.name AS name, q.body AS body
