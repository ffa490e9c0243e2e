// How many statements there are, in every version.
MATCH (s:Statement) RETURN count(s) AS total
