  UNION
  UNWIND CASE WHEN $members THEN $of ELSE [] END AS key
  MATCH (m:Actor {key: key})-[r:MEMBER_OF]->(o:Actor)
  WHERE {{seen "r"}}
  RETURN m.key AS part, o.key AS whole, r.fromDay AS fromDay, r.toDay AS toDay, 1 AS bond
  UNION
  UNWIND CASE WHEN $joined THEN $of ELSE [] END AS key
  MATCH (o:Actor {key: key})<-[r:MEMBER_OF]-(m:Actor)
  WHERE {{seen "r"}}
  RETURN m.key AS part, o.key AS whole, r.fromDay AS fromDay, r.toDay AS toDay, 1 AS bond
  UNION
  UNWIND $of AS key
  MATCH (:Key {key: key})<-[i:SAME_AS]-(n)-[r:SAME_AS]->(o)
  WHERE NOT i.led AND r.led AND {{seen "r"}}
  RETURN o.key AS part, r.lead AS whole, r.fromDay AS fromDay, r.toDay AS toDay, 2 AS bond
