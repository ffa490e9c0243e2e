// What is left of what was erased.
// $erasures: {id, source, kind, key, load, reason}
UNWIND $erasures AS e
MERGE (x:Erasure {id: e.id})
SET x = e
