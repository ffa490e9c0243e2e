($apart = true OR NOT EXISTS { MATCH (:Key {key: {{.}}.key})<-[i:SAME_AS]-() WHERE i.led AND {{seen "i"}} })
