// Committed loads, newest first.
// $load: not answered by a server that is behind; $before, $from: numbers; $knownAt: milliseconds; $limit
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  MATCH (l:Load)
  USING INDEX l:Load(number)
  WHERE l.number < $before AND l.number >= $from AND l.state = 'committed' AND l.recorded <= $knownAt
  RETURN l.number AS number, l {.*} AS load ORDER BY number DESC LIMIT $limit
}
RETURN load
ORDER BY number DESC
