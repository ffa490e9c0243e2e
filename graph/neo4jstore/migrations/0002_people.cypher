// Assertions by author.
CREATE INDEX asserts_at IF NOT EXISTS FOR ()-[r:ASSERTS]-() ON (r.at);
