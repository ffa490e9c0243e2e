($apart OR NOT EXISTS { MATCH ({{.}})-[:ABOUT]->(:Actor)-[i:SAME_AS]->() WHERE {{seen "i"}} })
