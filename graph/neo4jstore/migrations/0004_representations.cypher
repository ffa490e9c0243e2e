// Representations in the order of lists, by sender and by receiver.
CREATE INDEX represented_at IF NOT EXISTS FOR ()-[r:REPRESENTED_AT]-() ON (r.at);
CREATE INDEX represented_receiver IF NOT EXISTS FOR ()-[r:REPRESENTED_AT]-() ON (r.receiverAt);
