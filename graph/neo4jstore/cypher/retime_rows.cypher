// The rows of statements are superseded with them, or again not.
// $statements: numbers; $to
UNWIND $statements AS id
MATCH (s:Statement {id: id})
CALL (s) {
{{rows}}
}
SET r.recordedTo = $to
