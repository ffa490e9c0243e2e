package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// production are the settings that docs/graphql.md has for a server that strangers reach.
var production = []string{"--introspection=false", "--graphql-get=false", "--playground=false"}

// A finding is a check of graphql-cop (its name is that of its file there): what it sends, and what of the answer it reports.
type finding struct {
	name  string
	send  func(s *served) string
	found func(answer string) bool
}

// posted sends a document as graphql-cop does.
func posted(document string) func(*served) string {
	return func(s *served) string {
		return s.post("/graphql", "application/json", map[string]any{"query": document})
	}
}

func (s *served) post(path, media string, body any) string {
	s.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		s.t.Fatal(err)
	}
	resp, err := s.client.Post(s.url+path, media, bytes.NewReader(text))
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(answer)
}

func got(query string) func(*served) string {
	return func(s *served) string {
		_, body := s.get("/graphql?query=" + url.QueryEscape(query))
		return body
	}
}

// cop reads of an answer what the checks look at.
type cop struct {
	Data   map[string]any `json:"data"`
	Errors []struct {
		Message    string         `json:"message"`
		Extensions map[string]any `json:"extensions"`
	} `json:"errors"`
	Extensions map[string]any `json:"extensions"`
}

func read(answer string) (c cop) {
	_ = json.Unmarshal([]byte(answer), &c) // what is no JSON finds nothing
	return c
}

func answers(field string) func(string) bool {
	return func(answer string) bool { return read(answer).Data[field] != nil }
}

// findings are all of graphql-cop's checks. It is a program in Python that no registry has, so they are written out here.
var findings = []finding{
	{"alias_overloading", func(s *served) string {
		document := "query cop { "
		for i := range 101 {
			document += fmt.Sprintf("alias%d:__typename \n", i)
		}
		return posted(document + "}")(s)
	}, answers("alias100")},
	{"batch_query", func(s *served) string {
		batch := make([]map[string]any, 11)
		for i := range batch {
			batch[i] = map[string]any{"query": "query cop { __typename }"}
		}
		return s.post("/graphql", "application/json", batch)
	}, func(answer string) bool {
		var all []any
		return json.Unmarshal([]byte(answer), &all) == nil && len(all) >= 10
	}},
	{"circular_fragment", posted("query cop { __schema { ...A } } fragment A on __Schema { __typename ...B } fragment B on __Schema { ...A }"), func(answer string) bool {
		return len(read(answer).Errors) == 0
	}},
	{"circular_query_introspection", posted("query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }"), answers("__schema")},
	{"directive_overloading", posted("query cop { __typename @aa@aa@aa@aa@aa@aa@aa@aa@aa@aa }"), func(answer string) bool {
		return len(read(answer).Errors) >= 10
	}},
	{"field_duplication", posted("query cop { " + strings.Repeat("__typename \n", 500) + "}"), answers("__typename")},
	{"field_suggestions", posted("query cop { __schema { directive } }"), func(answer string) bool { return strings.Contains(answer, "Did you mean") }},
	{"get_based_mutation", got("mutation cop { __typename }"), answers("__typename")},
	{"get_method_support", got("query cop { __typename }"), answers("__typename")},
	{"detect_graphiql", func(s *served) (all string) {
		for _, path := range []string{"/", "/graphiql", "/playground", "/console", "/graphql"} {
			r, err := http.NewRequest(http.MethodGet, s.url+path, nil)
			if err != nil {
				s.t.Fatal(err)
			}
			r.Header.Set("Accept", "text/html")
			resp, err := s.client.Do(r)
			if err != nil {
				s.t.Fatal(err)
			}
			text, err := io.ReadAll(resp.Body)
			if err := resp.Body.Close(); err != nil {
				s.t.Fatal(err)
			}
			if err != nil {
				s.t.Fatal(err)
			}
			all += string(text)
		}
		return all
	}, func(answer string) bool {
		for _, word := range []string{"graphiql.min.css", "GraphQL Playground", "GraphiQL", "graphql-playground", "/playground/assets"} {
			if strings.Contains(answer, word) {
				return true
			}
		}
		return false
	}},
	{"introspection", posted("query cop { __schema { types { name fields { name } } } }"), answers("__schema")},
	{"post_based_csrf", func(s *served) string {
		resp, err := s.client.PostForm(s.url+"/graphql", url.Values{"query": {"query cop { __typename }"}})
		if err != nil {
			s.t.Fatal(err)
		}
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		if err != nil {
			s.t.Fatal(err)
		}
		return string(text) + s.post("/graphql?query="+url.QueryEscape("query cop { __typename }"), "text/plain", nil)
	}, func(answer string) bool { return strings.Contains(answer, `"__typename"`) }},
	{"trace_mode", posted("query cop { __typename }"), func(answer string) bool {
		return strings.Contains(strings.ToLower(answer), "stacktrace") || read(answer).Extensions["tracing"] != nil
	}},
	{"unhandled_error_detection", posted("qwerty cop { abc }"), func(answer string) bool {
		for _, e := range read(answer).Errors {
			if e.Extensions["exception"] != nil {
				return true
			}
		}
		return strings.Contains(answer, "goroutine") || len(read(answer).Errors) == 0
	}},
}

// TestNothingIsFoundInProduction asks a server with the settings for production what graphql-cop asks; and one without them,
// where some checks must find something: they can.
func TestNothingIsFoundInProduction(t *testing.T) {
	t.Parallel()
	s := serve(t, append(production, "--store", copySample(t))...)
	defer s.stop()
	for _, f := range findings {
		if answer := f.send(s); f.found(answer) {
			t.Errorf("%s: %.500s", f.name, answer)
		}
	}
	if answer := posted(`query cop { dyad(a: "JPN", b: "KOR") { tyes { status } } actor(ky: "JPN") { key } }`)(s); strings.Contains(answer, "Did you mean") || strings.Contains(answer, "ties") {
		t.Errorf("what is hidden is suggested: %s", answer)
	}
	if answer := posted(`query cop { dyad(a: "JPN", b: "KOR") { id } }`)(s); !strings.Contains(answer, `"dyad":{"id":`) {
		t.Errorf("a question is not answered: %s", answer)
	}

	open := serve(t, "--store", copySample(t))
	defer open.stop()
	var found []string
	for _, f := range findings {
		if f.found(f.send(open)) {
			found = append(found, f.name)
		}
	}
	if len(found) < 3 || len(found) > 4 { // suggestions, GET, introspection; and the playground where it is built
		t.Errorf("without the settings %q is found", found)
	}
}
