package api

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"

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
	hidden  bool // introspection is switched off
	noGet   bool
	wait    time.Duration
	schema  *ast.Schema
	rules   []validator.Rule
	cache   *documents
	exec    *executor.Executor

	introspection int // how many fields of the schema a document may ask for
}

// withoutDefer is for the schema that all services share.
var withoutDefer sync.Once

func newService(c Config) *service {
	if c.Reader == nil {
		panic("api: New without a Reader")
	}
	s := &service{
		reader: c.Reader, logger: c.Logger, limits: c.Limits.withDefaults(), version: c.Version,
		hidden: c.HideSchema, noGet: c.NoGet, wait: batchWait,
	}
	if s.logger == nil {
		s.logger = slog.Default()
	}
	es := gen.NewExecutableSchema(gen.Config{Resolvers: &Resolver{}})
	s.schema = es.Schema()
	withoutDefer.Do(func() { delete(s.schema.Directives, "defer") }) // an answer comes whole
	s.rules = rulesOf(s.hidden)
	s.introspection = maxIntrospection(s.schema)
	s.cache = newDocuments(s.limits.Cache)
	s.exec = executor.New(es)
	s.exec.SetQueryCache(given{})
	s.exec.SetErrorPresenter(s.present)
	s.exec.SetRecoverFunc(recovered)
	s.exec.Use(gate{s})
	return s
}

// given hands gqlgen the document of the request, which was parsed, measured and validated before.
type given struct{}

// Get gives the request's.
func (given) Get(ctx context.Context, _ string) (*ast.QueryDocument, bool) {
	return requestOf(ctx).doc, true
}

// Add keeps nothing.
func (given) Add(context.Context, string, *ast.QueryDocument) {}

// gate refuses operations by what they may cost, before they are executed.
type gate struct{ s *service }

// ExtensionName is for gqlgen's messages.
func (gate) ExtensionName() string { return "Limits" }

// Validate has nothing to check.
func (gate) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext tells what the operation may cost.
func (g gate) MutateOperationContext(ctx context.Context, opCtx *graphql.OperationContext) *gqlerror.Error {
	opCtx.DisableIntrospection = g.s.hidden
	var refused *gqlerror.Error
	requestOf(ctx).foreseen, refused = g.s.foresee(opCtx.Operation, opCtx.Variables)
	return refused
}

// An answer is what a request gets. Without executed the request itself was refused, and there is no data.
type answer struct {
	executed bool
	data     []byte
	errors   gqlerror.List
	beside   beside

	questions, rows int64 // that the store was asked, and gave
	standing              // where the answer can be had again
}

// beside is extensions.entente.
type beside struct {
	Load      *graph.LoadNumber `json:"load"` // null where the store cannot be asked
	AsOf      *graph.Day        `json:"asOf"`
	Cost      costs             `json:"cost"`
	Questions foreseen          `json:"questions"`
	Notes     []string          `json:"notes"`
	Version   string            `json:"version,omitempty"`
}

type costs struct {
	Requested int `json:"requested"`
	Limit     int `json:"limit"`
}

type foreseen struct {
	Foreseen int `json:"foreseen"`
	Limit    int `json:"limit"`
}

// answer answers one request.
func (s *service) answer(ctx context.Context, asked *asked) *answer {
	ctx, cancel := context.WithTimeout(ctx, s.limits.Timeout)
	defer cancel()
	ctx = graphql.StartOperationTrace(ctx)
	ctx, q := withRequest(ctx, s, asked.newest, asked.params)
	defer q.reader.over(nil)
	a := s.execute(ctx, q, asked)
	var tooMuch *gqlerror.Error
	switch cause := context.Cause(ctx); {
	case errors.Is(cause, context.DeadlineExceeded):
		a.data = []byte("null")
		a.errors = gqlerror.List{refuse(codeTimeout, "the answer took longer than %s: ask for less at once", s.limits.Timeout)}
	case errors.As(cause, &tooMuch):
		a.data = []byte("null")
		a.errors = gqlerror.List{tooMuch}
	}
	a.beside = s.beside(ctx, q)
	a.questions, a.rows = q.reader.questions.Load(), q.reader.rows.Load()
	return a
}

func (s *service) execute(ctx context.Context, q *request, asked *asked) (a *answer) {
	defer func() {
		if r := recover(); r != nil {
			a = &answer{executed: true, data: []byte("null"), errors: gqlerror.List{s.present(ctx, recovered(ctx, r))}}
		}
	}()
	doc, size, refused := s.read(ctx, asked.params.Query)
	q.doc, q.foreseen.fields = doc, size
	if len(refused) > 0 {
		return &answer{errors: refused}
	}
	opCtx, refused := s.prepare(ctx, doc, asked.params)
	if len(refused) > 0 {
		for _, err := range refused {
			placed(err)
			if s.hidden {
				err.Message = withoutSuggestions(err.Message)
			}
		}
		return &answer{errors: refused}
	}
	stands, err := s.stand(ctx, q, opCtx, asked)
	if err != nil {
		return &answer{errors: gqlerror.List{s.present(ctx, err)}}
	}
	if stands.held {
		return &answer{executed: true, standing: stands}
	}
	responses, opened := s.exec.DispatchOperation(ctx, opCtx)
	r := responses(opened)
	if r == nil { // the context ended first
		return &answer{executed: true, data: []byte("null"), errors: gqlerror.List{s.present(ctx, context.Cause(ctx))}}
	}
	return &answer{executed: true, data: r.Data, errors: sorted(r.Errors), standing: stands}
}

// prepare takes the operation of a document, with its variables, and refuses it where it may cost too much.
func (s *service) prepare(ctx context.Context, doc *ast.QueryDocument, params *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	if wrong := s.inVariables(doc, params); wrong != nil {
		return nil, gqlerror.List{wrong}
	}
	return s.exec.CreateOperationContext(ctx, params)
}

// blank is what is said beside an answer that stands on nothing.
func (s *service) blank() beside {
	return beside{
		Cost: costs{Limit: s.limits.Cost}, Questions: foreseen{Limit: s.limits.Questions}, Version: s.version, Notes: []string{},
	}
}

// beside says which state of the graph an answer stands on: the one that was asked about, or, where there were
// several, the newest of their loads without a day, and a note with all of them.
func (s *service) beside(ctx context.Context, q *request) beside {
	b := s.blank()
	b.Cost.Requested, b.Questions.Foreseen = exact(q.foreseen.fields), exact(q.foreseen.questions)
	if h, err := q.reader.Head(ctx); err == nil {
		b.Load = &h.Load.Number
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	switch states := distinct(q.order); {
	case len(states) == 1:
		b.Load, b.AsOf = &states[0].Load, states[0].AsOf
	case len(states) > 1:
		b.Load = &states[len(states)-1].Load
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
