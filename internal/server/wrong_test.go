package server

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

func TestWhatIsWrongIsSaid(t *testing.T) {
	h := sampleServer(t)
	const ties = "/v1/dyads/JPN/KOR/ties.csv"
	for _, c := range []struct {
		path, code, says, suggests string
		status                     int
	}{
		{ties + "?asOf=2019-02-30", "INVALID_DATE", `asOf: "2019-02-30" is not a day`, "", 400},
		{ties + "?asOf=2019", "INVALID_DATE", "write YYYY-MM-DD", "", 400},
		{ties + "?topic=defnse", "BAD_USER_INPUT", `topic: "defnse" is not a topic`, "defense", 400},
		{ties + "?asof=2019-06-01", "BAD_USER_INPUT", `no parameter "asof"`, "asOf", 400},
		{ties + "?as_of=2019-06-01", "BAD_USER_INPUT", "topic, nature, asOf, load, knownAt", "asOf", 400},
		{ties + "?LOAD=2", "BAD_USER_INPUT", `"LOAD"`, "load", 400},
		{ties + "?first=101", "BAD_USER_INPUT", `no parameter "first"`, "", 400},
		{ties + "?load=99", "BAD_USER_INPUT", "no load 99: the newest is 3", "", 400},
		{ties + "?load=-1", "BAD_USER_INPUT", `"-1" is not the number of a load`, "", 400},
		{ties + "?load=two", "BAD_USER_INPUT", `"two" is not the number of a load`, "", 400},
		{ties + "?load=2&load=3", "BAD_USER_INPUT", "load is given twice", "", 400},
		{ties + "?load=2&knownAt=2024-06-01", "BAD_USER_INPUT", "give one of them", "", 400},
		{ties + "?knownAt=yesterday", "BAD_USER_INPUT", `knownAt: "yesterday"`, "", 400},
		{ties + "?knownAt=2024-06-01T12:00:00+09:00", "BAD_USER_INPUT", "write %2B", "", 400},
		{ties + "?nature=contentoin", "BAD_USER_INPUT", "neither cooperation nor contention", "contention", 400},
		{ties + "?topic=%zz", "BAD_USER_INPUT", "not well formed", "", 400},
		{ties + "?topic=" + strings.Repeat("a", 300), "BAD_USER_INPUT", "topic has 300 characters", "", 400},
		{"/v1/dyads/Japan/KOR/ties.csv", "ACTOR_NOT_FOUND", "names do not resolve", "iso3:JPN", 404},
		{"/v1/dyads/JPN/XQX/ties.csv", "ACTOR_NOT_FOUND", "XQX", "", 404},
		{"/v1/dyads/" + strings.Repeat("a", 300) + "/KOR/ties.csv", "BAD_USER_INPUT", "at most 200", "", 400},
		{"/v1/dyads/JPN/cow:740/ties.csv", "BAD_USER_INPUT", "a dyad has two actors", "", 400},
		{"/v1/dyads/AUS/FRA/ties.csv?asOf=1850-01-01", "AMBIGUOUS_CODE", "AUS", "cowc:AUS", 400},
		{"/v1/dyads/JPN/KOR/ties.cvs", "NOT_FOUND", "ties.csv", "/v1/dyads/JPN/KOR/ties.csv", 404},
		{"/v1/dyad/JPN/KOR/ties.csv", "NOT_FOUND", "/v1/dyads/{a}/{b}/ties.csv", "/v1/dyads/JPN/KOR/ties.csv", 404},
		{"/readiness", "NOT_FOUND", "/readyz", "", 404},
		{"/heathz", "NOT_FOUND", "there is nothing at", "/healthz", 404},
	} {
		w := get(t, h, c.path)
		f := problemOf(t, w)
		if w.Code != c.status || f.Status != c.status || f.Code != c.code {
			t.Errorf("%s: %d %s, not %d %s", c.path, w.Code, f.Code, c.status, c.code)
		}
		if !strings.Contains(f.Detail, c.says) {
			t.Errorf("%s: %q does not say %q", c.path, f.Detail, c.says)
		}
		if c.suggests != "" && !slices.Contains(f.Suggestions, c.suggests) {
			t.Errorf("%s: suggests %q, not %q", c.path, f.Suggestions, c.suggests)
		}
		if len(w.Body.Bytes()) > 2000 {
			t.Errorf("%s: %d bytes of problem", c.path, w.Body.Len())
		}
		if tag := w.Header().Get("ETag"); tag != "" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: a problem that caches keep (%s)", c.path, tag)
		}
	}
}

func problemOf(t *testing.T, w *httptest.ResponseRecorder) fault {
	t.Helper()
	if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
		t.Fatalf("%d, of type %q, is no problem:\n%s", w.Code, got, w.Body)
	}
	var f fault
	if err := json.Unmarshal(w.Body.Bytes(), &f); err != nil {
		t.Fatalf("%v\n%s", err, w.Body)
	}
	if f.Title == "" || f.Detail == "" || f.Code == "" {
		t.Errorf("a problem that says little: %+v", f)
	}
	return f
}

func TestWrongMethods(t *testing.T) {
	h := sampleServer(t)
	for _, path := range []string{"/v1/dyads/JPN/KOR/ties.csv", "/healthz", "/readyz", "/metrics"} {
		for _, method := range []string{http.MethodPost, http.MethodDelete, "BREW"} {
			w := ask(t, h, httptest.NewRequest(method, path, nil))
			f := problemOf(t, w)
			if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD, OPTIONS" || !strings.Contains(f.Detail, method) {
				t.Errorf("%s %s: %d, Allow %q: %s", method, path, w.Code, w.Header().Get("Allow"), f.Detail)
			}
		}
		if w := ask(t, h, httptest.NewRequest(http.MethodOptions, path, nil)); w.Code != http.StatusNoContent || w.Header().Get("Allow") == "" {
			t.Errorf("OPTIONS %s: %d", path, w.Code)
		}
	}
}

// faulty is a store that fails where ties are read.
type faulty struct {
	graph.Reader
	err    error
	panics bool
}

func (f faulty) TieRecords(context.Context, graph.TieQuery) ([]graph.TieRecord, error) {
	if f.panics {
		panic(f.err)
	}
	return nil, f.err
}

func TestNothingInternalReachesTheClient(t *testing.T) {
	const secret = "dial tcp 10.1.2.3:7687: password of neo4j"
	for _, c := range []struct {
		name   string
		err    error
		panics bool
		status int
		code   string
	}{
		{"an error", errors.New(secret), false, 500, "INTERNAL_SERVER_ERROR"},
		{"a panic", errors.New(secret), true, 500, "INTERNAL_SERVER_ERROR"},
		{"the store is away", errors.Join(graph.ErrUnavailable, errors.New(secret)), false, 503, "UNAVAILABLE"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var log logbook
			h := New(Config{Reader: faulty{sampleStore(t), c.err, c.panics}, Logger: log.logger()}).Handler()
			w := get(t, h, "/v1/dyads/JPN/KOR/ties.csv")
			f := problemOf(t, w)
			if w.Code != c.status || f.Code != c.code || f.ID == "" || f.ID != w.Header().Get("X-Request-Id") {
				t.Errorf("%d %+v", w.Code, f)
			}
			if strings.Contains(w.Body.String(), "10.1.2.3") {
				t.Errorf("the client reads %s", w.Body)
			}
			lines := log.lines(t, "request failed")
			if len(lines) != 1 || lines[0]["id"] != f.ID || !strings.Contains(lines[0]["error"].(string), secret) {
				t.Errorf("the log has %v", lines)
			}
		})
	}
}
