// Index rows of one type. What a link names is not unlinked any more, whatever becomes of the link.
// $rows: {from, to, props}
UNWIND $rows AS row
MATCH (a:{{.From}} {{"{"}}{{.Key}}: row.from})
MATCH (b:{{.To}} {key: row.to})
CREATE (a)-[r:{{.Type}}]->(b)
SET r = row.props{{if eq .Type "LINKS"}}
REMOVE b.unlinked{{end}}
