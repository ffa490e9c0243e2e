// What every one of $terms is found in, in one name or in several; best first.
// $load; $terms: {key, prefix, end}; $whole; $kinds: null does not filter; $rank, $kind, $key: the hit before; $limit
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  UNWIND range(0, size($terms) - 1) AS n
  CALL (n) {
    MATCH (t:Term {key: $terms[n].key})<-[r:NAMED]-(s)
    WHERE {{seen "r"}}
    RETURN s, 0 AS begun
    UNION ALL
    MATCH (t:Term)<-[r:NAMED]-(s)
    USING INDEX t:Term(key)
    WHERE $terms[n].prefix AND t.key > $terms[n].key AND t.key < $terms[n].end AND {{seen "r"}}
    RETURN s, 1 AS begun
  }
  WITH n, s.searchKind AS kind, CASE s.kind WHEN 'actor' THEN coalesce({{ledBy "s"}}[0], s.key) ELSE s.key END AS key,
    min(begun) AS begun, collect(DISTINCT s.ref) AS refs
  WITH kind, key, count(*) AS found, max(begun) AS begun, head(collect(refs)) AS refs
  WHERE found = size($terms) AND ($kinds IS NULL OR kind IN $kinds)
  WITH kind, key, CASE
    WHEN EXISTS { UNWIND refs AS ref MATCH (:Term {key: $whole})<-[r:NAMED]-(w:Statement {ref: ref}) WHERE {{seen "r"}} } THEN 0
    ELSE 1 + begun END AS rank
  WHERE rank > $rank OR (rank = $rank AND (kind > $kind OR (kind = $kind AND key > $key)))
  RETURN rank, kind, key ORDER BY rank, kind, key LIMIT $limit
}
RETURN rank, kind, key
ORDER BY rank, kind, key
