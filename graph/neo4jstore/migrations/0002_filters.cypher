// What filters look at stands with each statement: it is derived anew by RebuildIndex, and needs no index.

// Assertions by author.
CREATE INDEX asserts_at IF NOT EXISTS FOR ()-[r:ASSERTS]-() ON (r.at);

// Actors by name.
CREATE INDEX actor_name_at IF NOT EXISTS FOR (n:Statement) ON (n.nameAt);
