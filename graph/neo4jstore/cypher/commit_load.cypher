// The load becomes visible. The time it is recorded never goes back, even where the clock does; a copy has its original's.
// $load; $counts; $order
MATCH (h:Head)
SET h.touched = timestamp()
WITH h
OPTIONAL MATCH (before:Load {number: h.load})
MATCH (l:Load {number: $load})
WITH h, l, coalesce(before.recorded, 0) AS newest
SET l += $counts, l.state = 'committed', l.token = '', l.paths = 'null', l.order = $order, l.promoted = false,
  l.recorded = coalesce(l.copied, CASE WHEN timestamp() > newest THEN timestamp() ELSE newest END)
SET h.load = $load, h.open = 0
RETURN l {.*} AS load
