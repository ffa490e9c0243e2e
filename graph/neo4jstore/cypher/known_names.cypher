// Which of these statements are held, at any number, or were erased.
// $erasures: {id, name}
UNWIND $erasures AS e
OPTIONAL MATCH (x:Erasure {id: e.id})
WITH e, x IS NOT NULL AS erased, EXISTS { MATCH (:Statement {name: e.name}) } AS held
WHERE erased OR held
RETURN e.n AS n, held LIMIT 1
