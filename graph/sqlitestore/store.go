package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	sqlite "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/entente-graph/entente/graph"
)

// Store is one SQLite file. It is safe for concurrent use, and for use by several processes at once.
type Store struct {
	path     string
	readOnly bool
	lease    time.Duration
	holder   string
	sizes    sizes

	reads, writes *cached
	puttingIn     sync.Mutex
	head          atomic.Int64 // the newest load known to be committed; the head never goes back
}

var _ graph.Store = (*Store)(nil)

// An Option changes how a store is opened.
type Option func(*options)

type options struct {
	create, readOnly bool
	lease            time.Duration
	maxPages         int64
	sizes            sizes
}

// Create makes the file where there is none.
func Create() Option { return func(o *options) { o.create = true } }

// ReadOnly opens the file without the right to write it; all orders fail with graph.ErrUnavailable.
func ReadOnly() Option { return func(o *options) { o.readOnly = true } }

// Lease sets for how long an open load is left alone after its last batch; 30 seconds unless said otherwise. After
// that, or as soon as its process is known to be gone, anyone can take it over.
func Lease(d time.Duration) Option { return func(o *options) { o.lease = d } }

// MaxPages bounds the file to so many pages, of 4 KB unless another program made it: what would not fit fails as on a
// full disk. A load takes back what it wrote then.
func MaxPages(n int64) Option { return func(o *options) { o.maxPages = n } }

// PutOff sets of how many statements of a load the index rows go in with them, and of how many more they are put in
// together; 10,000 and 250,000 unless said otherwise.
func PutOff(directly, together int) Option {
	return func(o *options) { o.sizes = sizes{directly: int64(directly), together: int64(together)} }
}

// busyWait is how long a write waits for another process's to end; readers never wait for writers.
const busyWait = 10 * time.Second

// Open opens the store in a file. Without Create a missing file is graph.ErrNotFound; a file that is not a store, or
// one written by a newer program, is graph.ErrInvalid.
func Open(path string, opts ...Option) (*Store, error) {
	o := options{lease: 30 * time.Second, sizes: usualSizes}
	for _, opt := range opts {
		opt(&o)
	}
	s, err := open(path, o)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	return s, nil
}

func open(path string, o options) (*Store, error) {
	if path == "" || path == ":memory:" {
		return nil, fmt.Errorf("%w: a store is a file; give its path", graph.ErrInvalid)
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return nil, fmt.Errorf("%w: it is a folder; a store is a file", graph.ErrInvalid)
	case errors.Is(err, fs.ErrNotExist) && (!o.create || o.readOnly):
		return nil, fmt.Errorf("%w: there is no such file", graph.ErrNotFound)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w: %w", graph.ErrUnavailable, err)
	case err == nil && !o.readOnly:
		if err := mayWrite(path); err != nil {
			return nil, err
		}
	}
	s := &Store{path: path, readOnly: o.readOnly, lease: o.lease, holder: holderName(), sizes: o.sizes}
	ctx := context.Background()
	if o.readOnly {
		s.reads, err = openReadOnly(ctx, path)
		if err == nil {
			err = checkFile(ctx, s.reads.db)
		}
		if errors.Is(err, errOld) {
			return openUpdated(path, o, errors.Join(s.Close(), err))
		}
		if err != nil {
			return nil, errors.Join(kindOf(err), s.Close())
		}
		return s, nil
	}
	params := []string{
		"mode=" + openMode(o), "_txlock=immediate", "_pragma=synchronous(FULL)",
		// For loads: room for the pages that a batch touches, and a log that is folded in every 128 MB, by when many of
		// its pages were written more than once.
		fmt.Sprintf("_pragma=cache_size(-%d)", writeCache), "_pragma=wal_autocheckpoint(32768)",
	}
	if o.maxPages > 0 {
		params = append(params, fmt.Sprintf("_pragma=max_page_count(%d)", o.maxPages))
	}
	if s.writes, err = pool(path, 1, params...); err == nil {
		if err = prepareFile(ctx, s.writes.db, o.create); err == nil {
			s.reads, err = pool(path, max(4, 2*runtime.GOMAXPROCS(0)), "mode=rw", "_pragma=query_only(1)")
		}
	}
	if err != nil {
		return nil, errors.Join(kindOf(err), s.Close())
	}
	return s, nil
}

// writeCache is how many KB of pages the connection that writes keeps in memory.
const writeCache = 32 << 10

// mayWrite tells at once what SQLite tells at the first write: it opens what cannot be written for reading.
func mayWrite(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", graph.ErrUnavailable, plainly(sqlite3.SQLITE_READONLY, "its file"), err)
	}
	return f.Close()
}

// openUpdated brings a file of an older program up to date, where it can be written, and opens it for reading.
func openUpdated(path string, o options, old error) (*Store, error) {
	s, err := open(path, options{lease: o.lease, sizes: o.sizes})
	if err != nil {
		return nil, old
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return open(path, o)
}

func openMode(o options) string {
	if o.create {
		return "rwc"
	}
	return "rw"
}

// openReadOnly opens a file that cannot be written. In a folder that cannot be written either, SQLite can read a WAL
// database only when it is told that nobody changes it, which is so as long as no -wal file stands beside it.
func openReadOnly(ctx context.Context, path string) (*cached, error) {
	conns := max(4, 2*runtime.GOMAXPROCS(0))
	c, err := pool(path, conns, "mode=ro")
	if err != nil {
		return nil, err
	}
	var n int
	err = c.db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&n)
	if code(err) == sqlite3.SQLITE_CANTOPEN || code(err) == sqlite3.SQLITE_READONLY {
		if _, walErr := os.Stat(path + "-wal"); errors.Is(walErr, fs.ErrNotExist) {
			return openImmutable(path, conns, c)
		}
	}
	return c, err
}

func openImmutable(path string, conns int, failed *cached) (*cached, error) {
	if err := failed.Close(); err != nil {
		return nil, err
	}
	return pool(path, conns, "mode=ro", "immutable=1")
}

// Close ends all use of the store.
func (s *Store) Close() error {
	err := errors.Join(s.reads.Close(), s.writes.Close())
	if err != nil {
		return fmt.Errorf("close store %s: %w", s.path, err)
	}
	return nil
}

// cached is a pool of connections with its prepared statements: of a finite set of texts each is compiled once per connection.
type cached struct {
	db    *sql.DB
	mu    sync.RWMutex
	stmts map[string]*sql.Stmt
}

func pool(path string, conns int, params ...string) (*cached, error) {
	dsn := (&url.URL{Scheme: "file", Opaque: escape(path)}).String() +
		fmt.Sprintf("?_pragma=busy_timeout(%d)&_pragma=cache_size(-16384)&_pragma=automatic_index(0)", busyWait.Milliseconds())
	for _, p := range params {
		dsn += "&" + p
	}
	if err := registered(); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return &cached{db: db, stmts: map[string]*sql.Stmt{}}, nil
}

// escape keeps the slashes of a path and escapes what a file: address gives a meaning to.
func escape(path string) string { return (&url.URL{Path: path}).EscapedPath() }

// Close closes statements and connections.
func (c *cached) Close() error {
	if c == nil {
		return nil
	}
	var errs []error
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, st := range c.stmts {
		errs = append(errs, st.Close())
	}
	return errors.Join(append(errs, c.db.Close())...)
}

func (c *cached) stmt(ctx context.Context, text string) (*sql.Stmt, error) {
	c.mu.RLock()
	st := c.stmts[text]
	c.mu.RUnlock()
	if st != nil {
		return st, nil
	}
	st, err := c.db.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if other := c.stmts[text]; other != nil {
		return other, st.Close()
	}
	c.stmts[text] = st
	return st, nil
}

// query runs a read and calls scan for each row.
func (s *Store) query(ctx context.Context, text string, args []any, scan func(*sql.Rows) error) (err error) {
	defer func() { err = s.plainly(err) }()
	st, err := s.reads.stmt(ctx, text)
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// code gives SQLite's primary result code of an error, or -1.
func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return -1
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
	if text := plainly(code(err), "its file"); text != "" {
		return fmt.Errorf("%w: %s: %w", graph.ErrUnavailable, text, err)
	}
	if code(err) == sqlite3.SQLITE_NOTADB {
		return fmt.Errorf("%w: it is not an Entente store", graph.ErrInvalid)
	}
	return fmt.Errorf("%w: %w", graph.ErrUnavailable, err)
}

// failed names what was asked before the kind and the reason. A cancelled question says so, whatever SQLite made of it.
func failed(ctx context.Context, err *error, format string, args ...any) {
	if *err == nil {
		return
	}
	if cause := ctx.Err(); cause != nil && !errors.Is(*err, cause) {
		*err = cause
	}
	*err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), kindOf(*err))
}
