// Identities of which nothing is known any more go.
// $ids
MATCH (n) WHERE elementId(n) IN $ids AND NOT n:Dyad AND NOT EXISTS { (n)--() }
DELETE n
