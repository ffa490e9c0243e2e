// The newest migration that was made here.
OPTIONAL MATCH (m:Migration)
RETURN coalesce(max(m.number), 0) AS version
