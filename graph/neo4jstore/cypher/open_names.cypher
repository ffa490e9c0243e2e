// Which of these statements are open.
// $names; $open
UNWIND $names AS name
MATCH (s:Statement {name: name}) WHERE s.recordedTo = $open
RETURN name LIMIT 1
