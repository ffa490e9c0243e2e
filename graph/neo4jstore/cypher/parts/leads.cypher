(NOT $leads OR NOT EXISTS { MATCH ({{.}})<-[l:LINKS]-() WHERE l.led AND l.recordedFrom <= $load AND l.recordedTo > $load })
