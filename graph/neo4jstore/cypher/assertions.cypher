// Assertions about engagements.
// $load; $about: keys of engagements
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  UNWIND $about AS about
  MATCH (e:Engagement {key: about})<-[:ABOUT]-(s:Statement)
  WHERE s.kind = 'assertion' AND {{seen "s"}}
  RETURN about, s.date AS date, {{statement}}
}
RETURN {{columns}}
ORDER BY about, date, key, source
