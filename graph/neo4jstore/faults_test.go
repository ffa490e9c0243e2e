package neo4jstore

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/internal/neo4jtest"
	"github.com/entente-graph/entente/internal/neo4jtest/wire"
	"github.com/entente-graph/entente/internal/testneeds"
)

var faultSeed = flag.Uint64("faultseed", 0, "the seed of the moments at which connections are cut; 0: another each time")

func newFaultSeed() uint64 {
	if *faultSeed != 0 {
		return *faultSeed
	}
	return rand.Uint64N(1 << 32) //nolint:gosec // printed, so that it can be made again
}

// storyBatches is of how many batches the second load is.
func storyBatches() int {
	if testneeds.Long() {
		return 20
	}
	return fewBatches
}

// sent is how many messages of a kind an order sends.
type sent map[wire.Message]int

// undisturbed is what the story leaves where nothing happens, and what each order sends.
type undisturbed struct {
	left  string
	whole []string
	sent  map[string]sent
}

// fewBatches is of how many batches the second load is where they are enough.
const fewBatches = 6

// told are undisturbed stories by the number of batches: a test binary tells each once.
var told = map[int]*undisturbed{}

// tellUndisturbed tells the story to a store on the server, and to one in a file, which must leave the same.
func tellUndisturbed(t *testing.T, server *neo4jtest.Server, batches int) *undisturbed {
	t.Helper()
	if u := told[batches]; u != nil {
		return u
	}
	ctx := t.Context()
	u := &undisturbed{sent: map[string]sent{}}
	clearStory(t, server)
	proxy := wire.Listen(t, server.URI)
	st := newStory(t, server, proxy.URI, batches, Options{})
	began := time.Now()
	if err := st.tell(ctx, func(s step, give func() error) error {
		proxy.Forget()
		err := give()
		counts := sent{}
		for _, m := range []wire.Message{wire.Begin, wire.Run, wire.Commit} {
			counts[m] = proxy.Sent(m)
		}
		u.sent[s.name] = counts
		return err
	}); err != nil {
		t.Fatal(err)
	}
	t.Logf("undisturbed, it takes %s", time.Since(began))
	u.left, u.whole = leftIn(t, st.store), whole(ctx, t, st.store.(*Store)) //nolint:forcetypeassert // newStory opens it

	file := &story{t: t, batches: st.batches, open: func() (graph.Store, error) {
		return sqlitestore.Open(filepath.Join(t.TempDir(), "story.db"), sqlitestore.Create())
	}}
	if err := file.tell(ctx, func(_ step, give func() error) error { return give() }); err != nil {
		t.Fatal(err)
	}
	if other := leftIn(t, file.store); other != u.left {
		t.Fatalf("the same orders leave in a file\n%s\nand on the server\n%s", other, u.left)
	}
	if err := file.store.Close(); err != nil {
		t.Fatal(err)
	}
	told[batches] = u
	return u
}

// clearStory empties the server's store.
func clearStory(t testing.TB, server *neo4jtest.Server) {
	t.Helper()
	s, err := Open(context.Background(), optionsOf(server))
	if err != nil {
		t.Fatal(err)
	}
	empty(context.Background(), t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// newStory is told to a store at an address.
func newStory(t testing.TB, server *neo4jtest.Server, uri string, batches int, o Options) *story {
	st := &story{t: t, batches: batches}
	o.URI, o.User, o.Password = uri, server.User, server.Password
	st.open = func() (graph.Store, error) { return Open(context.Background(), o) }
	t.Cleanup(func() {
		if st.store != nil {
			if err := st.store.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	return st
}

func leftIn(t testing.TB, s graph.Store) string {
	t.Helper()
	text, err := left(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// want checks that a store holds what the undisturbed story left: for readers, and to the last node and row.
func (u *undisturbed) want(t *testing.T, server *neo4jtest.Server) {
	t.Helper()
	s, err := Open(context.Background(), optionsOf(server))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := leftIn(t, s); got != u.left {
		t.Errorf("disturbed, the orders leave (+) what they do not leave otherwise (-):\n%s", difference(strings.Split(got, "\n"), strings.Split(u.left, "\n")))
	}
	if got := whole(context.Background(), t, s); difference(got, u.whole) != "" {
		t.Errorf("disturbed, the database holds (+) what it does not hold otherwise (-):\n%s", difference(got, u.whole))
	}
}

// A moment is when something happens to an order's connection.
type moment struct {
	name    string
	message wire.Message
	part    float64 // which of the messages of this kind: 0 the first, 1 the last
	when    wire.When
}

// moments are those of one order: before its first question, in its midst, and around its commit.
var moments = []moment{
	{"before the first RUN", wire.Run, 0, wire.Before},
	{"after a RUN", wire.Run, 0.5, wire.Answered},
	{"before COMMIT", wire.Commit, 0, wire.Before},
	{"in COMMIT, which the server has", wire.Commit, 0, wire.Forwarded},
	{"after COMMIT, unheard", wire.Commit, 0, wire.Answered},
	{"in a RUN", wire.Run, 0.3, wire.Within},
	{"after BEGIN", wire.Begin, 0, wire.Answered},
	{"before the last COMMIT", wire.Commit, 1, wire.Before},
	{"after the last COMMIT, unheard", wire.Commit, 1, wire.Answered},
	{"in a COMMIT, which the server has", wire.Commit, 0.5, wire.Forwarded},
	{"before the last RUN", wire.Run, 1, wire.Before},
}

// number is which message of a kind it is, of as many as an order sends; 0: it sends none.
func (m moment) number(of sent) int {
	n := of[m.message]
	if n == 0 {
		return 0
	}
	return 1 + int(m.part*float64(n-1)+0.5)
}

// TestCut cuts the connection in every order of a story, at each of the moments in turn. The store gives the order again by
// itself, and in the end all is as if nothing had happened: nothing twice, nothing missing.
func TestCut(t *testing.T) {
	server := neo4jtest.Start(t)
	u := tellUndisturbed(t, server, storyBatches())
	seed := newFaultSeed()
	t.Logf("-faultseed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // a test wants the same again, not secrets
	type run struct {
		name string
		pick func() moment
	}
	runs := []run{{"at random", func() moment {
		m := moments[random.IntN(len(moments))]
		m.part = random.Float64()
		return m
	}}}
	if testneeds.Long() {
		for _, m := range moments {
			runs = append(runs, run{m.name, func() moment { return m }})
		}
	}
	for _, r := range runs {
		t.Run(r.name, func(t *testing.T) {
			clearStory(t, server)
			proxy := wire.Listen(t, server.URI)
			st := newStory(t, server, proxy.URI, storyBatches(), Options{})
			cuts := 0
			if err := st.tell(t.Context(), func(s step, give func() error) error {
				proxy.Forget()
				m := r.pick()
				n := m.number(u.sent[s.name])
				if n == 0 {
					return give()
				}
				cut := proxy.Cut(m.message, n, m.when)
				err := give()
				if errors.Is(err, graph.ErrUnavailable) && s.name == stepOpen {
					err = give() // to open is not tried again by itself
				}
				if !cut.Happened() {
					t.Errorf("%s: %s (%d of %d) did not come", s.name, cut, n, u.sent[s.name][m.message])
				}
				cuts++
				return err
			}); err != nil {
				t.Fatal(err)
			}
			t.Logf("%d orders were cut", cuts)
			u.want(t, server)
		})
	}
}

// TestGone takes the server away at a moment of an order, for longer than the store tries. The order fails as unavailable,
// and once the server is back whoever gave it finds out whether it was carried out, or gives it again.
func TestGone(t *testing.T) {
	server := neo4jtest.Start(t)
	u := tellUndisturbed(t, server, storyBatches())
	seed := newFaultSeed()
	t.Logf("-faultseed %d", seed)
	random := rand.New(rand.NewPCG(seed, 2)) //nolint:gosec // a test wants the same again, not secrets
	runs := moments[2:5]
	const share = 3 // of how many batches one is disturbed
	if !testneeds.Long() {
		runs = []moment{moments[random.IntN(len(moments))]}
	}
	for _, m := range runs {
		t.Run(m.name, func(t *testing.T) {
			clearStory(t, server)
			proxy := wire.Listen(t, server.URI)
			st := newStory(t, server, proxy.URI, storyBatches(), Options{RetryTime: 300 * time.Millisecond})
			failed := 0
			if err := st.tell(t.Context(), func(s step, give func() error) error {
				proxy.Forget()
				n := m.number(u.sent[s.name])
				if n == 0 || strings.HasPrefix(s.name, "Write batch") && random.IntN(share) > 0 || strings.HasSuffix(s.name, "the last load") {
					return patiently(give)
				}
				proxy.At(m.message, n, m.when, proxy.Down)
				err := give()
				if err := proxy.Up(); err != nil {
					return err
				}
				if err == nil {
					if s.name != stepErase && !strings.HasPrefix(s.name, "Commit") { // of which the end, marking what is current, may fail
						return errors.New("it succeeded though the server was gone")
					}
					return nil
				}
				failed++
				return giveAgain(t.Context(), s, err)
			}); err != nil {
				t.Fatal(err)
			}
			t.Logf("%d orders failed", failed)
			if failed < 8 {
				t.Errorf("only %d orders failed", failed)
			}
			u.want(t, server)
		})
	}
}

// TestCutWhileMade cuts the connection while a store is made in an empty database: who opens it again has the whole.
func TestCutWhileMade(t *testing.T) {
	server := neo4jtest.Start(t)
	ctx := t.Context()
	schema := func(s *Store) (lines []string) {
		for _, text := range []string{
			"SHOW INDEXES YIELD name, type, state WHERE type <> 'LOOKUP' RETURN name + ' ' + type + ' ' + state AS line",
			"MATCH (n:Migration) RETURN 'migration ' + n.name AS line", "MATCH (h:Head) RETURN 'head ' + h.load + ' ' + h.burned AS line",
		} {
			for _, r := range send(ctx, t, s, text) {
				lines = append(lines, fmt.Sprint(r.Values[0]))
			}
		}
		return lines
	}
	// try opens the store in a database without any, cut at a moment; again if need be.
	try := func(m *moment, of sent) ([]string, sent) {
		t.Helper()
		if err := server.Clear(ctx); err != nil {
			t.Fatal(err)
		}
		proxy := wire.Listen(t, server.URI)
		o := optionsOf(server)
		o.URI = proxy.URI
		var cut *wire.Event
		if m != nil {
			cut = proxy.Cut(m.message, m.number(of), m.when)
		}
		s, err := Open(ctx, o)
		if cut != nil && !cut.Happened() {
			t.Errorf("%s: it did not come", m.name)
		}
		if err != nil {
			if m == nil || !errors.Is(err, graph.ErrUnavailable) {
				t.Fatal(err)
			}
			if s, err = Open(ctx, o); err != nil {
				t.Fatal(err)
			}
		}
		defer s.Close()
		counts := sent{wire.Run: proxy.Sent(wire.Run), wire.Begin: proxy.Sent(wire.Begin), wire.Commit: proxy.Sent(wire.Commit)}
		return schema(s), counts
	}
	want, of := try(nil, nil)
	all := moments
	if !testneeds.Long() {
		all = moments[1:5:5]
	}
	for _, m := range all {
		if got, _ := try(&m, of); difference(got, want) != "" {
			t.Errorf("%s: the database has (+) what it has not otherwise (-):\n%s", m.name, difference(got, want))
		}
	}
}

// TestErasedUnheard loses the answer to an erasure, and lets another open a load before it is asked what came of it.
func TestErasedUnheard(t *testing.T) {
	server := neo4jtest.Start(t)
	clearStory(t, server)
	ctx := t.Context()
	proxy := wire.Listen(t, server.URI)
	st, other := newStory(t, server, proxy.URI, storyBatches(), Options{}), newStory(t, server, server.URI, storyBatches(), Options{})
	for _, s := range st.steps()[:4] { // up to the end of the first load
		if err := s.give(ctx); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if other.store, err = other.open(); err != nil {
		t.Fatal(err)
	}
	lost := proxy.At(wire.Commit, 1, wire.Answered, func() {
		if _, err := other.store.Open(ctx, st.info("meanwhile")); err != nil {
			t.Error(err)
		}
		proxy.CutAll()
	})
	id := graph.StatementID{Source: storySource, Kind: graph.StatementEngagement, Key: "wide"}
	l, err := st.store.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{id}, Reason: "a person asked"})
	if err != nil || l.Number != 2 || !lost.Happened() {
		t.Errorf("carried out, the erasure gives load %d, and %v", l.Number, err)
	}
	if u, err := st.store.Unfinished(ctx); err != nil || u == nil || u.Number != 3 {
		t.Errorf("the load that was opened meanwhile: %+v, %v", u, err)
	}
}

// patiently gives an order again while the store says that the server is away.
func patiently(give func() error) (err error) {
	for range 20 {
		if err = give(); !errors.Is(err, graph.ErrUnavailable) {
			return err
		}
	}
	return err
}

// giveAgain does what a caller does whose order failed: it looks whether it was carried out, or gives it again.
func giveAgain(ctx context.Context, s step, err error) error {
	for range 20 {
		if !errors.Is(err, graph.ErrUnavailable) {
			return fmt.Errorf("%w: %w", errWrongKind, err)
		}
		if s.done != nil {
			done, failed := s.done(ctx)
			if done {
				return nil
			}
			if err = failed; err != nil {
				continue
			}
		}
		if err = s.give(ctx); err == nil {
			return nil
		}
	}
	return err
}
