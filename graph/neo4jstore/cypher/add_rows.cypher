// Index rows of one type.
// $rows: {from, to, props}
UNWIND $rows AS row
MATCH (a:{{.From}} {{"{"}}{{.Key}}: row.from})
MATCH (b:{{.To}} {key: row.to})
CREATE (a)-[r:{{.Type}}]->(b)
SET r = row.props
