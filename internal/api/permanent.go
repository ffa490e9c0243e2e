package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/permanent"
)

// A standing is what makes an answer permanent: what it stands on, its tag, and where it can be had again. POST has none: HTTP
// keeps no answer to it.
type standing struct {
	ground    permanent.Ground
	tag       string
	permalink string
	held      bool // the client has it already, under this tag
}

// stand compares what the address says of the ground with what it is, and gives a GET its standing.
func (s *service) stand(ctx context.Context, q *request, opCtx *graphql.OperationContext, asked *asked) (standing, error) {
	if asked.newest != nil {
		if _, err := q.reader.Head(ctx); err != nil { // there is no such load
			return standing{}, err
		}
	}
	if asked.get == nil && !asked.grounded() {
		return standing{}, nil
	}
	ground, err := s.ground(ctx, q)
	if err != nil {
		return standing{}, err
	}
	if err := ground.Check(asked.address); err != nil {
		return standing{}, err
	}
	if asked.get == nil {
		return standing{}, nil
	}
	load, err := q.standsAt(ctx, opCtx)
	if err != nil {
		return standing{}, err
	}
	st := standing{ground: ground, tag: ground.Tag(strconv.FormatInt(int64(load), 10), s.version, asked.media, "graphql", canonical(opCtx))}
	st.permalink, err = q.permalink(graphql.WithOperationContext(ctx, opCtx))
	if own, ok := permanent.Held(asked.get, st.tag); ok {
		st.tag, st.held = own, true
	}
	return st, err
}

// ground asks what the store's answers stand on now. It is not remembered: it is asked again when an answer is there.
func (s *service) ground(ctx context.Context, q *request) (permanent.Ground, error) {
	head, err := q.reader.Head(ctx)
	if err != nil {
		return permanent.Ground{}, err
	}
	v, err := graph.In(ctx, &memoReader{Reader: s.reader, newest: q.reader.newest, limits: s.limits, over: q.reader.over}, graph.State{Load: head.Load.Number})
	if err != nil {
		return permanent.Ground{}, err
	}
	erased, err := v.Erased(ctx)
	return permanent.Ground{Store: head.StoreID, Erased: erased}, err
}

// standsAt is the load that an operation is answered at: the newest, or where all that is asked is asked of loads that it names,
// the newest of these. Then no later load changes its answer.
func (q *request) standsAt(ctx context.Context, opCtx *graphql.OperationContext) (graph.LoadNumber, error) {
	head, err := q.reader.Head(ctx)
	if err != nil {
		return 0, err
	}
	newest := graph.LoadNumber(-1)
	for _, f := range graphql.CollectFields(opCtx, opCtx.Operation.SelectionSet, []string{"Query"}) {
		if f.Name == "__typename" {
			continue
		}
		n, named := graph.LoadNumber(0), false
		switch args := f.ArgumentMap(opCtx.Variables); f.Name {
		case "snapshot":
			n, named = loadOf(args["load"])
		case "changes":
			if _, from := loadOf(args["fromLoad"]); from {
				n, named = loadOf(args["toLoad"])
			}
		}
		if !named || n > head.Load.Number {
			return head.Load.Number, nil
		}
		newest = max(newest, n)
	}
	if newest < 0 {
		return head.Load.Number, nil
	}
	return newest, nil
}

// loadOf reads the number of a load as a document or its variables have it.
func loadOf(v any) (graph.LoadNumber, bool) {
	switch n := v.(type) {
	case int64:
		return graph.LoadNumber(n), n >= 0
	case int:
		return graph.LoadNumber(n), n >= 0
	case json.Number:
		i, err := n.Int64()
		return graph.LoadNumber(i), err == nil && i >= 0
	}
	return 0, false
}

// maxAddress bounds the permalink, in bytes: programs on the way take little more of an address.
const maxAddress = 7_000

// permalink is the path at which this very question is answered with the same bytes, whatever is loaded later: it names
// the load that the question stands at, and the ground. The days are in the question.
func (q *request) permalink(ctx context.Context) (string, error) {
	return q.address.get(struct{}{}, func() (string, error) {
		head, err := q.reader.Head(ctx)
		if err != nil {
			return "", err
		}
		v, err := graph.In(ctx, q.reader, graph.State{Load: head.Load.Number})
		if err != nil {
			return "", err
		}
		ground := permanent.Ground{Store: head.StoreID}
		if ground.Erased, err = v.Erased(ctx); err != nil {
			return "", err
		}
		load, err := q.standsAt(ctx, graphql.GetOperationContext(ctx))
		if err != nil {
			return "", err
		}
		end := permanent.ParamLoad + "=" + strconv.FormatInt(int64(load), 10) + "&" + ground.Params()
		op := q.doc.Operations.ForName(q.asked.OperationName)
		query := "query=" + url.QueryEscape(printed(op))
		if text := q.variables(op); text != "" {
			query += "&variables=" + url.QueryEscape(text)
		}
		if len(query) > maxAddress { // the same document is to be posted to it
			return "/graphql?" + end, nil
		}
		return "/graphql?" + query + "&" + end, nil
	})
}

// variables prints those that were given, as far as the operation has them.
func (q *request) variables(op *ast.OperationDefinition) string {
	given := map[string]any{}
	for _, def := range op.VariableDefinitions {
		if v, ok := q.asked.Variables[def.Variable]; ok {
			given[def.Variable] = v
		}
	}
	if len(given) == 0 {
		return ""
	}
	return jsonText(given)
}

// jsonText prints a value in one way: the keys of objects are sorted.
func jsonText(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "" // what came as JSON, or as literals of a document, goes as JSON
	}
	return strings.TrimSpace(b.String())
}

// canonical is a question however it was spelled: without white space, comments and its operation's name, and with the
// values that its variables have, defaults filled in.
func canonical(opCtx *graphql.OperationContext) string {
	nameless := *opCtx.Operation
	nameless.Name = ""
	return printed(&nameless) + "\x00" + jsonText(opCtx.Variables)
}
