EXISTS { MATCH (w:Statement {id: {{.}}.statement}) WHERE {{where "w"}} }
