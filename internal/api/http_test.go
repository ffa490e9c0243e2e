package api

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// TestHTTP holds requests to GraphQL over HTTP: methods, media types, statuses, bodies.
func TestHTTP(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t), Version: "1.2.3"})
	const good = `{"query": "{ meta { load { number } } }"}`
	for _, c := range []struct {
		name, method, target, body string
		header                     map[string]string
		status                     int
		media, code                string
	}{
		{name: "post", method: "POST", body: good, status: 200, media: mediaJSON},
		{name: "post for the newer type", method: "POST", body: good, header: map[string]string{"Accept": mediaGraphQL}, status: 200, media: mediaGraphQL},
		{name: "anything", method: "POST", body: good, header: map[string]string{"Accept": "*/*"}, status: 200, media: mediaJSON},
		{name: "both", method: "POST", body: good, header: map[string]string{"Accept": "application/json, application/graphql-response+json"}, status: 200, media: mediaGraphQL},
		{name: "weighed", method: "POST", body: good, header: map[string]string{"Accept": "application/graphql-response+json;q=0.1, application/json;q=0.9"}, status: 200, media: mediaJSON},
		{name: "only pictures", method: "POST", body: good, header: map[string]string{"Accept": "image/png"}, status: 406, media: mediaJSON, code: "BAD_USER_INPUT"},
		{name: "get", method: "GET", target: "?query=" + url.QueryEscape("{ meta { load { number } } }"), status: 200, media: mediaJSON},
		{name: "get with variables", method: "GET", target: "?query=" + url.QueryEscape("query A($k: String!) { actor(key: $k) { key } } query B { meta { rules } }") + "&operationName=A&variables=" + url.QueryEscape(`{"k": "JPN"}`), status: 200, media: mediaJSON},
		{name: "get with bad variables", method: "GET", target: "?query={a}&variables={", status: 400, media: mediaJSON, code: "BAD_USER_INPUT"},
		{name: "get with bad variables, in the newer type", method: "GET", target: "?query={a}&variables={", header: map[string]string{"Accept": mediaGraphQL}, status: 400, media: mediaGraphQL, code: "BAD_USER_INPUT"},
		{name: "get a mutation", method: "GET", target: "?query=" + url.QueryEscape("mutation { a }"), header: map[string]string{"Accept": mediaGraphQL}, status: 400, media: mediaGraphQL, code: codeValidation},
		{name: "get nothing", method: "GET", status: 400, media: mediaJSON, code: "BAD_USER_INPUT"},
		{name: "get nothing, in the newer type", method: "GET", header: map[string]string{"Accept": mediaGraphQL}, status: 400, media: mediaGraphQL, code: "BAD_USER_INPUT"},
		{name: "put", method: "PUT", body: good, status: 405, media: mediaJSON, code: "BAD_USER_INPUT"},
		{name: "form", method: "POST", body: "query={meta{rules}}", header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}, status: 415, media: mediaJSON, code: "BAD_USER_INPUT"},
		{name: "upload", method: "POST", body: "--x", header: map[string]string{"Content-Type": "multipart/form-data; boundary=x"}, status: 415, media: mediaJSON, code: "BAD_USER_INPUT"},
		{name: "latin", method: "POST", body: good, header: map[string]string{"Content-Type": "application/json; charset=latin1"}, status: 415, media: mediaJSON, code: "BAD_USER_INPUT"},
		{name: "broken", method: "POST", body: `{"query": "secret`, status: 400, media: mediaJSON, code: "BAD_USER_INPUT"},
		{name: "broken, in the newer type", method: "POST", body: `{"query": "secret`, header: map[string]string{"Accept": mediaGraphQL}, status: 400, media: mediaGraphQL, code: "BAD_USER_INPUT"},
		{name: "of the wrong kind", method: "POST", body: `{"query": 7}`, status: 400, media: mediaJSON, code: "BAD_USER_INPUT"},
		{name: "of the wrong kind, in the newer type", method: "POST", body: `{"query": 7}`, header: map[string]string{"Accept": mediaGraphQL}, status: 400, media: mediaGraphQL, code: "BAD_USER_INPUT"},
		{name: "followed by more", method: "POST", body: good + good, status: 400, media: mediaJSON, code: "BAD_USER_INPUT"},
		{name: "followed by more, in the newer type", method: "POST", body: good + good, header: map[string]string{"Accept": mediaGraphQL}, status: 400, media: mediaGraphQL, code: "BAD_USER_INPUT"},
		{name: "several at once", method: "POST", body: "[" + good + "]", status: 400, media: mediaJSON, code: "BAD_USER_INPUT"},
		{name: "several at once, in the newer type", method: "POST", body: "[" + good + "]", header: map[string]string{"Accept": mediaGraphQL}, status: 400, media: mediaGraphQL, code: "BAD_USER_INPUT"},
		{name: "empty", method: "POST", body: "", status: 400, media: mediaJSON, code: "BAD_USER_INPUT"},
		{name: "empty, in the newer type", method: "POST", body: "", header: map[string]string{"Accept": mediaGraphQL}, status: 400, media: mediaGraphQL, code: "BAD_USER_INPUT"},
		{name: "without a query", method: "POST", body: "{}", status: 400, media: mediaJSON, code: "BAD_USER_INPUT"},
		{name: "without a query, in the newer type", method: "POST", body: "{}", header: map[string]string{"Accept": mediaGraphQL}, status: 400, media: mediaGraphQL, code: "BAD_USER_INPUT"},
		{name: "10 MB", method: "POST", body: `{"query": "` + strings.Repeat("#", 10<<20) + `"}`, status: 413, media: mediaJSON, code: codeTooLarge},
		{name: "invalid, in the older type", method: "POST", body: `{"query": "{ nothing }"}`, status: 200, media: mediaJSON, code: codeValidation},
		{name: "invalid, in the newer type", method: "POST", body: `{"query": "{ nothing }"}`, header: map[string]string{"Accept": mediaGraphQL}, status: 400, media: mediaGraphQL, code: codeValidation},
		{name: "an operation that is not there", method: "POST", body: `{"query": "query A { meta { rules } }", "operationName": "B"}`, header: map[string]string{"Accept": mediaGraphQL}, status: 400, media: mediaGraphQL, code: codeValidation},
		{name: "a variable that is missing", method: "POST", body: `{"query": "query ($k: String!) { actor(key: $k) { key } }", "variables": {}}`, header: map[string]string{"Accept": mediaGraphQL}, status: 400, media: mediaGraphQL, code: codeValidation},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest(c.method, "/graphql"+c.target, strings.NewReader(c.body))
			r.Header.Set("Content-Type", "application/json")
			for k, v := range c.header {
				r.Header.Set(k, v)
			}
			got := send(t, h, r)
			if got.Status != c.status {
				t.Errorf("status %d, want %d: %.300s", got.Status, c.status, got.Raw)
			}
			if got.Media != c.media+"; charset=utf-8" {
				t.Errorf("media type %q, want %q", got.Media, c.media)
			}
			code := ""
			if len(got.Errors) > 0 {
				code = got.Errors[0].Extensions.Code
			}
			if code != c.code {
				t.Errorf("code %q, want %q: %.300s", code, c.code, got.Raw)
			}
			if (code == "") != (got.Data != nil) {
				t.Errorf("an answer has data, a refusal has none: %.300s", got.Raw)
			}
			if strings.Contains(string(got.Raw), "secret") {
				t.Errorf("the body is said back: %s", got.Raw)
			}
			if got.Extensions.Entente.Cost.Limit != 100_000 {
				t.Errorf("no extensions.entente: %.300s", got.Raw)
			}
		})
	}
}

// endless is a body that does not end.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	if e.read > 64<<20 {
		return 0, io.EOF
	}
	for i := range p {
		p[i] = ' '
	}
	e.read += len(p)
	return len(p), nil
}

// A body that is too large is refused; the rest is taken in within bounds, so that the answer arrives.
func TestBodyIsNotReadWithoutBound(t *testing.T) {
	body := &endless{}
	r := httptest.NewRequest(http.MethodPost, "/graphql", body)
	r.Header.Set("Content-Type", "application/json")
	got := send(t, New(Config{Reader: sampleStore(t), Logger: quiet(t), Limits: Limits{Body: 4096}}), r)
	if got.Status != http.StatusRequestEntityTooLarge || body.read > maxDrain+1<<20 {
		t.Errorf("status %d after %d bytes", got.Status, body.read)
	}
}

func TestExtensions(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	r := post(t, h, `{ snapshot(asOf: "2019-06-01", load: 2) { dyad(a: "JPN", b: "KOR") { id } } }`, nil)
	e := r.Extensions.Entente
	if e.Load == nil || *e.Load != 2 || e.AsOf == nil || *e.AsOf != "2019-06-01" || e.Cost.Requested == 0 {
		t.Errorf("%s", r.Raw)
	}
	r = post(t, h, `{ meetings(where: {period: {from: "2019-01-01", to: "2019-12-31"}}) { totalCount } }`, nil)
	if notes := r.Extensions.Entente.Notes; len(notes) != 1 || notes[0] != "during 2019-01-01 to 2019-12-31: overlap ANY, certainty POSSIBLE" {
		t.Errorf("%q", notes)
	}
	if r.field(t, "meetings", "totalCount").(float64) == 0 {
		t.Errorf("no meeting in 2019: %s", r.Raw)
	}
}

// TestBibTeX: what to cite names the graph in its state, and every source.
func TestBibTeX(t *testing.T) {
	r := post(t, New(Config{Reader: sampleStore(t), Logger: quiet(t)}), `{ meta { bibtex sources { key bibtex } } }`, nil)
	all := r.field(t, "meta", "bibtex").(string)
	if strings.Count(all, "\n@") != len(r.field(t, "meta", "sources").([]any)) || !strings.HasPrefix(all, "@misc{entente-load-5,") {
		t.Errorf("%s", all)
	}
}
