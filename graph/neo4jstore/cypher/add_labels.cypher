// What kind of thing an identity is.
// $of: {key, label}
UNWIND $of AS i
CALL (i) {
  WITH i WHERE i.about = 'Actor'
  MATCH (n:Actor {key: i.key}) RETURN n
  UNION ALL
  WITH i WHERE i.about = 'Engagement'
  MATCH (n:Engagement {key: i.key}) RETURN n
}
FOREACH (_ IN CASE WHEN i.label = 'State' THEN [1] ELSE [] END | SET n:State)
FOREACH (_ IN CASE WHEN i.label = 'Organization' THEN [1] ELSE [] END | SET n:Organization)
FOREACH (_ IN CASE WHEN i.label = 'Person' THEN [1] ELSE [] END | SET n:Person)
FOREACH (_ IN CASE WHEN i.label = 'Agreement' THEN [1] ELSE [] END | SET n:Agreement)
FOREACH (_ IN CASE WHEN i.label = 'Dispute' THEN [1] ELSE [] END | SET n:Dispute)
FOREACH (_ IN CASE WHEN i.label = 'Meeting' THEN [1] ELSE [] END | SET n:Meeting)
FOREACH (_ IN CASE WHEN i.label = 'Act' THEN [1] ELSE [] END | SET n:Act)
