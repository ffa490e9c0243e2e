// The keys of persons that have several.
CREATE CONSTRAINT key_key IF NOT EXISTS FOR (n:Key) REQUIRE n.key IS UNIQUE;
