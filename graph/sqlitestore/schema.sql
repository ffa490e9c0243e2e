-- The tables of an Entente store. README.md says what they are for.
--
-- recordedFrom and recordedTo are load numbers: a row is seen at load n when
-- recordedFrom <= n AND recordedTo > n; 4611686018427387903 is "not superseded".
-- Days count from 1970-01-01; fromDay is in, toDay is out.

-- One row: which store this is, the newest load that can be seen, the newest number taken.
CREATE TABLE store (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  id     TEXT NOT NULL,
  head   INTEGER NOT NULL,
  burned INTEGER NOT NULL
) STRICT;

-- Every load ever opened. state: open, discarding, discarded, committed. token and expires (milliseconds
-- since 1970, by this database's clock) are the lease of one that is open or being discarded. undoes and amends are
-- numbers of loads, or 0; edits and paths are JSON. copied is when the original of a copy was recorded. putOff is the first
-- statement of an open load of which index rows may not be in their tables yet, or 0 (later.go).
CREATE TABLE load (
  number   INTEGER PRIMARY KEY,
  state    TEXT NOT NULL CHECK (state IN ('open', 'discarding', 'discarded', 'committed')),
  token    TEXT NOT NULL,
  expires  INTEGER NOT NULL,
  holder   TEXT NOT NULL,
  opened   INTEGER NOT NULL,
  recorded INTEGER,
  source   TEXT NOT NULL,
  slices   TEXT NOT NULL,
  files    TEXT NOT NULL,
  program  TEXT NOT NULL,
  note     TEXT NOT NULL,
  added INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0, retracted INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0, quarantined INTEGER NOT NULL DEFAULT 0,
  undoes INTEGER NOT NULL DEFAULT 0, amends INTEGER NOT NULL DEFAULT 0,
  edits TEXT NOT NULL DEFAULT 'null', paths TEXT NOT NULL DEFAULT 'null', importer TEXT NOT NULL DEFAULT '',
  copied INTEGER, putOff INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX load_open ON load ((1)) WHERE state IN ('open', 'discarding');

-- The ledger: which batches of a load are written, with a hash of what is in them.
CREATE TABLE batch (
  load   INTEGER NOT NULL,
  number INTEGER NOT NULL,
  hash   BLOB NOT NULL,
  PRIMARY KEY (load, number)
) STRICT, WITHOUT ROWID;

-- What a load did not understand: body is JSON, its mistakes and the records they are in. source, kind and
-- key are those of the statement it would have been, where they are known.
CREATE TABLE quarantine (
  load INTEGER NOT NULL, n INTEGER NOT NULL,
  source TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (load, n)
) STRICT;
CREATE INDEX quarantine_key ON quarantine (key);

-- What was erased from every number, when and why.
CREATE TABLE erasure (
  source TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, load INTEGER NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (key, kind, source)
) STRICT;

-- One source's record of one thing, in each version.
CREATE TABLE statement (
  id           INTEGER PRIMARY KEY,
  source       TEXT NOT NULL,
  slice        TEXT NOT NULL,
  kind         TEXT NOT NULL,
  key          TEXT NOT NULL,
  hash         BLOB NOT NULL,
  recordedFrom INTEGER NOT NULL,
  recordedTo   INTEGER NOT NULL,
  body         TEXT NOT NULL,
  locator      TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX statement_key ON statement (kind, key, source, recordedTo);
CREATE INDEX statement_manifest ON statement (source, slice, kind, key, recordedFrom, recordedTo, hash);
CREATE INDEX statement_recorded ON statement (recordedFrom, source, kind, key);
CREATE INDEX statement_closed ON statement (recordedTo, source, kind, key) WHERE recordedTo < 4611686018427387903;

-- Below: index rows, derived from bodies by graph.Index. Dropping and rebuilding them changes no answer.

-- Small numbers for actors that take part in engagements. wide counts part rows in engagements of many
-- parties: a hint from which side to intersect.
CREATE TABLE actor (
  id   INTEGER PRIMARY KEY,
  key  TEXT NOT NULL UNIQUE,
  wide INTEGER NOT NULL DEFAULT 0
) STRICT;

-- One account of an engagement. traits are bits of its kind, level and topics (indexer.go); facts are what filters look at
-- beside these and the edges of the period (facts.go).
CREATE TABLE engagement (
  statement INTEGER PRIMARY KEY,
  key TEXT NOT NULL, start INTEGER NOT NULL,
  traits INTEGER NOT NULL,
  startMin INTEGER NOT NULL, startMax INTEGER NOT NULL, endMin INTEGER NOT NULL, endMax INTEGER NOT NULL,
  facts TEXT NOT NULL,
  recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL
) STRICT;
CREATE INDEX engagement_start ON engagement (start, key, statement, recordedFrom, recordedTo, traits);
CREATE INDEX engagement_key ON engagement (key, start, statement, recordedFrom, recordedTo, traits);

-- One actor's part in an account, by account. wide: too many parties for dyad rows.
CREATE TABLE part (
  statement INTEGER NOT NULL, actor INTEGER NOT NULL, n INTEGER NOT NULL,
  side TEXT NOT NULL, fromDay INTEGER NOT NULL, toDay INTEGER NOT NULL, wide INTEGER NOT NULL,
  PRIMARY KEY (statement, actor, n)
) STRICT, WITHOUT ROWID;

-- The same by actor, in the order of pages.
CREATE TABLE actor_part (
  actor INTEGER NOT NULL, start INTEGER NOT NULL, key TEXT NOT NULL, statement INTEGER NOT NULL, n INTEGER NOT NULL,
  side TEXT NOT NULL, fromDay INTEGER NOT NULL, toDay INTEGER NOT NULL, wide INTEGER NOT NULL,
  traits INTEGER NOT NULL, recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL,
  PRIMARY KEY (actor, start, key, statement, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_part_wide ON actor_part (actor, start, key, statement, n, side, fromDay, toDay, recordedFrom, recordedTo, traits) WHERE wide = 1;

-- Two actors (a < b by number) whose participations in an account may overlap. alignment: 0 not known, 1 same side, 2 opposed.
CREATE TABLE dyad (
  a INTEGER NOT NULL, b INTEGER NOT NULL, start INTEGER NOT NULL, key TEXT NOT NULL, statement INTEGER NOT NULL, n INTEGER NOT NULL,
  aFrom INTEGER NOT NULL, aTo INTEGER NOT NULL, bFrom INTEGER NOT NULL, bTo INTEGER NOT NULL, alignment INTEGER NOT NULL,
  traits INTEGER NOT NULL, recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL,
  PRIMARY KEY (a, b, start, key, statement, n)
) STRICT, WITHOUT ROWID;

-- An account that may bear on a tie of two actors (a < b by key) on a topic (a bit). What rows a statement has here is
-- known by deriving them again.
CREATE TABLE tie (
  a TEXT NOT NULL, b TEXT NOT NULL, topic INTEGER NOT NULL, start INTEGER NOT NULL, key TEXT NOT NULL, statement INTEGER NOT NULL, n INTEGER NOT NULL,
  fromDay INTEGER NOT NULL, toDay INTEGER NOT NULL, recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL,
  PRIMARY KEY (a, b, topic, start, key, statement, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX tie_b ON tie (b, a, topic, recordedFrom, recordedTo);

-- A code held by an actor; scheme and value as given, findScheme and findValue in lower case.
CREATE TABLE code (
  statement INTEGER NOT NULL, n INTEGER NOT NULL,
  findScheme TEXT NOT NULL, findValue TEXT NOT NULL, scheme TEXT NOT NULL, value TEXT NOT NULL, actor TEXT NOT NULL,
  fromDay INTEGER NOT NULL, toDay INTEGER NOT NULL, recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL,
  PRIMARY KEY (statement, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX code_find ON code (findValue, findScheme, scheme, value, actor, fromDay, toDay, recordedFrom, recordedTo);

-- An edge from a part to its whole; member: 1 by membership, 2 from another key of a person to the one that leads.
CREATE TABLE component (
  statement INTEGER NOT NULL, n INTEGER NOT NULL,
  whole TEXT NOT NULL, part TEXT NOT NULL, member INTEGER NOT NULL,
  fromDay INTEGER NOT NULL, toDay INTEGER NOT NULL, recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL,
  PRIMARY KEY (statement, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX component_part ON component (part, member, whole, fromDay, toDay, recordedFrom, recordedTo);
CREATE INDEX component_whole ON component (whole, member, part, fromDay, toDay, recordedFrom, recordedTo);

-- One source's account of an actor. name orders by name; named: how good the name is (0 English, 1 another, 2 the key); facts
-- are what filters look at (actorfacts.go).
CREATE TABLE actor_account (
  statement INTEGER PRIMARY KEY,
  key TEXT NOT NULL, source TEXT NOT NULL, name BLOB NOT NULL, named INTEGER NOT NULL, facts TEXT NOT NULL,
  recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL
) STRICT;
CREATE INDEX actor_account_key ON actor_account (key, statement, recordedFrom, recordedTo, named, source, name);
CREATE INDEX actor_account_name ON actor_account (name, key, statement, recordedFrom, recordedTo, named, source);

-- A tenure; office is folded text.
CREATE TABLE tenure (
  statement INTEGER PRIMARY KEY,
  person TEXT NOT NULL, of TEXT NOT NULL, office TEXT NOT NULL, start INTEGER NOT NULL, key TEXT NOT NULL,
  startMin INTEGER NOT NULL, startMax INTEGER NOT NULL, endMin INTEGER NOT NULL, endMax INTEGER NOT NULL,
  recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL
) STRICT;
CREATE INDEX tenure_person ON tenure (person, start, key, statement, of, office, startMin, startMax, endMin, endMax, recordedFrom, recordedTo);
CREATE INDEX tenure_of ON tenure (of, start, key, statement, office, startMin, startMax, endMin, endMax, recordedFrom, recordedTo);
CREATE INDEX tenure_start ON tenure (start, key, statement, office, startMin, startMax, endMin, endMax, recordedFrom, recordedTo);

-- A membership.
CREATE TABLE membership (
  statement INTEGER PRIMARY KEY,
  member TEXT NOT NULL, organization TEXT NOT NULL, status TEXT NOT NULL, start INTEGER NOT NULL, key TEXT NOT NULL,
  startMin INTEGER NOT NULL, startMax INTEGER NOT NULL, endMin INTEGER NOT NULL, endMax INTEGER NOT NULL,
  recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL
) STRICT;
CREATE INDEX membership_member ON membership (member, start, key, statement, organization, status, startMin, startMax, endMin, endMax, recordedFrom, recordedTo);
CREATE INDEX membership_organization ON membership (organization, start, key, statement, member, status, startMin, startMax, endMin, endMax, recordedFrom, recordedTo);

-- A representation; records are what its records are found by (representations.go).
CREATE TABLE representation (
  statement INTEGER PRIMARY KEY,
  sender TEXT NOT NULL, receiver TEXT NOT NULL, start INTEGER NOT NULL, key TEXT NOT NULL, records TEXT NOT NULL,
  recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL
) STRICT;
CREATE INDEX representation_sender ON representation (sender, start, key, statement, receiver, recordedFrom, recordedTo);
CREATE INDEX representation_receiver ON representation (receiver, start, key, statement, recordedFrom, recordedTo);

-- An assertion about an engagement, by an actor, or by a work (author is empty then). start is its date; it may have been made
-- from fromDay on and before toDay.
CREATE TABLE assertion (
  statement INTEGER PRIMARY KEY,
  about TEXT NOT NULL, author TEXT NOT NULL, start INTEGER NOT NULL, key TEXT NOT NULL,
  fromDay INTEGER NOT NULL, toDay INTEGER NOT NULL, recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL
) STRICT;
CREATE INDEX assertion_about ON assertion (about, start, key, statement, author, fromDay, toDay, recordedFrom, recordedTo);
CREATE INDEX assertion_author ON assertion (author, start, key, statement, about, fromDay, toDay, recordedFrom, recordedTo);

-- An account that a link names, and the account that leads.
CREATE TABLE link (
  statement INTEGER NOT NULL, n INTEGER NOT NULL,
  account TEXT NOT NULL, lead TEXT NOT NULL, recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL,
  PRIMARY KEY (statement, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_account ON link (account, lead, statement, recordedFrom, recordedTo);

-- What search finds: a term in a name of a thing; whole: it is the whole name. kind is a place in a list (indexer.go).
-- What rows a statement has here is known by deriving them again.
CREATE TABLE term (
  whole INTEGER NOT NULL, term TEXT NOT NULL, kind INTEGER NOT NULL, key TEXT NOT NULL, statement INTEGER NOT NULL,
  recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL,
  PRIMARY KEY (whole, term, kind, key, statement)
) STRICT, WITHOUT ROWID;

-- Views for people with a SQL tool: the graph at the head, the newest committed load.

CREATE VIEW statements AS
  SELECT s.id, s.source, s.slice, s.kind, s.key, s.recordedFrom AS load, s.body, s.locator
  FROM store CROSS JOIN statement s
  WHERE s.recordedFrom <= store.head AND s.recordedTo > store.head;

CREATE VIEW sources AS
  SELECT key, body ->> '$.title' AS title, body ->> '$.version' AS version, body ->> '$.license' AS license, load
  FROM statements WHERE kind = 'source';

CREATE VIEW actors AS
  SELECT key, source, body ->> '$.kind' AS kind, body ->> '$.names[0].text' AS name, load
  FROM statements WHERE kind = 'actor';

CREATE VIEW engagements AS
  SELECT key, source, body ->> '$.kind' AS kind, body ->> '$.titles[0].text' AS title,
    body ->> '$.period.start' AS start, body ->> '$.period.end' AS "end", body ->> '$.period.why' AS why,
    body ->> '$.level' AS level, body ->> '$.topics' AS topics, load
  FROM statements WHERE kind = 'engagement';

CREATE VIEW participations AS
  SELECT s.key AS engagement, s.source, p.value ->> '$.actor' AS actor, p.value ->> '$.role' AS role,
    p.value ->> '$.side' AS side, p.value ->> '$.onBehalfOf' AS onBehalfOf,
    p.value ->> '$.period.start' AS start, p.value ->> '$.period.end' AS "end", s.load
  FROM statements s, json_each(s.body, '$.participations') p WHERE s.kind = 'engagement';

CREATE VIEW effects AS
  SELECT s.key AS engagement, s.source, f.value ->> '$.type' AS type, f.value ->> '$.topic' AS topic,
    f.value ->> '$.strand' AS strand, f.value ->> '$.date' AS date, f.value ->> '$.between' AS actors, s.load
  FROM statements s, json_each(s.body, '$.effects') f WHERE s.kind = 'engagement';

CREATE VIEW tenures AS
  SELECT key, source, body ->> '$.person' AS person, body ->> '$.office' AS office, body ->> '$.of' AS of,
    body ->> '$.period.start' AS start, body ->> '$.period.end' AS "end", load
  FROM statements WHERE kind = 'tenure';

CREATE VIEW memberships AS
  SELECT key, source, body ->> '$.member' AS member, body ->> '$.organization' AS organization,
    body ->> '$.status' AS status, body ->> '$.period.start' AS start, body ->> '$.period.end' AS "end", load
  FROM statements WHERE kind = 'membership';

CREATE VIEW representations AS
  SELECT s.key, s.source, s.body ->> '$.sender' AS sender, s.body ->> '$.receiver' AS receiver, r.value ->> '$.level' AS level,
    r.value ->> '$.period.start' AS start, r.value ->> '$.period.end' AS "end", r.value ->> '$.period.why' AS why,
    r.value ->> '$.observed' AS observed, s.load
  FROM statements s, json_each(s.body, '$.records') r WHERE s.kind = 'representation';

CREATE VIEW assertions AS
  SELECT key, source, body ->> '$.about' AS about, coalesce(body ->> '$.author', body ->> '$.work') AS author,
    body ->> '$.stance' AS stance, body ->> '$.text' AS text, body ->> '$.date' AS date, load
  FROM statements WHERE kind = 'assertion';

CREATE VIEW loads AS
  SELECT number, source, strftime('%Y-%m-%dT%H:%M:%SZ', recorded / 1000, 'unixepoch') AS recorded, program,
    added, changed, retracted, unchanged, quarantined, note
  FROM load WHERE state = 'committed';
