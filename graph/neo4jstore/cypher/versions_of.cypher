// All versions of statements.
// $names
UNWIND $names AS name
MATCH (s:Statement {name: name})
RETURN name, s.id AS id, s.recordedTo = $open AS open
