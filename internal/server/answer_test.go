package server

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

func TestAnAnswerIsNotSentTwice(t *testing.T) {
	h := sampleServer(t)
	for _, ending := range []string{"csv", "json", "bib"} {
		path := "/v1/dyads/JPN/KOR/ties." + ending + "?topic=defense"
		first := get(t, h, path)
		tag := first.Header().Get("ETag")
		if !strings.HasPrefix(tag, `"`) || len(tag) < 10 {
			t.Fatalf("%s: the tag %q is not a strong one", path, tag)
		}
		for _, sent := range []string{tag, "W/" + tag, `"other", ` + tag} {
			w := get(t, h, path, "If-None-Match", sent)
			if w.Code != http.StatusNotModified || w.Body.Len() != 0 || w.Header().Get("ETag") != tag {
				t.Errorf("%s, If-None-Match %s: %d, %d bytes, tag %s", path, sent, w.Code, w.Body.Len(), w.Header().Get("ETag"))
			}
			if w.Header().Get("Cache-Control") != first.Header().Get("Cache-Control") || w.Header().Get("Link") == "" {
				t.Errorf("%s: a 304 that says less than the 200: %v", path, w.Header())
			}
		}
		if w := get(t, h, path, "If-None-Match", `"other"`); w.Code != http.StatusOK {
			t.Errorf("%s: another's tag gives %d", path, w.Code)
		}
		if w := get(t, h, path+"&asOf=2019-13-01", "If-None-Match", tag); w.Code != http.StatusBadRequest {
			t.Errorf("%s: a wrong question with a tag gives %d", path, w.Code)
		}
	}
}

func TestDifferentAnswersHaveDifferentTags(t *testing.T) {
	h := sampleServer(t)
	seen := map[string]string{}
	for _, path := range []string{
		"/v1/dyads/JPN/KOR/ties.csv", "/v1/dyads/JPN/KOR/ties.json", "/v1/dyads/JPN/KOR/ties.bib", "/v1/dyads/JPN/PRK/ties.csv",
		"/v1/dyads/JPN/KOR/ties.csv?topic=defense", "/v1/dyads/JPN/KOR/ties.csv?topic=trade", "/v1/dyads/JPN/KOR/ties.csv?topic=trade,defense",
		"/v1/dyads/JPN/KOR/ties.csv?load=2", "/v1/dyads/JPN/KOR/ties.csv?asOf=2019-06-01", "/v1/dyads/JPN/KOR/ties.csv?nature=contention",
		"/v1/dyads/JPN/KOR/ties.csv?load=2&asOf=2019-06-01",
	} {
		tag := get(t, h, path).Header().Get("ETag")
		if other, ok := seen[tag]; ok || tag == "" {
			t.Errorf("%s has the tag of %s: %q", path, other, tag)
		}
		seen[tag] = path
	}
	later := New(Config{Reader: sampleStore(t), Logger: quiet(t), Version: "another"}).Handler()
	if tag := get(t, later, "/v1/dyads/JPN/KOR/ties.csv").Header().Get("ETag"); seen[tag] != "" {
		t.Errorf("another program has the tag of %s", seen[tag])
	}
}

func TestHowLongAnAnswerIsKept(t *testing.T) {
	h := sampleServer(t)
	for path, want := range map[string]string{
		"/v1/dyads/JPN/KOR/ties.csv":                        "no-cache",
		"/v1/dyads/JPN/KOR/ties.csv?asOf=2019-06-01":        "no-cache",
		"/v1/dyads/JPN/KOR/ties.csv?load=&asOf=2019-06-01":  "no-cache",
		"/v1/dyads/JPN/KOR/ties.csv?knownAt=2999-01-01":     "no-cache",
		"/v1/dyads/JPN/KOR/ties.csv?load=3":                 "public, max-age=86400",
		"/v1/dyads/JPN/KOR/ties.csv?load=2&asOf=2019-06-01": "public, max-age=86400",
	} {
		w := get(t, h, path)
		if got := w.Header().Get("Cache-Control"); w.Code != 200 || got != want {
			t.Errorf("%s: %d, Cache-Control %q, not %q", path, w.Code, got, want)
		}
		link, _, _ := strings.Cut(strings.TrimPrefix(w.Header().Get("Link"), "<"), ">")
		again := get(t, h, link)
		if again.Body.String() != w.Body.String() || again.Header().Get("Cache-Control") == "no-cache" {
			t.Errorf("%s: its permalink %s is another answer, or not permanent", path, link)
		}
	}
}

func TestHead(t *testing.T) {
	h := sampleServer(t)
	const path = "/v1/dyads/JPN/KOR/ties.csv"
	w := ask(t, h, httptest.NewRequest(http.MethodHead, path, nil))
	if w.Code != 200 || w.Body.Len() != 0 || w.Header().Get("ETag") != get(t, h, path).Header().Get("ETag") {
		t.Errorf("%d, %d bytes, %v", w.Code, w.Body.Len(), w.Header())
	}
}

func TestPacked(t *testing.T) {
	h := sampleServer(t)
	const path = "/v1/dyads/JPN/KOR/ties.json"
	plain := get(t, h, path)
	w := get(t, h, path, "Accept-Encoding", "gzip")
	if w.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(strings.Join(w.Header().Values("Vary"), ","), "Accept-Encoding") {
		t.Fatalf("not packed: %v", w.Header())
	}
	r, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil || string(text) != plain.Body.String() {
		t.Errorf("packed and plain differ (%v)", err)
	}
	tag := w.Header().Get("ETag")
	if tag == plain.Header().Get("ETag") {
		t.Errorf("packed and plain have one strong tag, %s", tag)
	}
	if again := get(t, h, path, "Accept-Encoding", "gzip", "If-None-Match", tag); again.Code != http.StatusNotModified || again.Header().Get("ETag") != tag {
		t.Errorf("the packed answer's tag gives %d, %s", again.Code, again.Header().Get("ETag"))
	}
}

// TestPermalinksOfTables: the address in Link gives the same bytes after another load, in every form; and once something was
// erased, the rule is an older one or the store another, it is GONE.
func TestPermalinksOfTables(t *testing.T) {
	t.Parallel()
	store := ownSample(t)
	h := New(Config{Reader: store, Logger: quiet(t), Version: "test"}).Handler()
	before := map[string]*httptest.ResponseRecorder{}
	links := map[string]string{}
	for _, path := range []string{
		"/v1/dyads/JPN/KOR/ties.csv?topic=defense", "/v1/dyads/JPN/KOR/ties.json", "/v1/dyads/JPN/KOR/ties.bib?asOf=2019-06-01",
	} {
		before[path] = get(t, h, path)
		links[path], _, _ = strings.Cut(strings.TrimPrefix(before[path].Header().Get("Link"), "<"), ">")
	}
	lease, err := store.Open(context.Background(), graph.LoadInfo{Source: "northeast-asia"})
	if err != nil {
		t.Fatal(err)
	}
	b := graph.Batch{Close: []graph.StatementID{{Source: "northeast-asia", Kind: graph.StatementEngagement, Key: suspension}}}
	if err := store.Write(context.Background(), lease, b); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Commit(context.Background(), lease, graph.Counts{}); err != nil {
		t.Fatal(err)
	}
	for path, first := range before {
		again := get(t, h, links[path])
		if again.Code != http.StatusOK || again.Body.String() != first.Body.String() || again.Header().Get("ETag") != first.Header().Get("ETag") {
			t.Errorf("%s: after another load %s gives %d otherwise:\n%s\n%s", path, links[path], again.Code, first.Body, again.Body)
		}
		for _, other := range []struct{ from, to string }{{"rule=spells%2F1", "rule=spells%2F0"}, {"store=", "store=x"}} {
			link := strings.Replace(links[path], other.from, other.to, 1)
			if w := get(t, h, link, "If-None-Match", first.Header().Get("ETag")); w.Code != http.StatusGone || problemOf(t, w).Code != graph.CodeGone {
				t.Errorf("%s is %d: %s", link, w.Code, w.Body)
			}
		}
	}
	erase(t, store, graph.StatementActor, "person:minoru-kihara")
	for path, link := range links {
		if w := get(t, h, link, "If-None-Match", before[path].Header().Get("ETag")); w.Code != http.StatusGone || problemOf(t, w).Code != graph.CodeGone {
			t.Errorf("after an erasure %s is %d: %s", link, w.Code, w.Body)
		}
		left, _, _ := strings.Cut(link, "&store=")
		if w := get(t, h, left); w.Code != http.StatusOK {
			t.Errorf("what is left at %s is %d: %s", left, w.Code, w.Body)
		}
	}
}
