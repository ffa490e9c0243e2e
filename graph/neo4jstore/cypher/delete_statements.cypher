// Statements go; tells what they were about.
// $statements: numbers
UNWIND $statements AS id
MATCH (s:Statement {id: id})
OPTIONAL MATCH (s)-[:ABOUT]->(x)
DETACH DELETE s
WITH DISTINCT x WHERE x IS NOT NULL
RETURN elementId(x) AS id
