// What the graph is found by. No index is on a property that changes after it was written.

CREATE CONSTRAINT migration_number IF NOT EXISTS FOR (n:Migration) REQUIRE n.number IS UNIQUE;
CREATE CONSTRAINT head_one IF NOT EXISTS FOR (n:Head) REQUIRE n.one IS UNIQUE;
CREATE CONSTRAINT load_number IF NOT EXISTS FOR (n:Load) REQUIRE n.number IS UNIQUE;
CREATE CONSTRAINT batch_id IF NOT EXISTS FOR (n:Batch) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT quarantined_at IF NOT EXISTS FOR (n:Quarantined) REQUIRE n.at IS UNIQUE;
CREATE CONSTRAINT erasure_id IF NOT EXISTS FOR (n:Erasure) REQUIRE n.id IS UNIQUE;

// A statement: by its number; by kind and key (ref); by source, kind and key (name); by slice, kind and key (place); by
// the load that recorded it (recorded); and, engagements and tenures, in the order of lists (at).
CREATE CONSTRAINT statement_id IF NOT EXISTS FOR (n:Statement) REQUIRE n.id IS UNIQUE;
CREATE INDEX statement_ref IF NOT EXISTS FOR (n:Statement) ON (n.ref);
CREATE INDEX statement_name IF NOT EXISTS FOR (n:Statement) ON (n.name);
CREATE INDEX statement_place IF NOT EXISTS FOR (n:Statement) ON (n.place);
CREATE INDEX statement_recorded IF NOT EXISTS FOR (n:Statement) ON (n.recorded);
CREATE INDEX statement_at IF NOT EXISTS FOR (n:Statement) ON (n.at);
CREATE INDEX closed_at IF NOT EXISTS FOR ()-[r:CLOSED]-() ON (r.at);

// Identities: what statements are about. They never change.
CREATE CONSTRAINT actor_key IF NOT EXISTS FOR (n:Actor) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT engagement_key IF NOT EXISTS FOR (n:Engagement) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT dyad_key IF NOT EXISTS FOR (n:Dyad) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT dyad_order IF NOT EXISTS FOR (n:Dyad) REQUIRE n.order IS UNIQUE;
CREATE CONSTRAINT code_key IF NOT EXISTS FOR (n:Code) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT term_key IF NOT EXISTS FOR (n:Term) REQUIRE n.key IS UNIQUE;

// Index rows, in the order of lists.
CREATE INDEX participates_at IF NOT EXISTS FOR ()-[r:PARTICIPATES_IN]-() ON (r.at);
CREATE INDEX participates_wide IF NOT EXISTS FOR ()-[r:PARTICIPATES_IN]-() ON (r.wideAt);
CREATE INDEX between_at IF NOT EXISTS FOR ()-[r:BETWEEN]-() ON (r.at);
CREATE INDEX held_office_at IF NOT EXISTS FOR ()-[r:HELD_OFFICE]-() ON (r.at);
CREATE INDEX held_office_of IF NOT EXISTS FOR ()-[r:HELD_OFFICE]-() ON (r.ofAt);
