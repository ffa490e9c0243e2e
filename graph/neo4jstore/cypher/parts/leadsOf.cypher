(NOT $leads OR NOT EXISTS { MATCH ({{.}})-[:ABOUT]->(e)<-[l:LINKS]-(k) WHERE e.unlinked IS NULL AND l.led AND l.recordedFrom <= $load AND l.recordedTo > $load AND {{leadIsListed}} })
