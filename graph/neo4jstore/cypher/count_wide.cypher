// In how many engagements of many parties an actor takes part: a hint from which side to look.
// $actors: {key, more}
UNWIND $actors AS c
MATCH (a:Actor {key: c.key})
SET a.wide = coalesce(a.wide, 0) + c.more
