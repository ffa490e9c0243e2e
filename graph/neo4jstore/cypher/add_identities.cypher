// What statements are about, where it is not there yet.
// $keys
UNWIND $keys AS key
MERGE (n:{{.}} {key: key})
