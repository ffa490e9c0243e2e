COLLECT { MATCH ({{.}})-[:ABOUT]->(:Actor)-[i:SAME_AS]->(l) WHERE {{seen "i"}} RETURN l.key }
