// Rows that should not be.
// $ids
MATCH ()-[r]->() WHERE elementId(r) IN $ids
DELETE r
