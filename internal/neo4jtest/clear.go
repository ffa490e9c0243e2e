package neo4jtest

import (
	"context"
	"fmt"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// marker is an index over nothing. It tells a database that tests may clear from one that they may not.
const marker = "entente_test_database"

// Clear deletes all data, constraints and indexes, as if the database were new.
func (s *Server) Clear(ctx context.Context) error {
	return s.with(ctx, func(session neo4j.SessionWithContext) error {
		drop, err := values(ctx, session, `
			SHOW CONSTRAINTS YIELD name RETURN 'DROP CONSTRAINT `+"`' + name + '`"+`' AS drop`)
		if err != nil {
			return err
		}
		indexes, err := values(ctx, session, `
			SHOW INDEXES YIELD name, type, owningConstraint WHERE type <> 'LOOKUP' AND owningConstraint IS NULL AND name <> '`+marker+`'
			RETURN 'DROP INDEX `+"`' + name + '`"+`' AS drop`)
		if err != nil {
			return err
		}
		for _, statement := range append(drop, indexes...) {
			if _, err := values(ctx, session, statement.(string)); err != nil {
				return err
			}
		}
		return clearData(ctx, session)
	})
}

// ClearData deletes all data, and keeps constraints and indexes.
func (s *Server) ClearData(ctx context.Context) error {
	return s.with(ctx, func(session neo4j.SessionWithContext) error { return clearData(ctx, session) })
}

func clearData(ctx context.Context, session neo4j.SessionWithContext) error {
	for _, statement := range []string{ // relationships first: all those of a hub at once are more than memory holds
		"MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS",
		"MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS",
	} {
		if _, err := values(ctx, session, statement); err != nil {
			return err
		}
	}
	return nil
}

// mark makes sure that tests may clear the database: it is empty, or an earlier run has marked it.
func (s *Server) mark(ctx context.Context) error {
	return s.with(ctx, func(session neo4j.SessionWithContext) error {
		marked, err := values(ctx, session, "SHOW INDEXES YIELD name WHERE name = '"+marker+"' RETURN name")
		if err != nil || len(marked) > 0 {
			return err
		}
		nodes, err := values(ctx, session, "MATCH (n) RETURN count(n)")
		if err != nil {
			return err
		}
		if nodes[0] != int64(0) {
			return fmt.Errorf("ENTENTE_TEST_NEO4J_URI: the database holds %v nodes that no test made, and tests clear it: name an empty one", nodes[0])
		}
		_, err = values(ctx, session, "CREATE INDEX "+marker+" FOR (n:EntenteTest) ON (n.nothing)")
		return err
	})
}

func (s *Server) with(ctx context.Context, do func(neo4j.SessionWithContext) error) error {
	driver, err := neo4j.NewDriverWithContext(s.URI, s.Auth())
	if err != nil {
		return err
	}
	defer driver.Close(ctx) //nolint:errcheck // what was asked was answered
	session := driver.NewSession(ctx, neo4j.SessionConfig{})
	defer session.Close(ctx) //nolint:errcheck // what was asked was answered
	return do(session)
}

// values runs a statement and returns the first column.
func values(ctx context.Context, session neo4j.SessionWithContext, statement string) ([]any, error) {
	result, err := session.Run(ctx, statement, nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", statement, err)
	}
	records, err := result.Collect(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", statement, err)
	}
	var list []any
	for _, record := range records {
		list = append(list, record.Values[0])
	}
	return list, nil
}

// ClearSession deletes all data of the database that a session is with.
func ClearSession(ctx context.Context, session neo4j.SessionWithContext) error {
	return clearData(ctx, session)
}
