// Dyads of which nothing is known any more go; tells of whom they were.
// $ids
MATCH (d:Dyad) WHERE elementId(d) IN $ids AND NOT EXISTS { (d)<-[:BETWEEN|BEARS_ON]-() }
MATCH (d)-[:OF]->(a)
DETACH DELETE d
RETURN DISTINCT elementId(a) AS id
