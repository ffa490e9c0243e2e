// What statements are about, where that was lost.
// $of: {id, about, key}
UNWIND $of AS v
MATCH (s:Statement {id: v.id})
CALL (v) {
  WITH v WHERE v.about = 'Actor'
  MATCH (x:Actor {key: v.key}) RETURN x
  UNION ALL
  WITH v WHERE v.about = 'Engagement'
  MATCH (x:Engagement {key: v.key}) RETURN x
}
CREATE (s)-[:ABOUT]->(x)
