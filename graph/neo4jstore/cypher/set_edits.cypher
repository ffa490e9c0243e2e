// What was mended, as far as it is kept.
// $load; $edits
MATCH (l:Load {number: $load})
SET l.edits = $edits
