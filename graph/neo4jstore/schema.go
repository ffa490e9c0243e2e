package neo4jstore

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-graph/entente/graph"
)

//go:embed migrations/*.cypher
var migrationFiles embed.FS

// A migration brings the database a step further: its statements are sent one by one, and can be sent again.
type migration struct {
	number     int64
	name       string
	statements []string
}

// migrations are numbered from 1, without a gap; what is in the database is recorded there.
func migrations() ([]migration, error) {
	files, err := fs.Glob(migrationFiles, "migrations/*.cypher")
	if err != nil {
		return nil, err
	}
	all := make([]migration, 0, len(files))
	for _, file := range files {
		content, err := migrationFiles.ReadFile(file)
		if err != nil {
			return nil, err
		}
		name := strings.TrimSuffix(path.Base(file), ".cypher")
		number, err := strconv.ParseInt(strings.SplitN(name, "_", 2)[0], 10, 64)
		if err != nil || number != int64(len(all)+1) {
			return nil, fmt.Errorf("the migration %s: its number should be %d", file, len(all)+1)
		}
		m := migration{number: number, name: name}
		for _, statement := range strings.Split(withoutComments(string(content)), ";") {
			if statement = strings.TrimSpace(statement); statement != "" {
				m.statements = append(m.statements, statement)
			}
		}
		all = append(all, m)
	}
	return all, nil
}

// prepare finds the store in the database, and makes it or brings it up to date where it may.
func (s *Store) prepare(ctx context.Context) error {
	all, err := migrations()
	if err != nil {
		return err
	}
	records, err := s.run(ctx, text("schema_version"), nil)
	if err != nil {
		return err
	}
	version, _ := records[0].Values[0].(int64)
	switch {
	case version > int64(len(all)):
		return graph.BadInput("the store was written by a newer program: it is at migration %d, this program knows %d; use the newer program", version, len(all))
	case version == int64(len(all)):
		return nil
	case s.o.ReadOnly && version == 0:
		return fmt.Errorf("the database %s: %w: it holds no store", s.o.Database, graph.ErrNotFound)
	case s.o.ReadOnly:
		return fmt.Errorf("%w: the store is at migration %d and this program needs %d: open it once for writing", graph.ErrUnavailable, version, len(all))
	}
	for _, m := range all[version:] {
		if m.number == derived && version > 0 {
			if err := s.RebuildIndex(ctx, nil); err != nil {
				return fmt.Errorf("migration %s: %w; a load that is open is finished, or discarded, by the program that began it", m.name, err)
			}
		}
		if err := s.migrate(ctx, m); err != nil {
			return fmt.Errorf("migration %s: %w", m.name, err)
		}
	}
	return nil
}

// derived is the newest migration with which what graph.Index makes of a statement changed: in a store of an older
// program everything is derived anew first. It may do so again, and that program may go on reading meanwhile.
const derived = 8

func (s *Store) migrate(ctx context.Context, m migration) (err error) {
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeWrite, DatabaseName: s.o.Database})
	defer func() { err = errors.Join(err, session.Close(ctx)) }()
	for _, statement := range append(m.statements, text("await_indexes")) {
		result, err := session.Run(ctx, statement, nil)
		if err != nil {
			return err
		}
		if _, err := result.Consume(ctx); err != nil {
			return err
		}
	}
	return s.order(ctx, func(t tx) error {
		return t.do(ctx, "record_migration", map[string]any{"number": m.number, "name": m.name, "id": newToken()})
	})
}
