//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api"
)

// A client asks the handler of /graphql in this process.
type client struct {
	handler http.Handler
	heard   *listener
}

func newClient(r graph.Reader) *client {
	heard := &listener{Reader: r}
	return &client{heard: heard, handler: api.New(api.Config{
		Reader: heard, Logger: slog.New(slog.DiscardHandler),
		Limits: api.Limits{RootFields: 2 * panel, Aliases: 2 * panel}, // one document asks of many dyads
	})}
}

// body is what is posted.
func body(document string, variables map[string]any) ([]byte, error) {
	return json.Marshal(map[string]any{"query": document, "variables": variables})
}

// post gives the answer's bytes.
func (c *client) post(ctx context.Context, body []byte) ([]byte, error) {
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/graphql-response+json")
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		return nil, fmt.Errorf("status %d: %s", w.Code, w.Body)
	}
	return w.Body.Bytes(), nil
}

type reply struct {
	Data   map[string]any    `json:"data"`
	Errors []json.RawMessage `json:"errors"`
}

func (c *client) data(ctx context.Context, document string, variables map[string]any) (map[string]any, error) {
	asked, err := body(document, variables)
	if err != nil {
		return nil, err
	}
	text, err := c.post(ctx, asked)
	if err != nil {
		return nil, err
	}
	var got reply
	if err := json.Unmarshal(text, &got); err != nil {
		return nil, err
	}
	if len(got.Errors) > 0 {
		return nil, fmt.Errorf("the answer has errors: %s", got.Errors)
	}
	return got.Data, nil
}

// at counts what stands at a path of an answer: the items of a list, or one.
func at(path ...string) func(map[string]any) (int, error) {
	return func(data map[string]any) (int, error) {
		switch v := below(data, path...).(type) {
		case []any:
			return len(v), nil
		case map[string]any:
			return 1, nil
		default:
			return 0, fmt.Errorf("the answer has nothing at %v", path)
		}
	}
}

// below gives what stands at a path; nil where nothing does.
func below(v any, path ...string) any {
	for _, name := range path {
		object, _ := v.(map[string]any)
		v = object[name]
	}
	return v
}

// endCursor gives the cursor of the last item of a page of an actor's engagements.
func (c *client) endCursor(ctx context.Context, document string, variables map[string]any) (string, error) {
	data, err := c.data(ctx, document, variables)
	if err != nil {
		return "", err
	}
	cursor, ok := below(data, "actor", "engagements", "pageInfo", "endCursor").(string)
	if !ok {
		return "", fmt.Errorf("the page has no end cursor: %v", data)
	}
	return cursor, nil
}
