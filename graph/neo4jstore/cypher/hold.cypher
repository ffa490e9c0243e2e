// Locks a load, and lengthens its lease where the token is right and the load is in one of $states; tells how it stands.
// $load; $token; $states; $lease: milliseconds; $batch: the id of a batch of which it is told what was in it
MATCH (l:Load {number: $load})
SET l.touched = timestamp()
WITH l, $token <> '' AND l.token = $token AND l.state IN $states AS held
SET l.expires = CASE WHEN held THEN timestamp() + $lease ELSE l.expires END
WITH l, held
OPTIONAL MATCH (b:Batch {id: $batch})
RETURN l {.*} AS load, held, b.hash AS hash, timestamp() AS now
