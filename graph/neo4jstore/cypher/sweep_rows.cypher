// Rows of statements that are not there go.
// $limit
MATCH ()-[r:{{.Type}}]->() WHERE NOT EXISTS { MATCH (:Statement {id: r.statement}) }
WITH r LIMIT $limit
DELETE r
RETURN count(*) AS deleted
