// An erasure is a load, visible at once.
// $props
MATCH (h:Head)
OPTIONAL MATCH (before:Load {number: h.load})
WITH h, coalesce(before.recorded, 0) AS newest
CREATE (l:Load)
SET l = $props, l.opened = timestamp(), l.recorded = CASE WHEN timestamp() > newest THEN timestamp() ELSE newest END
SET h.load = l.number, h.burned = l.number
RETURN l {.*} AS load
