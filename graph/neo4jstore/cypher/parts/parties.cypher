EXISTS { MATCH (w:Statement {id: {{.}}.statement}) WHERE all(party IN $parties WHERE party IN w.actors) }
