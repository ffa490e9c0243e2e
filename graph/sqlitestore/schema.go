package sqlitestore

import (
	"context"
	"crypto/rand"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"

	"github.com/entente-graph/entente/graph"
)

//go:embed schema.sql
var schema string

const (
	applicationID = 0x456e7465 // "Ente": how a file says that it is a store
	schemaVersion = 1          // of schema.sql; a program reads those up to its own
)

// errEmpty says that a file holds no database yet.
var errEmpty = fmt.Errorf("%w: it is empty; nothing was ever loaded into it", graph.ErrInvalid)

// prepareFile makes the tables in an empty file, or checks that they are ours. Several processes may do it at once.
func prepareFile(ctx context.Context, db *sql.DB, create bool) error {
	err := checkFile(ctx, db)
	if !errors.Is(err, errEmpty) || !create {
		return err
	}
	if _, err := db.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	err = checkFile(ctx, tx)
	if errors.Is(err, errEmpty) {
		err = createTables(ctx, tx)
	}
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
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
	}
	return nil
}
