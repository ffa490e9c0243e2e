// Entries of quarantines go.
// $at
UNWIND $at AS at
MATCH (q:Quarantined {at: at})
DELETE q
