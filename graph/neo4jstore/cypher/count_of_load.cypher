// How many statements a load recorded and closed.
// $from, $to: the bounds of both
CALL () {
  MATCH (s:Statement) USING INDEX s:Statement(recorded) WHERE s.recorded > $from AND s.recorded < $to RETURN count(s) AS recorded
}
CALL () {
  MATCH ()-[c:CLOSED]->() USING INDEX c:CLOSED(at) WHERE c.at > $from AND c.at < $to RETURN count(c) AS closed
}
RETURN recorded + closed AS total
