package sqlitestore

import (
	"context"
	"crypto/rand"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/entente-graph/entente/graph"
)

//go:embed schema.sql
var schema string

const (
	applicationID = 0x456e7465 // "Ente": how a file says that it is a store
	schemaVersion = 11         // of schema.sql; a program reads those up to its own
)

// migrations bring a file from a version of the schema to the next: migrations[1] from 1 to 2.
var migrations = map[int64]string{
	1: `ALTER TABLE load ADD COLUMN undoes INTEGER NOT NULL DEFAULT 0;
		ALTER TABLE load ADD COLUMN amends INTEGER NOT NULL DEFAULT 0;
		ALTER TABLE load ADD COLUMN edits TEXT NOT NULL DEFAULT 'null';
		ALTER TABLE load ADD COLUMN paths TEXT NOT NULL DEFAULT 'null';
		ALTER TABLE load ADD COLUMN importer TEXT NOT NULL DEFAULT '';
		ALTER TABLE batch ADD COLUMN hash BLOB NOT NULL DEFAULT x'';
		CREATE TABLE quarantine (
			load INTEGER NOT NULL, n INTEGER NOT NULL,
			source TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL,
			PRIMARY KEY (load, n)
		) STRICT;
		CREATE INDEX quarantine_key ON quarantine (key);
		CREATE TABLE erasure (
			source TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, load INTEGER NOT NULL, reason TEXT NOT NULL,
			PRIMARY KEY (key, kind, source)
		) STRICT;
		CREATE TABLE link (
			statement INTEGER NOT NULL, n INTEGER NOT NULL,
			account TEXT NOT NULL, lead TEXT NOT NULL, recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL,
			PRIMARY KEY (statement, n)
		) STRICT, WITHOUT ROWID;
		CREATE INDEX link_account ON link (account, lead, statement, recordedFrom, recordedTo);`,
	2: `DROP TABLE engagement; DROP TABLE part; DROP TABLE dyad; DROP TABLE tie; DROP TABLE term;` +
		tablesOf("engagement", "part", "actor_part", "dyad", "tie", "term"),
	3: `ALTER TABLE load ADD COLUMN copied INTEGER;
		DROP INDEX statement_recorded; DROP INDEX statement_closed;
		CREATE INDEX statement_recorded ON statement (recordedFrom, source, kind, key);
		CREATE INDEX statement_closed ON statement (recordedTo, source, kind, key) WHERE recordedTo < 4611686018427387903;`,
	4: `ALTER TABLE load ADD COLUMN putOff INTEGER NOT NULL DEFAULT 0`,
	5: `DROP TABLE engagement; DROP TABLE tenure; DROP TABLE assertion; DROP TABLE existence;` +
		tablesOf("engagement", "tenure", "assertion", "actor_account"),
	6:  tablesOf("membership"),
	7:  tablesOf("representation"),
	8:  ``, // names are found by other terms
	9:  ``, // engagements are found by their handles and identifiers too
	10: ``, // facts say who takes part for certain, what may be in force, and how long a period was observed
}

// reindexed is the newest version of the schema in which tables of index rows changed, or what graph.Index makes of a
// statement: files of older ones have all their index rows derived anew. Statements are closed and discarded by
// deriving their rows again, so a store must never hold rows that another graph.Index made.
const reindexed = 11

// tablesOf gives what the schema says of tables, with their indexes.
func tablesOf(names ...string) (text string) {
	comments := regexp.MustCompile(`(?m)^--.*$`)
	for order := range strings.SplitAfterSeq(comments.ReplaceAllString(schema, ""), ";") {
		for _, name := range names {
			if strings.Contains(order, "CREATE TABLE "+name+" (") || strings.Contains(order, " ON "+name+" (") {
				text += order
			}
		}
	}
	return text
}

// errEmpty says that a file holds no database yet.
var errEmpty = fmt.Errorf("%w: it is empty; nothing was ever loaded into it", graph.ErrInvalid)

// errOld says that an older program wrote the file.
var errOld = fmt.Errorf("%w: an older program wrote it, and it must be brought up to date first: open it where it can be written (entente loads does)", graph.ErrUnavailable)

// prepareFile makes the tables in an empty file, brings an older one up to date, or checks that they are
// ours. Several processes may do it at once.
func prepareFile(ctx context.Context, db *sql.DB, create bool) error {
	err := checkFile(ctx, db)
	switch {
	case errors.Is(err, errEmpty) && create:
		if _, err := db.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
			return err
		}
	case errors.Is(err, errOld):
	default:
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	err = checkFile(ctx, tx)
	switch {
	case errors.Is(err, errEmpty):
		err = createTables(ctx, tx)
	case errors.Is(err, errOld):
		err = migrate(ctx, tx)
	}
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func migrate(ctx context.Context, begun *sql.Tx) error {
	var version int64
	if err := begun.QueryRowContext(ctx, "SELECT user_version FROM pragma_user_version").Scan(&version); err != nil {
		return err
	}
	from := version
	for ; version < schemaVersion; version++ {
		if _, err := begun.ExecContext(ctx, migrations[version]); err != nil {
			return fmt.Errorf("from schema %d to %d: %w", version, version+1, err)
		}
	}
	if from < reindexed {
		t := &tx{Tx: begun, pool: &cached{stmts: map[string]*sql.Stmt{}}, fresh: map[string]*sql.Stmt{}}
		if err := t.rebuild(ctx, nil); err != nil {
			return fmt.Errorf("derive the index rows anew: %w", err)
		}
	}
	_, err := begun.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", schemaVersion))
	return err
}

func createTables(ctx context.Context, tx *sql.Tx) error {
	text := fmt.Sprintf("%s;\nPRAGMA application_id = %d; PRAGMA user_version = %d", schema, applicationID, schemaVersion)
	if _, err := tx.ExecContext(ctx, text); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO store (one, id, head, burned) VALUES (1, ?, 0, 0)", rand.Text())
	return err
}

type rowQuerier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// checkFile tells whether the file is a store that this program can read; errEmpty if there is nothing in it.
func checkFile(ctx context.Context, db rowQuerier) error {
	var app, version, tables int64
	err := db.QueryRowContext(ctx, `SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_application_id, pragma_user_version`).Scan(&app, &version, &tables)
	switch {
	case err != nil:
		return err
	case app == 0 && tables == 0:
		return errEmpty
	case app != applicationID:
		return fmt.Errorf("%w: it is a SQLite database, but not an Entente store", graph.ErrInvalid)
	case version > schemaVersion:
		return fmt.Errorf("%w: a newer program wrote it (schema %d; this one reads up to %d): use that program", graph.ErrInvalid, version, schemaVersion)
	case version < schemaVersion:
		return errOld
	}
	return nil
}
