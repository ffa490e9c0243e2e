// Statements, and what they are about.
// $statements: {props, about, key}
UNWIND $statements AS v
CREATE (s:Statement)
SET s = v.props
WITH s, v WHERE v.about IS NOT NULL
CALL (s, v) {
  WITH v WHERE v.about = 'Actor'
  MATCH (x:Actor {key: v.key}) RETURN x
  UNION ALL
  WITH v WHERE v.about = 'Engagement'
  MATCH (x:Engagement {key: v.key}) RETURN x
}
CREATE (s)-[:ABOUT]->(x)
