// A new lease on an open load.
// $load; $token; $holder; $lease: milliseconds; $order
MATCH (l:Load {number: $load})
SET l.token = $token, l.holder = $holder, l.order = $order, l.expires = timestamp() + $lease
