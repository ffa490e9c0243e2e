package server

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/entente-graph/entente/internal/api"
)

// TestGraphQLByGet goes through all of the server: a tag for the packed form and one for the plain, 304 for both, and what
// pages of other origins may read.
func TestGraphQLByGet(t *testing.T) {
	store := sampleStore(t)
	graphql := api.New(api.Config{Reader: store, Logger: quiet(t), Version: "test"})
	h := New(Config{Reader: store, GraphQL: graphql, Logger: quiet(t), Version: "test", CORSOrigins: []string{"https://example.org"}}).Handler()
	path := "/graphql?query=" + url.QueryEscape(`{ meta { permalink bibtex } meetings(first: 50) { nodes { title } } }`)
	plain := get(t, h, path, "Origin", "https://example.org")
	packed := get(t, h, path, "Accept-Encoding", "gzip")
	tag, packedTag := plain.Header().Get("ETag"), packed.Header().Get("ETag")
	if plain.Code != 200 || tag == "" || packedTag == tag || packed.Header().Get("Content-Encoding") != "gzip" {
		t.Fatalf("%d, the tag %s, packed %s: %v", plain.Code, tag, packedTag, packed.Header())
	}
	r, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(r); err != nil || string(text) != plain.Body.String() {
		t.Errorf("packed and plain differ (%v)", err)
	}
	for _, c := range []struct{ sent, encoding, want string }{{tag, "", tag}, {packedTag, "gzip", packedTag}} {
		if w := get(t, h, path, "If-None-Match", c.sent, "Accept-Encoding", c.encoding); w.Code != http.StatusNotModified || w.Header().Get("ETag") != c.want || w.Body.Len() != 0 {
			t.Errorf("If-None-Match %s: %d with the tag %s", c.sent, w.Code, w.Header().Get("ETag"))
		}
	}
	vary := strings.Join(plain.Header().Values("Vary"), ",")
	for _, name := range []string{"Accept", "Accept-Encoding", "Origin"} {
		if !strings.Contains(","+strings.ReplaceAll(vary, " ", "")+",", ","+name+",") {
			t.Errorf("Vary: %s is without %s", vary, name)
		}
	}
	for _, name := range []string{"ETag", "Link", "Entente-Asked"} {
		if !strings.Contains(plain.Header().Get("Access-Control-Expose-Headers"), name) || plain.Header().Get(name) == "" {
			t.Errorf("a page of another origin cannot read %s", name)
		}
	}
	head := ask(t, h, httptest.NewRequest(http.MethodHead, path, nil))
	if head.Code != 200 || head.Header().Get("ETag") != tag {
		t.Errorf("HEAD: %d, %v", head.Code, head.Header())
	}
}
