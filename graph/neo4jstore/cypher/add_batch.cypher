// The ledger: a batch is written.
// $load; $id; $hash
MATCH (l:Load {number: $load})
SET l.batches = l.batches + 1
CREATE (:Batch {id: $id, hash: $hash})
