// The rows of statements go; tells between what they were.
// $statements: numbers
UNWIND $statements AS id
MATCH (s:Statement {id: id})
CALL (s) {
{{rows}}
}
WITH r, startNode(r) AS a, endNode(r) AS b, r.wideAt IS NOT NULL AS wide
FOREACH (_ IN CASE WHEN wide THEN [1] ELSE [] END | SET a.wide = a.wide - 1)
DELETE r
WITH a, b
UNWIND [a, b] AS n
WITH DISTINCT n WHERE NOT n:Statement
RETURN elementId(n) AS id
