package api

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api/gen"
)

// batchWait is how long a loader waits for more keys before it asks, each time: the fields of one level come
// within microseconds of one another, unless the machine is busy.
const batchWait = 500 * time.Microsecond

// A service answers requests. It holds nothing of one to the next but parsed documents.
type service struct {
	reader  graph.Reader
	logger  *slog.Logger
	limits  Limits
	version string
	hidden  bool
	wait    time.Duration
	schema  *ast.Schema
	cache   *documents
	exec    *executor.Executor
}

func newService(c Config) *service {
	if c.Reader == nil {
		panic("api: New without a Reader")
	}
	s := &service{
		reader: c.Reader, logger: c.Logger, limits: c.Limits.withDefaults(), version: c.Version, hidden: c.HideSchema, wait: batchWait,
	}
	if s.logger == nil {
		s.logger = slog.Default()
	}
	es := gen.NewExecutableSchema(gen.Config{Resolvers: &Resolver{}})
	s.schema = es.Schema()
	delete(s.schema.Directives, "defer") // an answer comes whole
	s.cache = newDocuments(s.limits.Cache)
	s.exec = executor.New(es)
	s.exec.SetQueryCache(s.cache)
	s.exec.SetParserTokenLimit(s.limits.Tokens + 1) // scan counts exactly
	s.exec.SetErrorPresenter(s.present)
	s.exec.SetRecoverFunc(recovered)
	s.exec.Use(gate{s})
	return s
}

// gate holds the limits: before a document is parsed, and before it is executed.
type gate struct{ s *service }

// ExtensionName is for gqlgen's messages.
func (gate) ExtensionName() string { return "Limits" }

// Validate has nothing to check.
func (gate) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters refuses documents by their text. Those in the cache passed before.
func (g gate) MutateOperationParameters(ctx context.Context, p *graphql.RawParams) *gqlerror.Error {
	if _, ok := g.s.cache.Get(ctx, p.Query); ok {
		return nil
	}
	return measure(p.Query, g.s.limits)
}

// MutateOperationContext refuses operations by what they may cost.
func (g gate) MutateOperationContext(ctx context.Context, opCtx *graphql.OperationContext) *gqlerror.Error {
	opCtx.DisableIntrospection = g.s.hidden
	requested, err := cost(g.s.schema, opCtx.Operation, opCtx.Variables, g.s.hidden)
	if err != nil {
		return err
	}
	q := requestOf(ctx)
	q.cost = requested
	if requested > g.s.limits.Cost {
		return refuse(codeCost, "the answer may come to %s fields: the limit is %d; ask for smaller pages, or for less below them",
			count(requested), g.s.limits.Cost)
	}
	return nil
}

// An answer is what a request gets. Without executed the request itself was refused, and there is no data.
type answer struct {
	executed bool
	data     []byte
	errors   gqlerror.List
	beside   beside
}

// beside is extensions.entente.
type beside struct {
	Load    *graph.LoadNumber `json:"load"` // null where the store cannot be asked
	AsOf    *graph.Day        `json:"asOf"`
	Cost    costs             `json:"cost"`
	Notes   []string          `json:"notes"`
	Version string            `json:"version,omitempty"`
}

type costs struct {
	Requested int `json:"requested"`
	Limit     int `json:"limit"`
}

// answer answers one request.
func (s *service) answer(ctx context.Context, params *graphql.RawParams) *answer {
	ctx, cancel := context.WithTimeout(ctx, s.limits.Timeout)
	defer cancel()
	ctx = graphql.StartOperationTrace(ctx)
	ctx, q := withRequest(ctx, s.reader, s.wait)
	a := s.execute(ctx, params)
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		a.data = []byte("null")
		a.errors = gqlerror.List{refuse(codeTimeout, "the answer took longer than %s: ask for less at once", s.limits.Timeout)}
	}
	a.beside = s.beside(ctx, q)
	return a
}

func (s *service) execute(ctx context.Context, params *graphql.RawParams) (a *answer) {
	defer func() {
		if r := recover(); r != nil {
			a = &answer{executed: true, data: []byte("null"), errors: gqlerror.List{s.present(ctx, recovered(ctx, r))}}
		}
	}()
	opCtx, refused := s.exec.CreateOperationContext(ctx, params)
	if len(refused) > 0 {
		return &answer{errors: refused}
	}
	responses, opened := s.exec.DispatchOperation(ctx, opCtx)
	r := responses(opened)
	if r == nil { // the context ended first
		return &answer{executed: true, data: []byte("null"), errors: gqlerror.List{s.present(ctx, context.Cause(ctx))}}
	}
	return &answer{executed: true, data: r.Data, errors: sorted(r.Errors)}
}

// beside says which state of the graph an answer stands on: the one that was asked about, or, where there were
// several, the newest load without a day, and a note with the others.
func (s *service) beside(ctx context.Context, q *request) beside {
	b := beside{Cost: costs{q.cost, s.limits.Cost}, Version: s.version, Notes: []string{}}
	if h, err := q.reader.Head(ctx); err == nil {
		b.Load = &h.Load.Number
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	switch states := distinct(q.order); {
	case len(states) == 1:
		b.Load, b.AsOf = &states[0].Load, states[0].AsOf
	case len(states) > 1:
		text := "this answer stands on several states of the graph:"
		for i, state := range states {
			if i > 0 {
				text += ";"
			}
			text += " " + stateText(state)
		}
		b.Notes = append(b.Notes, text)
	}
	b.Notes = append(b.Notes, slices.Sorted(slices.Values(q.notes))...) // fields come in any order
	return b
}
