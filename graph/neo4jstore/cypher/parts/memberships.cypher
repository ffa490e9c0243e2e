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
