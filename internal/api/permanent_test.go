package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/sample/sampletest"
)

// fetched is an answer by GET, with its header.
type fetched struct {
	status int
	header http.Header
	body   string
}

func fetch(t testing.TB, h http.Handler, target string, header ...string) fetched {
	t.Helper()
	return exchange(t, h, httptest.NewRequest(http.MethodGet, target, nil), header...)
}

func exchange(t testing.TB, h http.Handler, r *http.Request, header ...string) fetched {
	t.Helper()
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return fetched{w.Code, w.Header(), w.Body.String()}
}

func (f fetched) tag() string { return f.header.Get("ETag") }

// link is the address at which the answer can be had again.
func (f fetched) link() string {
	link, _, _ := strings.Cut(strings.TrimPrefix(f.header.Get("Link"), "<"), ">")
	return link
}

func address(query string, variables map[string]any) string {
	text := "/graphql?query=" + url.QueryEscape(query)
	if variables != nil {
		b, err := json.Marshal(variables)
		if err != nil {
			panic(err) // of what was JSON
		}
		text += "&variables=" + url.QueryEscape(string(b))
	}
	return text
}

// retract records a load in which every second statement of the dossier is no longer said.
func retract(t *testing.T, store graph.Store) graph.Load {
	t.Helper()
	ctx := context.Background()
	head, err := store.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	lease, err := store.Open(ctx, graph.LoadInfo{Source: "northeast-asia", Program: "test"})
	if err != nil {
		t.Fatal(err)
	}
	b := graph.Batch{}
	n := 0
	for e, err := range store.Manifest(ctx, graph.ManifestQuery{Load: head.Load.Number}) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Source == "northeast-asia" && e.Kind != graph.StatementSource {
			if n++; n%2 == 0 {
				b.Close = append(b.Close, e.StatementID)
			}
		}
	}
	if err := store.Write(ctx, lease, b); err != nil {
		t.Fatal(err)
	}
	load, err := store.Commit(ctx, lease, graph.Counts{Retracted: len(b.Close)})
	if err != nil {
		t.Fatal(err)
	}
	return load
}

// asDocuments gives every question of testdata, and every nested one.
func asDocuments(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no questions in testdata: %v", err)
	}
	all := map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(text), "--- query\n")
		question, _, _ := strings.Cut(rest, "--- answer\n")
		document, variables, _ := strings.Cut(question, "--- variables\n")
		var given map[string]any
		if strings.TrimSpace(variables) != "" {
			if err := json.Unmarshal([]byte(variables), &given); err != nil {
				t.Fatal(err)
			}
		}
		all[filepath.Base(file)] = address(document, given)
	}
	for _, n := range nested {
		all[n.name] = address(n.document, nil)
	}
	return all
}

// TestPermalinks: every question, asked again at the address that its answer gives, has the same bytes, before a later load
// changed much of the graph and after it. The questions that are asked of the newest load change with it, and so do their tags.
func TestPermalinks(t *testing.T) {
	store := sampletest.Open(t, sampletest.Copy(t, sampletest.Path(t)))
	h := New(Config{Reader: store, Logger: quiet(t), Version: "test"})
	before, again := map[string]fetched{}, map[string]fetched{}
	for name, target := range asDocuments(t) {
		f := fetch(t, h, target)
		before[name] = f
		wrong := strings.Contains(f.body, `"errors"`)
		if f.status != http.StatusOK || (f.tag() == "") != wrong || f.link() == "" && !wrong && len(target) < maxLink-200 || f.link() != "" && wrong {
			t.Fatalf("%s: %d with the tag %s at %s: %.300s", name, f.status, f.tag(), f.link(), f.body)
		}
		if f.link() == "" { // errors name places in the document as it was laid out; or the address is too long for a header
			again[name] = fetch(t, h, target+"&load=5")
			continue
		}
		again[name] = fetch(t, h, f.link())
		if a := again[name]; a.body != f.body || a.tag() != f.tag() {
			t.Errorf("%s: %s answers otherwise:\n%s\n%s", name, f.link(), f.body, a.body)
		}
		if keep := again[name].header.Get("Cache-Control"); keep != "public, max-age=86400" || f.header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: kept as %q, and its permalink as %q", name, f.header.Get("Cache-Control"), keep)
		}
	}
	retract(t, store)
	changed, kept := 0, 0
	for name, target := range asDocuments(t) {
		link := before[name].link()
		if link == "" {
			link = target + "&load=5"
		}
		if a := fetch(t, h, link); a.status != http.StatusOK || a.body != again[name].body || a.tag() != again[name].tag() {
			t.Errorf("%s: after another load %s answers %d otherwise:\n%s\n%s", name, link, a.status, again[name].body, a.body)
		}
		now := fetch(t, h, target)
		if now.body == before[name].body {
			if now.tag() == before[name].tag() && now.tag() != "" {
				kept++
			}
			continue
		}
		changed++
		if now.tag() == before[name].tag() && now.tag() != "" {
			t.Errorf("%s: two answers with the tag %s:\n%s\n%s", name, now.tag(), before[name].body, now.body)
		}
	}
	if kept < 2 {
		t.Errorf("%d answers of loads that their questions name kept their tags", kept)
	}
	if changed < 10 {
		t.Errorf("the load changed %d answers: it should change most", changed)
	}
}

const founding = `{ dyad(a: "JPN", b: "KOR") { ties(topics: [DEFENSE]) { status spells { status startedBy { title } } } } meta { permalink bibtex } }`

// TestNotModified: who holds the answer is not sent it again, and the store is asked for head and erasures alone.
func TestNotModified(t *testing.T) {
	counted := &counting{Reader: sampleStore(t), asked: map[string]int{}}
	h := New(Config{Reader: counted, Logger: quiet(t)})
	first := fetch(t, h, address(founding, nil))
	tag := first.tag()
	if !strings.HasPrefix(tag, `"`) || !strings.Contains(first.header.Get("Vary"), "Accept") {
		t.Fatalf("the tag %s, Vary %s", tag, first.header.Get("Vary"))
	}
	for _, sent := range []string{tag, "W/" + tag, `"other", ` + strings.TrimSuffix(tag, `"`) + `-gzip"`} {
		clear(counted.asked)
		f := fetch(t, h, address(founding, nil), "If-None-Match", sent)
		if f.status != http.StatusNotModified || f.body != "" || f.header.Get("Link") != first.header.Get("Link") || f.header.Get("Cache-Control") != "no-cache" {
			t.Errorf("If-None-Match %s: %d, %d bytes, %v", sent, f.status, len(f.body), f.header)
		}
		if len(counted.asked) != 1 || counted.asked["Head"] > 2 { // erasures are not counted here
			t.Errorf("the store is asked %v", counted.asked)
		}
	}
	if f := fetch(t, h, address(founding, nil), "If-None-Match", `"other"`); f.status != http.StatusOK {
		t.Errorf("another's tag gives %d", f.status)
	}
	head := exchange(t, h, httptest.NewRequest(http.MethodHead, address(founding, nil), nil))
	if head.status != http.StatusOK || head.tag() != tag {
		t.Errorf("HEAD: %d with the tag %s", head.status, head.tag())
	}
	if f := fetch(t, h, address(`{ actor(key: "nobody") { key } }`, nil)); f.tag() != "" || f.header.Get("Cache-Control") != "no-store" {
		t.Errorf("an answer with errors may be kept: %v", f.header)
	}
	if f := fetch(t, h, address(`{ nothing }`, nil)); f.tag() != "" || f.header.Get("Cache-Control") != "no-store" {
		t.Errorf("a refusal may be kept: %v", f.header)
	}
}

// TestTags: equal questions have equal tags, however they are spelled; whatever an answer is a function of changes its tag.
func TestTags(t *testing.T) {
	store := sampleStore(t)
	h := New(Config{Reader: store, Logger: quiet(t), Version: "1"})
	const question = `query ($k: String! = "JPN") { actor(key: $k) { ...n } } fragment n on Actor { key name(lang: "ja") }`
	tag := fetch(t, h, address(question, nil)).tag()
	for _, same := range []string{
		address("# a remark\nquery  Named($k: String! = \"JPN\"){actor(key:$k){...n}}\n\nfragment n on Actor { key, name(lang: \"ja\") }", nil),
		address(question, map[string]any{"k": "JPN"}),
		address(question, map[string]any{"k": "JPN", "unused": 1}),
		address(question, nil) + "&load=5",
	} {
		if got := fetch(t, h, same); got.tag() != tag || got.status != http.StatusOK {
			t.Errorf("%s has the tag %s, not %s: %.300s", same, got.tag(), tag, got.body)
		}
	}
	seen := map[string]string{tag: "the question"}
	for _, other := range []string{
		address(question, map[string]any{"k": "KOR"}), address(strings.Replace(question, "key name", "kind name", 1), nil),
		address(strings.Replace(question, "ja", "ko", 1), nil), address(question, nil) + "&load=4",
		address(`{ snapshot(load: 5) { actor(key: "JPN") { key name(lang: "ja") } } }`, nil),
		address(`{ snapshot(load: 5, asOf: "2019-06-01") { actor(key: "JPN") { key name(lang: "ja") } } }`, nil),
	} {
		got := fetch(t, h, other).tag()
		if was, ok := seen[got]; ok || got == "" {
			t.Errorf("%s has the tag of %s: %s", other, was, got)
		}
		seen[got] = other
	}
	for name, got := range map[string]fetched{
		"another media type": fetch(t, h, address(question, nil), "Accept", mediaGraphQL),
		"another program":    fetch(t, New(Config{Reader: store, Logger: quiet(t), Version: "2"}), address(question, nil)),
		"another store":      fetch(t, New(Config{Reader: otherStore{store}, Logger: quiet(t), Version: "1"}), address(question, nil)),
	} {
		if was, ok := seen[got.tag()]; ok || got.tag() == "" {
			t.Errorf("%s has the tag of %s: %s", name, was, got.tag())
		}
	}
}

// otherStore says that it is another.
type otherStore struct{ graph.Reader }

func (s otherStore) Head(ctx context.Context) (graph.Head, error) {
	h, err := s.Reader.Head(ctx)
	h.StoreID = "OTHER"
	return h, err
}

// TestLoadInTheAddress: the question is answered as when that load was the newest, by GET and by POST.
func TestLoadInTheAddress(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	const question = `{ meta { load { number } } loads { nodes { number } } snapshot(knownAt: "2999-01-01T00:00:00Z") { load } meetings { totalCount } }`
	post := func(target string) fetched {
		body, err := json.Marshal(map[string]any{"query": question})
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, target, strings.NewReader(string(body)))
		return exchange(t, h, r, "Content-Type", "application/json")
	}
	got, posted := fetch(t, h, address(question, nil)+"&load=2"), post("/graphql?load=2")
	const want = `{"data":{"meta":{"load":{"number":2}},"loads":{"nodes":[{"number":2},{"number":1}]},"snapshot":{"load":2},"meetings":{"totalCount":`
	if !strings.HasPrefix(got.body, want) || posted.body != got.body {
		t.Errorf("at load 2: %s\nposted: %s", got.body, posted.body)
	}
	if posted.tag() != "" {
		t.Errorf("HTTP keeps no answers to POST, and this has the tag %s", posted.tag())
	}
	if f := fetch(t, h, address(`{ meta { load { number } bibtex } sources { key } }`, nil)+"&load=0"); !strings.HasPrefix(f.body, `{"data":{"meta":{"load":null,"bibtex":null},"sources":[]}`) {
		t.Errorf("before the first load: %s", f.body)
	}
	for param, code := range map[string]string{
		"load=99": graph.CodeBadUserInput, "load=x": graph.CodeBadUserInput, "load=-1": graph.CodeBadUserInput, "laod=2": graph.CodeBadUserInput,
		"store=OTHER": graph.CodeGone, "rule=spells/0": graph.CodeGone, "rule=spells/2": graph.CodeBadUserInput, "erased=3": graph.CodeBadUserInput,
	} {
		for _, f := range []fetched{fetch(t, h, address(question, nil)+"&"+param), post("/graphql?" + param)} {
			status := http.StatusBadRequest
			switch param {
			case "load=99", "rule=spells/2", "erased=3": // the question is well formed: with application/json
				status = http.StatusOK
			}
			if code == graph.CodeGone {
				status = http.StatusGone
			}
			if f.status != status || !strings.Contains(f.body, `"code":"`+code+`"`) || strings.Contains(f.body, `"data"`) || f.header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: %d %s", param, f.status, f.body)
			}
		}
	}
}

// TestWhatAnAnswerStoodOnIsErased: its address is GONE, and never another answer; without the ground in it, what is left is told.
func TestWhatAnAnswerStoodOnIsErased(t *testing.T) {
	store := sampletest.Open(t, sampletest.Copy(t, sampletest.DossierPath(t)))
	h := New(Config{Reader: store, Logger: quiet(t)})
	first := fetch(t, h, address(founding, nil))
	link := first.link()
	erase(t, store)
	f := fetch(t, h, link, "If-None-Match", first.tag())
	if f.status != http.StatusGone || !strings.Contains(f.body, `"code":"GONE"`) || !strings.Contains(f.body, "load 4 erased something") || strings.Contains(f.body, `"data"`) {
		t.Errorf("%d: %s", f.status, f.body)
	}
	left, _, _ := strings.Cut(link, "&store=")
	f = fetch(t, h, left, "If-None-Match", first.tag())
	if f.status != http.StatusOK || f.tag() == first.tag() || f.body == first.body || f.link() == link {
		t.Errorf("what is left: %d with the tag %s: %s", f.status, f.tag(), f.body)
	}
	if again := fetch(t, h, f.link()); again.body != f.body {
		t.Errorf("its address answers otherwise:\n%s\n%s", f.body, again.body)
	}
}

func erase(t *testing.T, store graph.Store) {
	t.Helper()
	if _, err := store.Erase(context.Background(), graph.EraseOrder{Reason: "a person asked", IDs: []graph.StatementID{
		{Source: "northeast-asia", Kind: graph.StatementEngagement, Key: "northeast-asia:suspension-defence-exchanges-2019"},
	}}); err != nil {
		t.Fatal(err)
	}
}

// erasingMeanwhile is a reader in whose store something is erased while an answer is put together.
type erasingMeanwhile struct {
	graph.Reader
	erase func()
	done  atomic.Bool
}

func (r *erasingMeanwhile) TieRecords(ctx context.Context, q graph.TieQuery) ([]graph.TieRecord, error) {
	if r.done.CompareAndSwap(false, true) {
		r.erase()
	}
	return r.Reader.TieRecords(ctx, q)
}

// TestAnErasureBetweenTagAndAnswer: the tag is that of the answer.
func TestAnErasureBetweenTagAndAnswer(t *testing.T) {
	store := sampletest.Open(t, sampletest.Copy(t, sampletest.DossierPath(t)))
	reader := &erasingMeanwhile{Reader: store, erase: func() { erase(t, store) }}
	h := New(Config{Reader: reader, Logger: quiet(t)})
	target := address(founding, nil) + "&load=3"
	first, again := fetch(t, h, target), fetch(t, h, target)
	if !reader.done.Load() || first.body != again.body || first.tag() != again.tag() || first.tag() == "" {
		t.Errorf("%s with the tag %s, then %s with the tag %s", first.body, first.tag(), again.body, again.tag())
	}
}

// TestWithoutGet: where GET is switched off nothing is answered by it, and POST still is.
func TestWithoutGet(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t), NoGet: true})
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		f := exchange(t, h, httptest.NewRequest(method, address("{ __typename }", nil), nil))
		if f.status != http.StatusMethodNotAllowed || f.header.Get("Allow") != "POST" {
			t.Errorf("%s: %d, Allow: %s", method, f.status, f.header.Get("Allow"))
		}
	}
	if r := post(t, h, "{ __typename }", nil); len(r.Errors) > 0 {
		t.Errorf("POST: %s", r.Raw)
	}
}

// TestLongPermalink: a document that no address takes is posted to its address.
func TestLongPermalink(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	document := `{ meta { permalink } ` + many("e%d: engagement(key: \"northeast-asia:radar-incident-2018\") { title t%[1]d: title } #"+strings.Repeat("-", 200)+"\n", 30) +
		`a: search(text: "` + strings.Repeat("x ", 900) + `") { nodes { __typename } } b: search(text: "` + strings.Repeat("日", 600) + `") { nodes { __typename } } }`
	r := post(t, h, document, nil)
	link, _ := r.field(t, "meta", "permalink").(string)
	if !strings.HasPrefix(link, "/graphql?load=5&store=") || len(r.Errors) > 0 {
		t.Fatalf("%s", r.Raw)
	}
	body, err := json.Marshal(map[string]any{"query": document})
	if err != nil {
		t.Fatal(err)
	}
	again := exchange(t, h, httptest.NewRequest(http.MethodPost, link, strings.NewReader(string(body))), "Content-Type", "application/json", "Accept", mediaGraphQL)
	if again.body != string(r.Raw) {
		t.Errorf("posted to %s it is answered otherwise:\n%s\n%s", link, r.Raw, again.body)
	}
}
