COLLECT { MATCH (:Key {key: {{.}}.key})<-[i:SAME_AS]-() WHERE i.led AND {{seen "i"}} RETURN i.lead }
