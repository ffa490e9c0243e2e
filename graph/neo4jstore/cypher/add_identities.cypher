// What statements are about, where it is not there yet. An engagement is made unlinked: a hint that no link of accounts names it.
// $keys
UNWIND $keys AS key
MERGE (n:{{.}} {key: key}){{if eq . "Engagement"}}
ON CREATE SET n.unlinked = true{{end}}
