// Statements are open again.
// $load; $open; $statements: numbers
UNWIND $statements AS id
MATCH (s:Statement {id: id})<-[c:CLOSED]-(:Load {number: $load})
SET s.recordedTo = $open
DELETE c
