package sqlitestore

import (
	"errors"
	"fmt"

	sqlite3 "modernc.org/sqlite/lib"

	"github.com/entente-graph/entente/graph"
)

// plainly says what has happened to a file and what to do about it, in the words of a person; empty for what only SQLite
// can say.
func plainly(code int, file string) string {
	switch code {
	case sqlite3.SQLITE_FULL:
		return "there is no room left on the disk for " + file + ": make room there, then go on"
	case sqlite3.SQLITE_IOERR:
		if limit, ok := fileLimit(); ok {
			return fmt.Sprintf("the system does not carry out what is written to %s: files may have at most %d bytes here (ulimit -f): raise that, then go on", file, limit)
		}
		return "the system does not carry out what is read or written in " + file + ": the disk is full or fails, a quota is used up, or the folder is gone: mend that, then go on"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return file + " may not be written: it, or the folder it is in, is read-only for this user: change that, or name another store"
	case sqlite3.SQLITE_CANTOPEN:
		return file + " cannot be opened: SQLite writes files beside it, and the folder is not there, not writable for this user, or on a full disk"
	case sqlite3.SQLITE_CORRUPT:
		return file + " is damaged: put a copy of it in its place, or make it anew from the sources"
	case sqlite3.SQLITE_BUSY:
		return fmt.Sprintf("another process has been writing to %s for more than %s: try again", file, busyWait)
	default:
		return ""
	}
}

// plainly names the store's file in an error of SQLite.
func (s *Store) plainly(err error) error {
	for _, kind := range []error{graph.ErrConflict, graph.ErrUnavailable, graph.ErrInvalid, graph.ErrNotFound} {
		if errors.Is(err, kind) {
			return err
		}
	}
	if text := plainly(code(err), "the store "+s.path); text != "" {
		return fmt.Errorf("%w: %s: %w", graph.ErrUnavailable, text, err)
	}
	return err
}
