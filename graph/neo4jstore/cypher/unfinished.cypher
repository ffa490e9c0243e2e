// The load that is open or being discarded, if any, and the database's clock.
// $load: not answered by a server that is behind
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL MATCH (l:Load {number: h.open})
RETURN l {.*} AS load, timestamp() AS now
