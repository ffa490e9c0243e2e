package neo4jstore

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/notifications"

	"github.com/entente-graph/entente/graph"
)

// Options say which database it is, and how to reach it.
type Options struct {
	URI      string // neo4j://host:7687 and the like; +s for TLS, bolt for one server without routing
	Database string // the database's name; empty: neo4j
	User     string // empty: the server asks for none
	Password string
	CAFile   string // certificates to trust beside the system's, PEM; empty: none
	Pool     int    // most connections at once; 0: 100

	ConnectTimeout time.Duration // for a new connection, or one of the pool; 0: 5 s
	RetryTime      time.Duration // for how long an order is tried again while the database is away; 0: 30 s
	Lease          time.Duration // for how long an open load is left alone after its last batch; 0: 30 s
	ReadOnly       bool          // all orders fail, and the database must hold a store
}

// Store is the graph in one Neo4j database. It is safe for concurrent use, and for use by many processes at once. It keeps
// nothing but connections, and which load it has seen.
type Store struct {
	o      Options
	driver neo4j.DriverWithContext
	holder string
	seen   atomic.Int64 // the newest load known to be committed; the head never goes back
	trips  atomic.Int64 // what was sent and waited for
}

var _ graph.Store = (*Store)(nil)

// Open connects to the database, and makes the store in it, or brings that up to date, unless o.ReadOnly. A database that
// does not answer is graph.ErrUnavailable; a read-only one without a store is graph.ErrNotFound; what waiting does not mend, as
// a password that is refused, a database that is not there, a store that a newer program wrote or an address that is none, is
// graph.ErrInvalid.
func Open(ctx context.Context, o Options) (_ *Store, err error) {
	defer failed(ctx, &err, "open the store in Neo4j")
	s, err := connect(o)
	if err != nil {
		return nil, err
	}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(refusedToOpen(err), s.driver.Close(context.WithoutCancel(ctx)))
	}
	return s, nil
}

func connect(o Options) (*Store, error) {
	if o.Database == "" {
		o.Database = "neo4j"
	}
	if o.Pool == 0 {
		o.Pool = 100
	}
	for _, d := range []struct {
		value    *time.Duration
		standard time.Duration
	}{{&o.ConnectTimeout, 5 * time.Second}, {&o.RetryTime, 30 * time.Second}, {&o.Lease, 30 * time.Second}} {
		if *d.value == 0 {
			*d.value = d.standard
		}
	}
	auth := neo4j.NoAuth()
	if o.User != "" {
		auth = neo4j.BasicAuth(o.User, o.Password, "")
	}
	trusted, err := trust(o.CAFile)
	if err != nil {
		return nil, err
	}
	if err := checkAddress(o.URI); err != nil {
		return nil, err
	}
	driver, err := neo4j.NewDriverWithContext(o.URI, auth, func(c *config.Config) {
		c.MaxConnectionPoolSize = o.Pool
		c.ConnectionAcquisitionTimeout = o.ConnectTimeout
		c.SocketConnectTimeout = o.ConnectTimeout
		c.ConnectionLivenessCheckTimeout = livenessCheck
		c.MaxTransactionRetryTime = o.RetryTime
		c.TelemetryDisabled = true
		c.UserAgent = "entente"
		c.NotificationsMinSeverity = notifications.DisabledLevel
		c.TlsConfig = trusted
	})
	if err != nil {
		return nil, badAddress(err)
	}
	return &Store{o: o, driver: driver, holder: holderName()}, nil
}

// RoundTrips gives how often something was sent to the server and waited for: each question, and each step of an order.
func (s *Store) RoundTrips() int64 { return s.trips.Load() }

// livenessCheck is after how long without use a connection is tried before it is used: a server that was started anew has
// closed all of them.
const livenessCheck = 5 * time.Second

// trust reads certificates to be trusted beside the system's; without any the driver does as it always does.
func trust(file string) (*tls.Config, error) {
	if file == "" {
		return nil, nil //nolint:nilnil // the driver's own
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, graph.BadInput("the file of certificates: %v", err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, graph.BadInput("the file of certificates %s holds none: it should be PEM, beginning with -----BEGIN CERTIFICATE-----", file)
	}
	return &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}, nil
}

// Close ends all use of the store.
func (s *Store) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), s.o.ConnectTimeout)
	defer cancel()
	return s.driver.Close(ctx)
}

// holderName is how a lease says who has it.
func holderName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "an unnamed host"
	}
	return fmt.Sprintf("process %d on %s", os.Getpid(), host)
}

// newToken is a random name for a lease, an order or a store.
func newToken() string { return rand.Text() }
