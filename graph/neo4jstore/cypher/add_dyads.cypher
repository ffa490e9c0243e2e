// Dyads, where they are not there yet, of actors that are.
// $dyads: {key, a, b, order}
UNWIND $dyads AS d
OPTIONAL MATCH (there:Dyad {key: d.key})
WITH d WHERE there IS NULL
MATCH (a:Actor {key: d.a})
MATCH (b:Actor {key: d.b})
CREATE (n:Dyad {key: d.key, a: d.a, b: d.b, order: d.order})
CREATE (n)-[:OF]->(a)
CREATE (n)-[:OF]->(b)
