// What a load did not understand.
// $entries: {at, load, n, body, ref}
UNWIND $entries AS e
CREATE (q:Quarantined)
SET q = e
