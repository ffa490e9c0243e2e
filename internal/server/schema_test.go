package server

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestTheSchemaAsAFile(t *testing.T) {
	text := "type Query {\n" + strings.Repeat("  # a line that makes it worth packing\n", 100) + "  one: Int\n}\n"
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t), Schema: text}).Handler()
	const path = "/v1/schema.graphql"
	w := get(t, h, path)
	tag := w.Header().Get("ETag")
	if w.Code != http.StatusOK || w.Body.String() != text || w.Header().Get("Content-Type") != "text/plain; charset=utf-8" || tag == "" {
		t.Errorf("%d, %v: %s", w.Code, w.Header(), w.Body)
	}
	if w := ask(t, h, httptest.NewRequest(http.MethodHead, path, nil)); w.Code != http.StatusOK || w.Body.Len() > 0 || w.Header().Get("ETag") != tag {
		t.Errorf("HEAD: %d, %d bytes, %v", w.Code, w.Body.Len(), w.Header())
	}
	packed := get(t, h, path, "Accept-Encoding", "zstd, br, gzip")
	if packed.Header().Get("Content-Encoding") != "gzip" || packed.Body.Len() >= len(text)/2 {
		t.Errorf("packed: %d bytes, %v", packed.Body.Len(), packed.Header())
	}
	for _, held := range []string{tag, packed.Header().Get("ETag"), `"another", ` + tag} {
		if w := get(t, h, path, "If-None-Match", held); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
			t.Errorf("who holds %s is answered %d with %d bytes", held, w.Code, w.Body.Len())
		}
	}
	other := New(Config{Reader: sampleStore(t), Logger: quiet(t), Schema: text + "\n"}).Handler()
	if w := get(t, other, path, "If-None-Match", tag); w.Code != http.StatusOK {
		t.Errorf("another schema under the old tag: %d", w.Code)
	}
	if w := get(t, sampleServer(t), path); w.Code != http.StatusNotFound || strings.Contains(problemOf(t, w).Detail, path+",") {
		t.Errorf("without a schema: %d, %s", w.Code, w.Body)
	}
}
