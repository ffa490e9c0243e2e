// What a copy told to be erased.
// $load
MATCH (x:Erasure) WHERE x.load = $load
DELETE x
