// Locks the store against other orders to open or to erase, and tells what was burned and what is open.
MATCH (h:Head)
SET h.touched = timestamp()
WITH h
OPTIONAL MATCH (newest:Load {number: h.load})
OPTIONAL MATCH (l:Load {number: h.open})
RETURN h.burned AS burned, h.load AS head, coalesce(newest.recorded, 0) AS newest, l {.*} AS load, timestamp() AS now
