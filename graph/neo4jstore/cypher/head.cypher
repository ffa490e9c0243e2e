// Which store this is, and its newest load. A server that is behind what was seen answers nothing.
// $load
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL MATCH (l:Load {number: h.load})
RETURN h.id AS id, h.load AS head, h.burned AS burned, l {.*} AS load
