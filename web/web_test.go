package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

const script = "console.log('entente')"

// bundle is what a build leaves, in small.
func bundle(t *testing.T) fstest.MapFS {
	t.Helper()
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	if _, err := io.WriteString(zip, script); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{
		"placeholder":                   {Data: []byte("keeps the folder")},
		"playground.html":               {Data: []byte("<title>Entente</title>")},
		"assets/playground-a1b2.js":     {Data: []byte(script)},
		"assets/playground-a1b2.js.gz":  {Data: packed.Bytes()},
		"assets/playground-c3d4.css":    {Data: []byte("body{}")},
		"assets/codicon-e5f6.ttf":       {Data: []byte("font")},
		"assets/unheard-of.entente-ext": {Data: []byte("?")},
	}
}

func get(t *testing.T, h http.Handler, method, target string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	content, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestBuiltBundle(t *testing.T) {
	h := newHandler(bundle(t), []byte("not built"))
	for _, c := range []struct {
		method, target string
		status         int
		contentType    string
		cache          string
	}{
		{"GET", "/playground", 200, "text/html; charset=utf-8", "no-cache"},
		{"GET", "/playground/", 200, "text/html; charset=utf-8", "no-cache"},
		{"GET", "/playground?tab=01-founding-question", 200, "text/html; charset=utf-8", "no-cache"},
		{"HEAD", "/playground", 200, "text/html; charset=utf-8", "no-cache"},
		{"GET", "/playground/assets/playground-a1b2.js", 200, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		{"GET", "/playground/assets/playground-c3d4.css", 200, "text/css; charset=utf-8", "public, max-age=31536000, immutable"},
		{"GET", "/playground/assets/codicon-e5f6.ttf", 200, "font/ttf", "public, max-age=31536000, immutable"},
		{"GET", "/playground/assets/unheard-of.entente-ext", 200, "application/octet-stream", "public, max-age=31536000, immutable"},
		{"GET", "/playground/assets/playground-gone.js", 404, "text/plain; charset=utf-8", "no-store"},
		{"GET", "/playground/assets/playground-a1b2.js.gz", 404, "text/plain; charset=utf-8", "no-store"},
		{"GET", "/playground/assets/", 404, "text/plain; charset=utf-8", "no-store"},
		{"GET", "/playground/assets/../playground.html", 404, "text/plain; charset=utf-8", "no-store"},
		{"GET", "/playground/placeholder", 404, "text/plain; charset=utf-8", "no-store"},
		{"GET", "/playground/playground.html", 404, "text/plain; charset=utf-8", "no-store"},
		{"GET", "/playgrounds", 404, "text/plain; charset=utf-8", "no-store"},
		{"POST", "/playground", 405, "text/plain; charset=utf-8", ""},
	} {
		t.Run(c.method+" "+c.target, func(t *testing.T) {
			r := get(t, h, c.method, c.target)
			if r.StatusCode != c.status || r.Header.Get("Content-Type") != c.contentType || r.Header.Get("Cache-Control") != c.cache {
				t.Errorf("got %d, %q, %q; want %d, %q, %q",
					r.StatusCode, r.Header.Get("Content-Type"), r.Header.Get("Cache-Control"), c.status, c.contentType, c.cache)
			}
			if got := r.Header.Get("Content-Security-Policy"); !strings.HasPrefix(got, "default-src 'none'; script-src 'self';") {
				t.Errorf("Content-Security-Policy %q lets in more than this server", got)
			}
			if c.method == "HEAD" && body(t, r) != "" {
				t.Error("HEAD has a body")
			}
		})
	}
}

func TestPackedTwin(t *testing.T) {
	h := newHandler(bundle(t), nil)
	const target = "/playground/assets/playground-a1b2.js"

	plain := get(t, h, "GET", target, "Accept-Encoding", "br, gzip;q=0")
	if got := body(t, plain); got != script || plain.Header.Get("Content-Encoding") != "" {
		t.Errorf("plain: got %q, encoding %q", got, plain.Header.Get("Content-Encoding"))
	}
	packed := get(t, h, "GET", target, "Accept-Encoding", "gzip, deflate, br")
	if packed.Header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("gzip asked for, got encoding %q", packed.Header.Get("Content-Encoding"))
	}
	zip, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(zip); err != nil || string(got) != script {
		t.Errorf("unpacked: got %q, %v", got, err)
	}
	if packed.Header.Get("Content-Type") != plain.Header.Get("Content-Type") {
		t.Errorf("packed is %q, plain %q", packed.Header.Get("Content-Type"), plain.Header.Get("Content-Type"))
	}
	if packed.Header.Get("ETag") == plain.Header.Get("ETag") {
		t.Errorf("both have the tag %s", plain.Header.Get("ETag"))
	}
	for _, r := range []*http.Response{plain, packed} {
		if r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("Vary is %q", r.Header.Get("Vary"))
		}
	}
}

func TestAcceptsGzip(t *testing.T) {
	for header, want := range map[string]bool{
		"":                       false,
		"br":                     false,
		"gzip":                   true,
		"deflate, GZIP;q=0.5":    true,
		"gzip;q=0":               false,
		"gzip; q=0.000":          false,
		"gzip;q=0.01":            true,
		"*":                      true,
		"*;q=0":                  false,
		"*, gzip;q=0":            false,
		"gzip;q=1, *;q=0":        true,
		"gzipped, x-gzip;q=0.25": false,
	} {
		if got := acceptsGzip(header); got != want {
			t.Errorf("acceptsGzip(%q) = %v, want %v", header, got, want)
		}
	}
}

func TestPageIsNotSentTwice(t *testing.T) {
	h := newHandler(bundle(t), nil)
	tag := get(t, h, "GET", "/playground").Header.Get("ETag")
	if tag == "" {
		t.Fatal("the page has no ETag")
	}
	if r := get(t, h, "GET", "/playground", "If-None-Match", tag); r.StatusCode != http.StatusNotModified {
		t.Errorf("same tag: got %d, want 304", r.StatusCode)
	}
	changed := bundle(t)
	changed["playground.html"] = &fstest.MapFile{Data: []byte("<title>Entente, mended</title>")}
	if r := get(t, newHandler(changed, nil), "GET", "/playground", "If-None-Match", tag); r.StatusCode != http.StatusOK {
		t.Errorf("another page under the old tag: got %d, want 200", r.StatusCode)
	}
}

func TestNotBuilt(t *testing.T) {
	h := newHandler(fstest.MapFS{"placeholder": {}}, notBuilt)
	r := get(t, h, "GET", "/playground")
	if r.StatusCode != 200 || r.Header.Get("Content-Type") != "text/html; charset=utf-8" || r.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("got %d, %q, %q", r.StatusCode, r.Header.Get("Content-Type"), r.Header.Get("Cache-Control"))
	}
	text := body(t, r)
	for _, want := range []string{"make web", "make run", "/graphql"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not mention %s", want)
		}
	}
	if r := get(t, h, "GET", "/playground/assets/playground-a1b2.js"); r.StatusCode != 404 {
		t.Errorf("asset: got %d, want 404", r.StatusCode)
	}
}

// What is embedded works whether or not the assets were built before this test was compiled.
func TestEmbedded(t *testing.T) {
	if _, err := fs.Stat(dist, "dist/placeholder"); err != nil {
		t.Fatal("the committed placeholder is gone: a build must leave it, or a fresh clone does not compile")
	}
	h := Handler()
	text := body(t, get(t, h, "GET", Path))
	for _, outside := range regexp.MustCompile(`(?:src|href)="(?:https?:)?//[^"]*"`).FindAllString(text, -1) {
		t.Errorf("the page loads from elsewhere: %s", outside)
	}
	if !Built() {
		if text != string(notBuilt) {
			t.Error("nothing is built, but the page is not the one that says so")
		}
		return
	}
	links := regexp.MustCompile(`(?:src|href)="(/[^"]*)"`).FindAllStringSubmatch(text, -1)
	if len(links) < 2 {
		t.Fatalf("the built page names %d files, want a script and a style sheet at least:\n%s", len(links), text)
	}
	for _, link := range links {
		if r := get(t, h, "GET", link[1]); r.StatusCode != 200 {
			t.Errorf("%s: got %d, want 200", link[1], r.StatusCode)
		}
	}
}
