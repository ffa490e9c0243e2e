// Statements are superseded by a load; tells which were.
// $load; $open: the number of no load; $closed: {name, at}
UNWIND $closed AS c
MATCH (s:Statement {name: c.name}) WHERE s.recordedTo = $open
MATCH (l:Load {number: $load})
SET s.recordedTo = $load
CREATE (l)-[:CLOSED {at: c.at}]->(s)
RETURN s.id AS id, s.name AS name
