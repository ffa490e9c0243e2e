package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/permanent"
)

// The media types of answers, as GraphQL over HTTP names them.
const (
	mediaGraphQL = "application/graphql-response+json"
	mediaJSON    = "application/json"
)

// asked is a request as it came.
type asked struct {
	params  *graphql.RawParams
	media   string            // of the answer
	newest  *graph.LoadNumber // the load that counts as the newest; nil: the store's
	address url.Values        // what the address says
	get     *http.Request     // nil: it was not asked by GET
}

// grounded tells whether the address names what the answer stands on.
func (a *asked) grounded() bool {
	return slices.ContainsFunc(permanent.GroundParams, a.address.Has)
}

// addressParams are those that an address may have: a mistyped one would otherwise answer another question.
var addressParams = append([]string{"query", "operationName", "variables", "extensions", permanent.ParamLoad}, permanent.GroundParams...)

// ServeHTTP answers POST with a JSON body, and GET with query, operationName and variables in the URL. With load in the URL the
// question is answered as when that load was the newest.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Accept")
	media, ok := negotiate(r.Header.Values("Accept"))
	if !ok {
		s.refuse(w, mediaJSON, &badRequest{http.StatusNotAcceptable, graph.CodeBadUserInput, "answers are " + mediaGraphQL + " or " + mediaJSON + ": accept one of them"})
		return
	}
	q, bad := s.asked(w, r)
	if bad != nil {
		s.refuse(w, media, bad)
		return
	}
	q.media = media
	for {
		a := s.answer(r.Context(), q)
		if a.tag != "" && !a.held && len(a.errors) == 0 && !s.stillStands(r.Context(), q, a) {
			continue // something was erased between the tag and the answer
		}
		s.write(w, q, a)
		return
	}
}

// stillStands tells whether nothing was erased since an answer got its tag.
func (s *service) stillStands(ctx context.Context, q *asked, a *answer) bool {
	ctx, request := withRequest(ctx, s, q.newest, q.params)
	defer request.reader.over(nil)
	now, err := s.ground(ctx, request)
	if err != nil { // it cannot be told
		a.tag = ""
	}
	return err != nil || now == a.ground
}

// asked reads a request.
func (s *service) asked(w http.ResponseWriter, r *http.Request) (*asked, *badRequest) {
	allowed := "GET, HEAD, POST"
	if s.noGet {
		allowed = "POST"
	}
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	if r.Method != http.MethodPost && (!reads || s.noGet) {
		w.Header().Set("Allow", allowed)
		return nil, &badRequest{http.StatusMethodNotAllowed, graph.CodeBadUserInput, "questions come by " + strings.ReplaceAll(allowed, ", ", " or ")}
	}
	address, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, &badRequest{http.StatusBadRequest, graph.CodeBadUserInput, "the URL's parameters are not well formed"}
	}
	for name := range address {
		if !slices.Contains(addressParams, name) {
			return nil, &badRequest{http.StatusBadRequest, graph.CodeBadUserInput, "the URL has a parameter that is none here: there are " + strings.Join(addressParams, ", ")}
		}
	}
	q := &asked{address: address}
	if text := address.Get(permanent.ParamLoad); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 0 {
			return nil, &badRequest{http.StatusBadRequest, graph.CodeBadUserInput, "load is not the number of a load: write a whole number, such as 2"}
		}
		number := graph.LoadNumber(n)
		q.newest = &number
	}
	var bad *badRequest
	if reads {
		q.get = r
		q.params, bad = get(r, address)
	} else {
		q.params, bad = s.post(r)
	}
	return q, bad
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
	body, err := readBody(r, s.limits.Body)
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
	if bad := tooManyValues(body, s.limits); bad != nil {
		return nil, bad
	}
	var in struct {
		Query         string          `json:"query"`
		OperationName string          `json:"operationName"`
		Variables     json.RawMessage `json:"variables"`
		Extensions    json.RawMessage `json:"extensions"`
	}
	if err := json.Unmarshal(body, &in); err != nil {
		return nil, &badRequest{http.StatusBadRequest, graph.CodeBadUserInput, `the body is not the JSON of a question: {"query": "…", "variables": {…}, "operationName": "…"}` + offset(err)}
	}
	return question(r, in.Query, in.OperationName, string(in.Variables), string(in.Extensions))
}

// readBody reads a body up to a byte more than the limit.
func readBody(r *http.Request, limit int64) ([]byte, error) {
	var b bytes.Buffer
	if n := r.ContentLength; n > 0 { // no byte is copied as the buffer grows
		b.Grow(int(min(n, limit)) + bytes.MinRead)
	}
	_, err := b.ReadFrom(io.LimitReader(r.Body, limit+1))
	return b.Bytes(), err
}

// tooManyValues refuses JSON of more values, or deeper, than any question has, before it is read: small values take
// many times their text in memory.
func tooManyValues(text []byte, l Limits) *badRequest {
	values, depth, deepest := 0, 0, 0
	quoted, from, longest, second := false, 0, 0, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			if n := i - from; quoted && n > longest {
				longest, second = n, longest
			} else if quoted {
				second = max(second, n)
			}
			quoted, from = !quoted, i
		case quoted:
		case c == '[' || c == '{':
			depth++
			values++
			deepest = max(deepest, depth)
		case c == ']' || c == '}':
			depth--
		case c == ',':
			values++
		}
	}
	// One text is the document; any letter of a text may be written in six bytes.
	if longest > 6*l.Document || second > 6*maxText {
		return &badRequest{
			http.StatusBadRequest, graph.CodeBadUserInput,
			"the JSON of the question has texts of " + strconv.Itoa(longest) + " and " + strconv.Itoa(second) + " bytes: the document may have " +
				strconv.Itoa(l.Document) + ", and any other text " + strconv.Itoa(maxText),
		}
	}
	if values > l.Tokens || deepest > 2*l.Depth {
		return &badRequest{
			http.StatusBadRequest, graph.CodeBadUserInput,
			"the JSON of the question has " + strconv.Itoa(values) + " values in " + strconv.Itoa(deepest) + " levels: the limits are " + strconv.Itoa(l.Tokens) + " and " + strconv.Itoa(2*l.Depth),
		}
	}
	return nil
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
func get(r *http.Request, address url.Values) (*graphql.RawParams, *badRequest) {
	return question(r, address.Get("query"), address.Get("operationName"), address.Get("variables"), address.Get("extensions"))
}

func question(r *http.Request, query, operation, variables, extensions string) (*graphql.RawParams, *badRequest) {
	q := &graphql.RawParams{Query: query, OperationName: operation, Headers: r.Header}
	for _, part := range []struct {
		name, text string
		into       *map[string]any
	}{{"variables", variables, &q.Variables}, {"extensions", extensions, &q.Extensions}} {
		if part.text == "" {
			continue
		}
		d := json.NewDecoder(strings.NewReader(part.text))
		d.UseNumber()
		err := d.Decode(part.into)
		if _, more := d.Token(); err == nil && !errors.Is(more, io.EOF) {
			err = errors.New("something follows")
		}
		if err != nil {
			return nil, &badRequest{http.StatusBadRequest, graph.CodeBadUserInput, part.name + " is not a JSON object" + offset(err)}
		}
	}
	if strings.TrimSpace(query) == "" {
		return nil, &badRequest{http.StatusBadRequest, graph.CodeBadUserInput, "there is no query: send one, as { meta { load { number } } }"}
	}
	return q, nil
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
func (s *service) refuse(w http.ResponseWriter, media string, bad *badRequest) {
	a := &answer{errors: gqlerror.List{refuse(bad.code, "%s", bad.message)}, beside: s.blank()}
	w.Header().Set("Cache-Control", "no-store")
	s.send(w, media, bad.status, a)
}

// maxLink bounds the permalink in a header, in bytes: proxies take few kilobytes of all headers together.
const maxLink = 2_000

// write sends an answer with what makes it permanent. What is wrong is not kept.
func (s *service) write(w http.ResponseWriter, q *asked, a *answer) {
	h := w.Header()
	h.Set("Entente-Asked", fmt.Sprintf("questions=%d, rows=%d", a.questions, a.rows))
	status := http.StatusOK
	switch {
	case a.executed && len(a.errors) == 0 && a.tag != "":
		h.Set("ETag", a.tag)
		if len(a.permalink) <= maxLink {
			h.Add("Link", "<"+a.permalink+`>; rel="canonical"`)
		}
		permanent.Keep(h, q.newest != nil)
		if a.held {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	case q.get != nil || len(a.errors) > 0:
		h.Set("Cache-Control", "no-store")
	}
	if !a.executed {
		switch a.errors[0].Extensions["code"] {
		case graph.CodeGone:
			status = http.StatusGone
		case codeUnavailable:
			status = http.StatusServiceUnavailable
			h.Set("Retry-After", "5")
		default:
			if q.media == mediaGraphQL {
				status = http.StatusBadRequest
			}
		}
	}
	s.send(w, q.media, status, a)
}

// send sends an answer. Data is JSON already and goes out as it is.
func (s *service) send(w http.ResponseWriter, media string, status int, a *answer) {
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
