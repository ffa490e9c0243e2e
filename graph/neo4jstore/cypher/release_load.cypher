// The lease is given back.
// $load; $order
MATCH (l:Load {number: $load})
SET l.token = '', l.order = $order, l.expires = timestamp()
