(NOT $leads OR {{.}}.unlinked = true OR NOT EXISTS { MATCH ({{.}})<-[l:LINKS]-(k) WHERE l.led AND l.recordedFrom <= $load AND l.recordedTo > $load AND {{leadIsListed}} })
