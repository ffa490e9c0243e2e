package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/entente-graph/entente/graph"
)

// The media types of answers, as GraphQL over HTTP names them.
const (
	mediaGraphQL = "application/graphql-response+json"
	mediaJSON    = "application/json"
)

// ServeHTTP answers POST with a JSON body, and GET with query, operationName and variables in the URL.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	media, ok := negotiate(r.Header.Values("Accept"))
	if !ok {
		s.refuse(w, mediaJSON, http.StatusNotAcceptable, graph.CodeBadUserInput, "answers are "+mediaGraphQL+" or "+mediaJSON+": accept one of them")
		return
	}
	var params *graphql.RawParams
	var bad *badRequest
	switch r.Method {
	case http.MethodPost:
		params, bad = s.post(r)
	case http.MethodGet:
		params, bad = get(r)
	default:
		w.Header().Set("Allow", "GET, POST")
		bad = &badRequest{http.StatusMethodNotAllowed, graph.CodeBadUserInput, "questions come by GET or POST"}
	}
	if bad != nil {
		s.refuse(w, media, bad.status, bad.code, bad.message)
		return
	}
	a := s.answer(r.Context(), params)
	status := http.StatusOK
	if !a.executed && media == mediaGraphQL {
		status = http.StatusBadRequest
	}
	s.write(w, media, status, a)
}

// badRequest is what is wrong with a request before there is a document.
type badRequest struct {
	status        int
	code, message string
}

// maxDrain is how much more of a body that is too large is taken in, and thrown away, before it is refused.
const maxDrain = 16 << 20

// post reads a body of JSON, never more than the limit, and never says it back.
func (s *service) post(r *http.Request) (*graphql.RawParams, *badRequest) {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != mediaJSON {
		return nil, &badRequest{http.StatusUnsupportedMediaType, graph.CodeBadUserInput, "the body must be JSON: send Content-Type: application/json"}
	}
	if c := params["charset"]; c != "" && !strings.EqualFold(c, "utf-8") {
		return nil, &badRequest{http.StatusUnsupportedMediaType, graph.CodeBadUserInput, "the body must be UTF-8"}
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, s.limits.Body+1))
	switch {
	case int64(len(body)) > s.limits.Body:
		// Take in the rest, within bounds: to a client that is still sending, a closed connection hides the answer.
		_, _ = io.CopyN(io.Discard, r.Body, maxDrain)
		return nil, &badRequest{http.StatusRequestEntityTooLarge, codeTooLarge, "the body is larger than " + strconv.FormatInt(s.limits.Body, 10) + " bytes, which is the limit"}
	case err != nil:
		return nil, &badRequest{http.StatusBadRequest, graph.CodeBadUserInput, "the body did not arrive whole"}
	}
	if first := bytes.TrimLeft(body, " \t\r\n"); len(first) > 0 && first[0] == '[' {
		return nil, &badRequest{http.StatusBadRequest, graph.CodeBadUserInput, "one question at a time: an array of them is not answered; a document may have several fields at its root"}
	}
	var in struct {
		Query         string         `json:"query"`
		OperationName string         `json:"operationName"`
		Variables     map[string]any `json:"variables"`
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&in); err != nil {
		return nil, &badRequest{http.StatusBadRequest, graph.CodeBadUserInput, `the body is not the JSON of a question: {"query": "…", "variables": {…}, "operationName": "…"}` + offset(err)}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, &badRequest{http.StatusBadRequest, graph.CodeBadUserInput, "something follows the JSON of the question"}
	}
	return question(r, in.Query, in.OperationName, in.Variables)
}

// offset says where JSON is wrong, without saying what stands there.
func offset(err error) string {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return " (wrong at byte " + strconv.FormatInt(syntax.Offset, 10) + ")"
	}
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) && kind.Field != "" {
		return " (" + kind.Field + " is of the wrong kind)"
	}
	return ""
}

// get reads a question from a URL. It can only ask: the schema has nothing that writes.
func get(r *http.Request) (*graphql.RawParams, *badRequest) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, &badRequest{http.StatusBadRequest, graph.CodeBadUserInput, "the URL's parameters are not well formed"}
	}
	var variables map[string]any
	if text := values.Get("variables"); text != "" {
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		if err := d.Decode(&variables); err != nil {
			return nil, &badRequest{http.StatusBadRequest, graph.CodeBadUserInput, "variables is not a JSON object" + offset(err)}
		}
	}
	return question(r, values.Get("query"), values.Get("operationName"), variables)
}

func question(r *http.Request, query, operation string, variables map[string]any) (*graphql.RawParams, *badRequest) {
	if strings.TrimSpace(query) == "" {
		return nil, &badRequest{http.StatusBadRequest, graph.CodeBadUserInput, "there is no query: send one, as { meta { load { number } } }"}
	}
	return &graphql.RawParams{Query: query, OperationName: operation, Variables: variables, Headers: r.Header}, nil
}

// negotiate picks the media type that the client likes best; plain JSON where it does not say.
func negotiate(accept []string) (string, bool) {
	if len(accept) == 0 {
		return mediaJSON, true
	}
	best, quality := "", 0.0
	for _, part := range strings.Split(strings.Join(accept, ","), ",") {
		media, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil {
			continue
		}
		q := 1.0
		if text, ok := params["q"]; ok {
			if q, err = strconv.ParseFloat(text, 64); err != nil {
				continue
			}
		}
		switch media {
		case "*/*", "application/*":
			media = mediaJSON
		case mediaGraphQL, mediaJSON:
		default:
			continue
		}
		if q > quality || q == quality && q > 0 && media == mediaGraphQL && best == mediaJSON {
			best, quality = media, q
		}
	}
	return best, best != ""
}

// refuse answers a request that has no document.
func (s *service) refuse(w http.ResponseWriter, media string, status int, code, message string) {
	a := &answer{errors: gqlerror.List{refuse(code, "%s", message)}}
	a.beside = beside{Cost: costs{0, s.limits.Cost}, Version: s.version, Notes: []string{}}
	s.write(w, media, status, a)
}

// write sends an answer. Data is JSON already and goes out as it is.
func (s *service) write(w http.ResponseWriter, media string, status int, a *answer) {
	var b bytes.Buffer
	field := func(name string, v any) {
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		b.WriteString(`"` + name + `":`)
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(v); err != nil {
			s.logger.Error("an answer does not encode", slog.String("part", name), slog.Any("error", err))
			b.WriteString("null")
		}
	}
	b.WriteByte('{')
	if len(a.errors) > 0 {
		field("errors", a.errors)
	}
	if a.executed {
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		b.WriteString(`"data":`)
		b.Write(a.data)
	}
	field("extensions", map[string]any{"entente": a.beside})
	b.WriteString("}\n")
	w.Header().Set("Content-Type", media+"; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	if _, err := w.Write(b.Bytes()); err != nil {
		s.logger.Debug("an answer was not taken", slog.Any("error", err))
	}
}
