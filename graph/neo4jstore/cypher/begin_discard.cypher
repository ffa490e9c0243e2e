// The load can from now on only be discarded.
// $load
MATCH (l:Load {number: $load})
SET l.state = 'discarding'
