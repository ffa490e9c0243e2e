// A new load, whose number is burned.
// $props: of the load; $number; $lease: milliseconds
MATCH (h:Head)
SET h.burned = $number, h.open = $number
CREATE (l:Load)
SET l = $props, l.expires = timestamp() + $lease, l.opened = timestamp()
