// The rows of statements.
// $statements: numbers
UNWIND $statements AS id
MATCH (s:Statement {id: id})
CALL (s) {
{{rows}}
}
WITH r, startNode(r) AS a, endNode(r) AS b
RETURN elementId(r) AS id, type(r) AS type, CASE WHEN a:Statement THEN a.id ELSE a.key END AS from, b.key AS to, properties(r) AS props
