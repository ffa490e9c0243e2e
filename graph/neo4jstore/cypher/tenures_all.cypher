// All tenures, between two places.
// $load; $after, $before; $office, $from and $to: null does not filter; $limit
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  MATCH (s:Statement)
  USING INDEX s:Statement(at)
  WHERE s.at > $after AND s.at < $before AND {{seen "s"}}
    AND ($office IS NULL OR s.foldedOffice = $office)
    AND ($from IS NULL OR (s.fromDay < $to AND $from < s.toDay))
  WITH s ORDER BY s.at LIMIT $limit
  RETURN substring(s.at, 7) AS place, {{statement}}
}
RETURN place, {{columns}}
