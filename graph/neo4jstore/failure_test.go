package neo4jstore

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/neo4jtest"
)

const secret = "sesame-open-1815"

// TestWhatIsSaidWhenAStoreCannotBeOpened goes through what people get wrong. Each has a text that says what it is, of one
// line, without the password and without what is sent.
func TestWhatIsSaidWhenAStoreCannotBeOpened(t *testing.T) {
	ctx := context.Background()
	server := neo4jtest.Own(t)
	at := strings.TrimPrefix(server.URI, "bolt://")
	noPEM := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(noPEM, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(o *Options)
		kind   error
		says   string
	}{
		"a wrong password":        {func(o *Options) { o.Password = secret }, graph.ErrInvalid, "does not accept the user and password"},
		"no user":                 {func(o *Options) { o.User, o.Password = "", secret }, graph.ErrInvalid, "does not accept the user and password"},
		"an unknown user":         {func(o *Options) { o.User = "nobody" }, graph.ErrInvalid, "does not accept the user and password"},
		"a wrong database":        {func(o *Options) { o.Database = "elsewhere" }, graph.ErrInvalid, "the server has no database of that name"},
		"no name of a database":   {func(o *Options) { o.Database = "not a name!" }, graph.ErrInvalid, "the server has no database of that name"},
		"routing, no such one":    {func(o *Options) { o.URI, o.Database = "neo4j://"+at, "elsewhere" }, graph.ErrInvalid, "the server has no database of that name"},
		"TLS where there is none": {func(o *Options) { o.URI = "bolt+s://" + at }, graph.ErrUnavailable, "check that TLS is enabled on the server"},
		"routing with such TLS":   {func(o *Options) { o.URI = "neo4j+s://" + at }, graph.ErrUnavailable, "check that TLS is enabled on the server"},
		"another scheme":          {func(o *Options) { o.URI = "http://" + at }, graph.ErrInvalid, "scheme http is not supported: write neo4j://host:7687"},
		"no scheme":               {func(o *Options) { o.URI = at }, graph.ErrInvalid, "write neo4j://host:7687"},
		"nothing":                 {func(o *Options) { o.URI = "" }, graph.ErrInvalid, "write neo4j://host:7687"},
		"a user in the address":   {func(o *Options) { o.URI = "neo4j://me:" + secret + "@" + at }, graph.ErrInvalid, "give user and password apart"},
		"a port that is none":     {func(o *Options) { o.URI = "neo4j://127.0.0.1:" + secret }, graph.ErrInvalid, "the port is no number: write neo4j://host:7687"},
		"a host that is none":     {func(o *Options) { o.URI = "neo4j://me:" + secret + ":7687" }, graph.ErrInvalid, "the host has a colon in it: write neo4j://host:7687"},
		"an address that is none": {func(o *Options) { o.URI = "neo4j://me:" + secret + "@/%zz" }, graph.ErrInvalid, "write neo4j://host:7687"},
		"nobody there":            {func(o *Options) { o.URI = "bolt://127.0.0.1:9" }, graph.ErrUnavailable, "the database does not answer: ConnectivityError: dial tcp 127.0.0.1:9: connect: connection refused"},
		"nobody there to route":   {func(o *Options) { o.URI = "neo4j://127.0.0.1:9" }, graph.ErrUnavailable, "the database does not answer"},
		"no file of certificates": {func(o *Options) { o.CAFile = noPEM + "x" }, graph.ErrInvalid, "the file of certificates: open " + noPEM + "x: no such file"},
		"no certificate in it":    {func(o *Options) { o.CAFile = noPEM }, graph.ErrInvalid, "holds none: it should be PEM"},
	} {
		t.Run(name, func(t *testing.T) {
			o := optionsOf(server)
			o.RetryTime = time.Second
			c.change(&o)
			s, err := Open(ctx, o)
			if err == nil {
				t.Fatal("it was opened", s.Close())
			}
			if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v: not %v that says %q", err, c.kind, c.says)
			}
			discreet(t, err, o.Password)
		})
	}
}

// discreet holds an error's text to what may be shown: it has one line, no password, and nothing of what is sent.
func discreet(t *testing.T, err error, password string) {
	t.Helper()
	var p *graph.Problem
	texts := []string{err.Error()}
	if errors.As(err, &p) {
		texts = append(texts, p.Message)
	}
	for _, text := range texts {
		for _, hidden := range []string{secret, password, "\n", "MATCH", "RETURN", "$load", "h.load"} {
			if hidden != "" && strings.Contains(text, hidden) {
				t.Errorf("%q shows %q", text, hidden)
			}
		}
	}
}

// TestWhatIsSaidOfAnAnswer goes through what a server answers that is no answer.
func TestWhatIsSaidOfAnAnswer(t *testing.T) {
	shown := "Invalid input 'h': expected an expression (line 1, column 30)\n\"MATCH (h:Head) RETURN secret h\"\n   ^"
	for code, c := range map[string]struct {
		kind error
		says string
	}{
		"Neo.ClientError.Statement.SyntaxError":                 {graph.ErrUnavailable, "does not understand the question: Neo.ClientError.Statement.SyntaxError: Invalid input 'h'"},
		"Neo.ClientError.Security.Unauthorized":                 {graph.ErrUnavailable, "does not accept the user and password"},
		"Neo.ClientError.Security.AuthenticationRateLimit":      {graph.ErrUnavailable, "does not accept the user and password"},
		"Neo.ClientError.Security.CredentialsExpired":           {graph.ErrUnavailable, "wants the password changed"},
		"Neo.ClientError.Security.Forbidden":                    {graph.ErrUnavailable, "does not allow its user"},
		"Neo.ClientError.Database.DatabaseNotFound":             {graph.ErrUnavailable, "no database of that name"},
		"Neo.TransientError.General.DatabaseUnavailable":        {graph.ErrUnavailable, "starting or recovering"},
		"Neo.TransientError.General.MemoryPoolOutOfMemoryError": {graph.ErrUnavailable, "not enough memory"},
		"Neo.ClientError.Transaction.TransactionTimedOut":       {context.DeadlineExceeded, "deadline"},
		"Neo.ClientError.Schema.ConstraintValidationFailed":     {graph.ErrConflict, "it is there already"},
		"Neo.DatabaseError.General.UnknownError":                {graph.ErrUnavailable, "Neo.DatabaseError.General.UnknownError"},
	} {
		msg := "what the server says"
		if strings.Contains(code, ".Statement.") {
			msg = shown
		}
		err := error(&neo4j.Neo4jError{Code: code, Msg: msg})
		failed(context.Background(), &err, "ask %s", "something")
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), "ask something: ") {
			t.Errorf("%s: %v: not %v that says %q", code, err, c.kind, c.says)
		}
		discreet(t, err, "")
	}
}
