// All versions of statements.
// $names; $open: the number of no load
UNWIND $names AS name
MATCH (s:Statement {name: name})
RETURN name, s.id AS id, s.recordedTo = $open AS open
