package difftest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api"
	"github.com/entente-graph/entente/internal/server"
)

// patience is how long an answer may take: a slow machine is no difference between stores.
const patience = 2 * time.Minute

// serve gives what answers questions about a store, as the program does.
func serve(r graph.Reader, log *slog.Logger) http.Handler {
	r = dated{r}
	graphql := api.New(api.Config{Reader: r, Logger: log, Version: "test", Limits: api.Limits{Timeout: patience}})
	return server.New(server.Config{
		Reader: r, GraphQL: graphql, Logger: log, Version: "test", Timeouts: server.Timeouts{Request: patience},
	}).Handler()
}

// An answer is one as it goes over the wire.
type answer struct {
	status int
	body   []byte
}

func ask(h http.Handler, text string, variables map[string]any) answer {
	body, err := json.Marshal(map[string]any{"query": text, "variables": variables})
	if err != nil {
		panic(err) // of strings, numbers, lists and maps
	}
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/graphql-response+json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return answer{w.Code, w.Body.Bytes()}
}

// parsed gives an answer's data and the codes of its errors.
func (a answer) parsed() (data any, codes []string, err error) {
	var reply struct {
		Data   any `json:"data"`
		Errors []struct {
			Extensions struct {
				Code string `json:"code"`
			} `json:"extensions"`
		} `json:"errors"`
	}
	if err := json.Unmarshal(a.body, &reply); err != nil {
		return nil, nil, fmt.Errorf("the answer is no JSON: %w", err)
	}
	for _, e := range reply.Errors {
		codes = append(codes, e.Extensions.Code)
	}
	return reply.Data, codes, nil
}

// A pair is two stores behind the same program.
type pair struct {
	schema *ast.Schema
	a, b   http.Handler
}

// A difference is a document that the two answer differently, or that one answers as nobody should.
type difference struct {
	doc    *document
	what   string
	a, b   answer
	number int // of the document that it was found by
}

// compare asks both, and gives the difference, or else the data that both answered.
func (p pair) compare(d *document) (*difference, any) {
	text, variables := d.text()
	a, b := ask(p.a, text, variables), ask(p.b, text, variables)
	found := &difference{doc: d, a: a, b: b}
	if a.status != b.status || !bytes.Equal(a.body, b.body) {
		found.what = "the answers differ"
		return found, nil
	}
	data, codes, err := a.parsed()
	if err != nil {
		found.what = err.Error()
	} else {
		found.what = wrongWith(p.schema, d, data, codes)
	}
	if found.what != "" {
		return found, nil
	}
	return nil, data
}

// length is how much there is to be read, what is asked counting more.
func (d *difference) length() int {
	text, variables := d.doc.text()
	text = strings.Join(strings.Fields(text), "")
	return 4*(len(text)+20*len(variables)) + len(d.a.body) + len(d.b.body)
}

// String prints the document, and both answers where they differ.
func (d *difference) String() string {
	text, variables := d.doc.text()
	var b strings.Builder
	fmt.Fprintf(&b, "%s:\n%s", d.what, text)
	if len(variables) > 0 {
		if v, err := json.Marshal(variables); err == nil {
			fmt.Fprintf(&b, "variables %s\n", v)
		}
	}
	if d.a.status != d.b.status {
		fmt.Fprintf(&b, "status %d, and %d\n", d.a.status, d.b.status)
	}
	var x, y any
	if json.Unmarshal(d.a.body, &x) == nil && json.Unmarshal(d.b.body, &y) == nil {
		if diff := cmp.Diff(x, y); diff != "" {
			fmt.Fprintf(&b, "(-first +second):\n%s", diff)
			return b.String()
		}
	}
	if bytes.Equal(d.a.body, d.b.body) {
		fmt.Fprintf(&b, "answer: %s\n", cut(d.a.body))
		return b.String()
	}
	fmt.Fprintf(&b, "first:  %s\nsecond: %s\n", cut(d.a.body), cut(d.b.body))
	return b.String()
}

func cut(body []byte) string {
	if len(body) > 2000 {
		body = body[:2000]
	}
	return strings.ToValidUTF8(string(bytes.TrimSpace(body)), "")
}
