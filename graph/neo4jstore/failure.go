package neo4jstore

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-graph/entente/graph"
)

// failed names what was asked before the kind and the reason. A cancelled question says so, whatever the driver made of it.
func failed(ctx context.Context, err *error, format string, args ...any) {
	if *err == nil {
		return
	}
	if cause := ctx.Err(); cause != nil && !errors.Is(*err, cause) {
		*err = cause
	}
	*err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), kindOf(*err))
}

// kindOf gives an error one of graph's kinds; what has one keeps it.
func kindOf(err error) error {
	for _, kind := range []error{
		context.Canceled, context.DeadlineExceeded, graph.ErrNotFound, graph.ErrInvalid, graph.ErrAmbiguous,
		graph.ErrConflict, graph.ErrUnavailable, graph.ErrGone,
	} {
		if errors.Is(err, kind) {
			return err
		}
	}
	var server *neo4j.Neo4jError
	if errors.As(err, &server) {
		return ofServer(server)
	}
	if away(err) {
		return fmt.Errorf("%w: the database does not answer: %w", graph.ErrUnavailable, err)
	}
	return fmt.Errorf("%w: %w", graph.ErrUnavailable, err)
}

// ofServer says in the words of a person what the database answered.
func ofServer(err *neo4j.Neo4jError) error {
	switch err.Code {
	case "Neo.ClientError.Transaction.TransactionTimedOut", "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration":
		return fmt.Errorf("%w: %w", context.DeadlineExceeded, err)
	case "Neo.ClientError.Schema.ConstraintValidationFailed":
		return fmt.Errorf("%w: it is there already: %w", graph.ErrConflict, err)
	}
	if strings.HasPrefix(err.Code, "Neo.ClientError.Statement.") { // the lines that follow show the text that was sent
		first, _, _ := strings.Cut(err.Msg, "\n")
		return fmt.Errorf("%w: the database does not understand the question: %s: %s", graph.ErrUnavailable, err.Code, first)
	}
	if plain := plainly(err.Code); plain != "" {
		return fmt.Errorf("%w: %s: %w", graph.ErrUnavailable, plain, err)
	}
	return fmt.Errorf("%w: %w", graph.ErrUnavailable, err)
}

// plainly says what a code of the server means to a person who has set the store up; empty for what only the server can say.
func plainly(code string) string {
	switch code {
	case "Neo.ClientError.Security.Unauthorized", "Neo.ClientError.Security.AuthenticationRateLimit":
		return "the database does not accept the user and password"
	case "Neo.ClientError.Security.CredentialsExpired":
		return "the database wants the password changed before anything else"
	case "Neo.ClientError.Security.Forbidden":
		return "the database does not allow its user to do this"
	case "Neo.ClientError.Database.DatabaseNotFound":
		return "the server has no database of that name"
	case "Neo.TransientError.Database.DatabaseUnavailable", "Neo.TransientError.General.DatabaseUnavailable":
		return "the database is starting or recovering"
	case "Neo.TransientError.General.MemoryPoolOutOfMemoryError", "Neo.TransientError.General.OutOfMemoryError":
		return "the database has not enough memory for this"
	default:
		return ""
	}
}

// away tells whether the database could not be reached, or went away: then what was sent may have been done or not.
func away(err error) bool {
	var connection *neo4j.ConnectivityError
	return errors.As(err, &connection)
}

// refusedToOpen says of what a server refused that waiting does not mend it: the user, or the database's name.
func refusedToOpen(err error) error {
	var server *neo4j.Neo4jError
	if errors.As(err, &server) && (strings.HasPrefix(server.Code, "Neo.ClientError.Security.") || server.Code == "Neo.ClientError.Database.DatabaseNotFound") {
		return graph.BadInput("%s", plainly(server.Code))
	}
	return err
}

// checkAddress refuses an address in which a user stands: the driver would pass over it, and who prints the address would
// print the password.
func checkAddress(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return badAddress(err)
	}
	if u.User != nil {
		return graph.BadInput("the address of the store names a user: give user and password apart from it")
	}
	if strings.Contains(u.Hostname(), ":") && !strings.HasPrefix(u.Host, "[") {
		return badAddress(errors.New("the host has a colon in it"))
	}
	return nil
}

// badAddress says what an address should be. It does not repeat it: there may be a password in it.
func badAddress(err error) error {
	var parsing *url.Error
	if errors.As(err, &parsing) {
		err = parsing.Err
	}
	if strings.HasPrefix(err.Error(), "invalid port") {
		err = errors.New("the port is no number")
	}
	return graph.BadInput("the address of the store: %v: write neo4j://host:7687, neo4j+s://host:7687 for TLS, or bolt://host:7687 for one server without routing", err)
}
