// What was erased; with $keys, of those.
// $load: not answered by a server that is behind; $keys: null for all
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL MATCH (x:Erasure) WHERE ($keys IS NULL OR x.key IN $keys) AND x.load <= h.load
RETURN x.source AS source, x.kind AS kind, x.key AS key, x.load AS load, x.reason AS reason
ORDER BY source, kind, key
