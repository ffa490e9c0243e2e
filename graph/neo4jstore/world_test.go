package neo4jstore

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/neo4jtest"
	"github.com/entente-graph/entente/internal/testneeds"
)

// A world is an invented graph of a known shape: few actors take part in much (hub in a quarter of all engagements, second in
// an eighth), most engagements are of two, one in fifty of forty. Its second load changes one statement in twenty and
// retracts one in a hundred. The same number of engagements makes the same world.
type world struct {
	engagements int
	deep        int // a page that the hub's list has, of so many as a question asks for
	all         []graph.Engagement
}

// theWorld is the world that the tests ask: of 10^5 participations in the long loops, else of 10^4.
var theWorld = sync.OnceValue(func() *world {
	w := &world{engagements: 3_400, deep: 25}
	if testneeds.Long() {
		w = &world{engagements: 34_000, deep: 200}
	}
	r := rand.New(rand.NewPCG(1815, 1)) //nolint:gosec // the same every time
	for i := range w.engagements {
		w.all = append(w.all, w.engagement(r, i))
	}
	return w
})

// position is that of the last engagement on a page of the hub's.
func (w *world) position(page int) *graph.Position {
	n := page * pageSize
	for _, e := range w.all {
		if takesPart(e, hub) {
			if n--; n == 0 {
				return &graph.Position{Start: e.Base().Period.Start.Earliest(), Key: string(e.Base().Key)}
			}
		}
	}
	panic("the hub has too few pages")
}

// first is the place of the first engagement of two.
func (w *world) first(a, b graph.ActorKey) int {
	return slices.IndexFunc(w.all, func(e graph.Engagement) bool { return takesPart(e, a) && takesPart(e, b) })
}

func takesPart(e graph.Engagement, a graph.ActorKey) bool {
	return slices.ContainsFunc(e.Base().Participations, func(p graph.Participation) bool { return p.Actor == a })
}

// size names the world's golden file.
func (w *world) size() string { return fmt.Sprintf("%d", w.engagements) }

const (
	pageSize    = 30
	worldActors = 200
	worldSource = graph.SourceKey("world")
	worldSlice  = graph.SliceID("world")
)

func worldActor(i int) graph.ActorKey { return graph.ActorKey(fmt.Sprintf("world:%03d", i)) }

func worldEngagement(i int) graph.EngagementKey {
	return graph.EngagementKey(fmt.Sprintf("world:%06d", i))
}

// rareTopic is that of one agreement of two alone.
var rareTopic = graph.Topics[10]

var (
	hub    = worldActor(0)
	second = worldActor(1)
	small  = worldActor(worldActors - 1)
	person = worldActor(worldActors + 3)
)

// store gives the store that holds the world, on the server of the test binary; it is loaded once, as long as no other test
// empties the server. What is sent is recorded.
func (w *world) store(t testing.TB) (*Store, *recorder) {
	t.Helper()
	ctx := context.Background()
	s, err := Open(ctx, optionsOf(neo4jtest.Start(t)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if there := send(ctx, t, s, "OPTIONAL MATCH (w:TestWorld) RETURN w.engagements"); there[0].Values[0] != int64(w.engagements) {
		empty(ctx, t, s)
		begun := time.Now()
		w.load(ctx, t, s)
		t.Logf("a world of %d engagements was loaded in %s", w.engagements, time.Since(begun).Round(time.Second/10))
		send(ctx, t, s, fmt.Sprintf("CREATE (:TestWorld {engagements: %d})", w.engagements))
		// What the planner knows is brought up to date, so that a world has the same plans each time.
		send(ctx, t, s, "CALL db.resampleOutdatedIndexes()")
		send(ctx, t, s, "CALL db.prepareForReplanning(600)")
		send(ctx, t, s, "CALL db.clearQueryCaches()")
	}
	if _, err := s.Head(ctx); err != nil {
		t.Fatal(err)
	}
	r := &recorder{DriverWithContext: s.driver}
	s.driver = r
	return s, r
}

func (w *world) load(ctx context.Context, t testing.TB, s *Store) {
	t.Helper()
	var first, again []graph.Statement
	var closed []graph.StatementID
	say := func(to *[]graph.Statement, noun any) {
		st, err := graph.NewStatement(worldSource, worldSlice, noun, "world")
		if err != nil {
			t.Fatal(err)
		}
		*to = append(*to, st)
	}
	say(&first, &graph.Source{Key: worldSource, Kind: graph.SourceDataset, Title: "A world"})
	for i := range worldActors + worldActors/4 {
		say(&first, w.actor(i))
	}
	for i := range worldActors {
		if i%2 == 1 {
			w.belongs(i, func(noun any) { say(&first, noun) })
		}
	}
	for i, e := range w.all {
		say(&first, e)
		switch {
		case i%100 == 50:
			closed = append(closed, first[len(first)-1].StatementID)
		case i%20 == 0:
			closed = append(closed, first[len(first)-1].StatementID)
			e.Base().Summary = "Of another edition."
			say(&again, e)
		}
		if i%20 == 7 {
			say(&first, w.tenure(i))
		}
		if i%50 == 9 {
			say(&first, &graph.Assertion{
				Key: graph.AssertionKey(fmt.Sprintf("world:%06d", i)), About: worldEngagement(i - i%500), Author: hub, Stance: graph.Asserts, Text: "So it was.",
			})
		}
		if i%200 == 11 {
			say(&first, &graph.Link{
				Key: string(worldEngagement(i)), Accounts: []graph.EngagementKey{worldEngagement(i), worldEngagement(i + 1)}, Lead: worldEngagement(i), Rule: graph.LinkMeetings,
			})
		}
	}
	var quarantine []graph.Quarantined
	for n := range 20 {
		quarantine = append(quarantine, graph.Quarantined{N: n + 1})
	}
	write(ctx, t, s, graph.Batch{Add: first, Quarantine: quarantine})
	write(ctx, t, s, graph.Batch{Close: closed, Add: again})
}

// write makes a load of one large batch, in several.
func write(ctx context.Context, t testing.TB, s *Store, all graph.Batch) {
	t.Helper()
	lease, err := s.Open(ctx, graph.LoadInfo{Source: worldSource, Slices: []graph.Slice{{Source: worldSource, ID: worldSlice}}})
	if err != nil {
		t.Fatal(err)
	}
	const most = 2500
	for n := 0; len(all.Close)+len(all.Add)+len(all.Quarantine) > 0; n++ {
		closed, added := min(most, len(all.Close)), min(most, len(all.Add))
		if len(all.Close) > closed {
			added = 0 // what is said anew is closed first
		}
		b := graph.Batch{Number: n, Close: all.Close[:closed], Add: all.Add[:added], Quarantine: all.Quarantine}
		if err := s.Write(ctx, lease, b); err != nil {
			t.Fatal(err)
		}
		all = graph.Batch{Close: all.Close[closed:], Add: all.Add[added:]}
	}
	if _, err := s.Commit(ctx, lease, graph.Counts{}); err != nil {
		t.Fatal(err)
	}
}

// actor gives states, then persons; each tenth state is part of another.
func (w *world) actor(i int) *graph.ActorFacts {
	a := &graph.ActorFacts{Key: worldActor(i), Kind: graph.KindState, Names: []graph.Name{{Text: fmt.Sprintf("Realm %d", i), Lang: "en"}}}
	switch {
	case i >= worldActors:
		a.Kind = graph.KindPerson
		return a
	case i%10 == 9 && i < worldActors-1:
		a.PartOf = []graph.PartOf{{Actor: worldActor(i / 20)}}
	}
	a.Identifiers = []graph.Identifier{{Scheme: "iso3", Value: fmt.Sprintf("W%03d", i)}}
	return a
}

// belongs says that a state was a member of the hub, the second another, and that it and the hub had missions at each other.
func (w *world) belongs(i int, say func(noun any)) {
	key, since := fmt.Sprintf("world:%03d", i), graph.Period{Start: graph.MustDate(fmt.Sprintf("%d", 1950+i%50)), Why: graph.Ongoing}
	say(&graph.Membership{Key: graph.MembershipKey(key), Member: worldActor(i), Organization: worldActor(i % 4 / 2), Status: graph.MemberFull, Period: since})
	for _, of := range [][2]graph.ActorKey{{hub, worldActor(i)}, {worldActor(i), hub}} {
		say(&graph.Representation{
			Key: graph.RepresentationKey(fmt.Sprintf("%s/%s", of[0], of[1])), Sender: of[0], Receiver: of[1],
			Records: []graph.RepresentationRecord{{Level: graph.MissionEmbassy, Period: since}},
		})
	}
}

// one picks an actor: the hub more often than the second, that more often than the others, the last seldom.
func (w *world) one(r *rand.Rand) int {
	switch n := r.IntN(1000); {
	case n < 110:
		return 0
	case n < 170:
		return 1
	case n < 900:
		return 2 + r.IntN(30)
	default:
		return 2 + r.IntN(worldActors-2)
	}
}

func (w *world) engagement(r *rand.Rand, i int) graph.Engagement {
	n := 2
	switch {
	case i%50 == 13:
		n = 40
	case i%10 == 4:
		n = 4
	}
	var parts []graph.Participation
	taken := map[int]bool{}
	for len(parts) < n {
		if a := w.one(r); !taken[a] {
			taken[a] = true
			parts = append(parts, graph.Participation{Actor: worldActor(a)})
		}
	}
	day := graph.MustDate((graph.MustDay("1950-01-01") + graph.Day(i*25_000/w.engagements)).String())
	topics := []graph.Topic{graph.Topics[r.IntN(4)]}
	if i == 8 {
		topics = append(topics, rareTopic)
	}
	words := []string{"grain", "borders", "fishing", "transit", "debts", "prisoners", "rivers", "coal"}
	base := graph.EngagementBase{
		Key: worldEngagement(i), Topics: topics, Period: graph.On(day), Participations: parts,
		Titles: []graph.Name{{Text: fmt.Sprintf("Talks on %s", words[r.IntN(len(words))]), Lang: "en"}},
	}
	if i%10 == 0 { // fifty name one
		base.Related = []graph.EngagementKey{worldEngagement(i - i%500)}
	}
	give := func(kind graph.EngagementKind, role graph.Role) {
		base.Kind = kind
		for j := range parts {
			parts[j].Role = role
		}
	}
	switch i % 8 {
	case 0:
		give(graph.KindAgreement, graph.RoleParty)
		if n == 2 {
			base.Effects = []graph.Effect{{Type: graph.Establishes, Topic: topics[0], Between: []graph.ActorKey{parts[0].Actor, parts[1].Actor}, Date: day}}
		}
		return &graph.Agreement{EngagementBase: base, Form: graph.FormTreaty}
	case 1:
		give(graph.KindDispute, graph.RoleParty)
		for j := range parts {
			parts[j].Side = "ab"[j%2 : j%2+1]
		}
		return &graph.Dispute{EngagementBase: base, Form: graph.DisputeClaim}
	default:
		give(graph.KindMeeting, graph.RoleParticipant)
		return &graph.Meeting{EngagementBase: base, Level: []graph.MeetingLevel{graph.LevelSummit, graph.LevelMinisterial}[i/8%2]}
	}
}

func (w *world) tenure(i int) *graph.Tenure {
	start := graph.MustDay("1950-01-01") + graph.Day(i*25_000/w.engagements)
	return &graph.Tenure{
		Key: graph.TenureKey(fmt.Sprintf("world:%06d", i)), Person: worldActor(worldActors + i/20%50), Office: []string{"Chancellor", "Envoy"}[i/20%2],
		Of: worldActor(i / 20 % 40), Period: graph.Period{Start: graph.MustDate(start.String()), End: graph.MustDate((start + 900).String())},
	}
}

// A recorder is a driver that keeps what is sent.
type recorder struct {
	neo4j.DriverWithContext
	mu   sync.Mutex
	sent []sending
}

type sending struct {
	text   string
	params map[string]any
}

func (r *recorder) NewSession(ctx context.Context, c neo4j.SessionConfig) neo4j.SessionWithContext {
	return recorded{r.DriverWithContext.NewSession(ctx, c), r}
}

// taken gives what was sent since it was last asked.
func (r *recorder) taken() []sending {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := r.sent
	r.sent = nil
	return all
}

type recorded struct {
	neo4j.SessionWithContext
	by *recorder
}

func (s recorded) Run(ctx context.Context, text string, params map[string]any, how ...func(*neo4j.TransactionConfig)) (neo4j.ResultWithContext, error) {
	s.by.mu.Lock()
	s.by.sent = append(s.by.sent, sending{text, params})
	s.by.mu.Unlock()
	return s.SessionWithContext.Run(ctx, text, params, how...)
}

func sessionOf(s *Store) neo4j.SessionConfig { return neo4j.SessionConfig{DatabaseName: s.o.Database} }
