// A migration is made; with the first the store is there.
// $number; $name; $id: of a store that is not there yet
MERGE (m:Migration {number: $number})
ON CREATE SET m.name = $name, m.made = timestamp()
MERGE (h:Head {one: 1})
ON CREATE SET h.id = $id, h.load = 0, h.burned = 0, h.open = 0
