// What $of are part of, at any time, directly or through others, and all that is part of that; and what names the same persons.
// $load; $of; $members; $joined
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  MATCH (a:Actor)-[up:PART_OF*0..]->(w:Actor)
  WHERE a.key IN $of AND all(r IN up WHERE {{seen "r"}})
  WITH DISTINCT w
  MATCH (w)<-[down:PART_OF*0..]-(x:Actor)
  WHERE all(r IN down WHERE {{seen "r"}})
  WITH DISTINCT x
  MATCH (x)<-[r:PART_OF]-(part:Actor)
  WHERE {{seen "r"}}
  RETURN part.key AS part, x.key AS whole, r.fromDay AS fromDay, r.toDay AS toDay, 0 AS bond
  {{memberships}}
  UNION
  UNWIND $of AS key
  MATCH (:Key {key: key})<-[i:SAME_AS]-(n)
  WHERE i.led AND {{seen "i"}}
  MATCH (n)-[r:SAME_AS]->(o)
  WHERE r.led
  RETURN o.key AS part, r.lead AS whole, r.fromDay AS fromDay, r.toDay AS toDay, 2 AS bond
}
RETURN part, whole, fromDay, toDay, bond
ORDER BY whole, part, fromDay, toDay, bond
