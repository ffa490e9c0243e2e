// The links that accounts are in.
// $load; $accounts: keys of engagements
MATCH (h:Head) WHERE h.load >= $load
OPTIONAL CALL () {
  UNWIND $accounts AS account
  MATCH (e:Engagement {key: account})<-[l:LINKS]-(s:Statement)
  WHERE {{seen "l"}}
  WITH DISTINCT s
  RETURN {{statement}}
}
RETURN {{columns}}
ORDER BY key, source
