// All of a load is marked.
// $load
MATCH (l:Load {number: $load})
SET l.promoted = true
