// What is part of $of, at any time, directly or through others, and what names the same persons; with $members also what $of are members of, with $joined who are
// members of them.
// $load; $of; $members; $joined
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  MATCH (w:Actor)<-[path:PART_OF*0..]-(x:Actor)
  WHERE w.key IN $of AND all(r IN path WHERE r.recordedFrom <= $load AND r.recordedTo > $load)
  WITH DISTINCT x
  MATCH (x)<-[r:PART_OF]-(part:Actor)
  WHERE {{seen "r"}}
  RETURN part.key AS part, x.key AS whole, r.fromDay AS fromDay, r.toDay AS toDay, 0 AS bond
  {{memberships}}
}
RETURN part, whole, fromDay, toDay, bond
ORDER BY whole, part, fromDay, toDay, bond
