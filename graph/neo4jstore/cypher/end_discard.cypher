// The load is discarded; its number stays burned.
// $load; $order
MATCH (h:Head)
SET h.open = 0
WITH h
MATCH (l:Load {number: $load})
SET l.state = 'discarded', l.token = '', l.paths = 'null', l.edits = 'null', l.order = $order
